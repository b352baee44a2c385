/** Kinds of distillation that a text names by what stands before the noun: `asymmetric distillation`, `listwise distillation`. */
import { GENERIC, PRAISE, SUFFIXES } from './cues.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import { textOf } from './phrases.js';
import type { Span } from './things.js';
import { keyOf, placesOf } from './things.js';
import type { Found } from './unknown.js';
import { spanOf } from './unknown.js';

const NOUNS: ReadonlySet<string> = new Set(['distillation', 'condensation']);
const WORDS_MAX = 3;
/** Words before the noun that tell no kind: when, how well, of whom, by whom. */
const NO_KIND =
  /^(?:further|final|future|naive|direct|successful|subsequent|initial|proper|such|own|llms?|m?llm|vlms?|after|during|before|ai|deep|student|teacher|network|classical|classic|costly|expensive|prior|sota|sophisticated|stable|high-fidelity|lossless|optimal|effective|costless|scalable|various|more|very|deep|visual|image|text|video|language|speech)$/;

/** The spans of a sentence, those of `distillation` alone replaced by what kind it is of. */
export function withVarieties(found: Found, spans: readonly Span[]): readonly Span[] {
  const { words, content, things } = found;
  if (!words.some(({ lower }) => NOUNS.has(lower))) return spans;
  const long = spans.filter(({ short }) => short !== true);
  const taken = placesOf(long);
  const varieties = words.flatMap((word, at): Span[] => {
    const first = NOUNS.has(word.lower) && !taken.has(at) ? kindFrom(words, at, taken) : at;
    if (first === at) return [];
    const phrase = { first, last: at + 1 };
    const name = smallAtStart(textOf(content, words, phrase), first);
    const own = things.own.find(keyOf(name));
    return [spanOf(found, own ?? things.ofTerm({ kind: 'TECHNIQUE', name }, false), phrase)];
  });
  if (varieties.length === 0) return spans;
  const replaced = placesOf(varieties);
  return [...spans.filter(({ first }) => !replaced.has(first)), ...varieties].sort((a, b) => a.first - b.first);
}

/** A sentence begins with a capital, which is none of the name's. */
const smallAtStart = (name: string, first: number): string =>
  first === 0 && !/\p{Lu}/u.test(name.slice(1)) ? name.toLowerCase() : name;

/** Where the words begin that tell the kind of the noun at `at`; `at` itself where none does. */
function kindFrom(words: Sentence, at: number, taken: ReadonlySet<number>): number {
  let first = at;
  while (first > Math.max(0, at - WORDS_MAX) && !taken.has(first - 1) && tells(words, first - 1)) first--;
  return first;
}

function tells(words: Sentence, i: number): boolean {
  const { lower, pos, form } = wordAt(words, i);
  if (
    !form.lettered ||
    (SUFFIXES.has(lower) && /^[-–]$/.test(wordAt(words, i - 1).text)) ||
    /^\p{Lu}\p{Ll}+ing$/u.test(wordAt(words, i).text) ||
    PRAISE.has(lower) ||
    GENERIC.has(lower) ||
    NO_KIND.test(lower)
  )
    return false;
  return /^(?:NOUN|PROPN|ADJ)$/.test(pos) || (pos === 'VERB' && /(?:-.*|ed)$/.test(lower) && lower.includes('-'));
}
