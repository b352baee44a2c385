/** Where the package's own files are, from the sources and from dist alike. */
import { fileURLToPath } from 'node:url';

/** The path of a file that the package brings: `fromPackage('seed', 'curated')`. */
export const fromPackage = (...path: string[]): string =>
  fileURLToPath(new URL(`../${path.join('/')}`, import.meta.url));
