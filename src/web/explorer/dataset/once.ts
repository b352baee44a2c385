/** A number that a paper reports of itself and of what it is about, once. */
import type { ScoreFragment } from '../../generated/graphql.js';

/** All but a paper's own result where its text gives the same number, at the same place, to a method or model. */
export function onceEach(scores: readonly ScoreFragment[]): ScoreFragment[] {
  const given = new Set(scores.filter((score) => !isOfPaper(score)).map(placeOf));
  return scores.filter((score) => !isOfPaper(score) || !given.has(placeOf(score)));
}

const isOfPaper = ({ subject, evidence }: ScoreFragment): boolean => subject.id === evidence.source?.id;

/** What is measured, the number as it is written, and where in which paper; its own where that is not known. */
function placeOf({ metric, raw, evidence: { id, source, start, quote } }: ScoreFragment): string {
  const at = quote?.indexOf(raw) ?? -1;
  const known = source && typeof start === 'number' && at >= 0;
  return JSON.stringify(known ? [source.id, metric, raw, start + at] : id);
}
