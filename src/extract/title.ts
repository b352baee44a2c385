/** What a title says of what the paper introduces: `X: A for B with C`. */
import type { Scene } from './scene.js';
import { subjectOf } from './scene.js';

const MEANS = /^(?:with|via|through|using|by|based|from|on)$/;
const NEGATED = /^(?:without|beyond|not|no|vs|versus)$/;

export function relateTitle(scene: Scene): void {
  const { reading, spans, main, survey, claims } = scene;
  const words = reading.sentences[0] ?? [];
  const subject = subjectOf(scene);
  const start = words[0]?.start ?? 0;
  const nothing = !spans.flat().some(({ thing }) => thing.introduced);
  let means = '';
  for (const [i, word] of words.entries()) {
    if (MEANS.test(word.lower) || word.lower === 'for' || word.lower === ':' || NEGATED.test(word.lower)) means = word.lower;
    const span = (spans[0] ?? []).find(({ first }) => first === i);
    if (!span || span.thing.introduced || NEGATED.test(means)) continue;
    const { thing, end } = span;
    const by = MEANS.test(means) && means !== 'on';
    const based = words[span.last]?.lower === 'based';
    if (survey) claims.add({ type: 'STUDIES', from: 'PAPER', to: thing, rule: 'studies', start, end });
    else if (thing.kind === 'DATASET') claims.add({ type: 'EVALUATED_ON', from: 'PAPER', to: thing, rule: 'evaluatedPaper', start, end });
    else if (by || based) claims.add({ type: 'USES', from: subject, to: thing, rule: 'titleUses', start, end });
    else if (thing.kind === 'MODEL') claims.add({ type: 'APPLIED_TO', from: subject, to: thing, rule: 'titleApplied', start, end });
    else if (main && /^improv(?:ed|ing)$/.test(words[i - 1]?.lower ?? '')) claims.add({ type: 'EXTENDS', from: main, to: thing, rule: 'extends', start, end });
    else if (main?.kind === 'TECHNIQUE' && means === 'for') claims.add({ type: 'APPLIED_TO', from: main, to: thing, rule: 'titleApplied', start, end });
    else if (main?.kind === 'TECHNIQUE') claims.add({ type: 'IS_A', from: main, to: thing, rule: 'isA', start, end });
    else if (nothing) claims.add({ type: 'STUDIES', from: 'PAPER', to: thing, rule: 'studies', start, end });
    else claims.add({ type: 'USES', from: subject, to: thing, rule: 'titleUses', start, end });
  }
}
