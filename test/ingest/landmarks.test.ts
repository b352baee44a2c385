import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { loadSeed } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { readLandmarks } from '../../src/ingest/landmarks.js';
import { ask, openEmbedded } from '../testkit.js';

const knowledge = readKnowledge();
const facts = knowledge.landmarks.flatMap((reading) => reading.facts);
let engine: Engine;

beforeAll(async () => {
  engine = await openEmbedded();
  await loadSeed(engine, knowledge, { landmarks: true, progress: () => undefined });
});

afterAll(() => engine.close());

it('the landmarks are at least 200 facts about at least 120 things, none rejected', () => {
  expect(knowledge.rejections).toEqual([]);
  expect(facts.length).toBeGreaterThan(200);
  expect(new Set(facts.flatMap(({ from, to }) => [from.name, to.name])).size).toBeGreaterThan(120);
});

it('a landmark has a document and no quote, and is less sure than a fact with its sentence', () => {
  expect(facts.filter(({ quote, start, confidence }) => quote !== null || start !== null || confidence >= 1)).toEqual(
    [],
  );
});

it('the graph with landmarks is sound', async () => {
  expect((await ask(engine, '{ check { rule subject message } }')).data).toEqual({ check: [] });
});

it('a lineage of the listing runs back to the paper that named knowledge distillation', async () => {
  const { data } = await ask(
    engine,
    '{ paths(from: "technique:dmd2", to: "paper:distilling-the-knowledge-in-a-neural-network", relations: [EXTENDS, IS_A, INTRODUCES], first: 1) { length nodes { id } } }',
  );
  expect(data).toEqual({
    paths: [
      {
        length: 4,
        nodes: [
          { id: 'technique:dmd2' },
          { id: 'technique:distribution-matching-distillation' },
          { id: 'technique:diffusion-distillation' },
          { id: 'technique:knowledge-distillation' },
          { id: 'paper:distilling-the-knowledge-in-a-neural-network' },
        ],
      },
    ],
  });
});

it('a paper answers to its arXiv id', async () => {
  const { data } = await ask(
    engine,
    '{ entity(name: "1910.01108") { name ... on Paper { year arxivId introduces { nodes { name } } } } }',
  );
  expect(data).toMatchObject({
    entity: { year: 2019, arxivId: '1910.01108', introduces: { nodes: [{ name: 'DistilBERT' }] } },
  });
});

it('BERT has the students everybody knows', async () => {
  const { data } = await ask(
    engine,
    '{ entity(name: "BERT", kind: MODEL) { ... on Model { students(first: 100) { nodes { name } } } } }',
  );
  const { nodes } = (data as { entity: { students: { nodes: { name: string }[] } } }).entity.students;
  expect(nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(['DistilBERT', 'TinyBERT']));
});

it('what is wrong in a landmark file is rejected with its line, and the rest is taken', () => {
  const source = `- { title: A, kind: Paper, year: 2020, entities: [{ kind: Model, name: M }], facts: [{ type: INTRODUCES, to: M }] }
- { title: B, kind: Paper, arxiv: nonsense, entities: [], facts: [] }
- { title: C, kind: Page, entities: [{ kind: Model, name: M }], facts: [{ type: INTRODUCES, to: M }] }
- { title: D, kind: Paper, year: 2020, entities: [{ kind: Repo, name: R }], facts: [{ type: INTRODUCES, to: R }] }`;
  const { readings, rejections } = readLandmarks('x.yaml', source);
  expect(readings.flatMap((reading) => reading.facts).map(({ document }) => document)).toEqual(['document:a']);
  expect(rejections).toEqual([
    { file: 'x.yaml', line: 2, reason: 'arxiv: must look like "2405.14867"' },
    { file: 'x.yaml', line: 3, reason: 'this paper INTRODUCES M: "this paper" is not declared under entities' },
    { file: 'x.yaml', line: 4, reason: expect.stringContaining('INTRODUCES cannot join Paper → Repo') as string },
  ]);
});
