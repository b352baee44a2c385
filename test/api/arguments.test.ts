/** What is refused, and how: every bad argument is named, every missing id is told, the rest of a request survives. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { ask, onBothEngines, writeTriples } from '../testkit.js';

const ids = (count: number): string => JSON.stringify(Array.from({ length: count }, () => 'model:a'));
const onNode = (fields: string): string => `node(id: "model:a") { ... on Model { ${fields} } }`;

const REFUSED: [argument: string, field: string][] = [
  ...['lineage(of: "model:a"', 'node(id: "model:a") { ... on Entity { lineage(direction: UPSTREAM'].flatMap(
    (lineage): [string, string][] => {
      const rest = lineage.startsWith('node') ? ') { complete } } }' : ') { complete }';
      return [
        ['depth', `${lineage}, depth: 0${rest}`],
        ['depth', `${lineage}, depth: 21${rest}`],
        ['depth', `${lineage}, depth: -1${rest}`],
        ['limit', `${lineage}, limit: 0${rest}`],
        ['limit', `${lineage}, limit: 5001${rest}`],
        ['minConfidence', `${lineage}, minConfidence: -0.1${rest}`],
        ['minConfidence', `${lineage}, minConfidence: 1.1${rest}`],
      ];
    },
  ),
  ['maxLength', 'paths(from: "model:a", to: "model:b", maxLength: 0) { length }'],
  ['maxLength', 'paths(from: "model:a", to: "model:a", maxLength: 11) { length }'],
  ['first', 'paths(from: "model:a", to: "model:b", first: 0) { length }'],
  ['first', 'paths(from: "model:a", to: "model:b", first: 51) { length }'],
  ['minConfidence', 'paths(from: "model:a", to: "model:b", minConfidence: 2) { length }'],
  ['of', `commonAncestors(of: []) { distances }`],
  ['of', `commonAncestors(of: ${ids(1)}) { distances }`],
  ['of', `commonAncestors(of: ${ids(11)}) { distances }`],
  ['depth', `commonAncestors(of: ${ids(2)}, depth: 21) { distances }`],
  ['first', `commonAncestors(of: ${ids(2)}, first: 0) { distances }`],
  ['of', 'neighborhood(of: []) { complete }'],
  ['of', `neighborhood(of: ${ids(101)}) { complete }`],
  ['depth', 'neighborhood(of: ["model:a"], depth: 6) { complete }'],
  ['limit', 'neighborhood(of: ["model:a"], limit: 5001) { complete }'],
  ['ids', `nodes(ids: ${ids(101)}) { id }`],
  ['id', 'entity { id }'],
  ['id', 'entity(id: "model:a", name: "a") { id }'],
  ['id', 'entity(kind: MODEL) { id }'],
  ['text', 'search(text: "") { totalCount }'],
  ['text', 'search(text: "   ") { totalCount }'],
  ['text', 'search(text: "?! -- *:* (\\"") { totalCount }'],
  ['text', `search(text: "${'a'.repeat(501)}") { totalCount }`],
  ['dataset', 'leaderboard(dataset: "model:a") { totalCount }'],
  ['where.relation', 'models(where: { relation: USES }) { totalCount }'],
  ['first', onNode('relations { edges { relation { evidence(first: 0) { id } } } }')],
  ['first', onNode('relations { edges { relation { evidence(first: 101) { id } } } }')],
  ['minConfidence', onNode('relations(minConfidence: -1) { totalCount }')],
];

const LISTS: [list: string, field: (args: string) => string][] = [
  ...['papers', 'techniques', 'datasets', 'models', 'repos'].map((list): [string, (args: string) => string] => [
    list,
    (args) => `${list}(${args}) { totalCount }`,
  ]),
  ['relations', (args) => onNode(`relations(${args}) { totalCount }`)],
  ['a shortcut', (args) => onNode(`students(${args}) { totalCount }`)],
  ['search', (args) => `search(text: "a", ${args}) { totalCount }`],
  ['leaderboard', (args) => `leaderboard(dataset: "dataset:d", ${args}) { totalCount }`],
];

onBothEngines('arguments', (open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
    await writeTriples(engine, [
      ['model:a', 'DISTILLS_INTO', 'model:b'],
      ['model:a', 'EVALUATED_ON', 'dataset:d', { metric: 'FID', value: 2 }],
    ]);
  });
  afterAll(() => engine.close());

  /** The code of every error with the argument it names. */
  const refusals = async (query: string): Promise<string[]> => {
    const { errors, codes } = await ask(engine, query);
    return codes.map((code, i) => `${String(code)} ${errors?.[i]?.message.split(':')[0] ?? ''}`);
  };

  it.each(REFUSED)('%s is refused in %s', async (argument, field) => {
    expect(new Set(await refusals(`{ ${field} }`))).toEqual(new Set([`BAD_USER_INPUT ${argument}`]));
  });

  it.each(LISTS)('%s takes a first from 1 to 100', async (_, field) => {
    for (const first of [0, -1, 101, 10_000])
      expect(await refusals(`{ ${field(`first: ${String(first)}`)} }`)).toEqual(['BAD_USER_INPUT first']);
    for (const first of [1, 100]) expect(await refusals(`{ ${field(`first: ${String(first)}`)} }`)).toEqual([]);
  });

  it.each(LISTS)('%s refuses cursors that it never gave', async (_, field) => {
    const forged = Buffer.from('["AAAAAAAA","a","model:a","USES>"]').toString('base64url');
    for (const after of ['', 'garbage', '????', forged, 'W10', 'bnVsbA'])
      expect(await refusals(`{ ${field(`after: ${JSON.stringify(after)}`)} }`)).toEqual(['BAD_USER_INPUT after']);
  });

  it('the outermost values that are allowed are answered', async () => {
    const { errors } = await ask(
      engine,
      `{
      a: lineage(of: "model:a", depth: 1, limit: 1, minConfidence: 0) { complete }
      b: lineage(of: "model:a", depth: 20, limit: 5000, minConfidence: 1) { complete }
      c: paths(from: "model:a", to: "model:b", maxLength: 1, first: 1) { length }
      d: paths(from: "model:a", to: "model:b", maxLength: 10, first: 50) { length }
      e: commonAncestors(of: ${ids(10)}, depth: 20, first: 100) { distances }
      f: neighborhood(of: ["model:a"], depth: 5, limit: 5000) { complete }
      g: nodes(ids: ${ids(100)}) { id }
      h: search(text: "${'a'.repeat(500)}") { totalCount }
    }`,
    );
    expect(errors).toBeUndefined();
  });

  it('an id that is not there is NOT_FOUND, naming argument and id, and the other fields survive', async () => {
    const { data, errors, codes } = await ask(
      engine,
      `{
      stats { entities }
      lineage(of: "model:none") { complete }
      from: paths(from: "model:none", to: "model:a") { length }
      to: paths(from: "model:a", to: "model:none") { length }
      commonAncestors(of: ["model:a", "model:none"]) { distances }
      neighborhood(of: ["model:none"]) { complete }
      leaderboard(dataset: "dataset:none") { totalCount }
    }`,
    );
    expect(data).toEqual({
      stats: { entities: 4 },
      lineage: null,
      from: null,
      to: null,
      commonAncestors: null,
      neighborhood: null,
      leaderboard: null,
    });
    expect(codes).toEqual(Array.from({ length: 6 }, () => 'NOT_FOUND'));
    const told = errors?.map(
      ({ path, message }) =>
        `${String(path?.[0])} ${message.slice(0, message.indexOf(':'))} ${/"(.*)"/.exec(message)?.[1] ?? ''}`,
    );
    expect(told?.sort()).toEqual(['commonAncestors of model:none', 'from from model:none', 'leaderboard dataset dataset:none',
      'lineage of model:none', 'neighborhood of model:none', 'to to model:none']); // prettier-ignore
  });
});
