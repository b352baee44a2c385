import { expect, it } from 'vitest';
import { facts, named } from './texts.js';

/** What a text under a title of no name introduces. */
const introduced = (text: string, title = 'Efficient Learning for Small Things'): string[] =>
  facts(title, text).filter((line) => line.includes('INTRODUCES'));

it.each([
  ['We call this method Quill Folding.', 'Quill Folding'],
  ['We call the resulting framework FeatherNet, which is fast.', 'FeatherNet'],
  ['We name our method QuillPrune and test it.', 'QuillPrune'],
  ['We refer to our approach as QuillAlign.', 'QuillAlign'],
  ['We introduce a loss that aligns logits, and name it QuillLoss.', 'QuillLoss'],
  ['We call the folded small nets Feather-less Quill Nets (FQNs).', 'Feather-less Quill Nets'],
  ['The resulting model, QuillLM-7B, is small.', 'QuillLM-7B'],
  ['The resulting small net is termed QuillNet.', 'QuillNet'],
])('introduces what is given a name: %s', (text, name) => {
  expect(introduced(text)).toEqual([`paper INTRODUCES ${name}`]);
});

it('introduces the parts that a pronoun comprises or an approach employs, by what they do', () => {
  const text =
    'We propose QuillNet. It consists of two modules: a Feather Aligner (FA) and a Quill Selector (QS). ' +
    'Our approach employs two designs: (1) folded feather tuning, which tunes, and (2) plume counting, which counts.';
  expect(introduced(text, 'QuillNet: Small Vision Models')).toEqual([
    'paper INTRODUCES Feather Aligner',
    'paper INTRODUCES Quill Selector',
    'paper INTRODUCES QuillNet',
    'paper INTRODUCES folded feather tuning',
  ]);
});

it('introduces what everybody knows meanwhile where the title begins with it, and what is given a name in capitals', () => {
  expect(introduced('We propose consistency models, which are fast.', 'Consistency Models')).toEqual([
    'paper INTRODUCES consistency models',
  ]);
  expect(introduced('We propose consistency models, which are fast.')).toEqual([]);
  expect(introduced('We propose a technique called Dataset Condensation.')).toEqual([
    'paper INTRODUCES dataset distillation',
  ]);
});

it('knows a model by its sizes, and by what stands behind its name in whatever spelling', () => {
  expect(named('Quillan: Small and Good', 'We align it. Quillan-7B is good.')).toContain('MODEL Quillan');
  expect(named('Folded QuILL: Small and Good', 'We present the Folded-QuILL models.')).toEqual(['MODEL Folded QuILL']);
});

it('takes the model that a technique yields for no part of it', () => {
  expect(facts('QuillTune: Small and Good', 'We propose QuillTune. Our best model, PlumeLM, is good.')).toEqual([
    'paper INTRODUCES PlumeLM',
    'paper INTRODUCES QuillTune',
  ]);
});

it('means by an acronym in letters of its own what everybody means by it', () => {
  expect(facts('A study', 'We propose QuillNet, which trains Low Rank Adapters (LoRA).')).toEqual([
    'QuillNet USES LoRA',
    'paper INTRODUCES QuillNet',
  ]);
});

it('takes no ordinal for a name', () => {
  expect(named('A study', 'We present findings across four benchmarks: First, it is fast.')).toEqual([]);
});

it('leaves to others what is called a recent method of a name', () => {
  expect(introduced('We look at a recent method called Quill Folding.')).toEqual([]);
});

it('introduces a model in capitals by its article, and knows the kind of a name by the noun before it', () => {
  expect(introduced('We propose QuillNet with a lightweight Quilling Transformer.', 'QuillNet: Small')).toEqual([
    'paper INTRODUCES QuillNet',
    'paper INTRODUCES Quilling Transformer',
  ]);
  expect(named('A study', 'We present a masked graph autoencoder QuillMAE.')).toEqual([
    'MODEL QuillMAE',
    'MODEL graph autoencoder',
  ]);
});

it('introduces no known model that its method made better', () => {
  expect(introduced('We propose QuillNet. Our QuillNet-tuned BERT is good.', 'QuillNet: Small')).toEqual([
    'paper INTRODUCES QuillNet',
  ]);
});
