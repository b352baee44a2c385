/** What an introduction is, and how a name and its kind are read where a text introduces one. */
import type { EntityKind } from '../ontology.js';
import type { Acronym } from './acronyms.js';
import { CONTAINERS, kindOfHead, kindOfName } from './cues.js';
import type { Sentence, Word } from './language.js';
import { wordAt } from './language.js';
import type { Phrase } from './phrases.js';
import {
  isCapitalized,
  isGeneric,
  isProper,
  isQuote,
  kindOfPhrase,
  nameAt,
  phraseAt,
  textOf,
  withoutContainer,
} from './phrases.js';
import type { Reading } from './reading.js';
import { keyOf } from './things.js';

/** How the text introduces it: by title, by giving it a name, an acronym, a name of its own, or a description. */
export type Way = 'title' | 'named' | 'acronym' | 'proper' | 'part' | 'described' | 'variant';

export interface Introduction {
  name: string;
  aliases: string[];
  kind: EntityKind;
  way: Way;
  sentence: number;
  /** UTF-16 offsets of the quote. */
  start: number;
  end: number;
  /** A description of the contribution as a whole: where that has a name, the description is none. */
  whole?: boolean;
}

/** What the vocabulary says of a name. */
export interface Known {
  /** Whether it names something known by words, be it a method that a paper once introduced under them. */
  isKnown: (name: string) => boolean;
  /** Whether these are common words, which no paper can call its own: `contrastive learning`. */
  isCommon: (name: string) => boolean;
  /** Whether the vocabulary describes what they mean. */
  isEstablished: (name: string) => boolean;
  /** Whether it names anything. */
  isTerm: (name: string) => boolean;
}

/** One sentence, with what is known of the whole document. */
export interface Place extends Known {
  reading: Reading;
  words: Sentence;
  sentence: number;
  found: Introduction[];
}

const lower = (words: Sentence, i: number): string => wordAt(words, i).lower;

/** Whether the title begins with a name. */
export const opensTitle = ({ document }: Reading, name: string): boolean =>
  keyOf(document.title).startsWith(keyOf(name));

export const headBefore = (words: Sentence, i: number): EntityKind | null => {
  const from = Math.max(0, i - 12);
  const article = words.slice(from, i).findLastIndex(({ lower: text }) => /^(?:an?|our|novel|new)$/.test(text));
  const heads = words.slice(from, i).map(({ lower: text }) => kindOfHead(text));
  const ends = (at: number): boolean => !/^(?:NOUN|PROPN|ADJ)$/.test(wordAt(words, from + at + 1).pos);
  return (
    heads.find((kind, at) => kind !== null && at > article && article >= 0 && ends(at)) ??
    heads.findLast((kind) => kind !== null) ??
    null
  );
};

export const acronymIn = (reading: Reading, words: Sentence, { first, last }: Phrase): Acronym | undefined => {
  const start = wordAt(words, first).start;
  const end = wordAt(words, last - 1).end;
  return reading.acronyms.find(
    (acronym) => acronym.start >= start - 1 && acronym.start < end && acronym.shortEnd >= end,
  );
};

/** Whether a word stands inside what spells out an acronym. */
export const isSpelledOut = ({ acronyms }: Reading, { start }: Word): boolean =>
  acronyms.some((acronym) => acronym.start < start && start < acronym.shortEnd);

export function headAfter(words: Sentence, { shortEnd }: Acronym): EntityKind | null {
  const next = words.findIndex(({ start }) => start >= shortEnd && start < shortEnd + 3);
  const after = next < 0 ? -1 : lower(words, next) === ')' ? next + 1 : next;
  if (after < 0) return null;
  // `X-based` says nothing of X.
  const suffixed = /^[-–]$/.test(lower(words, after + 1));
  return (suffixed ? null : kindOfHead(lower(words, after))) ?? appositionHead(words, after);
}

/** `X, a … framework`: the kind of what follows a name after a comma. */
export function appositionHead(words: Sentence, at: number): EntityKind | null {
  if (!/^[,:–—-]$/.test(lower(words, at)) || !/^(?:an?|the|our|one)$/.test(lower(words, at + 1))) return null;
  const phrase = phraseAt(words, at + 1);
  return phrase && kindOfPhrase(words, phrase);
}

/** The run of capitalised words in a phrase that is a name. */
export function properIn(words: Sentence, phrase: Phrase): Phrase | null {
  for (let i = phrase.first; i < phrase.last; i++) {
    const run = isCapitalized(wordAt(words, i)) ? nameAt(words, i) : null;
    if (!run) continue;
    const name = run.last - run.first > 1 ? withoutContainer(words, run) : run;
    const capitals = words.slice(name.first, name.last).some(isProper) || name.last - name.first > 1;
    const ends =
      kindOfHead(lower(words, name.last)) !== null ||
      CONTAINERS.has(lower(words, name.last)) ||
      name.last >= phrase.last;
    if (capitals && ends && !/^[-–]$/.test(lower(words, name.last)) && !isGeneric(words, name)) return name;
    i = run.last - 1;
  }
  return null;
}

/** The name that a word such as `called` announces. */
export function nameAfter(words: Sentence, at: number): Phrase | null {
  let first = at;
  while (isQuote(words[first]) || ['as', 'the', 'a', ':'].includes(lower(words, first))) first++;
  const proper = nameAt(words, first);
  if (proper) return proper;
  const phrase = phraseAt(words, first);
  return phrase?.first === first && phrase.last - phrase.first <= 5 ? phrase : null;
}

export interface Named {
  way?: Way;
  whole?: boolean;
  from: number;
  kind: EntityKind | null;
  /** It stands in a list of what the authors call their own, so that it may be known meanwhile. */
  listed?: boolean;
  /** The title begins with it, so that it may be known meanwhile. */
  titled?: boolean;
}

export function addAcronym(
  { reading, words, sentence, found }: Place,
  { long, short, shortEnd }: Acronym,
  { from, kind, way = 'acronym' }: Named,
): void {
  const rest = words.find(({ start }) => start > shortEnd && start <= shortEnd + 2);
  const longer = rest && /^\p{Lu}\p{Ll}/u.test(rest.text) && /^(?:NOUN|PROPN)$/.test(rest.pos) ? ` ${rest.text}` : '';
  const name = long.replace(/\s+/g, ' ') + longer;
  const head = kindOfHead(name.split(' ').at(-1)?.toLowerCase() ?? '');
  const end = reading.content[shortEnd] === ')' ? shortEnd + 1 : shortEnd;
  found.push({
    name,
    aliases: longer === '' ? [short] : [short + longer, short],
    kind: kind ?? head ?? 'TECHNIQUE',
    way,
    sentence,
    start: wordAt(words, from).start,
    end,
  });
}

/** Whether a name belongs to others; what is given one in capitals, `called Soft Pruning`, is the paper's own. */
const isOthers = (name: string, known: Known, way: Way | 'listed'): boolean => {
  if (way === 'listed') return known.isEstablished(name);
  if (way === 'part') return known.isKnown(name);
  return !(way === 'named' && /^\p{Lu}\S* (?:\S+ )*\p{Lu}\S*$/u.test(name)) && known.isCommon(name);
};

export function add(
  { reading, words, sentence, found, ...known }: Place,
  phrase: Phrase,
  { way = 'proper', from, kind, whole = false, listed = false, titled = false }: Named,
): void {
  const name = textOf(reading.content, words, phrase).replace(/^["'`“”‘’]+|["'`“”‘’]+$/g, '');
  if (isGeneric(words, phrase) || name.length < 2) return;
  if (!titled && isOthers(name, known, listed ? 'listed' : way)) return;
  const decided =
    kind ??
    appositionHead(words, phrase.last) ??
    kindOfHead(lower(words, phrase.last)) ??
    kindOfPhrase(words, phrase) ??
    kindOfName(name);
  const start = wordAt(words, Math.min(from, phrase.first)).start;
  found.push({
    name,
    aliases: [],
    kind: decided,
    way,
    whole,
    sentence,
    start,
    end: words[phrase.last - 1]?.end ?? start,
  });
}
