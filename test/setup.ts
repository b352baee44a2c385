/** Once before all tests: a Neo4j, when one is asked for. */
import type { TestProject } from 'vitest/node';
import { PASSWORD, startNeo4j } from './neo4j/server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Bolt address of the Neo4j under test, null where there is none. */
    neo4jUri: string | null;
    /** The directory of its state, null where it is not ours to stop. */
    neo4jHome: string | null;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['NEO4J_URI'] ?? '';
  const wanted = process.env['STEMMA_TEST_NEO4J'] === '1';
  const server = wanted && given === '' ? await startNeo4j() : null;
  if (server) process.env['NEO4J_PASSWORD'] = PASSWORD;
  project.provide('neo4jUri', server?.uri ?? (given === '' ? null : given));
  project.provide('neo4jHome', server?.home ?? null);
  const discard = (): void => server?.discard();
  process.once('exit', discard);
  return async () => {
    process.off('exit', discard);
    await server?.stop();
  };
}
