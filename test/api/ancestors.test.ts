/** What `commonAncestors` and `neighborhood` answer. */
import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { ask, onBothEngines, writeTriples } from '../testkit.js';

const teaches = (...pairs: readonly string[]) =>
  pairs.map((pair) => [`model:${pair[0] ?? ''}`, 'DISTILLS_INTO', `model:${pair[1] ?? ''}`] as const);

onBothEngines('commonAncestors', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());
  const graph = async (...triples: Parameters<typeof writeTriples>[1]) => {
    engine = await open();
    await writeTriples(engine, triples);
  };
  /** Every common ancestor as `id distances`. */
  const common = async (args: string): Promise<string[]> => {
    const { data } = await ask(engine, `{ commonAncestors(${args}) { entity { id } distances } }`);
    const { commonAncestors } = data as { commonAncestors: { entity: { id: string }; distances: number[] }[] };
    return commonAncestors.map(({ entity, distances }) => `${entity.id} ${distances.join(' ')}`);
  };

  it('come by the sum of distances, then the greater one, then id, a distance for each id in the order asked', async () => {
    await graph(...teaches('px', 'py', 'qx', 'qy', 'rp', 'rq', 'sx', 'ts', 'ut', 'uy', 'ys'));
    expect(await common('of: ["model:x", "model:y"]')).toEqual([
      'model:p 1 1',
      'model:q 1 1',
      'model:y 2 0',
      'model:r 2 2',
      'model:u 3 1',
    ]);
    expect(await common('of: ["model:y", "model:x"], first: 2')).toEqual(['model:p 1 1', 'model:q 1 1']);
  });

  it('of two, one may itself be the ancestor, at distance 0', async () => {
    await graph(...teaches('ab', 'bc', 'xa'));
    expect(await common('of: ["model:a", "model:c"]')).toEqual(['model:a 0 2', 'model:x 1 3']);
  });

  it('are shared by all ids asked, and by no fewer', async () => {
    await graph(...teaches('pa', 'pb', 'pc', 'qa', 'qb'));
    expect(await common('of: ["model:a", "model:b", "model:c"]')).toEqual(['model:p 1 1 1']);
  });

  it('lie within depth, over the relations asked only', async () => {
    await graph(
      ...teaches('pa', 'pq', 'qb'),
      ['model:a', 'TRAINED_ON', 'dataset:d'],
      ['model:b', 'TRAINED_ON', 'dataset:d'],
    );
    expect(await common('of: ["model:a", "model:b"], depth: 1')).toEqual(['dataset:d 1 1']);
    expect(await common('of: ["model:a", "model:b"], relations: [DISTILLS_INTO]')).toEqual(['model:p 1 2']);
    expect(await common('of: ["model:a", "model:b"], relations: [EVALUATED_ON]')).toEqual([]);
  });
});

onBothEngines('neighborhood', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());
  const graph = async (...triples: Parameters<typeof writeTriples>[1]) => {
    engine = await open();
    await writeTriples(engine, triples);
  };
  const around = async (args: string) => {
    const { data } = await ask(
      engine,
      `{ neighborhood(${args}) { nodes { id } edges { id } complete truncatedBy frontier } }`,
    );
    const { nodes, edges, ...rest } = data?.['neighborhood'] as { nodes: { id: string }[]; edges: { id: string }[] };
    return { nodes: nodes.map(({ id }) => id), edges: edges.map(({ id }) => id), ...rest };
  };

  it('goes along every relation either way and shows all relations between its nodes', async () => {
    await graph(
      ['model:r', 'EVALUATED_ON', 'dataset:d'],
      ['model:t', 'DISTILLS_INTO', 'model:r'],
      ['model:t', 'EVALUATED_ON', 'dataset:d'],
    );
    expect(await around('of: ["model:r"]')).toEqual({
      nodes: ['model:r', 'dataset:d', 'model:t'],
      edges: ['model:r EVALUATED_ON dataset:d', 'model:t DISTILLS_INTO model:r', 'model:t EVALUATED_ON dataset:d'],
      complete: true,
      truncatedBy: [],
      frontier: [],
    });
  });

  it('a depth cut says DEPTH, a limit NODES, and the frontier is where it goes on', async () => {
    await graph(...teaches('ra', 'rb', 'bc', 'cd'));
    expect(await around('of: ["model:r"], depth: 1')).toMatchObject({
      complete: false,
      truncatedBy: ['DEPTH'],
      frontier: ['model:b'],
    });
    expect(await around('of: ["model:r"], depth: 5, limit: 2')).toMatchObject({
      nodes: ['model:r', 'model:a'],
      complete: false,
      truncatedBy: ['NODES'],
      frontier: ['model:r'],
    });
    expect(await around('of: ["model:r"], depth: 3')).toMatchObject({ complete: true, truncatedBy: [], frontier: [] });
  });

  it('of several ids is one graph, by the distance from the nearest of them', async () => {
    await graph(...teaches('ab', 'bc', 'cd', 'de'));
    expect(await around('of: ["model:e", "model:a", "model:a"]')).toMatchObject({
      nodes: ['model:a', 'model:e', 'model:b', 'model:d'],
      edges: ['model:a DISTILLS_INTO model:b', 'model:d DISTILLS_INTO model:e'],
      frontier: ['model:b', 'model:d'],
    });
  });

  it('filters prune by relation and by kind', async () => {
    await graph(
      ['technique:r', 'USES', 'model:m'],
      ['technique:r', 'APPLIED_TO', 'model:n'],
      ['model:m', 'TRAINED_ON', 'dataset:d'],
    );
    expect(await around('of: ["technique:r"], depth: 2, relations: [USES]')).toMatchObject({
      nodes: ['technique:r', 'model:m'],
      complete: true,
    });
    expect(await around('of: ["technique:r"], depth: 2, kinds: [DATASET]')).toMatchObject({
      nodes: ['technique:r'],
      complete: true,
    });
    expect(await around('of: ["technique:r"], depth: 2, kinds: [MODEL]')).toMatchObject({
      nodes: ['technique:r', 'model:m', 'model:n'],
    });
  });
});
