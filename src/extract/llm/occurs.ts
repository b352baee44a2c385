/** Whether a text names a thing: spellings that differ in case, spaces, hyphens and the plural s are one. */

/** Letters alike in width and sign; `64times64` is what LaTeX leaves of a cross. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll('×', 'x')
    .replace(/(?<=\d)times(?=\d)/g, 'x');

/** `CIFAR-10/100` and `ImageNet-R/A/C`: what every item of a list is an end of. */
const LIST = /(?<!\p{L})(\p{L}{1,40}[- ]?)([\p{Lu}\d][\p{L}\d]{0,4}(?:\/[\p{Lu}\d][\p{L}\d]{0,4})+)/gu;

const itemsOf = (text: string): string[] =>
  [...text.matchAll(LIST)].flatMap(([, name = '', ends = '']) => ends.split('/').map((end) => name + end));

/** A text as a pattern of itself. */
export const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Whether a text has a number as it is spelled, and not as a part of another one. */
export const hasNumber = (text: string, raw: string): boolean =>
  /\d/.test(raw) && new RegExp(`(?<!\\d|\\d\\.)${escaped(raw)}(?!\\d|\\.\\d)`, 'u').test(text);

/** A name as a pattern; null where it has neither letter nor digit. */
function patternOf(name: string): RegExp | null {
  const words = plain(name).match(/\p{L}[\p{L}\p{M}]*|\d+(?:\.\d+)*|[+#]/gu);
  if (!words || !/[\p{L}\p{N}]/u.test(name)) return null;
  const last = words.length - 1;
  const spelled = words.map((word, i) => escaped(i === last ? word.replace(/(?<=\p{L}{3})s$/u, '') : word));
  return new RegExp(`(?<![\\p{L}\\p{N}])${spelled.join('[^\\p{L}\\p{N}+#]{0,3}')}s?(?![\\p{L}\\p{N}+#]|\\.\\d)`, 'iu');
}

/** Tells of names whether a text has them as words of their own: `GPT-3` is not in `GPT-3.5`. */
export function namesIn(text: string): (name: string) => boolean {
  const haystack = [plain(text), ...itemsOf(text)].join(' | ');
  return (name) => patternOf(name)?.test(haystack) ?? false;
}

/** Whether a short form is made of the letters of a long one, in their order, beginning where a word begins. */
export function abbreviates(short: string, long: string): boolean {
  const letters =
    short
      .replace(/(?<=\p{Lu})s$/u, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]/gu) ?? [];
  const [first = '', ...rest] = letters;
  if (letters.length < 2 || letters.length > 12 || short.length >= long.length) return false;
  const starts = [...long.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]|(?<=\p{Ll})\p{Lu}/gu)];
  return starts.some(
    ({ 0: letter, index }) => letter.toLowerCase() === first && inOrder(rest, long.slice(index + 1).toLowerCase()),
  );
}

function inOrder(letters: readonly string[], text: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
