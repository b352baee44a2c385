/** What stands behind a verb by which authors present: a name, an acronym with its long form, a description. */
import type { EntityKind } from '../ontology.js';
import type { Acronym } from './acronyms.js';
import { kindOfHead, NAMING, PART_HEADS, PRESENTING, WEAKLY_PRESENTING, WHOLES } from './cues.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import type { Named, Place } from './naming.js';
import { acronymIn, add, addAcronym, appositionHead, headAfter, opensTitle, properIn } from './naming.js';
import type { Phrase } from './phrases.js';
import { isGeneric, isQuote, kindOfPhrase, phraseAt, sharesHead, textOf, withoutContainer } from './phrases.js';
import { presents } from './presenting.js';

/** How far behind its verb a name may be given to what is presented. */
const REACH = 28;
const lower = (words: Sentence, i: number): string => wordAt(words, i).lower;

/** What is presented: the phrase, its verb, where its quote begins, and the kind that a list announces. */
interface Presented {
  verb: number;
  phrase: Phrase;
  from: number;
  announced?: EntityKind | null;
}

/** One object. @returns the word after it */
export function object(place: Place, presented: Presented): number {
  const { words } = place;
  const { verb, phrase, from, announced: kind = null } = presented;
  const acronym = acronymIn(place.reading, words, { first: verb + 1, last: phrase.last });
  if (acronym) return acronymObject(place, presented, acronym);
  const naming = words.findIndex(({ lower: text }, j) => j >= phrase.last && j < verb + REACH && NAMING.has(text));
  const named = naming >= 0 && !words.slice(phrase.last, naming).some((_, j) => presents(words, phrase.last + j));
  if (named) return phrase.last;
  if (isTitled(place, presented)) {
    add(place, phrase, { way: 'named', from, kind: kindOfPhrase(words, phrase), titled: true });
    return phrase.last;
  }
  const listed = kind !== null && words.slice(0, verb).some(({ lower: text }) => PRESENTING.has(text));
  const proper = isWholeName(words, presented) ? phrase : properIn(words, phrase);
  if (proper) {
    const inside = proper.last < phrase.last;
    const head = proper.first > phrase.first ? kindOfHead(lower(words, proper.first - 1)) : null;
    const told = inside ? kindOfPhrase(words, phrase) : (kind ?? appositionHead(words, phrase.last) ?? head);
    add(place, proper, { way: 'proper', from, kind: told, listed });
  } else if (kind !== null || (!apposed(place, phrase, from) && !WEAKLY_PRESENTING.has(lower(words, verb))))
    described(place, phrase, { from, kind, listed });
  return phrase.last;
}

/** `we propose gentle weight sharing` under a title that begins with these words. */
const isTitled = ({ words, reading }: Place, { verb, phrase }: Presented): boolean =>
  phrase.last - phrase.first > 1 &&
  phrase.first <= verb + 2 &&
  PRESENTING.has(lower(words, verb)) &&
  !WEAKLY_PRESENTING.has(lower(words, verb)) &&
  opensTitle(reading, textOf(reading.content, words, phrase));

/** Whether a phrase is a name as a whole: in quotes, or one word with a capital where a list or a verb announces it. */
function isWholeName(words: Sentence, { verb, phrase: { first, last }, announced: kind = null }: Presented): boolean {
  if (isQuote(words[first - 1]) && isQuote(words[last])) return true;
  const awaited = kind !== null || (first === verb + 1 && PRESENTING.has(lower(words, verb)));
  return (
    awaited &&
    last - first === 1 &&
    !sharesHead(words, { first, last }) &&
    /^\p{Lu}\p{Ll}[\p{Ll}-]/u.test(wordAt(words, first).text)
  );
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
  if (
    (size < 2 && !isRepeated(place, phrase, bare)) ||
    size > 5 ||
    kind === null ||
    kind === 'DATASET' ||
    isGeneric(words, bare)
  )
    return;
  const tail = Array.from({ length: size }, (_, k) => k).find((k) =>
    isKnown(textOf(reading.content, words, { first: bare.first + k, last: bare.last })),
  );
  if (tail === 0 || (tail !== undefined && isGeneric(words, { first: bare.first, last: bare.first + tail }))) return;
  const whole = WHOLES.has(lower(words, phrase.last - 1));
  if (isQualified(words, bare, whole)) return;
  const first = words[bare.first];
  if (first?.pos === 'VERB' && /^[^-]+ing$/.test(first.lower)) return;
  add(place, bare, { way: 'described', from, kind, listed, whole });
}

/** `a post-thinking mechanism`: whether one compound before a noun that is no whole contribution is a term, as the text uses it again. */
function isRepeated({ words, reading }: Place, { last }: Phrase, bare: Phrase): boolean {
  const { text, lower: term } = wordAt(words, bare.first);
  const within = /^\p{L}{3,}-\p{L}{3,}$/u.test(text) && bare.last < last && !WHOLES.has(lower(words, last - 1));
  return within && reading.sentences.flat().filter((word) => word.lower === term).length > 1;
}

/** Whether a description only likens: `a transformer-based framework`; `a correlation-based loss` is a part by what it is based on. */
function isQualified(words: Sentence, { first, last }: Phrase, whole: boolean): boolean {
  const part = !whole && PART_HEADS.has(lower(words, last - 1)) && lower(words, first + 2) === 'based';
  return !part && words.slice(first + 1, last).some(({ lower: text }) => QUALIFIERS.test(text));
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
