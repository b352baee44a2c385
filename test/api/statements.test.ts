/** How many statements a query sends depends on its depth, never on how many rows it meets. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { ask, counting, onBothEngines, writeTriples } from '../testkit.js';

const ROWS = 100;

/** A hundred papers, each with its technique, each on the shoulders of another; all evaluated on one dataset. */
const TRIPLES = Array.from({ length: ROWS }, (_, i) => i).flatMap((i) => [
  [`paper:p${String(i)}`, 'INTRODUCES', `technique:t${String(i)}`] as const,
  [`technique:t${String(i)}`, 'EXTENDS', `technique:old${String(i)}`] as const,
  [`technique:t${String(i)}`, 'EVALUATED_ON', 'dataset:d', { metric: 'FID', value: i }] as const,
  [`technique:t${String(i)}`, 'IS_A', 'technique:root'] as const,
]);

const EVIDENCE = 'evidence { quote context document { title } source { id } }';

const QUERIES: [what: string, statements: number, query: (rows: number) => string][] = [
  [
    'papers with their abstracts',
    1,
    (rows) => `{ papers(orderBy: NAME_DESC, first: ${String(rows)}) { nodes { id title abstract aliases } } }`,
  ],
  [
    'papers → what they introduce',
    2,
    (rows) => `{ papers(orderBy: NAME_DESC, first: ${String(rows)}) { nodes { introduces { nodes { id name } } } } }`,
  ],
  [
    'papers → what they introduce → its lineage',
    3,
    (rows) =>
      `{ papers(orderBy: NAME_DESC, first: ${String(rows)}) { nodes { introduces { nodes { ... on Entity { lineage { complete frontier nodes { depth } edges { id } } } } } } } }`,
  ],
  [
    'papers → what they introduce → its lineage → the entities there',
    4,
    (rows) =>
      `{ papers(orderBy: NAME_DESC, first: ${String(rows)}) { nodes { introduces { nodes { lineage { nodes { entity { name } } } } } } } }`,
  ],
  [
    'techniques → lineage, a list of lineages being one statement',
    2,
    (rows) => `{ techniques(first: ${String(rows)}) { nodes { lineage { nodes { depth } edges { id } } } } }`,
  ],
  [
    'techniques → lineage both ways',
    4,
    (rows) =>
      `{ techniques(first: ${String(rows)}) { nodes { lineage(direction: BOTH, depth: 1) { nodes { depth } } } } }`,
  ],
  [
    'techniques → relations and how many they are',
    3,
    (rows) =>
      `{ techniques(first: ${String(rows)}) { nodes { relations(first: 2) { totalCount edges { relation { id } } } } } }`,
  ],
  [
    'relations → evidence → document',
    5,
    (rows) =>
      `{ node(id: "technique:root") { ... on Technique { narrower(first: ${String(rows)}) { edges { relation { ${EVIDENCE} } } } } } }`,
  ],
  [
    'relations → evidence, its count, both ends',
    4,
    (rows) =>
      `{ node(id: "technique:root") { ... on Technique { narrower(first: ${String(rows)}) { edges { relation { evidenceCount source { name } target { name } } } } } } }`,
  ],
  [
    'paper → what it states and how much that is → the relations',
    5,
    (rows) =>
      `{ node(id: "paper:a-tiny-document") { ... on Paper { facts(first: ${String(rows)}) { totalCount edges { node { document { title } } relation { confidence } } } } } }`,
  ],
  [
    'search → entities with snippets',
    2,
    (rows) => `{ search(text: "extends", first: ${String(rows)}) { edges { score snippet node { name } } } }`,
  ],
  [
    'leaderboard → who reached it',
    4,
    (rows) =>
      `{ leaderboard(dataset: "dataset:d", first: ${String(rows)}) { nodes { value subject { name } evidence { document { title } } } } }`,
  ],
  [
    'nodes by their ids',
    1,
    (rows) =>
      `{ nodes(ids: ${JSON.stringify(Array.from({ length: rows }, (_, i) => `technique:t${String(i)}`))}) { id } }`,
  ],
];

onBothEngines('statements', (open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
    await writeTriples(engine, TRIPLES);
  });
  afterAll(() => engine.close());

  it.each(QUERIES)('%s: %i statements for 1 row and for 100', async (_, statements, query) => {
    const sentFor = async (rows: number): Promise<string[]> => {
      const counted = counting(engine);
      const { errors } = await ask(counted.engine, query(rows));
      expect(errors).toBeUndefined();
      return counted.sent;
    };
    const [one, hundred] = [await sentFor(1), await sentFor(ROWS)];
    expect(hundred).toEqual(one);
    expect(hundred).toHaveLength(statements);
  });

  it('a lineage takes one statement each way, BOTH one more for what joins the two, whatever they find', async () => {
    for (const [direction, statements] of [
      ['UPSTREAM', 1],
      ['DOWNSTREAM', 1],
      ['BOTH', 3],
    ] as const) {
      const counted = counting(engine);
      await ask(
        counted.engine,
        `{ lineage(of: "technique:root", direction: ${direction}) { nodes { depth } edges { id } } }`,
      );
      expect(counted.sent.filter((name) => name.startsWith('lineage.'))).toHaveLength(statements);
    }
  });

  it('a lineage that its limit cuts takes a statement for each layer and two more, whatever the limit', async () => {
    const sentFor = async (limit: number): Promise<string[]> => {
      const counted = counting(engine);
      await ask(
        counted.engine,
        `{ lineage(of: "technique:root", direction: DOWNSTREAM, limit: ${String(limit)}) { nodes { depth } frontier } }`,
      );
      return counted.sent.filter((name) => name.startsWith('lineage.'));
    };
    const sent = [
      'lineage.downstream.5',
      'lineage.layer.downstream',
      'lineage.links.downstream',
      'lineage.frontier.downstream',
    ];
    expect([await sentFor(2), await sentFor(50)]).toEqual([sent, sent]);
  });
});
