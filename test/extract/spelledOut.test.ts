import { expect, it } from 'vitest';
import { facts, named } from './texts.js';

it('knows a name by what spells it out in parentheses, and takes none of that for a part', () => {
  expect(
    facts('A study', 'We introduce FQP (Fast and Quiet Structured Plumage), a pruning framework for BERT.'),
  ).toEqual([
    'Fast and Quiet Structured Plumage APPLIED_TO BERT',
    'Fast and Quiet Structured Plumage IS_A pruning',
    'paper INTRODUCES Fast and Quiet Structured Plumage',
  ]);
  expect(named('A study', 'Our approach, ASQ (Adaptive Soft Quills), is small.')).toEqual([
    'TECHNIQUE Adaptive Soft Quills',
  ]);
});

it('goes on with the name of an acronym where a capital stands behind its parentheses', () => {
  expect(named('A study', 'We introduce Quill Target (QT) Illumination, which is small.')).toEqual([
    'TECHNIQUE Quill Target Illumination',
  ]);
});

it('takes a word that shares the head of the next name for no name, and a year behind a dataset for part of its name', () => {
  expect(named('A study', 'We propose QuillNet. It uses two things, namely Width and Depth Pruning.')).toEqual([
    'MODEL QuillNet',
    'TECHNIQUE depth pruning',
    'TECHNIQUE width pruning',
  ]);
  expect(named('A study', 'We evaluate our method on COCO 2023.')).toEqual(['DATASET MS-COCO 2023']);
});

it('names a part by what it is based on or by a compound that the text uses again, and no whole so', () => {
  const text =
    'We propose QuillNet. We also propose a correlation-based loss. ' +
    'Further, we propose a post-preening mechanism. Post-preening helps. We propose a transformer-based framework.';
  expect(facts('A study', text).filter((fact) => fact.includes('INTRODUCES'))).toEqual([
    'paper INTRODUCES QuillNet',
    'paper INTRODUCES correlation-based loss',
    'paper INTRODUCES post-preening',
  ]);
});
