import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { fromPackage } from '../../src/files.js';
import { readKnowledge, yamlFiles } from '../../src/ingest/knowledge.js';
import { nameKey } from '../../src/ingest/names.js';
import { readTerms } from '../../src/ingest/terms.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';

const { curations, landmarks, vocabulary, rejections } = readKnowledge();
const files = yamlFiles(fromPackage(join('seed', 'vocabulary'))).map((path) => ({
  file: basename(path),
  ...readTerms(basename(path), readFileSync(path, 'utf8')),
}));
const lexica = files.filter(({ file }) => file.startsWith('lexicon-'));
/** What curated facts and landmarks call things everywhere. */
const named = [...curations.values(), ...landmarks]
  .flatMap(({ mentions }) => mentions)
  .filter(({ kind, local }) => local !== true && kind !== 'PAPER' && kind !== 'REPO');

it('reads terms one by one and names by the line', () => {
  const one = `
- { kind: Model, name: SDXL, aliases: [Stable Diffusion XL], description: Makes images. }
- { kind: Dataset, name: DROP, ambiguous: true }`;
  expect(readTerms('terms.yaml', one)).toEqual({
    terms: [
      { kind: 'MODEL', name: 'SDXL', aliases: ['Stable Diffusion XL'], description: 'Makes images.', ambiguous: false },
      { kind: 'DATASET', name: 'DROP', aliases: [], description: null, ambiguous: true },
    ],
    rejections: [],
  });
  const many = 'kind: Dataset\nnames: |\n  Conceptual 12M = CC12M = CC-12M\n\n  GSM8K\nambiguous: |\n  Places\n';
  expect(readTerms('lexicon.yaml', many)).toEqual({
    terms: [
      { kind: 'DATASET', name: 'Conceptual 12M', aliases: ['CC12M', 'CC-12M'], description: null, ambiguous: false },
      { kind: 'DATASET', name: 'GSM8K', aliases: [], description: null, ambiguous: false },
      { kind: 'DATASET', name: 'Places', aliases: [], description: null, ambiguous: true },
    ],
    rejections: [],
  });
});

it('rejects a line that names nothing, and a file of another layout', () => {
  expect(readTerms('lexicon.yaml', 'kind: Model\nnames: |\n  BERT =\n  = GPT\n  T5\n')).toMatchObject({
    terms: [{ name: 'T5' }],
    rejections: [
      { file: 'lexicon.yaml', reason: 'names: "BERT =" must be `name = alias = alias`' },
      { file: 'lexicon.yaml', reason: 'names: "= GPT" must be `name = alias = alias`' },
    ],
  });
  for (const wrong of ['kind: Thing\nnames: T5\n', 'names: T5\n', 'kind: Model\nname: T5\n', '- T5\n', 'T5\n', '"'])
    expect(readTerms('wrong.yaml', wrong)).toMatchObject({ terms: [], rejections: [{ file: 'wrong.yaml' }] });
});

it('gives no name and no spelling of the seed to two things', () => {
  expect(rejections).toEqual([]);
  const kinds = new Map<string, Set<string>>();
  const claim = (kind: string, spelling: string): unknown =>
    kinds.set(nameKey(spelling), (kinds.get(nameKey(spelling)) ?? new Set()).add(kind));
  for (const { kind, name, aliases } of vocabulary.terms)
    for (const spelling of [name, ...aliases]) claim(kind, spelling);
  for (const { kind, name } of named) claim(kind, name);
  expect([...kinds].filter(([, claims]) => claims.size > 1)).toEqual([]);
});

it('calls things as the curated facts and the landmarks of the seed do', () => {
  const { vocabulary: listed } = vocabularyOf(lexica.flatMap(({ terms }) => terms));
  const renamed = named.map(({ kind, name }) => [name, listed.find(kind, name)?.name ?? name]);
  expect(renamed.filter(([name, term]) => name !== term)).toEqual([]);
});

it('lists the names of the seed sorted, without a spelling that needs no alias', () => {
  const needless = lexica.flatMap(({ file, terms }) =>
    terms.flatMap(({ name, aliases }) => {
      const keys = [name, ...aliases].map(nameKey);
      return new Set(keys).size < keys.length ? [[file, name, ...aliases]] : [];
    }),
  );
  expect(needless).toEqual([]);
  for (const ambiguous of [false, true]) {
    const names = lexica.map(({ terms }) =>
      terms.filter((term) => term.ambiguous === ambiguous).map(({ name }) => name.toLowerCase()),
    );
    expect(names).toEqual(names.map((list) => [...list].sort()));
  }
});

it('keeps things apart whose names are near', () => {
  const pairs = [
    ['DATASET', 'CIFAR-10', 'CIFAR-100'], ['DATASET', 'ImageNet', 'ImageNet-1K'], ['DATASET', 'WMT14', 'WMT14 En-De'],
    ['DATASET', 'MMLU', 'MMLU-Pro'], ['MODEL', 'ViT-B', 'ViT-L'], ['MODEL', 'Llama 2', 'Llama 3'], ['MODEL', 'LLaMA-7B', 'Llama 2 7B'],
    ['MODEL', 'Llama 3.1 8B', 'Llama 3 8B'], ['MODEL', 'GPT-4', 'GPT-4o'], ['MODEL', 'Qwen2.5-7B', 'Qwen2-7B'], ['MODEL', 'WRN-40-2', 'WRN-40-1'],
    ['TECHNIQUE', 'DDIM', 'DDPM'], ['TECHNIQUE', 'LoRA', 'QLoRA'], ['TECHNIQUE', 'Q-learning', 'Conservative Q-Learning'],
  ] as const; // prettier-ignore
  for (const [kind, a, b] of pairs) {
    const [first, second] = [vocabulary.find(kind, a), vocabulary.find(kind, b)];
    expect([a, first === null, b, second === null, first === second]).toEqual([a, false, b, false, false]);
  }
});
