import fc from 'fast-check';
import { expect, it } from 'vitest';
import { curatedFacts } from '../../src/ingest/curated.js';
import { repoOf } from '../../src/ingest/external.js';
import { identify, identifyAll } from '../../src/ingest/identify.js';
import type { Reading } from '../../src/ingest/identify.js';
import { readBytes, SEED_LISTING } from '../../src/ingest/ingest.js';
import { curationOf, readKnowledge } from '../../src/ingest/knowledge.js';
import { readListing } from '../../src/ingest/listing.js';
import type { Term } from '../../src/ingest/vocabulary.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import type { Document, Fact, Mention } from '../../src/model.js';
import type { EntityKind } from '../../src/ontology.js';

const document: Document = {
  id: 'document:tiny',
  title: 'Tiny',
  text: 'Tiny text.',
  url: null,
  publishedOn: null,
  year: null,
  arxivId: null,
  isPaper: true,
};
const mention = (kind: EntityKind, name: string, more: Partial<Mention> = {}): Mention => ({
  kind,
  name,
  aliases: [],
  ...more,
});
const term = (kind: EntityKind, name: string, aliases: string[] = []): Term => ({
  kind,
  name,
  aliases,
  description: null,
  ambiguous: false,
});
const reading = (mentions: Mention[], facts: Fact[] = []): Reading => ({
  document,
  methods: ['CURATED'],
  facts,
  mentions,
});
const fact = (from: Mention, to: Mention, more: Partial<Fact> = {}): Fact => ({
  type: 'USES', from, to, document: document.id, quote: 'Tiny text', start: 6, end: 15,
  method: 'CURATED', confidence: 1, via: null, score: null, ...more,
}); // prettier-ignore

const KNOWN = vocabularyOf(
  [
    term('TECHNIQUE', 'Knowledge Distillation', ['KD', 'teacher–student training']),
    term('DATASET', 'MS-COCO', ['COCO']),
  ],
  [{ kind: 'TECHNIQUE', name: 'Dynamic Contrastive Distillation' }],
).vocabulary;
const idOf = (one: Mention, declared: Mention[] = []): string => identify(one, reading(declared), KNOWN).id;

it('finds the repository in every spelling of its address', () => {
  const spellings = [
    'https://github.com/Owner/Name', 'http://github.com/Owner/Name', 'https://www.github.com/owner/name', 'github.com/Owner/Name',
    'git@github.com:Owner/Name.git', 'ssh://git@github.com/Owner/Name.git', 'git+https://github.com/Owner/Name.git',
    'https://github.com/Owner/Name.git', 'https://github.com/Owner/Name/', 'https://github.com/Owner/Name.', ' https://github.com/Owner/Name). ',
    '(https://github.com/Owner/Name)', '<https://github.com/Owner/Name>', 'https://github.com/Owner/Name/tree/main/sub/folder',
    'https://github.com/Owner/Name/blob/main/a.py#L1', 'https://github.com/Owner/Name?tab=readme', 'HTTPS://GitHub.com/OWNER/NAME',
  ]; // prettier-ignore
  expect(spellings.map((spelling) => repoOf(spelling)?.id)).toEqual(spellings.map(() => 'repo:github.com/owner/name'));
  expect(repoOf('git@github.com:Owner/My.Name.git')).toEqual({
    id: 'repo:github.com/owner/my.name',
    url: 'https://github.com/Owner/My.Name',
    name: 'Owner/My.Name',
  });
});

it('finds no repository where there is none', () => {
  const others = [
    'https://owner.github.io/name', 'https://gist.github.com/owner/name', 'https://github.com/owner', 'https://github.com/',
    'https://example.org/github.com/owner/name', 'https://notgithub.com/owner/name', 'ResNet-50', '',
  ]; // prettier-ignore
  expect(others.map(repoOf)).toEqual(others.map(() => null));
});

it('makes one id of all spellings of a repository and looks it up by no other address', () => {
  const facts = ['https://github.com/A/b-c', 'git@github.com:a/B-C.git'].map((url) =>
    fact(mention('PAPER', 'Tiny'), mention('REPO', url), { type: 'IMPLEMENTED_IN' }),
  );
  const { mentions } = identifyAll([reading([], facts)], KNOWN);
  expect(mentions.filter(({ id }) => id.startsWith('repo:'))).toMatchObject([
    {
      id: 'repo:github.com/a/b-c',
      name: 'A/b-c',
      url: 'https://github.com/A/b-c',
      keys: ['abc', 'repo:github.com/a/b-c'],
    },
  ]);
});

it('knows a term by name and alias, of its own kind only', () => {
  expect(
    ['Knowledge distillation', 'KD', 'kd', 'teacher-student training'].map((name) => idOf(mention('TECHNIQUE', name))),
  ).toEqual(Array(4).fill('technique:knowledge-distillation'));
  expect(idOf(mention('MODEL', 'KD'))).toBe('model:kd');
});

it('asks the acronyms of the document before the vocabulary, and for the same kind only', () => {
  const declared = [mention('TECHNIQUE', 'Kernel Descent', { aliases: ['KD'] })];
  expect(idOf(mention('TECHNIQUE', 'KD'), declared)).toBe('technique:kerneldescent');
  expect(idOf(mention('MODEL', 'KD'), declared)).toBe('model:kd');
  expect(idOf(mention('TECHNIQUE', 'KD'), [mention('TECHNIQUE', 'KD'), ...declared])).toBe(
    'technique:knowledge-distillation',
  );
});

it('gives an acronym to the declared name that comes first by letters, whatever the order', () => {
  const declared = [
    mention('TECHNIQUE', 'Zeta', { aliases: ['Z'] }),
    mention('TECHNIQUE', 'Alpha', { aliases: ['z'] }),
  ];
  expect([declared, [...declared].reverse()].map((order) => idOf(mention('TECHNIQUE', 'Z'), order))).toEqual([
    'technique:alpha',
    'technique:alpha',
  ]);
});

it('gives what is local to a document an id with the slug of its title, in every spelling', () => {
  const local = mention('TECHNIQUE', 'DCD', { local: true, aliases: ['our method'] });
  const spellings = [local, mention('TECHNIQUE', 'dcd'), mention('TECHNIQUE', 'Our Method')];
  expect(spellings.map((one) => idOf(one, [local]))).toEqual(Array(3).fill('technique:dcd-tiny'));
  expect(idOf(mention('TECHNIQUE', 'DCD'))).toBe('technique:dcd');
});

it('keeps names without letters apart', () => {
  expect([idOf(mention('MODEL', '★')), idOf(mention('MODEL', '☆'))]).toEqual(['model:u2605', 'model:u2606']);
});

it('reports a spelling that two terms claim and gives it to neither, in any order', () => {
  const terms = [term('MODEL', 'Alpha', ['A1']), term('MODEL', 'Beta', ['a-1']), term('DATASET', 'Gamma', ['A1'])];
  for (const order of [terms, [...terms].reverse()]) {
    const { vocabulary, conflicts } = vocabularyOf(order);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]?.reason).toMatch(
      /^MODEL a1 is claimed by "(Alpha" and "Beta|Beta" and "Alpha)"; keep it in one of them$/,
    );
    expect([vocabulary.find('MODEL', 'A1'), vocabulary.find('DATASET', 'A1')?.name]).toEqual([null, 'Gamma']);
  }
});

it('prefers a term to a name, and of two spellings of a name the smallest', () => {
  const { vocabulary } = vocabularyOf(
    [term('MODEL', 'ResNet-50')],
    [{ kind: 'MODEL', name: 'A ResNet50' }, { kind: 'MODEL', name: 'resnet50' }, { kind: 'MODEL', name: 'A ResNet-50' }],
  ); // prettier-ignore
  expect(vocabulary.find('MODEL', 'ResNet50')?.name).toBe('ResNet-50');
  expect(vocabulary.find('MODEL', 'aresnet50')?.name).toBe('A ResNet-50');
});

it('writes a fact once, with its highest confidence, whatever the order', () => {
  const [a, b] = [mention('MODEL', 'A', { description: 'x' }), mention('MODEL', 'B')];
  const facts = [
    fact(a, b, { confidence: 0.4 }),
    fact(mention('MODEL', 'a'), b, { confidence: 0.9 }),
    fact(a, b, { confidence: 0.1 }),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(facts, { minLength: 3 }), (order) => {
      const records = identifyAll([reading([], order)], KNOWN);
      expect(records.facts).toMatchObject([{ from: 'model:a', to: 'model:b', confidence: 0.9 }]);
      expect(records.mentions).toMatchObject([
        { id: 'model:a', name: 'A', names: ['A', 'a'], description: 'x' },
        { id: 'model:b' },
        { id: 'paper:tiny' },
      ]);
    }),
  );
});

it('tells facts apart by quote, method and result, not by confidence', () => {
  const score = { metric: 'FID', value: 1, raw: '1', unit: null, setting: null };
  const [model, dataset] = [mention('MODEL', 'A'), mention('DATASET', 'D')];
  const variants: Partial<Fact>[] = [
    {},
    { confidence: 0.5 },
    { start: 7 },
    { method: 'EXTRACTED' },
    { score },
    { score: { ...score, setting: 's' } },
  ];
  const facts = variants.map((more) => fact(model, dataset, { type: 'EVALUATED_ON', ...more }));
  expect(identifyAll([reading([], facts)], KNOWN).facts).toHaveLength(5);
});

it('lets a repository elsewhere not answer for the one of GitHub that is called the same', () => {
  const keysOf = (url: string) =>
    identifyAll(
      [reading([], [fact(mention('TECHNIQUE', 'A'), mention('REPO', url), { type: 'IMPLEMENTED_IN' })])],
      KNOWN,
    )
      .mentions.filter(({ id }) => id.startsWith('repo:'))
      .map(({ keys }) => keys);
  expect(keysOf('https://gitlab.com/lab/code')).toEqual([['labcode', 'repo:gitlab.com/lab/code']]);
  expect(keysOf('https://github.com/lab/code')).toEqual([['labcode', 'repo:github.com/lab/code']]);
});

it('gives the same records for the seed in any order of documents, facts and entities', () => {
  const knowledge = readKnowledge();
  const { vocabulary } = knowledge;
  const readings = readListing('seed', readBytes(SEED_LISTING)).documents.flatMap((read): Reading[] => {
    const curation = curationOf(knowledge, read.title);
    if (!curation) return [];
    return [
      { document: read, methods: ['CURATED'], facts: curatedFacts(curation, read).facts, mentions: curation.mentions },
    ];
  });
  const expected = identifyAll(readings, vocabulary);
  const shuffled = fc
    .tuple(...readings.map(({ facts, mentions }) => fc.tuple(
      fc.shuffledSubarray([...facts], { minLength: facts.length }),
      fc.shuffledSubarray([...mentions], { minLength: mentions.length }),
    )))
    .map((orders) => readings.map((one, i): Reading => ({ ...one, facts: orders[i]?.[0] ?? [], mentions: orders[i]?.[1] ?? [] })))
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length })); // prettier-ignore
  fc.assert(
    fc.property(shuffled, (order) => {
      expect(identifyAll(order, vocabulary)).toEqual(expected);
    }),
    { numRuns: 3, endOnFailure: true },
  );
});
