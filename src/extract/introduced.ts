/** What a paper introduces in its text: `we propose X (Y)`, `a method called X`, `with a novel Foo Module`. */
import type { EntityKind } from '../ontology.js';
import { kindOfHead, NAMING, PRESENTING, WEAKLY_PRESENTING, WHOLES } from './cues.js';
import type { Acronym } from './acronyms.js';
import { membersFrom } from './enumerated.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import type { Introduction, Known, Named, Place } from './naming.js';
import { acronymIn, add, addAcronym, appositionHead, headAfter, headBefore, nameAfter, properIn } from './naming.js';
import { acronymPart, ownDataset, part, possessed } from './parts.js';
import type { Phrase } from './phrases.js';
import { isCapitalized, isGeneric, isQuote, kindOfPhrase, phraseAt, textOf, withoutContainer } from './phrases.js';
import { announced, lists, numbers, OPENS, PASSIVE, PLURAL, presents } from './presenting.js';
import type { Reading } from './reading.js';
import { ownAt } from './reading.js';

const REACH = 28;
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

/** `which we call X` */
const CALLING: ReadonlySet<string> = new Set('call term dub name refer coin denote'.split(' '));

const CUES: ReadonlySet<string> = new Set([
  ...PRESENTING,
  ...OPENS,
  ...PASSIVE,
  ...NAMING,
  ...CALLING,
  'our',
  'proposed',
]);

function word(place: Place, i: number): void {
  const { words } = place;
  const text = lower(words, i);
  if (CUES.has(text) && cued(place, i, text)) return;
  if (!acronymPart(place, i) && !ownDataset(place, i)) part(place, i);
}

/** Reads on from a word by which authors present. @returns whether it is one where it stands */
function cued(place: Place, i: number, text: string): boolean {
  const { words } = place;
  const names = place.found.flatMap(({ name, aliases }) => [name, ...aliases]);
  if (presents(words, i) || lists(words, i, names) || (text === ':' && numbers(words, i, names))) objects(place, i);
  else if (PASSIVE.has(text) && /^(?:is|are|then|also|further)$/.test(lower(words, i - 1))) passive(place, i - 1);
  else if (text === 'our' || text === 'proposed') possessed(place, i);
  else if (NAMING.has(text) && !/^(?:so|is|are|commonly|often|also|usually)$/.test(lower(words, i - 1)))
    named(place, i);
  else if (CALLING.has(text) && /^(?:we|to)$/.test(lower(words, i - 1)))
    named(place, lower(words, i + 1) === 'to' ? i + 2 : i);
  else return false;
  return true;
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

/** The name after `called`, `dubbed`, `termed` … */
function named(place: Place, i: number): void {
  const { words, reading } = place;
  const speaksOfNew =
    ownAt(words) >= 0 ||
    words
      .slice(Math.max(0, i - 12), i)
      .some(({ lower: text }) => /^(?:novel|new|proposed?|our|introduced?|resulting)$/.test(text));
  if (!speaksOfNew) return;
  const kind = headBefore(words, i);
  const acronym = acronymIn(reading, words, { first: i + 1, last: Math.min(words.length, i + 4) });
  if (acronym) return void addAcronym(place, acronym, { from: Math.max(0, i - 3), kind });
  const phrase = nameAfter(words, i + 1);
  if (!phrase) return;
  const headed = words
    .slice(Math.max(0, i - 4), i)
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
    else if (/^(?:for|to)$/.test(next)) at = secondObject(words, end);
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

/** `representative initialization for the synthetic dataset and balanced inner-loop loss`: where the second begins; -1 without one. */
function secondObject(words: Sentence, at: number): number {
  const complement = phraseAt(words, at + 1);
  const and = complement && lower(words, complement.last) === 'and' ? complement.last : -1;
  const phrase = and < 0 ? null : phraseAt(words, and + 1);
  return phrase &&
    phrase.last - phrase.first > 1 &&
    kindOfPhrase(words, phrase) === 'TECHNIQUE' &&
    wordAt(words, phrase.last - 1).pos !== 'VERB'
    ? and + 1
    : -1;
}

/** What is presented: the phrase, its verb, where its quote begins, and the kind that a list announces. */
interface Presented {
  verb: number;
  phrase: Phrase;
  from: number;
  announced?: EntityKind | null;
}

/** One object. @returns the word after it */
function object(place: Place, presented: Presented): number {
  const { words } = place;
  const { verb, phrase, from, announced: kind = null } = presented;
  const acronym = acronymIn(place.reading, words, { first: verb + 1, last: phrase.last });
  if (acronym) return acronymObject(place, presented, acronym);
  const naming = words.findIndex(({ lower: text }, j) => j >= phrase.last && j < verb + REACH && NAMING.has(text));
  const named = naming >= 0 && !words.slice(phrase.last, naming).some((_, j) => presents(words, phrase.last + j));
  if (named) return phrase.last;
  const listed = kind !== null && words.slice(0, verb).some(({ lower: text }) => PRESENTING.has(text));
  const proper = isWholeName(words, presented) ? phrase : properIn(words, phrase);
  if (proper) {
    const inside = proper.last < phrase.last;
    const told = inside ? kindOfPhrase(words, phrase) : (kind ?? appositionHead(words, phrase.last));
    add(place, proper, { way: 'proper', from, kind: told, listed });
  } else if (kind !== null || (!apposed(place, phrase, from) && !WEAKLY_PRESENTING.has(lower(words, verb))))
    described(place, phrase, { from, kind, listed });
  return phrase.last;
}

/** Whether a phrase is a name as a whole: in quotes, or one word with a capital where a list or a verb announces it. */
function isWholeName(words: Sentence, { verb, phrase: { first, last }, announced: kind = null }: Presented): boolean {
  if (isQuote(words[first - 1]) && isQuote(words[last])) return true;
  const awaited = kind !== null || (first === verb + 1 && PRESENTING.has(lower(words, verb)));
  return awaited && last - first === 1 && /^\p{Lu}\p{Ll}{2}/u.test(wordAt(words, first).text);
}

/** `Feature Compensator (FC)`: new even where everybody knows the words, if they stand in capitals. */
function acronymObject(place: Place, { phrase, from }: Presented, acronym: Acronym): number {
  const { words } = place;
  const parts = acronym.long.split(/\s+/);
  const titled = parts.length > 1 && [parts[0], parts.at(-1)].every((part = '') => /^\p{Lu}/u.test(part));
  if (place.isCommon(acronym.long) && !titled) return phrase.last;
  addAcronym(place, acronym, { from, kind: headAfter(words, acronym) ?? kindOfPhrase(words, phrase) });
  const end = words.findIndex(({ start }) => start > acronym.shortEnd);
  return end < 0 ? words.length : end;
}

/** An object that has no name but a description that serves as one: `we propose multi-scale gradient masking`. */
function described(place: Place, phrase: Phrase, { from, kind: told, listed = false }: Named): void {
  const { words, reading } = place;
  const isKnown = listed ? place.isEstablished : place.isCommon;
  const bare = withoutContainer(words, phrase);
  const size = bare.last - bare.first;
  const kind = kindOfPhrase(words, phrase) ?? told;
  if (size < 2 || size > 5 || kind === null || kind === 'DATASET' || isGeneric(words, bare)) return;
  const tail = Array.from({ length: size }, (_, k) => k).find((k) =>
    isKnown(textOf(reading.content, words, { first: bare.first + k, last: bare.last })),
  );
  if (tail === 0 || (tail !== undefined && isGeneric(words, { first: bare.first, last: bare.first + tail }))) return;
  if (words.slice(bare.first, bare.last).some(({ lower: text }, k) => k > 0 && QUALIFIERS.test(text))) return;
  const first = words[bare.first];
  if (first?.pos === 'VERB' && first.lower.endsWith('ing')) return;
  add(place, bare, { way: 'described', from, kind, listed, whole: WHOLES.has(lower(words, phrase.last - 1)) });
}

/** `LoRA-like fine-tuning` describes. */
const QUALIFIERS = /^(?:like|based|tailored|specific|agnostic)$/;

const NO_NAME = /^(?:an?|which|that|where|to|by|with|and|i\.e\.?|e\.g\.?)$/;

/** `a novel method, swing distillation, which …`; `a new dataset: FooBench` */
function apposed(place: Place, phrase: Phrase, from: number): boolean {
  const { words } = place;
  const kind = kindOfPhrase(words, phrase);
  if (kind === null || !/^[,:–—-]$/.test(lower(words, phrase.last))) return false;
  const said = /^(?:i\.e\.?|namely)$/.test(lower(words, phrase.last + 1)) ? 1 : 0;
  const at = phrase.last + 1 + said + (said === 1 && lower(words, phrase.last + 2) === ',' ? 1 : 0);
  const second = NO_NAME.test(lower(words, at)) ? null : phraseAt(words, at);
  if (!second || second.first > at + 1 || second.last - second.first > 5) return false;
  const acronym = acronymIn(place.reading, words, second);
  if (acronym) {
    addAcronym(place, acronym, { from, kind });
    return true;
  }
  const name = properIn(words, second) ?? (endsThere(words, second) ? second : null);
  if (!name || isGeneric(words, name)) return false;
  add(place, name, { way: 'named', from, kind });
  return true;
}

/** Whether a phrase of several words with a head noun is all that stands between two signs. */
const endsThere = (words: Sentence, phrase: Phrase): boolean =>
  kindOfPhrase(words, phrase) !== null && phrase.last - phrase.first > 1 && /^[,.(]$/.test(lower(words, phrase.last));
