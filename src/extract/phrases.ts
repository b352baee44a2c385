/** Noun phrases, and what looks like a name. */
import type { EntityKind } from '../ontology.js';
import { CONTAINERS, GENERIC, kindOfHead, NAMING, PRAISE, SUFFIXES } from './cues.js';
import type { Sentence, Word } from './language.js';
import { wordAt } from './language.js';

/** `DMD2`, `CamelCase`, `ResNet-50`, `GLUE`: a word that can only be a name. */
export const isProper = ({ form }: Word): boolean => form.proper;

export const isCapitalized = ({ form }: Word): boolean => form.capitalized;

const INSIDE = new Set(['ADJ', 'NOUN', 'PROPN', 'NUM', 'X', 'SYM']);
const isWord = (word: Word | undefined): word is Word => word?.form.lettered === true;
export const isQuote = (word: Word | undefined): boolean => word !== undefined && /^(?:["'`“”‘’*_]+)$/u.test(word.text);

/** Whether a word can stand inside a noun phrase before `next`. */
function inside(word: Word, next: Word | undefined): boolean {
  if (!isWord(word) || NAMING.has(word.lower) || word.lower === 'as') return false;
  if (INSIDE.has(word.pos)) return true;
  const nounFollows = isWord(next) && (INSIDE.has(next.pos) || next.pos === 'VERB');
  if (word.pos === 'VERB')
    return (
      (word.lower.endsWith('ing') && kindOfHead(word.lower) !== null) ||
      (/(ing|ed|en)$/.test(word.lower) && nounFollows)
    );
  return word.pos === 'ADV' && nounFollows && !/^(?:why|how|when|where)$/.test(word.lower);
}

/** `a dataset containing …`: a participle behind the noun. */
const says = ({ pos, lower }: Word): boolean =>
  pos === 'VERB' && /(?:ing|ed)$/.test(lower) && kindOfHead(lower) === null;

export interface Phrase {
  first: number;
  last: number;
}

/** The noun phrase that begins at a word, without articles and praise; null where none does. */
export function phraseAt(words: Sentence, at: number): Phrase | null {
  let first = at;
  while (
    isQuote(words[first]) ||
    wordAt(words, first).pos === 'DET' ||
    PRAISE.has(wordAt(words, first).lower) ||
    (wordAt(words, first).text === ',' && first > at)
  )
    first++;
  let last = first;
  for (let word = words[last]; word !== undefined && last - first < 9; word = words[last]) {
    if (/^[-–]$/.test(word.text) && last > first && SUFFIXES.has(wordAt(words, last + 1).lower)) last++;
    else if (
      !inside(word, words[last + 1]) ||
      (last > first && says(word) && CONTAINERS.has(wordAt(words, last - 1).lower))
    )
      break;
    last++;
  }
  return last > first ? { first, last } : null;
}

export const textOf = (content: string, words: Sentence, { first, last }: Phrase): string =>
  content.slice(wordAt(words, first).start, wordAt(words, last - 1).end).replace(/\s+/g, ' ');

/** The kind that the last word of a phrase tells. */
export function kindOfPhrase(words: Sentence, { last }: Phrase): EntityKind | null {
  const many = GROUPS.test(wordAt(words, last - 1).lower) && wordAt(words, last).lower === 'of';
  const members = many ? phraseAt(words, last + 1) : null;
  return (members && kindOfHead(wordAt(words, members.last - 1).lower)) ?? kindOfHead(wordAt(words, last - 1).lower);
}
/** `a family of language models` */
const GROUPS = /^(?:family|series|suite|collection|set|class|range|group)$/;

/** A phrase without the container noun at its end (`X framework` → `X`), unless too little of it is left. */
export function withoutContainer(words: Sentence, phrase: Phrase): Phrase {
  let { last } = phrase;
  while (last - 1 > phrase.first && CONTAINERS.has(wordAt(words, last - 1).lower)) last--;
  return { first: phrase.first, last };
}

/** Whether every word of a phrase is too general to name something. */
export const isGeneric = (words: Sentence, { first, last }: Phrase): boolean =>
  words.slice(first, last).every(({ lower }) => GENERIC.has(lower) || PRAISE.has(lower) || CONTAINERS.has(lower));

/** `Width and Depth Pruning`: whether the name after a phrase of one word has that word's head too. */
export const sharesHead = (words: Sentence, { first, last }: Phrase): boolean =>
  last - first === 1 &&
  /^(?:and|or)$/.test(wordAt(words, last).lower) &&
  isCapitalized(wordAt(words, last + 1)) &&
  kindOfHead(wordAt(words, last + 2).lower) !== null;

/** The longest run of words that look like one name from `at` on: `Annealing Reflow`, `Stable Diffusion 3`. */
export function nameAt(words: Sentence, at: number): Phrase | null {
  let last = at;
  for (let word = words[last]; word !== undefined; word = words[last]) {
    const suffix = words[last + 1];
    const joined = /^['’]s$/.test(word.text) || SUFFIXES.has(suffix?.lower ?? '');
    if (/^(?:[-–]|['’]s)$/.test(word.text) && last > at && suffix && isCapitalized(suffix) && joined) last++;
    else if (!isWord(word) || !(isCapitalized(word) || (last > at && /^v?\d+(?:\.\d+)*$/.test(word.text)))) break;
    if (word.pos === 'DET' || word.pos === 'PRON' || word.pos === 'ADP') break;
    last++;
  }
  return last > at ? { first: at, last } : null;
}

/** Whether a name only begins a word that says what something is like: `CLIP-based`, `LoRA-enhanced`, `Random Network Distillation Based` */
export function isSuffixed(words: Sentence, { last }: Phrase): boolean {
  const [next, after] = [wordAt(words, last), wordAt(words, last + 1)];
  if (/^[-–]$/.test(next.text)) return SUFFIXES.has(after.lower);
  return next.lower === 'based' && after.form.link === null;
}
