/** Parts that a paper's own sentences name without presenting them: `with a Feature Compensator (FC)`. */
import type { EntityKind } from '../ontology.js';
import { kindOfHead, PRAISE, PRESENTING } from './cues.js';
import { governorAt } from './governors.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import type { Place } from './naming.js';
import { acronymIn, add, addAcronym, appositionHead, headAfter, isSpelledOut } from './naming.js';
import type { Phrase } from './phrases.js';
import { isCapitalized, isGeneric, isProper, nameAt, textOf, withoutContainer } from './phrases.js';
import { ownAt } from './reading.js';
import { presents } from './presenting.js';

const lower = (words: Sentence, i: number): string => wordAt(words, i).lower;

/** `Feather Aligner`: a part by what it does. */
const AGENT = /[a-z]{2}(?:er|or)$/;

/** An acronym that the paper's own sentence defines of something nobody knows: `with a Feature Compensator (FC)`. */
export function acronymPart(place: Place, i: number): boolean {
  const { words, reading, isTerm, found } = place;
  const from = wordAt(words, i).start;
  const acronym = reading.acronyms.find(({ start }) => start === from);
  if (!acronym || isTerm(acronym.long) || isTerm(acronym.short)) return false;
  const own = ownAt(words) >= 0 || found.length > 0;
  const titled = acronym.long.split(/\s+/).filter((part) => /^\p{Lu}/u.test(part)).length > 1;
  const article = words.slice(Math.max(0, i - 3), i).some(({ lower: text }) => /^(?:an?|novel|new|our)$/.test(text));
  const last = acronym.long.split(/\s+/).at(-1)?.toLowerCase() ?? '';
  const kind = headAfter(words, acronym) ?? kindOfHead(last) ?? (titled && AGENT.test(last) ? 'TECHNIQUE' : null);
  const presented = words.slice(0, i).some((_, j) => presents(words, j) || governorAt(words, j)?.governor === 'use');
  if (!own || kind === null || kind === 'DATASET' || !(titled || article) || !(presented || article)) return false;
  addAcronym(place, acronym, { from: i, kind, way: 'part' });
  return true;
}

/** `we produce Foo, a dataset of …` */
export function ownDataset(place: Place, i: number): boolean {
  const { words } = place;
  const run = isProper(wordAt(words, i)) && ownAt(words) >= 0 ? nameAt(words, i) : null;
  if (
    run === null ||
    !/^[,:]$/.test(lower(words, run.last)) ||
    appositionHead(words, run.last) !== 'DATASET' ||
    place.isKnown(textOf(place.reading.content, words, run))
  )
    return false;
  const made = PRESENTING.has(lower(words, i - 1)) || /^(?:produc|generat|obtain|yield)/.test(lower(words, i - 1));
  if (!made && words.slice(0, i).some(({ lower: text }) => /^(?:on|with|to|than)$/.test(text))) return false;
  add(place, run, { way: 'named', from: Math.max(0, i - 2), kind: 'DATASET' });
  return true;
}

/** `our Foo-tuned Bar`: a known model, made better. */
const MADE = /-(?:tuned|finetuned|trained|distilled|compressed|pruned|quantized|enhanced|optimized)$/;

/** `our FooNet`, `the proposed FooNet framework`, `our student, FooNet,` */
export function possessed(place: Place, i: number): void {
  const { words } = place;
  const told = apposition(words, i);
  if (told) return void add(place, told.name, { way: 'named', from: i, kind: told.kind });
  const run = nameAt(words, i + 1);
  const name = run && withoutContainer(words, run);
  if (
    !name ||
    MADE.test(wordAt(words, name.first).lower) ||
    !words.slice(name.first, name.last).some(isProper) ||
    wordAt(words, name.last).text === '-'
  )
    return;
  const variant =
    name.last - name.first > 1 && place.found.some(({ name: known }) => known === wordAt(words, name.first).text);
  if (variant) add(place, name, { way: 'variant', from: i, kind: 'MODEL' });
  else add(place, name, { way: 'named', from: i, kind: kindOfHead(lower(words, name.last)) });
}

/** `our student, FooNet, …` and `our model FooNet`: the name, and the kind that the noun tells. */
function apposition(words: Sentence, i: number): { name: Phrase; kind: EntityKind } | null {
  let at = i + 1;
  while (at < i + 5 && !wordAt(words, at).form.proper && kindOfHead(lower(words, at)) === null) at++;
  const kind = wordAt(words, at).form.proper ? null : kindOfHead(lower(words, at));
  const comma = lower(words, at + 1) === ',';
  const name = kind === null ? null : nameAt(words, at + (comma ? 2 : 1));
  if (kind === null || !name || name.last - name.first > 3 || !words.slice(name.first, name.last).some(isProper))
    return null;
  const closed = comma
    ? /^[,(]$/.test(lower(words, name.last))
    : /^(?:AUX|VERB|ADV)$/.test(wordAt(words, name.last).pos);
  return closed ? { name, kind } : null;
}

const BEFORE = /^(?:an?|the|two|novel|new|and|,|:|via|by|with|using|called)$/;

/** The place before a name and its praise: `a lightweight X`. */
function beforePraise(words: Sentence, i: number): number {
  let at = i - 1;
  while (at > 0 && PRAISE.has(lower(words, at)) && !BEFORE.test(lower(words, at))) at--;
  return at;
}
const opens = (words: Sentence, i: number): boolean => BEFORE.test(lower(words, beforePraise(words, i)));

/** Whether a name is that of an acronym, or part of what spells one out. */
const isDefined = ({ reading, words }: Place, i: number, run: Phrase): boolean =>
  acronymIn(reading, words, run) !== undefined || isSpelledOut(reading, wordAt(words, i));

/** A name in capitals with a head noun, in a sentence of the paper's own: `the Cross-Frame Embedding module`. */
export function part(place: Place, i: number): void {
  const { words, reading, isKnown, found } = place;
  if (found.length === 0 || i === 0 || !isCapitalized(wordAt(words, i)) || !opens(words, i)) return;
  const run = nameAt(words, i);
  if (!run || run.last - run.first < 2 || isDefined(place, i, run)) return;
  const named = withoutContainer(words, run);
  const head = kindOfHead(lower(words, run.last)) ?? kindOfHead(lower(words, run.last - 1));
  const inCapitals = named.last - named.first > 1 && words.slice(named.first, named.last).every(isCapitalized);
  // `a lightweight Querying Transformer` is a part, `a Video Diffusion Model` a family.
  const ofOwn = named.last === run.last && /^(?:an?|novel|new|our)$/.test(lower(words, beforePraise(words, i)));
  if (!(head === 'TECHNIQUE' || (head === 'MODEL' && ofOwn)) || !inCapitals || isGeneric(words, named)) return;
  if ([named, run].some((phrase) => isKnown(textOf(reading.content, words, phrase)))) return;
  const others = words.slice(0, i).some((_, j) => /^(?:outperform|deny)$/.test(governorAt(words, j)?.governor ?? ''));
  if (!others) add(place, named, { way: 'part', from: i, kind: head });
}
