/** A document with everything it names: the ground on which relations are read. */
import type { Sentence } from './language.js';
import type { Reading } from './reading.js';
import { ownAt } from './reading.js';
import type { Claims, End } from './claims.js';
import type { Span, Thing } from './things.js';

export interface Scene {
  reading: Reading;
  /** By sentence, left to right. */
  spans: Span[][];
  /** What the paper introduces first of all; null where it names nothing. */
  main: Thing | null;
  /** It surveys or analyses what others made. */
  survey: boolean;
  claims: Claims;
  /** What the text sets the paper's work apart from: `unlike X`, `without Y`. */
  denied: Set<Thing>;
}

/** What facts about the paper's method start at. */
export const subjectOf = ({ main }: Scene): End => main ?? 'PAPER';

/** Whether a sentence names the paper's own work. */
const namesOwn = (words: Sentence, spans: readonly Span[]): boolean =>
  ownAt(words) >= 0 || spans.some(({ thing }) => thing.introduced);

const OTHERS = /^(?:existing|previous|prior|conventional|traditional|current|recent|most|many)$/;
const SUBJECT_MAX = 5;

/** Whether a sentence speaks of the paper's own work: once it began, all do that do not speak of others'. */
export const isOwn = (words: Sentence, spans: readonly Span[], begun: boolean): boolean =>
  namesOwn(words, spans) ||
  (begun && (words[0]?.lower === 'it' || !words.slice(0, SUBJECT_MAX).some(({ lower }) => OTHERS.test(lower))));

/** Where the paper's own part begins: what stands before it is the work of others. */
export const ownFrom = ({ reading, spans }: Scene): number => {
  const first = reading.sentences.findIndex((words, s) => s >= reading.titles && namesOwn(words, spans[s] ?? []));
  return first < 0 ? reading.sentences.length : first;
};
