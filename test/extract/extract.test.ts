import { expect, it } from 'vitest';
import { extract } from '../../src/extract/extract.js';
import { contentOf } from '../../src/model.js';
import { facts, paper, vocabulary } from './texts.js';

const TITLE = 'QuillNet: Pruned Teachers for Small Vision Models';
const TEXT =
  'Knowledge distillation is costly for large teachers. We present QuillNet, a framework built on contrastive ' +
  'learning. QuillNet distills ResNet-50 into MobileNetV2 and reaches a top-1 accuracy of 71.2% on ImageNet, ' +
  'outperforming FitNets. Code: https://github.com/acme/quillnet.git.';

it('reads what a paper presents, uses, distills, beats and reports, and where its code is', () => {
  expect(facts(TITLE, TEXT)).toEqual([
    'QuillNet APPLIED_TO ResNet-50',
    'QuillNet EVALUATED_ON ImageNet Top-1 accuracy 71.2%',
    'QuillNet IS_A knowledge distillation',
    'QuillNet OUTPERFORMS FitNets',
    'QuillNet USES contrastive learning',
    'ResNet-50 DISTILLS_INTO MobileNetV2',
    'paper EVALUATED_ON ImageNet Top-1 accuracy 71.2%',
    'paper IMPLEMENTED_IN https://github.com/acme/quillnet',
    'paper INTRODUCES QuillNet',
  ]);
});

it('quotes exactly what stands at the offsets', () => {
  const document = paper(TITLE, TEXT);
  for (const { quote, start, end, confidence, method } of extract(document, vocabulary).facts) {
    expect(contentOf(document)?.slice(start ?? 0, end ?? 0)).toBe(quote);
    expect(confidence > 0 && confidence < 1 && method).toBe('EXTRACTED');
  }
});

it('gives an acronym to its long form, and finds names that nobody knows', () => {
  const { mentions } = extract(
    paper('A study', 'We propose Gentle Weight Sharing (GWS). We evaluate GWS on the Zanzibar-5K benchmark.'),
    vocabulary,
  );
  const named = mentions.map(({ kind, name, aliases }) => [kind, name, ...aliases]);
  expect(named).toEqual([
    ['TECHNIQUE', 'Gentle Weight Sharing', 'GWS'],
    ['DATASET', 'Zanzibar-5K'],
    ['TECHNIQUE', 'weight sharing'],
  ]);
});

it('takes slash lists and coordinated lists apart', () => {
  const lines = facts('A study', 'We test our approach on CIFAR-10/100, Tiny-ImageNet and ImageNet-R/A.');
  expect(lines).toEqual([
    'paper EVALUATED_ON CIFAR-10',
    'paper EVALUATED_ON CIFAR-100',
    'paper EVALUATED_ON ImageNet-A',
    'paper EVALUATED_ON ImageNet-R',
    'paper EVALUATED_ON Tiny-ImageNet',
  ]);
});

it('reads from A to B as a baseline and a result, and gains as neither', () => {
  expect(facts('A study', 'Our method improves top-1 accuracy from 71.2% to 74.5% on ImageNet.')).toEqual([
    'paper EVALUATED_ON ImageNet Top-1 accuracy 71.2% (baseline)',
    'paper EVALUATED_ON ImageNet Top-1 accuracy 74.5%',
  ]);
  expect(facts('A study', 'Our method improves accuracy by 2.1% on ImageNet.')).toEqual([
    'paper EVALUATED_ON ImageNet',
  ]);
});

it('asserts nothing of what is set apart or denied', () => {
  const lines = facts('A study', 'We present FooNet. Unlike DMD2, FooNet needs no teacher. FooNet works without LoRA.');
  expect(lines).toEqual(['paper INTRODUCES FooNet']);
});

it('knows a repository in every spelling, and that a project page is none', () => {
  expect(
    facts('A study', 'Code is at www.GitHub.com/Acme/Repo/tree/main, a demo at https://acme.github.io/repo.'),
  ).toEqual(['paper IMPLEMENTED_IN https://github.com/Acme/Repo']);
});

it('is a function of its arguments: the same facts again and after other texts', () => {
  const first = extract(paper(TITLE, TEXT), vocabulary);
  extract(paper('Other', 'We propose QuillNet, a benchmark. We compare BERT with GPT-2 on GLUE.'), vocabulary);
  expect(extract(paper(TITLE, TEXT), vocabulary)).toEqual(first);
});

it('introduces every member of a list of own parts, by whichever words the list begins', () => {
  const listed = facts(
    'QuillNet: Small Vision Models',
    'We propose QuillNet. The method introduces two core techniques: quill folding loss and feather matching. ' +
      'We train two student models, namely Plumer and Featherer.',
  ).filter((line) => line.includes('INTRODUCES'));
  expect(listed).toEqual([
    'paper INTRODUCES Featherer',
    'paper INTRODUCES Plumer',
    'paper INTRODUCES QuillNet',
    'paper INTRODUCES feather matching',
    'paper INTRODUCES quill folding loss',
  ]);
});

it('says what is one of what where the text does', () => {
  const families = facts(
    'Notes on models',
    'Diffusion models, such as Stable Diffusion and SDXL, are slow. ' +
      'As a popular kind of model compression, quantization is studied. Pruning is a form of model compression.',
  ).filter((line) => line.includes('IS_A'));
  expect(families).toEqual([
    'SDXL IS_A diffusion model',
    'Stable Diffusion IS_A diffusion model',
    'pruning IS_A model compression',
    'quantization IS_A model compression',
  ]);
});

it('uses what replaces something, and is applied to what it can be put into', () => {
  const roles = facts(
    'QuillNet: Small Vision Models',
    'We propose QuillNet, which replaces the cross-entropy loss with a feathered divergence loss. ' +
      'QuillNet can be easily incorporated in any convolutional neural network.',
  ).filter((line) => !line.includes('INTRODUCES'));
  expect(roles).toEqual(['QuillNet USES feathered divergence loss', 'paper APPLIED_TO convolutional neural network']);
});

it('takes for a dataset what has `data set` behind it, and what is presented as one', () => {
  const data = facts(
    'QuillNet: Small Vision Models',
    'We propose QuillNet and produce QuillQA, a dataset containing 3k charts, to train it. ' +
      'The proposed method achieves good results on the Zanzibar data set.',
  ).filter((line) => line.startsWith('paper'));
  expect(data).toEqual(['paper EVALUATED_ON Zanzibar', 'paper INTRODUCES QuillNet', 'paper INTRODUCES QuillQA']);
});

it('introduces under its own name what the vocabulary has from elsewhere meanwhile', () => {
  expect(
    facts('Decoupled Knowledge Distillation', 'To this end, we present Decoupled Knowledge Distillation (DKD).'),
  ).toContain('paper INTRODUCES Decoupled Knowledge Distillation');
});

it('says of no model that it teaches another where the text sets that apart, or tells it of other work', () => {
  const taught = facts(
    'QuillNet: Small Vision Models',
    'Others distill BERT into TinyBERT. We propose QuillNet. ' +
      'Unlike methods that transfer knowledge from CLIP to MobileViT, QuillNet needs no labels.',
  ).filter((line) => line.includes('DISTILLS_INTO'));
  expect(taught).toEqual([]);
});

it('knows who teaches whom by what the text calls them, and an own model by what stands beside it', () => {
  const taught = facts(
    'QuillNet: Small Vision Models',
    'We propose QuillNet, which transfers knowledge from CLIP to MobileViT. Our student, FeatherNet-S, is small. ' +
      'We distill with GPT-4 as the teacher and Phi-2 as the student. We fine-tune Mistral-7B on UltraChat.',
  ).filter((line) => /DISTILLS|INTRODUCES|ED_ON/.test(line));
  expect(taught).toEqual([
    'CLIP DISTILLS_INTO MobileViT',
    'GPT-4 DISTILLS_INTO Phi-2',
    'paper INTRODUCES FeatherNet-S',
    'paper INTRODUCES QuillNet',
    'paper TRAINED_ON UltraChat',
  ]);
});
