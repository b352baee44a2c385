/** Pages: walking a list by its cursors visits every row exactly once, in the order of the list. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { writeRecords } from '../../src/graph/write.js';
import { identifyAll } from '../../src/ingest/identify.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import { ask, onBothEngines, seeded, writeTriples } from '../testkit.js';

interface Connection {
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
}

const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount';

/** One page of a list: `field` with its arguments left open, as in `papers(%)`, and what to show of an edge. */
async function pageOf(engine: Engine, field: string, edge: string, args: string): Promise<Connection> {
  const list = `${field.replace('%', args)} { edges { cursor ${edge} } ${PAGE} }`;
  const [id = '', inner] = list.split(' | ');
  const kind = (id[0] ?? '').toUpperCase() + id.slice(1, id.indexOf(':'));
  const source =
    inner === undefined ? `{ list: ${list} }` : `{ node(id: "${id}") { ... on ${kind} { list: ${inner} } } }`;
  const { data, errors } = await ask(engine, source);
  if (errors) throw new Error(errors[0]?.message);
  const { list: found, node } = data as { list?: Connection; node?: { list: Connection } };
  return (
    found ??
    node?.list ?? {
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      totalCount: -1,
    }
  );
}

/** All rows of a list, read page by page; every page is checked for what it says about itself. */
async function walk(engine: Engine, field: string, edge: string, first: number): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (let after: string | null = null; ;) {
    const page = await pageOf(
      engine,
      field,
      edge,
      `first: ${String(first)}${after === null ? '' : `, after: "${after}"`}`,
    );
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    expect([hasPreviousPage, startCursor, endCursor]).toEqual([
      after !== null,
      page.edges.at(0)?.cursor ?? null,
      page.edges.at(-1)?.cursor ?? null,
    ]);
    rows.push(...page.edges.map(({ cursor: _, ...rest }) => rest));
    expect(hasNextPage).toBe(rows.length < page.totalCount);
    if (!hasNextPage || endCursor === null) return rows;
    after = endCursor;
  }
}

const LISTS: [list: string, field: string, edge: string, first: number][] = [
  ...['NAME_ASC', 'NAME_DESC', 'PUBLISHED_ASC', 'PUBLISHED_DESC'].map((order): [string, string, string, number] => [
    `papers ${order}`, `papers(orderBy: ${order}, %)`, 'node { id name }', 11]), // prettier-ignore
  ...['techniques', 'datasets', 'models', 'repos'].map((list): [string, string, string, number] => [
    list,
    `${list}(%)`,
    'node { id name }',
    13,
  ]),
  ['techniques NAME_DESC', 'techniques(orderBy: NAME_DESC, %)', 'node { id name }', 50],
  ['filtered techniques', 'techniques(where: { nameContains: "distill" }, %)', 'node { id name }', 3],
  ['relations', 'technique:knowledge-distillation | relations(%)', 'direction node { id name } relation { type }', 7],
  [
    'relations IN',
    'technique:knowledge-distillation | relations(direction: IN, types: [USES, IS_A], %)',
    'node { id name } relation { type }',
    4,
  ],
  ['a shortcut', 'dataset:imagenet | evaluations(%)', 'node { id name }', 2],
  ['search', 'search(text: "distillation", %)', 'node { id } score', 17],
  ['search by kind', 'search(text: "distillation", kinds: [TECHNIQUE], %)', 'node { id } score', 6],
  ['leaderboard', 'leaderboard(dataset: "dataset:imagenet", %)', 'node { metric value evidence { id } }', 2],
];

onBothEngines('pages', (open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await seeded(await open());
  });
  afterAll(() => engine.close());

  it.each(LISTS)('of %s visit every row once, whatever their size', async (_, field, edge, first) => {
    const small = await walk(engine, field, edge, first);
    const large = await walk(engine, field, edge, 100);
    expect(small).toEqual(large);
    expect(new Set(small.map((row) => JSON.stringify(row))).size).toBe(small.length);
    expect(small.length).toBeGreaterThan(first);
  });

  it('lists are ordered by (name, id) unless asked otherwise', async () => {
    const rows = (await walk(engine, 'techniques(%)', 'node { id name }', 100)) as {
      node: { id: string; name: string };
    }[];
    const keys = rows.map(({ node }) => [node.name, node.id] as const);
    expect(keys).toEqual(keys.toSorted(([a, m], [b, n]) => (a < b || (a === b && m < n) ? -1 : 1)));
    const descending = (await walk(engine, 'techniques(orderBy: NAME_DESC, %)', 'node { name }', 100)) as {
      node: { name: string };
    }[];
    expect(descending.map(({ node }) => node.name)).toEqual(keys.map(([name]) => name).reverse());
  });

  it('a cursor of another list, order, filter or entity is refused; one of another page size is not', async () => {
    const { pageInfo } = await pageOf(engine, 'papers(%)', 'node { id }', 'first: 2');
    const relations = await pageOf(engine, 'technique:knowledge-distillation | relations(%)', 'direction', 'first: 2');
    const answers = await Promise.all(
      [
        `papers(first: 9, after: "${String(pageInfo.endCursor)}")`,
        `techniques(after: "${String(pageInfo.endCursor)}")`,
        `papers(orderBy: NAME_DESC, after: "${String(pageInfo.endCursor)}")`,
        `papers(where: { nameContains: "a" }, after: "${String(pageInfo.endCursor)}")`,
        `search(text: "a", after: "${String(pageInfo.endCursor)}")`,
        `leaderboard(dataset: "dataset:imagenet", after: "${String(pageInfo.endCursor)}")`,
        ...['technique:knowledge-distillation', 'technique:dmd2'].map(
          (id) => `node(id: "${id}") { ... on Entity { relations(after: "${String(relations.pageInfo.endCursor)}")`,
        ),
      ].map((list) => ask(engine, `{ ${list} { totalCount } ${list.startsWith('node') ? '} }' : ''} }`)),
    );
    const refused = ['BAD_USER_INPUT'];
    expect(answers.map(({ codes }) => codes)).toEqual([[], refused, refused, refused, refused, refused, [], refused]);
  });
});

onBothEngines('pages of ties and gaps', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());

  const DAYS = ['2024-05-01', null, '2023-01-31', '2024-05-01', null, '2024-05-01', '2025-12-31', null];
  const days = async (field: string, first: number): Promise<string[]> => {
    const rows = (await walk(engine, field, 'node { name publishedOn }', first)) as {
      node: { name: string; publishedOn: string | null };
    }[];
    return rows.map(({ node }) => `${node.name} ${node.publishedOn ?? '–'}`);
  };

  it.each([1, 2, 3, 5])(
    'papers by day come oldest or newest first, ties by id and those without a day last, %i a page',
    async (first) => {
      engine = await open();
      const readings = DAYS.map((publishedOn, i) => ({
        document: {
          ...{ id: `document:p${String(i)}`, title: `P${String(i)}`, text: null, url: null, publishedOn },
          ...{ year: null, arxivId: null, isPaper: true },
        },
        methods: ['IMPORTED' as const],
        facts: [],
        mentions: [],
      }));
      await writeRecords(engine, identifyAll(readings, vocabularyOf([], []).vocabulary), '2026-01-01T00:00:00.000Z');
      const may = ['P0 2024-05-01', 'P3 2024-05-01', 'P5 2024-05-01'];
      const undated = ['P1 –', 'P4 –', 'P7 –'];
      expect(await days('papers(orderBy: PUBLISHED_ASC, %)', first)).toEqual([
        'P2 2023-01-31',
        ...may,
        'P6 2025-12-31',
        ...undated,
      ]);
      expect(await days('papers(orderBy: PUBLISHED_DESC, %)', first)).toEqual([
        'P6 2025-12-31',
        ...may,
        'P2 2023-01-31',
        ...undated,
      ]);
      expect(await days('papers(orderBy: PUBLISHED_DESC, where: { publishedFrom: "2024-05-01" }, %)', first)).toEqual([
        'P6 2025-12-31',
        ...may,
      ]);
      expect(await days('papers(orderBy: PUBLISHED_ASC, where: { publishedTo: "2024-05-01" }, %)', first)).toEqual([
        'P2 2023-01-31',
        ...may,
      ]);
    },
  );

  it.each([1, 2, 3])('results that are equal, or have no number, are visited once, %i a page', async (first) => {
    engine = await open();
    const scores = [3, 3, null, 3, -1, null, 0, 12.5];
    await writeTriples(
      engine,
      scores.map((value, i) => [
        `model:m${String(i)}`,
        'EVALUATED_ON',
        'dataset:d',
        { metric: 'FID', ...(value === null ? { raw: 'low' } : { value }) },
      ]),
    );
    const rows = (await walk(
      engine,
      'leaderboard(dataset: "dataset:d", %)',
      'node { value subject { name } }',
      first,
    )) as { node: { value: number | null; subject: { name: string } } }[];
    expect(rows.map(({ node }) => node.value)).toEqual([-1, 0, 3, 3, 3, 12.5, null, null]);
    expect(new Set(rows.map(({ node }) => node.subject.name)).size).toBe(scores.length);
  });

  it('several relations with one neighbour are visited once each', async () => {
    engine = await open();
    const types = ['USES', 'EXTENDS', 'PART_OF', 'IS_A', 'APPLIED_TO'] as const;
    await writeTriples(
      engine,
      types.flatMap((type) => [
        ['technique:a', type, 'technique:b'] as const,
        ['technique:b', type, 'technique:a'] as const,
      ]),
    );
    const rows = await walk(engine, 'technique:a | relations(%)', 'direction relation { type }', 3);
    expect(rows).toEqual(
      types.toSorted().flatMap((type) => ['IN', 'OUT'].map((direction) => ({ direction, relation: { type } }))),
    );
  });

  it('an empty list is one empty page', async () => {
    engine = await open();
    expect(await walk(engine, 'papers(%)', 'node { id }', 20)).toEqual([]);
  });
});
