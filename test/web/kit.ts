/** What the tests of the pages share: the pages built, a server of their own on the seed. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** How long building may take on a slow machine, in ms. */
export const BUILD_MAX = 300_000;

/** Builds what is stale, as `npm start` does. */
export function buildPages(): void {
  execFileSync(process.execPath, ['build.js', '--stale'], { cwd: fromRoot('.'), stdio: 'pipe' });
}
