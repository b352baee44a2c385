/** What `lineage` answers, on graphs small enough to see. */
import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { ONTOLOGY, RELATION_TYPES } from '../../src/ontology.js';
import { ask, lineageOf, onBothEngines, writeTriples } from '../testkit.js';

/** m1 → m2 → … each the teacher of the next. */
const chain = (length: number) =>
  Array.from(
    { length: length - 1 },
    (_, i) => [`model:m${String(i + 1)}`, 'DISTILLS_INTO', `model:m${String(i + 2)}`] as const,
  );

const teaches = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([teacher, student]) => [`model:${teacher}`, 'DISTILLS_INTO', `model:${student}`] as const);

onBothEngines('lineage', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());
  const graph = async (...triples: Parameters<typeof writeTriples>[1]) => {
    engine = await open();
    await writeTriples(engine, triples);
  };

  it('lists the root, then nodes by (shortest distance, id), and all relations between them', async () => {
    await graph(...teaches(['a', 'c'], ['a', 'b'], ['b', 'd'], ['c', 'd'], ['a', 'd'], ['z', 'a']));
    expect(await lineageOf(engine, 'model:d')).toEqual({
      nodes: ['0 model:d', '1 model:a', '1 model:b', '1 model:c', '2 model:z'],
      edges: ['a DISTILLS_INTO model:b', 'a DISTILLS_INTO model:c', 'a DISTILLS_INTO model:d', 'b DISTILLS_INTO model:d',
        'c DISTILLS_INTO model:d', 'z DISTILLS_INTO model:a'].map((edge) => `model:${edge}`), // prettier-ignore
      complete: true,
      truncatedBy: [],
      frontier: [],
    });
  });

  it('goes to the ancestor whichever way the relation points, and never over relations without lineage', async () => {
    const rows = RELATION_TYPES.map((type, i) => {
      const [source, target] = ONTOLOGY[type].endpoints[0] ?? ['PAPER', 'PAPER'];
      const [from, to] = [`${source.toLowerCase()}:s${String(i)}`, `${target.toLowerCase()}:t${String(i)}`];
      return { triple: [from, type, to] as const, role: ONTOLOGY[type].lineage };
    });
    await graph(...rows.map(({ triple }) => triple));
    for (const { triple, role } of rows) {
      const [from, type, to] = triple;
      const [descendant, ancestor] = role === 'forward' ? [to, from] : [from, to];
      const up = await lineageOf(engine, descendant);
      const down = await lineageOf(engine, ancestor, { direction: 'DOWNSTREAM' });
      expect([type, up.nodes, up.edges]).toEqual([
        type,
        [`0 ${descendant}`, ...(role ? [`1 ${ancestor}`] : [])],
        role ? [triple.join(' ')] : [],
      ]);
      expect([type, down.nodes, down.edges]).toEqual([
        type,
        [`0 ${ancestor}`, ...(role ? [`1 ${descendant}`] : [])],
        role ? [triple.join(' ')] : [],
      ]);
    }
  });

  it('limit counts nodes, the root among them, and cuts the layer in which it falls by id', async () => {
    await graph(...teaches(['r', 'c'], ['r', 'a'], ['r', 'b'], ['a', 'x'], ['b', 'x']));
    expect(await lineageOf(engine, 'model:r', { direction: 'DOWNSTREAM', limit: 3 })).toEqual({
      nodes: ['0 model:r', '1 model:a', '1 model:b'],
      edges: ['model:r DISTILLS_INTO model:a', 'model:r DISTILLS_INTO model:b'],
      complete: false,
      truncatedBy: ['NODES'],
      frontier: ['model:r', 'model:a', 'model:b'],
    });
  });

  it('a limit of one leaves the root, a limit of all nodes cuts nothing', async () => {
    await graph(...chain(4));
    expect(await lineageOf(engine, 'model:m4', { limit: 1 })).toMatchObject({
      nodes: ['0 model:m4'],
      edges: [],
      frontier: ['model:m4'],
    });
    expect(await lineageOf(engine, 'model:m4', { limit: 4 })).toMatchObject({
      complete: true,
      truncatedBy: [],
      frontier: [],
    });
  });

  it('a depth cut says DEPTH and leaves a frontier; a depth that reaches everything is complete', async () => {
    await graph(...chain(5));
    expect(await lineageOf(engine, 'model:m5', { depth: 2 })).toEqual({
      nodes: ['0 model:m5', '1 model:m4', '2 model:m3'],
      edges: ['model:m3 DISTILLS_INTO model:m4', 'model:m4 DISTILLS_INTO model:m5'],
      complete: false,
      truncatedBy: ['DEPTH'],
      frontier: ['model:m3'],
    });
    expect(await lineageOf(engine, 'model:m5', { depth: 4 })).toMatchObject({
      complete: true,
      truncatedBy: [],
      frontier: [],
    });
  });

  it('walks twenty steps', async () => {
    await graph(...chain(23));
    const { nodes, frontier } = await lineageOf(engine, 'model:m23', { depth: 20 });
    expect([nodes.length, nodes.at(-1), frontier]).toEqual([21, '20 model:m3', ['model:m3']]);
  });

  it('more relations than four times the limit are cut and say EDGES', async () => {
    const types = ['USES', 'EXTENDS', 'DERIVED_FROM', 'IS_A', 'DISTILLS_INTO', 'PART_OF'] as const;
    await graph(
      ...types.flatMap((type) => [['model:a', type, 'model:b'] as const, ['model:b', type, 'model:a'] as const]),
    );
    const { edges, truncatedBy, frontier } = await lineageOf(engine, 'model:a', { limit: 2 });
    expect([edges.length, truncatedBy, frontier]).toEqual([8, ['EDGES'], []]);
    expect((await lineageOf(engine, 'model:a', { limit: 3 })).edges).toHaveLength(12);
  });

  it('two that descend from each other end the walk', async () => {
    await graph(['technique:a', 'USES', 'technique:b'], ['technique:b', 'USES', 'technique:a']);
    expect(await lineageOf(engine, 'technique:a', { depth: 20 })).toMatchObject({
      nodes: ['0 technique:a', '1 technique:b'],
      edges: ['technique:a USES technique:b', 'technique:b USES technique:a'],
      complete: true,
    });
  });

  it('BOTH has the relations that lead from ancestors straight to descendants', async () => {
    await graph(...teaches(['old', 'mid'], ['mid', 'new'], ['old', 'new']));
    const { edges, complete } = await lineageOf(engine, 'model:mid', { direction: 'BOTH' });
    expect(edges).toHaveLength(3);
    expect(complete).toBe(true);
  });

  it('BOTH is both one-way walks without zigzag: no sibling, no other parent of a child', async () => {
    await graph(...teaches(['parent', 'root'], ['parent', 'sibling'], ['root', 'child'], ['other', 'child']));
    const source =
      '{ lineage(of: "model:root", direction: BOTH) { nodes { depth direction entity { id } } complete frontier } }';
    expect((await ask(engine, source)).data).toEqual({
      lineage: {
        nodes: [
          { depth: 0, direction: 'BOTH', entity: { id: 'model:root' } },
          { depth: 1, direction: 'DOWNSTREAM', entity: { id: 'model:child' } },
          { depth: 1, direction: 'UPSTREAM', entity: { id: 'model:parent' } },
        ],
        complete: true,
        frontier: [],
      },
    });
  });

  it('a relation type that is filtered out is not walked through', async () => {
    await graph(
      ['model:a', 'DISTILLS_INTO', 'model:b'],
      ['model:c', 'DERIVED_FROM', 'model:b'],
      ['model:c', 'TRAINED_ON', 'dataset:d'],
    );
    expect(await lineageOf(engine, 'model:c', { relations: ['DISTILLS_INTO', 'TRAINED_ON'] })).toMatchObject({
      nodes: ['0 model:c', '1 dataset:d'],
      complete: true,
    });
    expect(await lineageOf(engine, 'model:c', { relations: ['EVALUATED_ON'] })).toMatchObject({
      nodes: ['0 model:c'],
      complete: true,
    });
  });

  it('a kind that is filtered out is not walked through, but the root may be of it', async () => {
    await graph(
      ['technique:root', 'USES', 'model:m'],
      ['technique:root', 'USES', 'technique:t'],
      ['technique:t', 'USES', 'model:far'],
    );
    expect(await lineageOf(engine, 'technique:root', { kinds: ['MODEL'] })).toEqual({
      nodes: ['0 technique:root', '1 model:m'],
      edges: ['technique:root USES model:m'],
      complete: true,
      truncatedBy: [],
      frontier: [],
    });
  });

  it('a relation below minConfidence is not walked; its strongest fact counts', async () => {
    await graph(
      ['model:a', 'DISTILLS_INTO', 'model:b', { confidence: 0.4 }],
      ['model:b', 'DISTILLS_INTO', 'model:c', { confidence: 0.4 }],
      ['model:b', 'DISTILLS_INTO', 'model:c', { confidence: 0.9, quote: 'Again: b teaches c.' }],
    );
    expect(await lineageOf(engine, 'model:c', { minConfidence: 0.5 })).toMatchObject({
      nodes: ['0 model:c', '1 model:b'],
      complete: true,
    });
    expect((await lineageOf(engine, 'model:c', { minConfidence: 0.4 })).nodes).toHaveLength(3);
  });

  it('the field of an entity answers like the query', async () => {
    await graph(...chain(4));
    const fields = '{ nodes { depth entity { id } } edges { id } complete truncatedBy frontier }';
    const source = `{ lineage(of: "model:m3", direction: BOTH, depth: 1) ${fields} node(id: "model:m3") { ... on Entity { lineage(direction: BOTH, depth: 1) ${fields} } } }`;
    const { data } = await ask(engine, source);
    expect(data?.['node']).toEqual({ lineage: data?.['lineage'] });
  });
});
