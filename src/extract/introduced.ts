/** What a paper introduces in its text: `we propose X (Y)`, `a method called X`, `with a novel Foo Module`. */
import { kindOfHead, NAMING, PRESENTING } from './cues.js';
import { beforeName, CALLING } from './calling.js';
import { membersFrom } from './enumerated.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import type { Introduction, Known, Place } from './naming.js';
import { acronymIn, add, addAcronym, headBefore, nameAfter } from './naming.js';
import { acronymPart, ownDataset, part, possessed } from './parts.js';
import { isCapitalized, kindOfPhrase, phraseAt, sharesHead } from './phrases.js';
import { object } from './presented.js';
import { announced, lists, numbers, OPENS, PASSIVE, PLURAL, presents } from './presenting.js';
import type { Reading } from './reading.js';
import { ownAt } from './reading.js';

/** How far behind a word that gives a name its acronym's long form begins: after `named`; after `call the small nets`. */
const NAMED = 4;
const CALLED = 7;
const lower = (words: Sentence, i: number): string => wordAt(words, i).lower;

/** Everything the sentences after the title introduce, in their order. */
export function introductionsIn(reading: Reading, known: Known): Introduction[] {
  const found: Introduction[] = [];
  for (let s = reading.titles; s < reading.sentences.length; s++) {
    const place = { reading, words: reading.sentences[s] ?? [], sentence: s, found, ...known };
    for (let i = 0; i < place.words.length; i++) word(place, i);
  }
  return found;
}

const POSSESSING: ReadonlySet<string> = new Set(['our', 'proposed', 'resulting']);

const CUES: ReadonlySet<string> = new Set([...PRESENTING, ...OPENS, ...PASSIVE, ...NAMING, ...CALLING, ...POSSESSING]);

function word(place: Place, i: number): void {
  const { words } = place;
  const text = lower(words, i);
  if (CUES.has(text) && cued(place, i, text)) return;
  if (!acronymPart(place, i) && !ownDataset(place, i)) part(place, i);
}

/** Reads on from a word by which authors present. @returns whether it is one where it stands */
function cued(place: Place, i: number, text: string): boolean {
  const { words } = place;
  const names = (): string[] => place.found.flatMap(({ name, aliases }) => [name, ...aliases]);
  if (presents(words, i) || lists(words, i, names) || (text === ':' && numbers(words, i, names))) objects(place, i);
  else if (PASSIVE.has(text) && /^(?:is|are|then|also|further)$/.test(lower(words, i - 1))) passive(place, i - 1);
  else if (POSSESSING.has(text)) possessed(place, i);
  else if (NAMING.has(text) && isGiven(words, i)) named(place, i);
  else if (CALLING.has(text) && beforeName(words, i) >= 0) named(place, i, beforeName(words, i));
  else return false;
  return true;
}

/** Whether `called`, `termed` … tells a new name: not of `a recent method called X`, nor of `it is called X`, but of `the resulting net is termed X`. */
function isGiven(words: Sentence, i: number): boolean {
  const before = words.slice(Math.max(0, i - 8), i).map(({ lower: text }) => text);
  if (before.some((text) => /^(?:recent|existing|popular|prior|well-known)$/.test(text))) return false;
  return before.includes('resulting') || !/^(?:so|is|are|commonly|often|also|usually)$/.test(lower(words, i - 1));
}

/** `a novel loss is proposed` */
function passive(place: Place, end: number): void {
  const { words } = place;
  let first = end;
  while (
    first > 0 &&
    end - first < 12 &&
    (/^(?:ADJ|NOUN|PROPN|NUM)$/.test(wordAt(words, first - 1).pos) ||
      /^(?:and|-|based|aware|.+-.+(?:ed|ing))$/.test(lower(words, first - 1)))
  )
    first--;
  const phrase = first < end && /^(?:an?|the)$/.test(lower(words, first - 1)) ? phraseAt(words, first) : null;
  if (phrase !== null && phrase.last >= end - 1) object(place, { verb: end + 1, phrase, from: first });
}

/** The name that `called`, `dubbed`, `termed` … at `i` gives, behind the word at `before`. */
function named(place: Place, i: number, before = i): void {
  const { words, reading } = place;
  const speaksOfNew =
    ownAt(words) >= 0 ||
    words
      .slice(Math.max(0, i - 12), i)
      .some(({ lower: text }) => /^(?:novel|new|proposed?|our|introduced?|resulting)$/.test(text));
  if (!speaksOfNew) return;
  const told = before > i ? kindOfHead(lower(words, before)) : headBefore(words, i);
  const reach = before === i && CALLING.has(lower(words, i)) ? CALLED : NAMED;
  const acronym = acronymIn(reading, words, { first: before + 1, last: Math.min(words.length, before + reach) });
  if (acronym) return void addAcronym(place, acronym, { from: Math.max(0, i - 3), kind: told });
  const phrase = nameAfter(words, before + 1);
  if (!phrase || sharesHead(words, phrase)) return;
  // `termed deep self-attention distillation`: what the name itself says of its kind counts more.
  const head = phrase.last - phrase.first > 1 ? kindOfPhrase(words, phrase) : null;
  const kind = told === 'MODEL' && head === 'TECHNIQUE' ? head : told;
  const headed = words
    .slice(Math.max(0, i - 4), before + 1)
    .some(({ lower: text }) => kindOfHead(text) !== null || PLURAL.test(text));
  if (!headed && !words.slice(phrase.first, phrase.last).some(isCapitalized)) return;
  const from = words.findLastIndex(({ lower: text }, j) => j < i && (PRESENTING.has(text) || text === 'our'));
  add(place, phrase, {
    way: 'named',
    from: from < 0 ? Math.max(0, i - 3) : Math.max(0, from - (lower(words, from) === 'our' ? 0 : 1)),
    kind,
  });
}

/** What a presenting verb at `i` has as its object, and the members of a list. */
function objects(place: Place, i: number): void {
  const { words } = place;
  const members = membersFrom(words, i + 1);
  if (members.length > 0) return void members.forEach((at) => member(place, i, at));
  let at = lower(words, i + 1) === ',' ? i + 2 : i + 1;
  for (let n = 0; n < 5; n++) {
    const phrase = phraseAt(words, at);
    if (!phrase || phrase.first > at + 12) return;
    const end = object(place, { verb: i, phrase, from: Math.max(0, i - 1), announced: announced(words, i) });
    const next = lower(words, end);
    const and = next === ',' && lower(words, end + 1) === 'and';
    if (next === 'and' || and || (next === ',' && (n > 0 || !PRESENTING.has(lower(words, i)))))
      at = end + (and ? 2 : 1);
    else if (next === 'as' && lower(words, end + 1) === 'well') at = end + 3;
    else at = asWellAs(words, end);
    if (at < 0) return;
  }
}

/** `…, as well as a Y` further on: where Y begins; -1 without one. */
function asWellAs(words: Sentence, from: number): number {
  const at = words.findIndex(({ lower: text }, j) => j >= from && text === 'well' && lower(words, j + 1) === 'as');
  return at > 0 && /^an?$/.test(lower(words, at + 2)) ? at + 2 : -1;
}

/** A member of a numbered list that the word at `i` opens. */
function member(place: Place, i: number, at: number): void {
  const phrase = phraseAt(place.words, at);
  if (phrase && phrase.first <= at + 2)
    object(place, { verb: at - 1, phrase, from: at, announced: announced(place.words, i) });
}
