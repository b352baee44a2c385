/** What a paper is about although no verb says so: established things that its title, several places or its own sentences name. */
import type { Rule } from './confidence.js';
import { wordAt } from './language.js';
import type { Reading } from './reading.js';
import type { Scene } from './scene.js';
import { isOwn, ownFrom } from './scene.js';
import type { Span, Thing } from './things.js';
import { isFamily, isNamed } from './things.js';

/** So common that a mention says nothing of the paper: only a verb makes something of them. */
const PASSING = new Set(['fine-tuning', 'data augmentation']);
/** In how many places a thing stands that the paper is about. */
const OFTEN = 2;

export function about(scene: Scene): void {
  const from = ownFrom(scene);
  const places = new Map<Thing, Span[]>();
  for (const span of scene.spans.flat())
    if (span.short !== true) places.set(span.thing, [...(places.get(span.thing) ?? []), span]);
  for (const [thing, spans] of places)
    if (!thing.introduced && !PASSING.has(thing.name) && !scene.claims.has(thing)) weigh(scene, spans, from);
}

/** Claims a thing by how often and where it is named; `from` is where the paper's own sentences begin. */
function weigh(scene: Scene, spans: readonly Span[], from: number): void {
  const own = spans.find(
    ({ sentence }) =>
      sentence >= from && isOwn(scene.reading.sentences[sentence] ?? [], scene.spans[sentence] ?? [], true),
  );
  const titled = spans.find(({ sentence }) => sentence < scene.reading.titles);
  const place = titled ?? own ?? spans[0];
  if (!place) return;
  const { thing } = place;
  if (thing.kind === 'DATASET') {
    if (own && thing.known) scene.claims.add({ ...claimed(own, 'namedOnce'), type: 'EVALUATED_ON', from: 'PAPER' });
    return;
  }
  const often = titled !== undefined || isOften(scene, spans);
  if (often || (own && isSaidOnce(scene, own))) claim(scene, place, often ? 'about' : 'namedOnce');
}

/** Whether a paper is about a thing by how often it is named, though not in the title; a model that it is set apart from it is not about. */
function isOften(scene: Scene, spans: readonly Span[]): boolean {
  const told = spans.length >= OFTEN || spans.some((span) => isTopic(scene, span) || isPartOfName(scene, span.thing));
  return told && !spans.some(({ thing }) => thing.kind === 'MODEL' && scene.denied.has(thing));
}

/** Whether one place in the paper's own sentences is enough. */
const isSaidOnce = (scene: Scene, span: Span): boolean =>
  span.thing.known &&
  !isMeasured(scene, span) &&
  (span.thing.kind === 'TECHNIQUE' || isNamed(span.thing)) &&
  !scene.denied.has(span.thing);

const claimed = ({ thing, start, end }: Span, rule: Rule): { to: Thing; rule: Rule; start: number; end: number } => ({
  to: thing,
  rule,
  start,
  end,
});

/** Words by which a paper without a method of its own says that it studies those of others. */
const STUDY =
  /\b(?:systematic\w*|comprehensive|empirical\w*|thorough|extensive|in-depth|first|large-scale) (?:stud|review|survey|analys|compar|investigat|evaluat)|\b(?:we|paper|work|article) (?:\w+ )?(?:stud(?:y|ies)|investigates?|analy[sz]es?|surveys?|reviews?|compares?|examines?|revisits?)\b/i;
const studies = ({ document }: Reading): boolean => document.title.endsWith('?') || STUDY.test(document.text ?? '');

/** `rotation errors`, `re-ranking effectiveness`: whether what is measured of a technique is spoken of, not what it does. */
const isMeasured = ({ reading }: Scene, { thing, sentence, last }: Span): boolean =>
  thing.kind === 'TECHNIQUE' && MEASURES.test(wordAt(reading.sentences[sentence] ?? [], last).lower);
const MEASURES =
  /^(?:abilit(?:y|ies)|accuracy|capabilit(?:y|ies)|capacity|costs?|designs?|effectiveness|efficiency|errors?|overhead|performance|quality|speed|stability|time)$/;

/** Whether the name of the paper's own method holds that of a model: `CLIP-KD` is about CLIP. */
const isPartOfName = ({ main }: Scene, { kind, name }: Thing): boolean =>
  kind === 'MODEL' && main !== null && main.name !== name && main.name.split('-').includes(name);

/** Whether a technique is what the text begins with: `Knowledge distillation is …`. */
const isTopic = ({ reading }: Scene, { thing, sentence, first }: Span): boolean =>
  thing.kind === 'TECHNIQUE' && sentence === reading.titles && first <= 1;

/** What kinds are of: who names a kind, as `magnitude pruning`, without a verb may set himself apart from it or have it as a part. */
const BROADEST = /^(?:(?:knowledge|dataset) )?[^\s-]+$/;

/** The relation that fits best to something that is named without a role. */
function claim({ claims, main, survey, reading }: Scene, span: Span, rule: Rule): void {
  const { thing } = span;
  const fact = claimed(span, rule);
  if (survey || (main === null && studies(reading)))
    claims.add({ ...fact, type: 'STUDIES', from: 'PAPER', rule: 'about' });
  else if (thing.kind === 'MODEL')
    claims.add({ ...fact, type: 'APPLIED_TO', from: main?.kind === 'TECHNIQUE' ? main : 'PAPER' });
  else if (main === null || main.kind === 'DATASET') claims.add({ ...fact, type: 'USES', from: 'PAPER' });
  else if (
    isFamily(thing) &&
    main.kind === 'TECHNIQUE' &&
    (span.sentence < reading.titles || BROADEST.test(thing.name))
  )
    claims.add({ ...fact, type: 'IS_A', from: main, rule: 'about' });
  else claims.add({ ...fact, type: 'USES', from: main });
}
