import { expect, it } from 'vitest';
import { facts } from './texts.js';

const introduced = (text: string): string[] =>
  facts('QuillNet: Small Vision Models', text).filter((line) => line.includes('INTRODUCES'));

it('introduces the members of numbered lists', () => {
  expect(
    introduced(
      'We propose QuillNet. QuillNet comprises two key parts: (1) Feather-Switch Distillation, which switches; and ' +
        '(2) Plume Difference (PD) loss, which aligns. We propose a scheme in three stages: 1) Folded Warmup to ' +
        'begin, and 2) Pinned Tuning to end.',
    ),
  ).toEqual([
    'paper INTRODUCES Feather-Switch Distillation',
    'paper INTRODUCES Folded Warmup',
    'paper INTRODUCES Pinned Tuning',
    'paper INTRODUCES Plume Difference',
    'paper INTRODUCES QuillNet',
  ]);
});

it('introduces what stands behind `as well as`', () => {
  expect(
    introduced(
      'We introduce a feather initialization scheme based on quills, as well as a folded distillation strategy.',
    ),
  ).toEqual([
    'paper INTRODUCES QuillNet',
    'paper INTRODUCES feather initialization',
    'paper INTRODUCES folded distillation',
  ]);
});

it('claims for the paper none of the methods that it beats', () => {
  const lines = facts(
    'QuillNet: Small Vision Models',
    'We propose QuillNet, which outperforms the previous state-of-the-art methods including PQD and MQD.',
  );
  expect(lines).toEqual(['QuillNet OUTPERFORMS MQD', 'QuillNet OUTPERFORMS PQD', 'paper INTRODUCES QuillNet']);
});

it('reads on behind how much a rival was beaten by', () => {
  const lines = facts(
    'QuillNet: Small Vision Models',
    'We propose QuillNet. QuillNet improves by a wide margin, outperforming FitNets by 3.4 points and the PQD baseline by 1.9 points.',
  );
  expect(lines).toEqual(['QuillNet OUTPERFORMS FitNets', 'QuillNet OUTPERFORMS PQD', 'paper INTRODUCES QuillNet']);
});

it('compares with what is on a par, and beats what stands behind `outperforms`, based on whatever', () => {
  const lines = facts(
    'QuillNet: Small Vision Models',
    'We propose QuillNet. QuillNet achieves comparable perplexity to FitNets. QuillNet outperforms BERT-based models.',
  );
  expect(lines).toEqual(['QuillNet COMPARES_WITH FitNets', 'QuillNet OUTPERFORMS BERT', 'paper INTRODUCES QuillNet']);
});
