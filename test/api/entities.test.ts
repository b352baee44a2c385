/** Finding one thing, and what its kind can tell. */
import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { ENTITY_KINDS, ONTOLOGY, RELATION_TYPES } from '../../src/ontology.js';
import { ask, onBothEngines, seeded, writeTriples } from '../testkit.js';

onBothEngines('entities', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('node, nodes and entity are null for what is not there, and nodes keeps the order asked', async () => {
    engine = await open();
    await writeTriples(engine, [['model:a', 'DISTILLS_INTO', 'model:b']]);
    const { data, errors } = await ask(
      engine,
      `{
      node(id: "model:none") { id }
      nodes(ids: ["model:b", "nonsense", "model:a", "model:b", ""]) { id }
      byId: entity(id: "model:none") { id }
      byName: entity(name: "nobody calls it so") { id }
      empty: entity(name: "") { id }
      otherKind: entity(id: "model:a", kind: PAPER) { id }
    }`,
    );
    expect([data, errors]).toEqual([
      {
        node: null,
        nodes: [{ id: 'model:b' }, null, { id: 'model:a' }, { id: 'model:b' }, null],
        byId: null,
        byName: null,
        empty: null,
        otherKind: null,
      },
      undefined,
    ]);
  });

  it('documents, names and the other inner nodes are not to be had as nodes', async () => {
    engine = await open();
    await writeTriples(engine, [['model:a', 'DISTILLS_INTO', 'model:b']]);
    const { data } = await ask(engine, '{ nodes(ids: ["document:a-tiny-document", "seed", "a"]) { id } }');
    expect(data).toEqual({ nodes: [null, null, null] });
  });

  it('an entity is found by its id, its name in any spelling, an acronym, a URL and a title', async () => {
    engine = await seeded(await open());
    const byName = (name: string) => `entity(name: ${JSON.stringify(name)}) { id }`;
    const { data } = await ask(
      engine,
      `{
      id: entity(id: "technique:dmd2") { id kind name __typename }
      exact: ${byName('DMD2')} spelled: ${byName(' dmd 2 ')} long: ${byName('Improved Distribution-Matching Distillations')}
      url: ${byName('http://www.github.com/szq0214/MEAL-V2.git')}
      paper: ${byName('hyper-sd: trajectory segmented consistency model for efficient image synthesis')}
    }`,
    );
    expect(data).toEqual({
      id: { id: 'technique:dmd2', kind: 'TECHNIQUE', name: 'DMD2', __typename: 'Technique' },
      exact: { id: 'technique:dmd2' },
      spelled: { id: 'technique:dmd2' },
      long: { id: 'technique:dmd2' },
      url: { id: 'repo:github.com/szq0214/meal-v2' },
      paper: { id: 'paper:hyper-sd-trajectory-segmented-consistency-model-for-efficient-image-synthesis' },
    });
  });

  it('a name that means several is AMBIGUOUS and lists the ids; a kind decides', async () => {
    engine = await open();
    await writeTriples(engine, [['technique:dcd', 'APPLIED_TO', 'model:dcd']]);
    const { data, errors, codes } = await ask(
      engine,
      '{ some: entity(name: "DCD") { id } one: entity(name: "DCD", kind: MODEL) { id } }',
    );
    expect([codes, data]).toEqual([['AMBIGUOUS'], { some: null, one: { id: 'model:dcd' } }]);
    expect(errors?.[0]?.message).toContain('model:dcd, technique:dcd');
  });

  it('every relation type can be followed from both of its ends on every kind, by the names in its row of the ontology', async () => {
    const rows = RELATION_TYPES.flatMap((type) =>
      ONTOLOGY[type].endpoints.map(([source, target]) => ({ type, source, target })),
    ).map(({ type, source, target }, i) => ({
      ...{ type, source, target, i },
      from: `${source.toLowerCase()}:from${String(i)}`,
      to: `${target.toLowerCase()}:to${String(i)}`,
    }));
    engine = await open();
    await writeTriples(
      engine,
      rows.map(({ type, from, to }) => [from, type, to]),
    );
    const other = '{ totalCount nodes { id } edges { direction relation { type source { id } target { id } } } }';
    const fields = rows.flatMap(({ type, source, target, from, to, i }) => [
      `out${String(i)}: node(id: "${from}") { ... on ${ENTITY_KINDS[source].label} { found: ${ONTOLOGY[type].sourceField} ${other} } }`,
      `in${String(i)}: node(id: "${to}") { ... on ${ENTITY_KINDS[target].label} { found: ${ONTOLOGY[type].targetField} ${other} } }`,
    ]);
    const { data, errors } = await ask(engine, `{ ${fields.join('\n')} }`);
    const answer = (id: string, direction: string, { type, from, to }: (typeof rows)[number]) => ({
      found: {
        totalCount: 1,
        nodes: [{ id }],
        edges: [{ direction, relation: { type, source: { id: from }, target: { id: to } } }],
      },
    });
    expect(errors).toBeUndefined();
    expect(data).toEqual(
      Object.fromEntries(
        rows.flatMap((row) => [
          [`out${String(row.i)}`, answer(row.to, 'OUT', row)],
          [`in${String(row.i)}`, answer(row.from, 'IN', row)],
        ]),
      ),
    );
  });

  it('a shortcut leaves out what is below minConfidence', async () => {
    engine = await open();
    await writeTriples(engine, [
      ['model:a', 'DISTILLS_INTO', 'model:b', { confidence: 0.3 }],
      ['model:a', 'DISTILLS_INTO', 'model:c', { confidence: 0.8 }],
    ]);
    const { data } = await ask(
      engine,
      '{ node(id: "model:a") { ... on Model { students(minConfidence: 0.5) { totalCount nodes { id } } } } }',
    );
    expect(data).toEqual({ node: { students: { totalCount: 1, nodes: [{ id: 'model:c' }] } } });
  });

  it('relations can be asked for by type, direction, kind and confidence', async () => {
    engine = await open();
    await writeTriples(engine, [
      ['technique:t', 'USES', 'model:m'],
      ['technique:t', 'APPLIED_TO', 'model:m'],
      ['technique:t', 'USES', 'dataset:d', { confidence: 0.2 }],
      ['technique:o', 'USES', 'technique:t'],
    ]);
    const ids = (args: string) => `relations${args} { totalCount edges { direction relation { id } } }`;
    const { data } = await ask(
      engine,
      `{ node(id: "technique:t") { ... on Entity {
      all: ${ids('')} in: ${ids('(direction: IN)')} uses: ${ids('(types: [USES], kinds: [MODEL, DATASET], minConfidence: 0.3)')} none: ${ids('(types: [])')}
    } } }`,
    );
    const [d, m, a, o] = [
      'technique:t USES dataset:d',
      'technique:t USES model:m',
      'technique:t APPLIED_TO model:m',
      'technique:o USES technique:t',
    ];
    const edge = (direction: string, id?: string) => ({ direction, relation: { id } });
    expect(data?.['node']).toEqual({
      all: { totalCount: 4, edges: [edge('OUT', d), edge('OUT', a), edge('OUT', m), edge('IN', o)] },
      in: { totalCount: 1, edges: [edge('IN', o)] },
      uses: { totalCount: 1, edges: [edge('OUT', m)] },
      none: { totalCount: 0, edges: [] },
    });
  });
});
