/** What a paper is about although no verb says so: established things that its title, several places or its own sentences name. */
import type { Scene } from './scene.js';
import { isOwn, ownFrom } from './scene.js';
import type { Span, Thing } from './things.js';
import { isFamily, isNamed } from './things.js';
import { evaluates } from './unknown.js';

/** So common that a mention says nothing of the paper: only a verb makes something of them. */
const PASSING = new Set(['fine-tuning', 'data augmentation', 'weight decay', 'label smoothing', 'supervised learning']);

/** In how many places a thing stands that the paper is about. */
const OFTEN = 2;

export function about(scene: Scene): void {
  const { claims, reading } = scene;
  const from = ownFrom(scene);
  const isOwnSpan = ({ sentence }: Span): boolean =>
    sentence >= from && isOwn(reading.sentences[sentence] ?? [], scene.spans[sentence] ?? [], true);
  const places = new Map<Thing, Span[]>();
  for (const span of scene.spans.flat())
    if (span.short !== true) places.set(span.thing, [...(places.get(span.thing) ?? []), span]);
  for (const [thing, spans] of places) {
    if (thing.introduced || thing.kind === 'DATASET' || PASSING.has(thing.name) || claims.has(thing)) continue;
    const titled = spans.find(({ sentence }) => sentence < reading.titles);
    const own = spans.find(isOwnSpan);
    const place = titled ?? own ?? spans[0];
    const often = titled !== undefined || spans.length >= OFTEN;
    const once = own && thing.known && thing.kind === 'TECHNIQUE' && !scene.denied.has(thing);
    if (place && (often || once)) claim(scene, place, often);
  }
}

/** The relation that fits best to something that is named without a role. */
function claim({ claims, main, survey, reading }: Scene, { thing, start, end, sentence }: Span, often: boolean): void {
  const rule = often ? 'about' : 'namedOnce';
  const reports = isNamed(thing) && evaluates(reading.sentences[sentence] ?? []);
  const quote = { to: thing, start, end };
  if (main === null || survey) claims.add({ type: 'STUDIES', from: 'PAPER', rule: 'about', ...quote });
  else if (thing.kind === 'MODEL')
    claims.add({ type: 'APPLIED_TO', from: main.kind === 'TECHNIQUE' ? main : 'PAPER', rule: 'about', ...quote });
  else if (isFamily(thing) && main.kind === 'TECHNIQUE')
    claims.add({ type: 'IS_A', from: main, rule: 'about', ...quote });
  else
    claims.add({ type: reports ? 'COMPARES_WITH' : 'USES', from: main, rule: reports ? 'namedOnce' : rule, ...quote });
}
