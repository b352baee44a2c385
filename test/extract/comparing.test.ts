import { expect, it } from 'vitest';
import { facts } from './texts.js';

/** What a text says of QuillKD, which it proposes first. */
const said = (text: string): string[] =>
  facts('QuillKD: Better Students', `We propose QuillKD. ${text}`).filter((line) => !line.includes('INTRODUCES'));

it('beats the examples of what it beats', () => {
  expect(said('QuillKD outperforms methods of equal size, such as FitNets and DIST.')).toEqual([
    'QuillKD OUTPERFORMS DIST',
    'QuillKD OUTPERFORMS FitNets',
  ]);
  expect(said('A small QuillKD outperforms the few-shot prompted 540B PaLM.')).toEqual(['QuillKD OUTPERFORMS PaLM']);
});

it('goes with existing methods where it is applied to them', () => {
  expect(said('It is compatible with existing methods, such as LoRA and QLoRA.')).toEqual([
    'QuillKD APPLIED_TO LoRA',
    'QuillKD APPLIED_TO QLoRA',
  ]);
});

it('compares with no class of models, and beats nobody over whom it is accurate', () => {
  expect(said('Small students outperform language models.')).toEqual([]);
  expect(said('QuillKD reaches 57.5% accuracy over ResNet-50.')).toEqual(['QuillKD APPLIED_TO ResNet-50']);
});

it('lets no teacher do what its student does', () => {
  expect(said('A LLaMA-7B student distilled from GPT-4 reaches 71.2% on MMLU.')).not.toContain(
    'GPT-4 EVALUATED_ON MMLU',
  );
});

it('measures the cost of training on a dataset without being trained on it', () => {
  expect(said('QuillKD has better training efficiency on CIFAR-100.')).toEqual([
    'QuillKD EVALUATED_ON CIFAR-100',
    'paper EVALUATED_ON CIFAR-100',
  ]);
});

it('uses what its reports name in passing, but not what they measure', () => {
  expect(said('Thanks to fast multi-crop, re-ranking effectiveness grows.')).toEqual(['QuillKD USES multi-crop']);
  expect(said('Thanks to fast multi-crop, re-ranking grows.')).toContain('QuillKD USES re-ranking');
});

it('uses nothing that it only beats, promises or does without', () => {
  expect(said('QuillKD outperforms existing reinforcement learning methods.')).toEqual([]);
  expect(said('QuillKD opens up avenues for animation and instruction tuning.')).toEqual([]);
  expect(said('QuillKD works without common tricks, such as cosine decay; multi-crop; label smoothing.')).toEqual([]);
  expect(said('QuillKD works without common tricks; it profits from multi-crop.')).toEqual(['QuillKD USES multi-crop']);
});

it('reads a verb and its preposition through an adverb', () => {
  expect(said('It is based purely on ResNet-50.')).toEqual(['QuillKD USES ResNet-50']);
});

it('takes shares and lists of gains for no results, and finds the dataset inside the name of a metric', () => {
  expect(said('QuillKD reaches 42.1% mAP on VOC, which is 3.3, 3.6 and 2.9 higher.')).toEqual([
    'QuillKD EVALUATED_ON PASCAL VOC mAP 42.1%',
    'paper EVALUATED_ON PASCAL VOC mAP 42.1%',
  ]);
  expect(said('QuillKD reaches 57.5% top-1 ImageNet accuracy with 50% of the data.')).toEqual([
    'QuillKD EVALUATED_ON ImageNet Top-1 accuracy 57.5%',
    'paper EVALUATED_ON ImageNet Top-1 accuracy 57.5%',
  ]);
});

it('compares whatever is measured between the adjective and the rival', () => {
  expect(said('It yields better results than FitNets and DIST.')).toEqual([
    'QuillKD OUTPERFORMS DIST',
    'QuillKD OUTPERFORMS FitNets',
  ]);
  expect(said('It has fewer parameters than FitNets and competitive FID with DPM-Solver.')).toEqual([
    'QuillKD COMPARES_WITH DPM-Solver',
    'QuillKD COMPARES_WITH FitNets',
  ]);
  expect(
    said('It is on par with the performance of FitNets, and outperforms the baseline of magnitude pruning.'),
  ).toEqual(['QuillKD COMPARES_WITH FitNets', 'QuillKD OUTPERFORMS magnitude pruning']);
});

it('uses both of two names that share their last word', () => {
  expect(said('It combines progressive and adversarial distillation.')).toEqual([
    'QuillKD USES Progressive Distillation',
    'QuillKD USES adversarial distillation',
  ]);
});

it('extends what it augments, but no class of models', () => {
  expect(said('QuillKD augments GRPO with a reward, and then augments diffusion models.')).toEqual([
    'QuillKD APPLIED_TO diffusion model',
    'QuillKD EXTENDS GRPO',
  ]);
});

it('takes no metric for a dataset, no seconds and no ranges of gains for results', () => {
  expect(said('On LibriSpeech, WER drops. It cuts WER on LibriSpeech by 16% to 33%, in 0.09 seconds.')).toEqual([
    'QuillKD EVALUATED_ON LibriSpeech',
    'paper EVALUATED_ON LibriSpeech',
  ]);
});

it('knows for the teacher whose skills are transferred, and who was trained on what though it stands behind a preposition', () => {
  expect(said('We transfer the reasoning ability of GPT-4 into Phi-2.')).toContain('GPT-4 DISTILLS_INTO Phi-2');
  expect(said('It is comparable to Swin-B pretrained on ImageNet-21K.')).toContain('Swin-Base TRAINED_ON ImageNet-21K');
});

it('compares with whom the text leaves a gap to, and beats the established baseline of someone', () => {
  expect(facts('A study', 'We propose Quillfold. It leaves a small gap to GPT-4.')).toContain(
    'Quillfold COMPARES_WITH GPT-4',
  );
  expect(
    facts('A study', 'We propose Quillfold. It outperforms the established baseline of magnitude pruning.'),
  ).toContain('Quillfold OUTPERFORMS magnitude pruning');
});
