import { expect, it } from 'vitest';
import { facts } from './texts.js';

it('is about what the text begins with, and about what its own sentences name without a verb', () => {
  const lines = facts(
    'Quillfold: Small Vision Models',
    'Knowledge distillation makes models small. We propose Quillfold, a framework. It scales well up to large ImageNet-1K. It is small among BERT models.',
  );
  expect(lines).toEqual([
    'Quillfold APPLIED_TO BERT',
    'Quillfold IS_A knowledge distillation',
    'paper EVALUATED_ON ImageNet-1K',
    'paper INTRODUCES Quillfold',
  ]);
});

it('begins at the paper where nothing of its own has a name', () => {
  expect(facts('Fast videos', 'To be fast, we extend quantization to small videos.')).toEqual([
    'paper USES quantization',
  ]);
  expect(facts('Does quantization help?', 'We look at quantization.')).toEqual(['paper STUDIES quantization']);
});

it('is trained on a dataset of its own, and on one that training is said to be on', () => {
  const lines = facts(
    'A study',
    'We create a new dataset, QuillSet. Our encoders are trained on QuillSet and are good.',
  );
  expect(lines).toEqual(['paper INTRODUCES QuillSet', 'paper TRAINED_ON QuillSet']);
});

it('is one of a kind only where the kind is the broadest or in the title; else it has it as a part', () => {
  const text = 'We propose Quillfold. Magnitude pruning is quick. In our tests magnitude pruning stays.';
  expect(facts('Quillfold: Small Vision Models', text)).toEqual([
    'Quillfold USES magnitude pruning',
    'paper INTRODUCES Quillfold',
  ]);
});

it('studies what it says it examines beside presenting a method', () => {
  const text = 'We propose Quillfold. We systematically investigate early exiting.';
  expect(facts('Quillfold: Small Vision Models', text)).toContain('paper STUDIES early exiting');
});

it('is about the model whose name its own name holds, though only others are said to do something with it', () => {
  const text = 'Much work makes CLIP small. We propose CLIP-QD. It is fast.';
  expect(facts('Small models', text)).toEqual(['CLIP-QD APPLIED_TO CLIP', 'paper INTRODUCES CLIP-QD']);
});
