/** What is one of what: by its name, by what follows it, by being given as an example. */
import type { Term } from '../ingest/vocabulary.js';
import type { Claim } from './claims.js';
import { CONTAINERS } from './cues.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import type { Things } from './lookup.js';
import type { Phrase } from './phrases.js';
import { phraseAt } from './phrases.js';
import type { Scene } from './scene.js';
import type { Span, Thing } from './things.js';

export function families(scene: Scene, things: Things): void {
  for (const [s, words] of scene.reading.sentences.entries())
    for (const span of scene.spans[s] ?? []) {
      described(scene, words, span);
      describedBefore(scene, words, span);
      example(scene, words, span);
    }
  byName(scene, things);
}

/** `X, a Y framework` and `X is a Y method`. */
function described({ claims, spans }: Scene, words: Sentence, span: Span): void {
  const here = spans[span.sentence] ?? [];
  const phrase = descriptionOf(words, here, span);
  if (!phrase) return;
  for (const { first, last, thing, end } of here) {
    if (first < phrase.first || last > phrase.last || thing.kind !== span.thing.kind || thing.introduced) continue;
    const quote = { from: span.thing, to: thing, start: span.start, end };
    if (last >= phrase.last - 1) claims.add({ type: 'IS_A', rule: 'described', ...quote });
    else if (thing.kind === 'TECHNIQUE') claims.add({ type: 'USES', rule: 'describedUses', ...quote });
  }
}

/** The phrase that says what a name is: after `, a`, `: a`, or `is a`. */
function descriptionOf(words: Sentence, here: readonly Span[], { thing, last }: Span): Phrase | null {
  let at = last;
  for (let own = true; own;) {
    const again = here.find((other) => other.first === at && other.thing === thing);
    own = again !== undefined || /^[()]$/.test(wordAt(words, at).text);
    if (own) at = again?.last ?? at + 1;
  }
  const link = wordAt(words, at).lower;
  const named = thing.introduced || (link === 'is' && /^\p{Lu}/u.test(thing.name));
  while (link === 'is' && wordAt(words, at + 1).pos === 'ADV') at++;
  const says = /^(?:,|is|:|-|–|—|as)$/.test(link) && /^(?:an?|the|our|one)$/.test(wordAt(words, at + 1).lower);
  const phrase = says ? phraseAt(words, at + 1) : null;
  const general = ofType(words, phrase);
  return named || general !== phrase ? general : null;
}

/** `a popular kind of Y`: what follows the `of`. */
function ofType(words: Sentence, phrase: Phrase | null): Phrase | null {
  if (!phrase || wordAt(words, phrase.last).lower !== 'of' || !TYPES.has(wordAt(words, phrase.last - 1).lower))
    return phrase;
  return phraseAt(words, phrase.last + 1);
}
const TYPES = new Set([
  'type',
  'kind',
  'form',
  'class',
  'variant',
  'instance',
  'family',
  'category',
  'branch',
  'case',
  'subclass',
]);

/** `As a popular kind of Y, X …`: the same said before the name. */
function describedBefore({ claims, spans }: Scene, words: Sentence, span: Span): void {
  if (wordAt(words, 0).lower !== 'as' || !/^(?:an?|one)$/.test(wordAt(words, 1).lower)) return;
  const phrase = ofType(words, phraseAt(words, 1));
  const comma = words.findIndex(({ text }) => text === ',');
  if (!phrase || span.first !== comma + 1 || comma < phrase.last) return;
  const family = (spans[span.sentence] ?? []).find(
    ({ first, last }) => first >= phrase.first && last >= phrase.last - 1 && last <= phrase.last,
  );
  if (family?.thing.kind === span.thing.kind && !family.thing.introduced)
    claims.add({
      type: 'IS_A',
      rule: 'described',
      from: span.thing,
      to: family.thing,
      start: family.start,
      end: span.end,
    });
}

const LISTING = /^(?:,|and|or|\/|&|the|both|such|i\.e\.|namely|a|an|\()$/;

/** `diffusion models, such as SDXL`: examples of an established family. */
function example({ claims, spans }: Scene, words: Sentence, { thing, first, end, sentence }: Span): void {
  const here = spans[sentence] ?? [];
  const inside = (at: number): boolean => here.some((span) => at >= span.first && at < span.last);
  let at = first - 1;
  while (at >= 0 && (inside(at) || LISTING.test(wordAt(words, at).lower))) at--;
  const link = wordAt(words, at).lower;
  const such = link === 'as' && wordAt(words, at - 1).lower === 'such';
  if (!such && !/^(?:like|e\.g\.|including)$/.test(link)) return;
  at -= such ? 2 : 1;
  const endsAt = (place: number): Span | undefined => here.find(({ last }) => last === place + 1);
  while (/^[,()]$/.test(wordAt(words, at).text)) at--;
  while (!endsAt(at) && CONTAINERS.has(wordAt(words, at).lower)) at--;
  const family = endsAt(at);
  const established = family && !family.thing.introduced && /^\p{Ll}/u.test(family.thing.name);
  if (!established || family.thing === thing || family.thing.kind !== thing.kind) return;
  claims.add({ type: 'IS_A', from: thing, to: family.thing, rule: 'example', start: family.start, end });
}

/** A name that ends in an established one: `Hierarchical Self-Distillation`, `text-to-image diffusion model`. */
function byName({ claims, spans }: Scene, things: Things): void {
  const named = new Map<Thing, Span>();
  for (const span of spans.flat()) if (!named.has(span.thing)) named.set(span.thing, span);
  for (const [thing, { start, end }] of named) {
    if (thing.kind === 'DATASET' || !(thing.known || thing.introduced)) continue;
    const family = familyOf(thing, things);
    const claim: Omit<Claim, 'to'> = { type: 'IS_A', from: thing, rule: 'isANamed', start, end };
    if (family && (thing.introduced || named.has(family))) claims.add({ ...claim, to: family });
  }
}

/** The established thing of two words or more that the end of a name names, the longest; null where none does. */
function familyOf(thing: Thing, things: Things): Thing | null {
  const { families } = things.index;
  const id = `${thing.kind} ${thing.name}`;
  const before = families.get(id);
  const term = before === undefined ? endOf(thing, things) : before;
  // Of names that no vocabulary has there is no end.
  if (thing.known && before === undefined) families.set(id, term);
  return term && things.ofTerm(term);
}

function endOf({ name, kind }: Thing, things: Things): Term | null {
  // `Y-knowledge distillation` is a knowledge distillation, `data-to-model distillation` no model distillation.
  const words = name.replace(/(?<![\p{L}\p{N}-])([\p{L}\p{N}]+)-(?=[\p{L}\p{N}]+\s)/gu, '$1 ').split(/\s+/);
  for (let i = 1; i < words.length; i++) {
    const tail = words.slice(i).join(' ').toLowerCase();
    const term = /[\s-]/.test(tail) ? things.index.termsOf(tail).find((each) => each.kind === kind) : undefined;
    if (term) return term;
  }
  return null;
}
