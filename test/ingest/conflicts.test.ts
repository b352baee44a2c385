import { expect, it } from 'vitest';
import { conflictsOf } from '../../src/ingest/conflicts.js';
import type { Reading } from '../../src/ingest/identify.js';
import { documentId, identifyAll } from '../../src/ingest/identify.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import type { Fact, Mention } from '../../src/model.js';
import type { EntityKind } from '../../src/ontology.js';

const mention = (kind: EntityKind, name: string, more: Partial<Mention> = {}): Mention => ({
  kind,
  name,
  aliases: [],
  ...more,
});

/** A paper that introduces what it mentions. */
function paper(title: string, mentions: Mention[], arxivId: string | null = null): Reading {
  const id = documentId(title);
  const facts = mentions.map(
    (to): Fact => ({
      type: 'INTRODUCES', from: mention('PAPER', title), to, document: id, quote: null, start: null, end: null,
      method: 'CURATED', confidence: 1, via: null, score: null,
    }),
  ); // prettier-ignore
  const document = { id, title, text: null, url: null, publishedOn: null, year: null, arxivId, isPaper: true };
  return { document, methods: ['IMPORTED', 'CURATED'], facts, mentions };
}

const conflicts = (...readings: Reading[]) => conflictsOf(readings, identifyAll(readings, vocabularyOf([]).vocabulary));

it('finds none where every name means one thing', () => {
  const one = paper(
    'One',
    [mention('TECHNIQUE', 'Alpha', { aliases: ['A'] }), mention('MODEL', 'β-VAE')],
    '2405.00001',
  );
  expect(conflicts(one, paper('Two', [mention('TECHNIQUE', 'Beta', { aliases: ['A'] })], '2405.00002'))).toEqual([]);
});

it('reports what two papers introduce under one name, which is one entity', () => {
  expect(conflicts(paper('One', [mention('TECHNIQUE', 'DCD')]), paper('Two', [mention('TECHNIQUE', 'D-CD')]))).toEqual([
    {
      rule: 'introduced',
      name: 'D-CD',
      documents: ['One', 'Two'],
      message:
        '"D-CD" is introduced by "One" and "Two" and is one entity, technique:dcd; where they mean two things, mark it `local: true`',
    },
  ]);
});

it('reports namesakes that are kept apart', () => {
  const [one, two] = ['One', 'Two'].map((title) => paper(title, [mention('TECHNIQUE', 'DCD', { local: true })]));
  expect(conflicts(...(one && two ? [one, two] : []))).toEqual([
    {
      rule: 'namesakes',
      name: 'DCD',
      documents: ['One', 'Two'],
      message: '"DCD" is the name of technique:dcd-one and technique:dcd-two, which are kept apart',
    },
  ]);
});

it('reports an acronym that one document uses for two things', () => {
  const [alpha, beta] = ['Alpha', 'Beta'].map((name) => mention('TECHNIQUE', name, { aliases: ['AB'] }));
  expect(conflicts(paper('One', alpha && beta ? [beta, alpha] : []))).toEqual([
    {
      rule: 'acronym',
      name: 'AB',
      documents: ['One'],
      message: '"AB" is short for "Alpha" and "Beta"; it is read as the first',
    },
  ]);
});

it('reports a name that one document gives to two kinds', () => {
  expect(conflicts(paper('One', [mention('MODEL', 'DMD2'), mention('TECHNIQUE', 'DMD-2')]))).toEqual([
    {
      rule: 'kind',
      name: 'DMD-2',
      documents: ['One'],
      message: '"DMD-2" is a Model and a Technique; where these are one thing, give it one kind',
    },
  ]);
});

it('reports letters of another alphabet that pass for Latin ones', () => {
  expect(conflicts(paper('One', [mention('MODEL', 'СLIP')]))).toEqual([
    {
      rule: 'letters',
      name: 'СLIP',
      documents: ['One'],
      message: 'the "С" in "СLIP" is no Latin letter (U+0421); it is another name than with one',
    },
  ]);
});

it('reports an external id that two entities have', () => {
  expect(conflicts(paper('One', [], '2405.14867'), paper('Two', [], '2405.14867'))).toEqual([
    {
      rule: 'key',
      name: 'arxiv:2405.14867',
      documents: ['One', 'Two'],
      message: 'arxiv:2405.14867 is the id of paper:one and paper:two; one of them is wrong, or they are one',
    },
  ]);
});
