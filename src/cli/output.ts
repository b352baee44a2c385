/** What commands print: tables, trees, JSON, progress. */
import { styleText } from 'node:util';

const plain = (): boolean => !process.stdout.isTTY;

export const dim = (text: string): string => (plain() ? text : styleText('dim', text));
export const bold = (text: string): string => (plain() ? text : styleText('bold', text));

export const print = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

export const printJson = (value: unknown): void => {
  print(JSON.stringify(value, null, 2));
};

export const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Rows with their columns padded to one width; numbers stand to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  const cell = (value: string | number, i: number): string =>
    typeof value === 'number' ? String(value).padStart(widths[i] ?? 0) : value.padEnd(widths[i] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

/** Text broken into lines of at most `width` characters. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Shows how far long work is, on a terminal only. */
export const progress =
  (what: string) =>
  (done: number, of: number): void => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${what}: ${String(done)} of ${String(of)}${done >= of ? '\n' : ''}`);
  };
