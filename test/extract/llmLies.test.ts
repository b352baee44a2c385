/** What is believed of a language model's answer: only what its document bears out. */
import { expect, it } from 'vitest';
import { readAnswer } from '../../src/extract/llm/answer.js';
import { EXAMPLE } from '../../src/extract/llm/prompt.js';
import { verify } from '../../src/extract/llm/verify.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import { believed, lanternfish, nothing } from './answers.js';

const { entities } = EXAMPLE.answer;
const method = { kind: 'TECHNIQUE', name: 'Lanternfish' };
const uses = (extra: object) => ({
  type: 'USES',
  from: method,
  to: { kind: 'TECHNIQUE', name: 'feature distillation' },
  quote: 'builds on feature distillation',
  confidence: 0.9,
  ...extra,
});
const evaluated = (result: object, quote = 'On Harbor-3D, LF lowers AbsRel from 0.120 to 0.094') =>
  uses({ type: 'EVALUATED_ON', to: { kind: 'DATASET', name: 'Harbor-3D' }, quote, result });

/** What is said of facts that stand alone beside the example's entities. */
const saidOf = (...stated: unknown[]): string | null => {
  const outcome = believed({ entities, facts: stated });
  return 'reason' in outcome ? outcome.reason : outcome.said;
};

it('believes every fact of the example that models are shown', () => {
  const title = lanternfish.title;
  expect(believed(EXAMPLE.answer)).toEqual({
    facts: [
      `${title} INTRODUCES Lanternfish (We propose Lanternfish (LF))`,
      'Lanternfish USES feature distillation (builds on feature distillation)',
      'DepthGiant DISTILLS_INTO DepthMite (shrinks DepthGiant into DepthMite)',
      'Lanternfish EVALUATED_ON Harbor-3D (On Harbor-3D, LF lowers AbsRel from 0.120 to 0.094) AbsRel 0.120',
      'Lanternfish EVALUATED_ON Harbor-3D (On Harbor-3D, LF lowers AbsRel from 0.120 to 0.094) AbsRel 0.094',
      'Lanternfish OUTPERFORMS Plain Matching (beats Plain Matching)',
      `${title} IMPLEMENTED_IN https://github.com/acme/lanternfish (Code is at https://github.com/acme/lanternfish)`,
    ],
    said: null,
    mentions: entities.slice(0, 6),
  });
});

it('makes a fact of the offsets that it finds itself and of less confidence than a curator has', () => {
  const read = readAnswer(
    JSON.stringify({ entities, facts: [evaluated({ metric: 'AbsRel', raw: '0.094', unit: null, setting: null })] }),
  );
  if ('reason' in read) throw new Error(read.reason);
  const start = EXAMPLE.content.indexOf('On Harbor-3D');
  expect(verify(read, lanternfish, EXAMPLE.content, nothing).facts).toEqual([
    {
      type: 'EVALUATED_ON',
      from: { kind: 'TECHNIQUE', name: 'Lanternfish', aliases: ['LF'] },
      to: { kind: 'DATASET', name: 'Harbor-3D', aliases: [] },
      document: lanternfish.id,
      quote: 'On Harbor-3D, LF lowers AbsRel from 0.120 to 0.094',
      start,
      end: start + 50,
      method: 'EXTRACTED',
      confidence: 0.8,
      via: null,
      score: { metric: 'AbsRel', value: 0.094, raw: '0.094', unit: null, setting: null },
    },
  ]);
});

it.each([
  ['a quote that is not there', uses({ quote: 'relies on feature distillation' }), '1 quote not in the text'],
  ['a quote with another letter', uses({ quote: 'Builds on feature distillation' }), '1 quote not in the text'],
  ['an empty quote', uses({ quote: '  ' }), '1 quote not in the text'],
  ['a quote about nothing', uses({ quote: 'Large depth networks are slow' }), '1 quote that names neither end'],
  ['an invented relation', uses({ type: 'CURES' }), '1 unknown relation'],
  ['an invented kind', uses({ to: { kind: 'PERSON', name: 'Plain Matching' } }), '1 unknown kind'],
  ['a thing from elsewhere', uses({ to: { kind: 'MODEL', name: 'GPT-4' } }), '1 name not in the text'],
  ['a name inside another one', uses({ to: { kind: 'DATASET', name: 'Harbor-3' } }), '1 name not in the text'],
  [
    'a repository from elsewhere',
    uses({ type: 'IMPLEMENTED_IN', to: { kind: 'REPO', name: 'https://github.com/acme/lantern' } }),
    '1 name not in the text',
  ],
  ['a forbidden end', uses({ type: 'TRAINED_ON' }), '1 relation between kinds that it cannot join'],
  ['a thing and itself', uses({ to: { kind: 'TECHNIQUE', name: 'LF' } }), '1 relation of a thing to itself'],
  ['another paper', uses({ from: { kind: 'PAPER', name: 'Small Depth Estimators' } }), '1 fact of another paper'],
  ['a number from elsewhere', evaluated({ metric: 'AbsRel', raw: '0.091' }), '1 number not in its quote'],
  ['a piece of a number', evaluated({ metric: 'AbsRel', raw: '0.09' }), '1 number not in its quote'],
  ['a number that is none', evaluated({ metric: 'AbsRel', raw: 'lowers' }), '1 number not in its quote'],
  ['a metric from elsewhere', evaluated({ metric: 'FID', raw: '0.094' }), '1 metric not in the text'],
  ['a metric without a number', evaluated({ metric: 'AbsRel' }), '1 fact of the wrong shape'],
  [
    'a result of a use',
    uses({ result: { metric: 'AbsRel', raw: '0.094' } }),
    '1 result or form on a relation that has none',
  ],
  ['a form of a use', uses({ via: 'finetune' }), '1 result or form on a relation that has none'],
  ['a text for a fact', 'Lanternfish uses feature distillation', '1 fact of the wrong shape'],
  ['a confidence in words', uses({ confidence: 'high' }), '1 fact of the wrong shape'],
  [
    'a name that is a list',
    uses({ to: { kind: 'TECHNIQUE', name: ['feature distillation'] } }),
    '1 fact of the wrong shape',
  ],
  ['a name without end', uses({ to: { kind: 'TECHNIQUE', name: 'x'.repeat(301) } }), '1 fact of the wrong shape'],
])('does not believe %s', (_, fact, said) => {
  expect(saidOf(fact)).toBe(`rejected 1 of 1 facts: ${said}`);
});

it('counts what it rejects by reason and keeps the rest', () => {
  const lies = [uses({ type: 'CURES' }), uses({ quote: 'No.' }), uses({ quote: 'Never.' }), uses({}), uses({}), 7];
  expect(believed({ entities, facts: lies })).toMatchObject({
    facts: ['Lanternfish USES feature distillation (builds on feature distillation)'],
    said: 'rejected 5 of 6 facts: 1 fact of the wrong shape, 1 unknown relation, 2 quotes not in the text, 1 fact said twice',
  });
});

it('keeps confidence between 0 and the most that is believed', () => {
  const stated = [7, 0.3, -2].map((confidence, i) => uses({ confidence, type: ['USES', 'EXTENDS', 'IS_A'][i] }));
  const read = readAnswer(JSON.stringify({ entities, facts: stated }));
  if ('reason' in read) throw new Error(read.reason);
  const { facts: kept } = verify(read, lanternfish, EXAMPLE.content, nothing);
  expect(kept.map(({ type, confidence }) => [type, confidence])).toEqual([
    ['USES', 0.8],
    ['EXTENDS', 0.3],
    ['IS_A', 0],
  ]);
});

it('takes a line break for the space that a model makes of it, and quotes the text as it is', () => {
  const content = EXAMPLE.content.replace('builds on feature', 'builds on\nfeature');
  expect(believed({ entities, facts: [uses({})] }, content)).toMatchObject({
    facts: ['Lanternfish USES feature distillation (builds on\nfeature distillation)'],
    said: null,
  });
});

it('takes an alias only where the text has it for this thing', () => {
  const aliases = ['LF', 'Lanternfishes', 'DepthGiant', 'Angler'];
  expect(believed({ entities: [{ ...method, aliases }], facts: [] })).toEqual({
    facts: [],
    said: null,
    mentions: [{ ...method, aliases: ['LF'] }],
  });
});

it('takes a full name for the acronym that alone stands in the text', () => {
  const content = 'On SDS\n\nOur loss extends SDS with masks.';
  const fact = {
    type: 'STUDIES',
    from: { kind: 'PAPER', name: 'this paper' },
    to: { kind: 'TECHNIQUE', name: 'Score Distillation Sampling' },
    quote: 'extends SDS',
    confidence: 1,
  };
  expect(believed({ entities: [], facts: [fact] }, content)).toEqual({
    facts: ['On SDS STUDIES Score Distillation Sampling (extends SDS)'],
    said: null,
    mentions: [{ kind: 'TECHNIQUE', name: 'Score Distillation Sampling', aliases: ['SDS'] }],
  });
});

it('finds each item of a slash list in the text', () => {
  const content = 'On lists\n\nWe test on CIFAR-10/100.';
  const on = (name: string) => ({
    type: 'EVALUATED_ON',
    from: { kind: 'PAPER', name: 'On lists' },
    to: { kind: 'DATASET', name },
    quote: 'test on CIFAR-10/100',
    confidence: 1,
  });
  expect(believed({ entities: [], facts: [on('CIFAR-10'), on('CIFAR-100'), on('CIFAR-1')] }, content)).toMatchObject({
    facts: [
      'On lists EVALUATED_ON CIFAR-10 (test on CIFAR-10/100)',
      'On lists EVALUATED_ON CIFAR-100 (test on CIFAR-10/100)',
    ],
    said: 'rejected 1 of 3 facts: 1 name not in the text',
  });
});

it('lets the vocabulary decide the kind of what it knows, and that two names mean one thing', () => {
  const terms = [
    { kind: 'DATASET' as const, name: 'Harbor-3D', aliases: [] },
    { kind: 'TECHNIQUE' as const, name: 'feature distillation', aliases: ['Plain Matching'] },
  ];
  const { vocabulary } = vocabularyOf(terms.map((term) => ({ ...term, description: null, ambiguous: false })));
  const wrong = [
    uses({ to: { kind: 'MODEL', name: 'Harbor-3D' }, type: 'OUTPERFORMS' }),
    uses({ from: { kind: 'TECHNIQUE', name: 'Plain Matching' }, type: 'IS_A' }),
  ];
  expect(believed({ entities: [], facts: wrong }, EXAMPLE.content, vocabulary)).toEqual({
    facts: [],
    said: 'rejected 2 of 2 facts: 1 relation between kinds that it cannot join, 1 relation of a thing to itself',
    mentions: [
      { ...method, aliases: [] },
      { kind: 'DATASET', name: 'Harbor-3D', aliases: [] },
      { kind: 'TECHNIQUE', name: 'Plain Matching', aliases: ['feature distillation'] },
    ],
  });
});
