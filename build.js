/**
 * Builds what `npm start` runs: `node build.js` everything anew, `node build.js --stale` only the steps whose inputs
 * changed since they last succeeded. A step that fails ends the build with its exit code.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

process.chdir(import.meta.dirname);

const always = ['build.js', 'package-lock.json'];
const steps = [
  {
    does: 'types of the schema',
    run: ['@graphql-codegen/cli', 'graphql-codegen', '--silent'],
    inputs: ['schema', 'codegen.ts', join('src', 'web', 'explorer')],
    output: 'src/web/generated/graphql.ts',
  },
  {
    does: 'server and command line',
    run: ['typescript', 'tsc', '-p', 'tsconfig.build.json'],
    inputs: ['schema', 'codegen.ts', 'src', 'tsconfig.json', 'tsconfig.build.json'],
    except: join('src', 'web'),
    output: 'dist/cli.js',
  },
  {
    does: 'explorer and playground',
    run: ['vite', 'vite', 'build', '--logLevel', 'error'],
    inputs: ['schema', 'src/ontology.ts', 'src/paths.ts', 'src/web', 'examples', 'vite.config.ts'],
    except: join('src', 'web', 'generated'),
    output: 'dist/web/index.html',
  },
];

/** When anything at or below a path last changed, in ms; a folder changes when a file in it comes or goes. */
function changedAt(path, except) {
  if (path === except || !existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  const below = statSync(path).isDirectory()
    ? readdirSync(path).map((name) => changedAt(join(path, name), except))
    : [];
  return Math.max(mtimeMs, ...below);
}

/** The script behind a command of an installed package; the links in node_modules/.bin are no scripts on Windows. */
function scriptOf(name, command) {
  const home = join('node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, typeof bin === 'string' ? bin : bin[command]);
}

const stamp = 'dist/.built.json';
const onlyStale = process.argv.includes('--stale');
if (!onlyStale) rmSync('dist', { recursive: true, force: true });
const built = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : {};

const stale = steps.filter(({ does, inputs, except, output }) => {
  const changed = Math.max(...[...always, ...inputs].map((path) => changedAt(path, except)));
  return !existsSync(output) || !(changed < built[does]);
});
if (stale.length === 0) console.log('build: up to date');

for (const {
  does,
  run: [name, command, ...args],
  output,
} of stale) {
  process.stdout.write(`build: ${does} … `);
  const start = Date.now();
  // The compiler's memory must not outlive what it wrote.
  if (!existsSync(output)) rmSync('dist/.tsbuildinfo', { force: true });
  try {
    // Whatever runs this build, tests too, gets React's production code.
    const env = { ...process.env, NODE_ENV: 'production' };
    execFileSync(process.execPath, [scriptOf(name, command), ...args], { stdio: 'pipe', env });
  } catch (error) {
    console.log(`failed: ${[command, ...args].join(' ')}`);
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? error.message}\n`);
    process.exit(error.status ?? 1);
  }
  console.log(`${((Date.now() - start) / 1000).toFixed(1)} s`);
  mkdirSync('dist', { recursive: true });
  writeFileSync(stamp, JSON.stringify(Object.assign(built, { [does]: start })));
}
