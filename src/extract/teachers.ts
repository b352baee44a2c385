/** Who teaches whom: `distill X into Y`, `knowledge from X to Y`, `with X as the teacher and Y as the student`. */
import type { Claim } from './claims.js';
import { PRAISE } from './cues.js';
import type { Sentence, Word } from './language.js';
import { wordAt } from './language.js';
import type { Span } from './things.js';
import { isNamed } from './things.js';

/** What a sentence says of those of its names that it does not deny. */
export function teachings(words: Sentence, told: readonly Span[]): Claim[] {
  const models = told.filter(({ thing, short }) => thing.kind === 'MODEL' && isNamed(thing) && short !== true);
  return [...handedOver(words, models), ...received(words, models), ...called(words, models)].map(
    ([teacher, student]) => ({
      type: 'DISTILLS_INTO',
      from: teacher.thing,
      to: student.thing,
      rule: 'distills',
      start: Math.min(startOf(words, teacher), student.start),
      end: Math.max(teacher.end, student.end),
    }),
  );
}

const BETWEEN =
  /^(?:an?|the|our|large|larger|small|smaller|pretrained|pre-trained|frozen|teacher|student|model|models|of|\()$/;

/** `a state-of-the-art, concatenated X` */
const isQuality = ({ lower, pos }: Word): boolean =>
  pos === 'ADJ' || PRAISE.has(lower) || (lower.endsWith('ed') && !lower.startsWith('distil'));

/** The place before a name and what belongs to its phrase. */
function placeBefore(words: Sentence, { first }: Span): number {
  let at = first - 1;
  while (BETWEEN.test(wordAt(words, at).lower) || isQuality(wordAt(words, at))) at--;
  return at;
}

/** How far before a name `knowledge` may stand that is transferred from it. */
const REACH = 9;

/** Whether knowledge is said to come from a name: `distill X`, `transfers knowledge from X`, `transfer the skills of X`. */
function gives(words: Sentence, span: Span): boolean {
  const at = placeBefore(words, span);
  if (wordAt(words, at).lower.startsWith('distil')) return true;
  const before = words.slice(Math.max(0, at - REACH), at);
  const from = wordAt(words, at).lower === 'from' && before.some(({ lower }) => /^(?:knowledge|distil)/.test(lower));
  const of =
    (wordAt(words, at).lower === 'from' || wordAt(words, at + 1).lower === 'of') &&
    before.some(({ lower }) => lower.startsWith('transfer'));
  return from || of;
}

/** `distill X into Y`: the quote begins at the verb. */
function startOf(words: Sentence, span: Span): number {
  const before = wordAt(words, placeBefore(words, span));
  return before.lower.startsWith('distil') ? before.start : span.start;
}

/** `X, a small model distilled from Y`: everyone with the next model that it is distilled from. */
function received(words: Sentence, models: readonly Span[]): [Span, Span][] {
  return models.flatMap((teacher): [Span, Span][] => {
    const at = placeBefore(words, teacher);
    const from = wordAt(words, at).lower === 'from' && /^distil+ed$/.test(wordAt(words, at - 1).lower);
    const student = from ? models.findLast(({ last }) => last < at) : undefined;
    return student && student.thing !== teacher.thing && student.last >= at - APART ? [[teacher, student]] : [];
  });
}

/** How many words may stand between a teacher and its student: `distill X into a smaller model, called Y`. */
const APART = 10;

/** Everyone who hands something over, with the next model that it goes to. */
function handedOver(words: Sentence, models: readonly Span[]): [Span, Span][] {
  return models.flatMap((teacher) => {
    const student = models.find(({ first, thing }) => first > teacher.last && thing !== teacher.thing);
    const between = student && student.first <= teacher.last + APART ? words.slice(teacher.last, student.first) : [];
    const reached = between.some(({ lower }) => lower === 'into' || lower === 'to');
    if (!student || !reached || !gives(words, teacher)) return [];
    return [student, ...listedBehind(words, models, student)].map((each): [Span, Span] => [teacher, each]);
  });
}

/** The names that go on the list a name stands in: `into X, Y, and Z`. */
function listedBehind(words: Sentence, models: readonly Span[], { last }: Span): Span[] {
  const joined = wordAt(words, last).text === ',' && wordAt(words, last + 1).lower === 'and' ? last + 2 : last + 1;
  const next = /^(?:,|and)$/.test(wordAt(words, last).lower) ? models.find(({ first }) => first === joined) : undefined;
  return next ? [next, ...listedBehind(words, models, next)] : [];
}

/** Whether a name is called a teacher or a student: `the teacher, X,`, `X as the teacher`, `a Y student`. */
function isCalled(words: Sentence, { first, last }: Span, role: 'teacher' | 'student'): boolean {
  const is = (at: number): boolean => wordAt(words, at).lower.replace(/s$/, '') === role;
  const ahead = /^[,(:]$/.test(wordAt(words, first - 1).text) ? first - 2 : first - 1;
  const named = is(ahead) || (/^models?$/.test(wordAt(words, ahead).lower) && is(ahead - 1));
  const behind = /^models?$/.test(wordAt(words, last).lower) ? last + 1 : last;
  const as = wordAt(words, behind).lower === 'as' && [1, 2, 3].some((k) => is(behind + k));
  return named || is(last) || as;
}

/** Every teacher with every student of a sentence. */
function called(words: Sentence, models: readonly Span[]): [Span, Span][] {
  const teaching = models.filter((span) => isCalled(words, span, 'teacher'));
  const learning = models.filter((span) => isCalled(words, span, 'student'));
  return teaching.flatMap((teacher) => learning.map((student): [Span, Span] => [teacher, student]));
}
