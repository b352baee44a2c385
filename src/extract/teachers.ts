/** Who teaches whom: `knowledge from X to Y`, `with X as the teacher and Y as the student`. */
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import type { Scene } from './scene.js';
import type { Span } from './things.js';
import { isNamed } from './things.js';

export function teachers({ reading, spans, claims }: Scene): void {
  for (const [s, words] of reading.sentences.entries()) {
    const models = (spans[s] ?? []).filter(({ thing, short }) => thing.kind === 'MODEL' && isNamed(thing) && !short);
    if (models.length < 2) continue;
    for (const [teacher, student] of [...handedOver(words, models), ...called(words, models)]) {
      if (teacher.thing === student.thing) continue;
      const [start, end] = [Math.min(teacher.start, student.start), Math.max(teacher.end, student.end)];
      claims.add({ type: 'DISTILLS_INTO', from: teacher.thing, to: student.thing, rule: 'distills', start, end });
    }
  }
}

const BETWEEN =
  /^(?:an?|the|our|large|larger|small|smaller|pretrained|pre-trained|frozen|teacher|student|model|models|of|\()$/;

/** The word before a name that is no part of its phrase. */
function before(words: Sentence, { first }: Span): string {
  let at = first - 1;
  while (BETWEEN.test(wordAt(words, at).lower)) at--;
  return wordAt(words, at).lower;
}

/** `transfers knowledge from X to Y` */
function handedOver(words: Sentence, models: readonly Span[]): [Span, Span][] {
  const from = models.find(
    (span) =>
      before(words, span) === 'from' &&
      words.slice(Math.max(0, span.first - 9), span.first).some(({ lower }) => /^(?:knowledge|distil)/.test(lower)),
  );
  const to = from && models.find((span) => span.first > from.last && /^(?:to|into)$/.test(before(words, span)));
  return from && to ? [[from, to]] : [];
}

/** Whether a name is called a teacher or a student: `the teacher, X,`, `X as the teacher`, `a Y student`. */
function isCalled(words: Sentence, { first, last }: Span, role: 'teacher' | 'student'): boolean {
  const is = (at: number): boolean => wordAt(words, at).lower.replace(/s$/, '') === role;
  const ahead = /^[,(:]$/.test(wordAt(words, first - 1).text) ? first - 2 : first - 1;
  const named = is(ahead) || (/^models?$/.test(wordAt(words, ahead).lower) && is(ahead - 1));
  const as = wordAt(words, last).lower === 'as' && [1, 2, 3].some((k) => is(last + k));
  return named || is(last) || as;
}

/** Every teacher with every student of a sentence. */
function called(words: Sentence, models: readonly Span[]): [Span, Span][] {
  const teaching = models.filter((span) => isCalled(words, span, 'teacher'));
  const learning = models.filter((span) => isCalled(words, span, 'student'));
  return teaching.flatMap((teacher) => learning.map((student): [Span, Span] => [teacher, student]));
}
