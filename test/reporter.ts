/** The last lines of a test run: what was skipped and how to run it, then the count on a line of its own. */
import type { Reporter, TestModule } from 'vitest/node';

export default class Tally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter((module) => module.errors().length > 0 && module.children.size === 0).length;
    const skipped = count('skipped');
    if (skipped > 0) {
      const files = new Set(
        tests.filter((test) => test.result().state === 'skipped').map(({ module }) => module.relativeModuleId),
      );
      console.log(`SKIPPED ${String(skipped)} tests that need something this run lacks, in ${[...files].join(', ')}`);
      console.log('  in a browser: apt-get install chromium (Debian), found at /usr/bin/chromium');
      console.log('  on Neo4j too: npm run test:neo4j (needs Java 17 and Maven), or NEO4J_URI=bolt://… npm test');
      console.log('  exports drawn: needs graphviz and chromium');
    }
    console.log(
      `${String(count('passed'))} passed, ${String(count('failed') + broken)} failed, ${String(skipped)} skipped`,
    );
  }
}
