/** Acronym definitions, `long form (SF)` after Schwartz and Hearst (2003), and `SF (long form)`. */

export interface Acronym {
  short: string;
  long: string;
  /** UTF-16 offsets of where the definition begins and of the end of what is in the parentheses. */
  start: number;
  shortEnd: number;
}

const PARENTHESES = /\(\s*([^()\s][^()]{0,30}?)\s*\)/gu;
const SPACE = /[\s~]/u;
const isShort = (text: string): boolean =>
  /^[\p{L}\d][\p{L}\p{N}+./&-]*(?: [\p{Lu}\d][\p{L}\p{N}+.-]*)?$/u.test(text) &&
  text.length >= 2 &&
  text.length <= 18 &&
  /\p{Lu}/u.test(text);

/**
 * The shortest end of `before` that spells `short`: every letter of it in order, the first at the start of a word.
 * @returns its offset in `before`, or null
 */
function longFormStart(short: string, before: string): number | null {
  let at = before.length - 1;
  for (let s = short.length - 1; s >= 0; s--) {
    const letter = (short[s] ?? '').toLowerCase();
    if (!/[\p{L}\p{N}]/u.test(letter)) continue;
    const first = s === 0;
    while (
      at >= 0 &&
      (before[at]?.toLowerCase() !== letter || (first && at > 0 && /[\p{L}\p{N}]/u.test(before[at - 1] ?? '')))
    )
      at--;
    if (at < 0) return null;
    at--;
  }
  return wholeWord(short, before, at + 1);
}

/** `Self-Supervised Distillation (SSD)`: where the long form begins behind a hyphen, but its word begins alike. */
function wholeWord(short: string, before: string, at: number): number {
  const hyphened = /(?<!\S)(\p{L}+)-$/u.exec(before.slice(0, at));
  const alike = hyphened?.[1]?.[0]?.toLowerCase() === short[0]?.toLowerCase();
  return hyphened && alike ? hyphened.index : at;
}

const SHORT_BEFORE = /(?<![\p{L}\p{N}-])([\p{L}\d][\p{L}\p{N}+./&-]{1,17})\s?$/u;
/** More UTF-16 units than `SHORT_BEFORE` can match. */
const SHORT_MAX = 40;
const LONG_INSIDE = /\(\s?([\p{L}\d][^(),;:]{5,90})\)/uy;

/** Whether letters spell a text of several words: each next one begins a word, is a capital or follows the one before; the last is in the last word. */
function spells(short: string, long: string): boolean {
  const isLetter = (at: number): boolean => /[\p{L}\p{N}]/u.test(long[at] ?? '');
  let ends = [-1];
  for (const letter of short.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')) {
    const first = ends[0] === -1;
    ends = Array.from({ length: first ? 1 : long.length }, (_, at) => at).filter(
      (at) =>
        long[at]?.toLowerCase() === letter &&
        ends.some((end) => end < at && (end === at - 1 || !isLetter(at - 1) || /\p{Lu}/u.test(long[at] ?? ''))),
    );
  }
  return /\s/.test(long) && (ends.at(-1) ?? -1) >= long.search(/\S+$/u);
}

/** `FC (Feature Compensator)`: the names that a text spells out behind them. Only parentheses are looked at. */
function reversedIn(text: string): Acronym[] {
  const found: Acronym[] = [];
  for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
    LONG_INSIDE.lastIndex = open;
    const inside = LONG_INSIDE.exec(text);
    const before = inside && SHORT_BEFORE.exec(text.slice(Math.max(0, open - SHORT_MAX), open));
    if (!before) continue;
    const [whole, short = ''] = before;
    const long = (inside[1] ?? '').trim();
    if (/\p{Lu}.*\p{Lu}/u.test(short) && spells(short, long))
      found.push({ short, long, start: open - whole.length, shortEnd: LONG_INSIDE.lastIndex - 1 });
  }
  return found;
}

/** All acronyms that a text defines, in its order. A plural `s` of the short form is left out. */
export function acronymsIn(text: string): Acronym[] {
  const found: Acronym[] = reversedIn(text);
  for (const match of text.matchAll(PARENTHESES)) {
    const inner = (match[1] ?? '')
      .replace(/^(?:i\.e\.|aka|a\.k\.a\.|abbreviated as|termed|dubbed),?\s+/i, '')
      .replace(/[,;].*$/, '');
    if (!isShort(inner)) continue;
    const short = /^\p{Lu}{2,}s$/u.test(inner) ? inner.slice(0, -1) : inner;
    let end = match.index;
    while (end > 0 && SPACE.test(text[end - 1] ?? '')) end--;
    const window = clause(text.slice(Math.max(0, end - 120), end), Math.min(short.length + 5, short.length * 2));
    const offset = longFormStart(short, window);
    if (offset === null) continue;
    const start = end - window.length + offset;
    const long = text.slice(start, end);
    const shortStart = match.index + match[0].indexOf(inner);
    if (long.length > short.length && !long.split(/\s+/).includes(short))
      found.push({ short, long, start, shortEnd: shortStart + inner.length });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The last `words` words before the parentheses, no farther than the punctuation before them. */
function clause(before: string, words: number): string {
  const inside = before.split(/[.;:,()!?]/u).at(-1) ?? '';
  let at = inside.length;
  for (let n = 0; n < words && at > 0; n++) {
    while (at > 0 && /\s/.test(inside[at - 1] ?? '')) at--;
    while (at > 0 && !/\s/.test(inside[at - 1] ?? '')) at--;
  }
  return inside.slice(at).trimStart();
}
