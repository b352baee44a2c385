import { expect, it } from 'vitest';
import { verdictOn } from '../../src/cli/same.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';

const { vocabulary } = readKnowledge();

/** A verdict in few words. */
const verdict = (a: string, b: string, kind?: string) => {
  const { same, rule, a: one, b: other } = verdictOn(a, b, vocabulary, kind);
  return [same, rule, one.id, other.id];
};

it('says by which rule two names mean one thing', () => {
  const [kd, resnet, repo] = ['technique:knowledge-distillation', 'model:resnet-50', 'repo:github.com/a/b'];
  expect(verdict('ResNet50', 'resnet_50')).toEqual([true, 'name', resnet, resnet]);
  expect(verdict('KD', 'knowledge distillation')).toEqual([true, 'vocabulary', kd, kd]);
  expect(verdict('git@github.com:A/b.git', 'https://www.github.com/a/B/tree/main')).toEqual([
    true,
    'external id',
    repo,
    repo,
  ]);
  const paper = 'paper:arxiv:2412.00001';
  expect(verdict('arXiv:2412.00001v3', 'https://arxiv.org/pdf/2412.00001', 'Paper')).toEqual([
    true,
    'external id',
    paper,
    paper,
  ]);
});

it('says by which rule two names mean two things', () => {
  expect(verdict('CIFAR-10', 'CIFAR-100', 'Dataset')).toEqual([
    false,
    'vocabulary',
    'dataset:cifar-10',
    'dataset:cifar-100',
  ]);
  expect(verdict('V*Bench', 'VBench', 'Dataset').slice(0, 1)).toEqual([false]);
  expect(verdict('Unheard-Of 2', 'Unheard-Of 3')).toEqual([
    false,
    'name',
    'technique:unheardof2',
    'technique:unheardof3',
  ]);
  expect(verdict('github.com/a/b', 'github.com/a/c', 'Repo').slice(0, 2)).toEqual([false, 'external id']);
});

it('refuses an empty name and a kind that is none', () => {
  expect(() => verdict(' ', 'a')).toThrow('give two names; one is empty');
  expect(() => verdict('a', 'b', 'Metric')).toThrow(
    '--kind: "Metric" is no kind; the kinds are Paper, Technique, Dataset, Model, Repo',
  );
});
