/** Files: where the package's own are, from the sources and from dist alike, and how lines are read. */
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { reasonOf, StemmaError } from './errors.js';

/** The path of a file that the package brings: `fromPackage('seed', 'curated')`. */
export const fromPackage = (...path: string[]): string =>
  fileURLToPath(new URL(`../${path.join('/')}`, import.meta.url));

/**
 * The lines of a file, without their breaks; only a line feed ends one, where `readline` ends it at U+2028 too.
 * @throws BAD_USER_INPUT naming a file that cannot be read
 */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, 'utf8')) {
      const lines = (rest + String(chunk)).split(/\r?\n/);
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (cause) {
    const reason = `${file} cannot be read (${reasonOf(cause)}); give the path of a file that can be`;
    throw new StemmaError('BAD_USER_INPUT', reason, {}, { cause });
  }
  if (rest !== '') yield rest;
}
