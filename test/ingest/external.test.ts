import fc from 'fast-check';
import { expect, it } from 'vitest';
import { externalId, lookupKey } from '../../src/ingest/external.js';
import type { EntityKind } from '../../src/ontology.js';

/** The key of each text, to be compared with the one that all of them should have. */
const keys = (kind: EntityKind, texts: readonly string[]) => texts.map((text) => [text, externalId(kind, text)?.key]);
const all = (key: string | undefined, texts: readonly string[]) => texts.map((text) => [text, key]);

it('finds the arXiv id in every spelling, without its version', () => {
  const spellings = [
    '2405.14867', 'arXiv:2405.14867', 'arxiv: 2405.14867v2', 'https://arxiv.org/abs/2405.14867', 'http://arxiv.org/abs/2405.14867v12',
    'https://arxiv.org/pdf/2405.14867v1.pdf', 'https://www.arxiv.org/html/2405.14867v1#S2', 'arxiv.org/abs/2405.14867.', '<https://arxiv.org/abs/2405.14867>',
    '(https://arxiv.org/abs/2405.14867?context=cs)', 'https://export.arxiv.org/abs/2405.14867', 'https://ar5iv.labs.arxiv.org/html/2405.14867',
    'https://huggingface.co/papers/2405.14867', '10.48550/arXiv.2405.14867', 'https://doi.org/10.48550/ARXIV.2405.14867', 'arXiv preprint arXiv:2405.14867 [cs.CV]',
  ]; // prettier-ignore
  expect(keys('PAPER', spellings)).toEqual(all('arxiv:2405.14867', spellings));
  const old = ['math.GT/0309136', 'math/0309136v2', 'https://arxiv.org/abs/math/0309136'];
  expect(keys('PAPER', old)).toEqual(all('arxiv:math/0309136', old));
  const none = [
    '2413.14867',
    '2405.148',
    'Llama 3.1405',
    'https://arxiv.org/list/cs.CV/recent',
    'A title of 2024: part 2405.1',
    '',
  ];
  expect(keys('PAPER', none)).toEqual(all(undefined, none));
});

it('finds the DOI in every spelling', () => {
  const spellings = [
    '10.1145/3580305.3599256', 'doi:10.1145/3580305.3599256', 'DOI: 10.1145/3580305.3599256.', 'https://doi.org/10.1145/3580305.3599256',
    'http://dx.doi.org/10.1145/3580305.3599256', 'https://doi.org/10.1145%2F3580305.3599256',
  ]; // prettier-ignore
  expect(keys('PAPER', spellings)).toEqual(all('doi:10.1145/3580305.3599256', spellings));
  expect(externalId('PAPER', 'https://doi.org/10.1016/S0140-6736(20)30183-5')?.key).toBe(
    'doi:10.1016/s0140-6736(20)30183-5',
  );
});

it('finds the Hugging Face id in every spelling, and tells models from datasets', () => {
  const models = [
    'https://huggingface.co/stabilityai/sdxl-turbo', 'hf.co/StabilityAI/SDXL-Turbo', 'stabilityai/sdxl-turbo', 'hf:stabilityai/sdxl-turbo', 'hf://stabilityai/sdxl-turbo',
    'https://huggingface.co/stabilityai/sdxl-turbo/tree/main', 'https://huggingface.co/stabilityai/sdxl-turbo/resolve/main/a.bin?download=true',
  ]; // prettier-ignore
  expect(keys('MODEL', models)).toEqual(all('hf:stabilityai/sdxl-turbo', models));
  const datasets = [
    'https://huggingface.co/datasets/rajpurkar/squad',
    'hf.co/datasets/rajpurkar/squad/viewer',
    'hf:rajpurkar/squad',
  ];
  expect(keys('DATASET', datasets)).toEqual(all('hf:datasets/rajpurkar/squad', datasets));
  const others = [
    'ViT-B/16',
    'CIFAR-10/100',
    'ResNet-50/ResNet-101',
    'MNIST/CIFAR',
    'https://huggingface.co/stabilityai',
    'https://huggingface.co/spaces/a/b-1',
    'https://huggingface.co/datasets/a/b-1',
  ];
  expect(keys('MODEL', others)).toEqual(all(undefined, others));
});

it('finds the repository in addresses of raw files, by a short name and behind LaTeX', () => {
  const spellings = [
    'https://raw.githubusercontent.com/Owner/My_Name/main/a.py', 'github:Owner/My_Name', '`https://github.com/Owner/My\\_Name`,', 'https://github.com/owner/my_name".',
    'ssh://git@ssh.github.com:443/Owner/My_Name.git', 'Owner/My_Name',
  ]; // prettier-ignore
  expect(keys('REPO', spellings)).toEqual(all('repo:github.com/owner/my_name', spellings));
  const none = [
    'https://github.com/topics/distillation',
    'https://github.com/orgs/owner/repositories',
    'https://github.com/owner/..',
  ];
  expect(keys('REPO', none)).toEqual(all(undefined, none));
});

it('looks a text of unknown kind up by the id that it is, else by its name', () => {
  const looked = [
    'arXiv:2405.14867v1',
    'git@github.com:A/b.git',
    'hf.co/datasets/a/b-1',
    'doi:10.1145/3580305',
    'ViT-B/16',
  ];
  expect(looked.map(lookupKey)).toEqual([
    'arxiv:2405.14867',
    'repo:github.com/a/b',
    'hf:datasets/a/b-1',
    'doi:10.1145/3580305',
    'vitb16',
  ]);
});

it('gives the key of an id for its own key, name and address', () => {
  const path = fc.stringMatching(/^[a-z][a-z0-9]{1,8}\/[a-z][a-z0-9]{1,6}-[a-z0-9]{1,6}$/);
  fc.assert(
    fc.property(fc.constantFrom<EntityKind>('MODEL', 'DATASET', 'REPO'), path, (kind, text) => {
      const id = externalId(kind, text);
      expect(
        [id?.key, id?.name, id?.url].map((one) => externalId(kind, one?.replace(/^repo:/, '') ?? '')?.key),
      ).toEqual([id?.key, id?.key, id?.key]);
    }),
  );
});
