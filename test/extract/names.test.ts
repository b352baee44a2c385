import { expect, it } from 'vitest';
import { facts, named } from './texts.js';

it('takes a number and its unit for one word, and a size for part of the name before it', () => {
  expect(facts('A study', 'We distill, with Mistral 7B as the teacher and Qwen 0.5B as the student.')).toContain(
    'Mistral 7B DISTILLS_INTO Qwen 0.5B',
  );
  expect(named('A study', 'Our method increases speed by 1.2 times on opt-30b.')).toEqual(['MODEL OPT-30B']);
});

it('reads names that few write with all their capitals', () => {
  expect(named('A study', 'We evaluate our method on cifar10 and Imagenet with Llama-3-8B.')).toEqual([
    'DATASET CIFAR-10',
    'DATASET ImageNet',
    'MODEL Llama-3-8B',
  ]);
});

it('takes two words of which the first has no capital for no name in one piece', () => {
  expect(named('A study', 'Our method renders consistent 4D scenes.')).toEqual([]);
  expect(named('A study', 'We extend Consistent4D.')).toEqual(['TECHNIQUE Consistent4D']);
});

it('takes an ordinary word for a name where only names have capitals', () => {
  expect(named('A study', 'We compress the encoder of Whisper. They whisper.')).toEqual(['MODEL Whisper']);
  expect(named('Whisper it', 'Whisper it. We do not.')).toEqual([]);
});

it('knows the kind of every name of a list by the noun behind the list or before its parenthesis', () => {
  expect(named('A study', 'We evaluate our method on text (QuillQA and PlumeQA) datasets.')).toEqual([
    'DATASET PlumeQA',
    'DATASET QuillQA',
  ]);
  expect(
    facts(
      'A study',
      'We distill knowledge from large BERT models to three small architectures (QK, PlumeRank, and FeaTT).',
    ),
  ).toEqual(
    expect.arrayContaining(['BERT DISTILLS_INTO FeaTT', 'BERT DISTILLS_INTO PlumeRank', 'BERT DISTILLS_INTO QK']),
  );
});

it('takes no hardware for a dataset, and no class of models for a model', () => {
  expect(named('A study', 'Our method achieves 22 frames a second on Q100 GPUs.')).toEqual([]);
  expect(
    named('A study', 'We move knowledge from large-scale MLLMs (l-MLLMs) to small-scale MLLMs (s-MLLMs).'),
  ).toEqual([]);
});

it('gives an acronym the whole of a hyphened word', () => {
  expect(facts('A study', 'We introduce Self-Supervised Quill Distillation (SSQD), which works.')).toContain(
    'paper INTRODUCES Self-Supervised Quill Distillation',
  );
});

it('introduces a plain word with a capital right behind the verb', () => {
  expect(facts('A study', 'We introduce Quillopold, a framework that folds.')).toEqual(['paper INTRODUCES Quillopold']);
});

it('names the kinds of distillation by what stands before the noun', () => {
  expect(
    facts('A study', 'We revisit feathered listwise distillation, and distill further with strong distillation.'),
  ).toContain('paper STUDIES feathered listwise distillation');
});

it('takes for models what is a family of models, and for their teacher what they are distilled from', () => {
  const lines = facts(
    'Quillambas: Small and Fast',
    'We introduce Quillambas, a family of small language models distilled from Llama-3 with less data. X-ray images are no benchmark.',
  );
  expect(lines).toContain('Llama 3 DISTILLS_INTO Quillambas');
  expect(lines).toContain('paper INTRODUCES Quillambas');
});
