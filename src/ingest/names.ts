/** How names are compared, written as ids, and found: pure functions of the text of a name. */
import { fold } from './folding.js';

/** Words of letters, digits and decimal points: `Qwen2.5` is one, `v1-5` is `v1.5`. */
const words = (name: string): string[] =>
  (fold(name).match(/(?:[\p{L}\p{M}\p{N}]|(?<=\p{Nd})\.(?=\p{Nd}))+/gu) ?? []).reduce<string[]>((before, word) => {
    const last = before.at(-1) ?? '';
    if (/v\d+$/.test(last) && /^\d{1,2}$/.test(word)) before[before.length - 1] = `${last}.${word}`;
    else before.push(word);
    return before;
  }, []);

const IRREGULAR = new Map(
  Object.entries({
    matrices: 'matrix', indices: 'index', vertices: 'vertex', axes: 'axis', analyses: 'analysis', bias: 'bias',
    hypotheses: 'hypothesis', criteria: 'criterion', corpora: 'corpus', caches: 'cache', niches: 'niche',
  }),
); // prettier-ignore

/**
 * A plural ends in `es` after `ss`, `ias`, `ch`, `sh` or `x`, in `ies`, or in one `s` after a letter that is not itself
 * an `s`, `u` or `i` (loss, status, basis stay).
 */
const singular = (word: string): string => IRREGULAR.get(word) ?? (word.endsWith('s') ? withoutPlural(word) : word);

const withoutPlural = (word: string): string =>
  word
    .replace(/^(\p{L}+(?:ss|ias|[cs]h|x))es$/u, '$1')
    .replace(/^(\p{L}{4,})ies$/u, '$1y')
    .replace(/^(\p{L}{2,}[^\P{L}sui])(?<!\p{L}ia)s$/u, '$1');

/** How many names what is made of them is remembered for; texts name the same things over and over. */
const REMEMBERED = 20_000;

/** The same function, which remembers what it made of the names that it met last. */
function remembering<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = make(name);
    if (made.size >= REMEMBERED) made.clear();
    made.set(name, value);
    return value;
  };
}

/** British spelling in American: quantisation and modelling are quantization and modeling. */
const american = (key: string): string =>
  key.replace(/is(?=ation|ing|ed|er)/g, 'iz').replace(/(model|label)l(?=ing|ed|er)/g, '$1');

/**
 * The key under which names are compared: two spellings of one name have equal keys.
 * `ResNet50`, `ResNet-50` and `resnet 50` are one; `CIFAR-10` and `CIFAR-100`, `ImageNet` and `ImageNet+`,
 * `Gemma 2 7B` and `Gemma 27B`, `Mamba-2 8B` and `Mamba-2.8B`, `V*Bench` and `VBench` are not.
 */
export const nameKey = remembering((name) => {
  const spelled = words(name).map(singular).join(' ');
  const key = spelled.replace(/(?<=\p{N}) (?=\p{N})/gu, '-').replaceAll(' ', '');
  return key === '' ? codePoints(name) : american(key);
});

/** Names without letters and digits are spelled by their code points. */
const codePoints = (name: string): string =>
  Array.from(name.normalize('NFKD').replace(/\s/g, ''), (c) => `u${(c.codePointAt(0) ?? 0).toString(16)}`).join('');

/** A readable slug: `Score Distillation Sampling` → `score-distillation-sampling`, `Qwen 2.5` → `qwen-2.5`. */
export const slug = (name: string): string => {
  const folded = words(name).join('-');
  return folded === '' ? codePoints(name) : folded;
};

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Outside `a-z0-9` letters are spelled by their code points, so that an index sees plain tokens only. */
const plain = (word: string): string =>
  word.replace(/[^a-z0-9]/gu, (letter) => `u${(letter.codePointAt(0) ?? 0).toString(16)}`);

const pieces = (text: string): string[] =>
  words(text.replace(/(?<=\w)\+/g, 'plus').replace(/(?<=\w)#/g, 'sharp'))
    .flatMap((word) => word.split('.'))
    .flatMap((word) => (CJK.test(word) ? Array.from(word) : [word]))
    .map(plain);

/** Letters and digits apart: `resnet50` → `resnet`, `50`. */
const finer = (word: string): string[] => word.match(/[a-z]+|[0-9]+/g) ?? [];

/**
 * The trigrams of a word, as index tokens. Every token begins with a letter that says what it is and that begins no
 * stop word, so that no index drops it (`w` + `as` would be `was`).
 */
const trigrams = (word: string): string[] =>
  Array.from({ length: Math.max(0, word.length - 2) }, (_, i) => `z${word.slice(i, i + 3)}`);

/** Index tokens of running text: one `q…` for each distinct word. */
export const textTokens = (text: string): string[] => [...new Set(pieces(text).map((word) => `q${word}`))];

/** Index tokens of a name: its words in every split, their trigrams, and one token `k…` for the whole name. */
export const nameTokens = remembering((name): readonly string[] => {
  const split = pieces(name);
  const joined = name
    .split(/\s+/)
    .map((word) => pieces(word).join(''))
    .filter((word) => word !== '');
  const all = [...new Set([...split, ...joined, ...split.flatMap(finer)])];
  return [...new Set([...all.map((word) => `q${word}`), ...all.flatMap(trigrams), wholeNameToken(name)])];
});

/** The token that only this name (in any spelling) has. */
export const wholeNameToken = (name: string): string => `k${plain(nameKey(name))}`;

/** The words of a query, each with the trigrams by which a part of a name answers to it. At most 16 words. */
export const queryWords = (text: string): { word: string; grams: string[] }[] =>
  [...new Set(pieces(text))]
    .slice(0, 16)
    .map((word) => ({ word: `q${word}`, grams: [...new Set(trigrams(word.slice(0, 40)))] }));
