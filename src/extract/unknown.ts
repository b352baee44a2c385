/** Names that nobody knows beforehand, told by their shape and by what stands around them. */
import type { EntityKind } from '../ontology.js';
import { METRICS } from '../metrics.js';
import { kindOfHead, kindOfName, PART_HEADS, PRAISE } from './cues.js';
import { governorAt, governorBefore, replaces } from './governors.js';
import type { Sentence, Word } from './language.js';
import { wordAt } from './language.js';
import type { Things } from './lookup.js';
import { METRIC_WORD } from './lookup.js';
import type { Phrase } from './phrases.js';
import { isCapitalized, isGeneric, isProper, nameAt, phraseAt, textOf, withoutContainer } from './phrases.js';
import { keyOf } from './things.js';
import type { Span, Thing } from './things.js';
import { placesOf } from './things.js';

const LISTING = /^(?:including|like|e\.g\.?|i\.e\.?|namely|as|of|:)$/;
const HARDWARE = /^(?:[gct]pus?|npus?|fpgas?|soc|pi|devices?|cores?|chips?)$/;
const BETWEEN = /^(?:,|and|or|both|the|&|\/|\()$/;
/** What may follow a family's name in the name of a member: sizes, versions, variants. */
const MEMBER =
  /^(?:[-\s.]?(?:v?\d+(?:\.\d+)*[bBmMkK]?|[\p{Lu}]{1,2}|[a-z]|tiny|small|base|large|huge|mini|nano|medium|xl|xxl|turbo|lightning|instruct|chat|lt|plus|\d+x\d+|\+|\/))+\+?$/iu;

export const evaluates = (words: Sentence): boolean => words.some(({ form }) => form.evaluating);

/** One sentence, with what is found in it already. */
export interface Found {
  content: string;
  words: Sentence;
  sentence: number;
  known: readonly Span[];
  things: Things;
}

export const spanOf = ({ words, sentence }: Found, thing: Thing, { first, last }: Phrase): Span => {
  const { start } = wordAt(words, first);
  return { thing, sentence, first, last, start, end: wordAt(words, last - 1).end };
};

/** Finds unknown names in one sentence, beside the spans that are found already. */
export function unknownIn(found: Found): Span[] {
  const { content, words, sentence, known, things } = found;
  const taken = placesOf(known);
  const spans = [...known];
  for (let i = 0; i < words.length; i++) {
    const run = !isCapitalized(wordAt(words, i)) || taken.has(i) ? null : runAt(words, i, taken, sentence === 0);
    if (!run || HARDWARE.test(wordAt(words, run.last - 1).lower) || METRIC_WORD.test(wordAt(words, run.last).lower))
      continue;
    const text = textOf(content, words, run);
    if (things.own.isBlocked(keyOf(text)) || METRICS.has(text.toLowerCase())) continue;
    const own = things.own.find(keyOf(text)) ?? variantOf(text, things);
    const kind = own?.kind ?? kindOfMember(words, run, things) ?? kindByContext(words, run, spans);
    if (kind === null) continue;
    spans.push(spanOf(found, own ?? things.ofTerm({ kind, name: text }, false), run));
    i = run.last - 1;
  }
  return spans.length === known.length ? spans : spans.sort((a, b) => a.first - b.first);
}

/** `FooNet-M3`, `Foo-XL`, `ResNet-Foo` beside an introduced `Foo`: a model that the paper introduces too. */
function variantOf(text: string, things: Things): Thing | null {
  const base = things.own.things.find(
    ({ introduced, kind, name, aliases }) =>
      introduced &&
      kind !== 'DATASET' &&
      [name, ...aliases].some(
        (form) =>
          form.length > 2 &&
          ((text.startsWith(form) && /^[-_ ]?(?:[\p{Lu}\d]|tiny|small|base|large)/u.test(text.slice(form.length))) ||
            text.endsWith(`-${form}`)),
      ),
  );
  if (!base) return null;
  const thing: Thing = { kind: 'MODEL', name: text, aliases: new Set(), introduced: true, known: false };
  things.own.name(thing, text);
  return thing;
}

/** What a sentence says is used under a describing name: `we employ a balanced quality loss`. */
export function describedIn(found: Found): Span[] {
  const { words } = found;
  const spans: Span[] = [];
  for (let i = 0; i < words.length; i++) {
    for (let at = describedAt(words, i); at >= 0;) {
      const phrase = phraseAt(words, at);
      if (!phrase || phrase.first > at + 6) break;
      const bare = withoutContainer(words, phrase);
      const thing = describes(found, phrase, bare);
      if (thing) spans.push(spanOf(found, thing, bare));
      at = /^(?:and|,)$/.test(wordAt(words, phrase.last).lower) ? phrase.last + 1 : -1;
    }
  }
  return spans;
}

/** Where the object of a using verb begins, or of what stands for one: `replaces A with B`, `through a B`; -1 elsewhere. */
function describedAt(words: Sentence, i: number): number {
  const cue = governorAt(words, i);
  if (cue?.governor === 'use') return i + cue.length;
  const { lower } = wordAt(words, i);
  if (!MEANS.has(lower)) return -1;
  const next = wordAt(words, i + 1);
  const means =
    /^(?:an?|our)$/.test(next.lower) || (/^(?:through|via)$/.test(lower) && /^(?:ADJ|NOUN|PROPN)$/.test(next.pos));
  return means || replaces(words, i) ? i + 1 : -1;
}
const MEANS: ReadonlySet<string> = new Set(['through', 'via', 'by', 'with']);

/** The technique that a phrase of two to four words describes by its head, where nothing in it has a name. */
function describes({ content, words, known, things }: Found, phrase: Phrase, bare: Phrase): Thing | null {
  const size = bare.last - bare.first;
  if (size < 2 || size > 4 || known.some(({ first, last }) => first < phrase.last && last > phrase.first)) return null;
  const part = bare.last < phrase.last && PARTS.test(wordAt(words, phrase.last - 1).lower) && isOne(words, phrase);
  if (!(part || PART_HEADS.has(wordAt(words, bare.last - 1).lower)) || isGeneric(words, bare)) return null;
  if (words.slice(bare.first, bare.last - 1).every(({ pos }) => pos === 'ADJ')) return null;
  // `the learned embeddings`, `varying losses`: what is done to them, no kind of them.
  const done = wordAt(words, bare.first).pos === 'VERB' && !wordAt(words, bare.first).text.includes('-');
  if (done && !/^an?$/.test(wordAt(words, bare.first - 1).lower)) return null;
  return things.ofTerm({ kind: 'TECHNIQUE', name: textOf(content, words, bare) }, false);
}

/** `with a typical acceptance scheme`: a part, whatever it does. */
const PARTS = /^(?:strategy|scheme|mechanism|module|objective|procedure)$/;
const isOne = (words: Sentence, { first }: Phrase): boolean =>
  words.slice(Math.max(0, first - 4), first).some(({ lower }) => /^an?$/.test(lower));

/** `three findings: First, …` */
const ORDINAL = /^(?:first|second|third|fourth|last|finally|moreover|furthermore|specifically|notably)(?:ly)?$/;

/** A run of words that look like one name and are not taken; the first word of a sentence needs more than its capital. */
function runAt(words: Sentence, at: number, taken: ReadonlySet<number>, titled: boolean): Phrase | null {
  const run = nameAt(words, at);
  if (!run) return null;
  let last = run.last;
  for (let i = run.first; i < last; i++) if (taken.has(i)) last = i;
  const name = withoutContainer(words, { first: run.first, last });
  const within = words.slice(name.first, name.last);
  const proper = within.some(isProper);
  if (!proper && (titled || ORDINAL.test(wordAt(words, at).lower))) return null;
  if (name.last <= name.first || (!proper && name.first === 0)) return null;
  return proper && within.length === 1 ? name : proper || within.every(isCapitalized) ? name : null;
}

/** `ResNet-18` is a model where `ResNet-50` is one: the kind of the family that a name is a member of. */
function kindOfMember(words: Sentence, { first, last }: Phrase, things: Things): EntityKind | null {
  if (last - first !== 1) return null;
  const { text } = wordAt(words, first);
  for (const [, family = ''] of [...text.matchAll(/^(\p{L}[\p{L}]+(?:-\p{L}{2,})?)(?=[-\d+vV])/gu)]) {
    if (!MEMBER.test(text.slice(family.length))) continue;
    const [term] = things.index.termsOf(/\d+b$/i.test(text) ? family.toUpperCase() : family);
    if (term && term.kind !== 'TECHNIQUE') return term.kind;
  }
  return null;
}

/** The kind that a name's surroundings tell. */
function kindByContext(words: Sentence, run: Phrase, spans: readonly Span[]): EntityKind | null {
  const proper = words.slice(run.first, run.last).some(isProper);
  const long = run.last - run.first > 1;
  const head = headAfter(words, run);
  if (head !== null && (proper || (head === 'DATASET' && (long || isPlainName(wordAt(words, run.first)))))) return head;
  const neighbour = listed(words, run, spans) ?? listedBefore(words, run, spans);
  if (neighbour !== null && (proper || neighbour === 'DATASET' || long)) return neighbour;
  const told = proper || long ? kindByGovernor(words, run) : null;
  return (proper && !/^an?$/.test(wordAt(words, run.first - 1).lower)) || told === 'DATASET' ? told : null;
}

/** `the Switchboard dataset`, but not `a Norwegian dataset`. */
const isPlainName = ({ text, pos }: Word): boolean =>
  pos === 'PROPN' && text.length > 3 && !/(?:ish|ese|ian|ean|man|ench|indi|abic|al|based)$/i.test(text);

/** `evaluated on Foo` is a dataset, `distilling Foo` a model, `surpassing Foo` what its name says. */
function kindByGovernor(words: Sentence, run: Phrase): EntityKind | null {
  let at = run.first - 1;
  while (PRAISE.has(wordAt(words, at).lower)) at--;
  const before = wordAt(words, at).lower;
  if (/^(?:teacher|student|backbone|llm|llms)$/.test(before)) return 'MODEL';
  const { governor, link } = governorBefore(words, run.first);
  if (before === 'on' && (evaluates(words) || governor === 'evaluate')) return 'DATASET';
  if (governor === 'compress' && link === 'object') return 'MODEL';
  const rival = link === 'over' || ((governor === 'outperform' || governor === 'compare') && link === 'object');
  return rival ? kindOfName(wordAt(words, run.last - 1).text) : null;
}

/** The kind told by the noun right after a name, or by a dataset's at the end of its phrase: `the Foo reasoning benchmark`. */
function headAfter(words: Sentence, { last }: Phrase): EntityKind | null {
  const next = wordAt(words, last).lower;
  if (/^(?:test|validation|training|val)$/.test(next)) return 'DATASET';
  const head = kindOfHead(next) ?? headOfList(words, last);
  if (head !== null) return head;
  if (/^baselines?$/.test(next)) return kindOfName(wordAt(words, last - 1).text);
  for (let i = last; i < last + 4 && /^(?:NOUN|ADJ)$/.test(wordAt(words, i).pos); i++)
    if (kindOfHead(wordAt(words, i).lower) === 'DATASET') return 'DATASET';
  return null;
}

/** The kind told by the plural behind a list of names: `Foo, Bar, and Baz benchmarks`, `(Foo and Bar) datasets`. */
function headOfList(words: Sentence, last: number): EntityKind | null {
  let at = last;
  for (let n = 0; n < 12 && (isCapitalized(wordAt(words, at)) || LISTED.test(wordAt(words, at).lower)); n++) at++;
  const { lower } = wordAt(words, at);
  return at > last && lower.endsWith('s') ? kindOfHead(lower) : null;
}
const LISTED = /^(?:,|and|or|the|&|\/|\))$/;

/** The kind of the next member of a list: `Foo and LoRA`. */
function listedBefore(words: Sentence, { last }: Phrase, spans: readonly Span[]): EntityKind | null {
  let at = last;
  while (at < last + 3 && BETWEEN.test(wordAt(words, at).lower) && wordAt(words, at).text !== '(') at++;
  const span = at > last ? spans.find(({ first }) => first === at) : undefined;
  return span && !span.thing.introduced ? span.thing.kind : null;
}

/** In a list every name has the kind of the others, or of the noun that announces the list. */
function listed(words: Sentence, { first }: Phrase, spans: readonly Span[]): EntityKind | null {
  let at = first - 1;
  for (let n = 0; n < 40 && at >= 0; n++) {
    const span = spans.find(({ first: from, last }) => at >= from && at < last);
    if (span) return span.thing.introduced || n === 0 ? null : span.thing.kind;
    const word = wordAt(words, at).lower;
    if (LISTING.test(word) || (word === '(' && kindOfHead(wordAt(words, at - 1).lower) !== null))
      return announced(words, at);
    if (!BETWEEN.test(word)) return null;
    at--;
  }
  return null;
}

/** `datasets such as`, `benchmarks, including`, `models:` */
function announced(words: Sentence, at: number): EntityKind | null {
  for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
    const word = wordAt(words, i).lower;
    const head = kindOfHead(word);
    if (head !== null && word.endsWith('s')) return head;
    if (word === 'tasks') return 'DATASET';
    if (!/^(?:such|,|\(|i\.e\.?|e\.g\.?|including)$/.test(word)) return null;
  }
  return null;
}
