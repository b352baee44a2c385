/** On what a paper reports, with the numbers that it gives. */
import type { End } from './claims.js';
import { resultsIn } from './results.js';
import type { Scene } from './scene.js';
import { isOwn, ownFrom } from './scene.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import type { Span } from './things.js';
import { evaluates } from './unknown.js';

export function evaluations(scene: Scene): void {
  const from = ownFrom(scene);
  const { sentences, titles } = scene.reading;
  for (let s = Math.max(titles, from); s < sentences.length; s++) {
    const words = sentences[s] ?? [];
    const spans = scene.spans[s] ?? [];
    if (isOwn(words, spans, true)) sentence(scene, words, spans);
  }
}

function sentence({ claims, main }: Scene, words: Sentence, spans: readonly Span[]): void {
  const ends: End[] = main === null || main.kind === 'DATASET' ? ['PAPER'] : ['PAPER', main];
  const start = wordAt(words, 0).start;
  for (const { dataset, score, ...quote } of resultsIn(words, spans))
    for (const from of ends)
      claims.add({ type: 'EVALUATED_ON', from, to: dataset.thing, rule: 'result', score, ...quote });
  const reports = evaluates(words);
  for (const span of spans) {
    const on = /^(?:on|across|over)$/.test(wordAt(words, span.first - 1).lower);
    const own = span.thing.introduced && !on;
    if (span.thing.kind !== 'DATASET' || !(reports || on) || own || trainedOn(words, span)) continue;
    for (const from of ends)
      claims.add({ type: 'EVALUATED_ON', from, to: span.thing, rule: 'evaluated.on', start, end: span.end });
  }
}

/** `trained on the X`, `we train models of all sizes on X` */
const trainedOn = (words: Sentence, { first }: Span): boolean =>
  (/^(?:on|with|using|from)$/.test(wordAt(words, first - 1).lower) &&
    words.slice(Math.max(0, first - 8), first).some(({ lower }) => /^(?:pre-?)?trains?$/.test(lower))) ||
  words
    .slice(Math.max(0, first - 8), first)
    .some(
      ({ lower }, i, all) =>
        /train|tune|tuning/.test(lower) &&
        all.slice(i + 1, i + 4).some((word) => /^(?:on|with|using|from)$/.test(word.lower)),
    );
