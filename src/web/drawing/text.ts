/** How wide text is, and how a name is broken into the lines of a box. */

/** The width of a text in pixels at a font size in pixels. */
export type Measure = (text: string, size: number) => number;

const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[fijlrtI.,:;'|!()[\]\s-]/, 0.31],
  [/[mwMW@%—…]/, 0.88],
  [/[A-Z#&+=<>~]/, 0.69],
  [/[⺀-￿]/, 1],
];

/** Of the common sans-serif fonts, rather too wide than too narrow; for where no font can be asked. */
export const estimatedWidth: Measure = (text, size) =>
  Array.from(text).reduce((sum, char) => sum + (WIDTHS.find(([chars]) => chars.test(char))?.[1] ?? 0.58), 0) * size;

interface Box {
  width: number;
  size: number;
  /** How many lines at most. */
  lines: number;
  measure: Measure;
}

/** A text in lines that fit, the last with `…` where it does not all fit; words are broken only where one is wider than a line. */
export function wrapped(text: string, { width, size, lines, measure }: Box): string[] {
  const fits = (line: string) => measure(line, size) <= width;
  const found: string[] = [];
  let rest = text.replace(/\s+/g, ' ').trim();
  while (rest !== '' && found.length < lines) {
    const line = longest(rest, fits);
    found.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  const last = found.at(-1);
  if (rest !== '' && last !== undefined) found[found.length - 1] = shortened(`${last} ${rest}`, fits);
  return found;
}

/** As many characters from the start as fit, at least one: whole words, or parts of them up to a hyphen, where possible. */
function longest(text: string, fits: (line: string) => boolean): string {
  if (fits(text)) return text;
  const count = fitting(text, fits);
  const words = /^.*[\s\-/_](?=\S)/s.exec(text.slice(0, count + 1))?.[0];
  return words?.trimEnd() ?? text.slice(0, count);
}

function shortened(text: string, fits: (line: string) => boolean): string {
  return `${text
    .slice(
      0,
      fitting(text, (line) => fits(`${line}…`)),
    )
    .trimEnd()}…`;
}

/** How many characters from the start fit, at least one; never half of a surrogate pair. */
function fitting(text: string, fits: (line: string) => boolean): number {
  let [low, high] = [1, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  const halved = /[\uD800-\uDBFF]$/.test(text.slice(0, low));
  return halved ? Math.max(2, low - 1) : low;
}
