/** Lists with filters, full text, counts, the ontology. */
import { buildSchema, isEnumType } from 'graphql';
import { afterEach, expect, it } from 'vitest';
import { sdl } from '../../src/api.js';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { forbids, KINDS, ONTOLOGY, RELATION_TYPES } from '../../src/ontology.js';
import { mentionOf, recordsOf } from '../conformance/kit.js';
import { ask, counting, onBothEngines, writeTriples } from '../testkit.js';

onBothEngines('overview', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());
  const graph = async (...triples: Parameters<typeof writeTriples>[1]) => {
    engine = await open();
    await writeTriples(engine, triples);
  };
  const ids = async (list: string): Promise<string[]> => {
    const { data } = await ask(engine, `{ list: ${list} { totalCount nodes { id } } }`);
    const { totalCount, nodes } = (data as { list: { totalCount: number; nodes: { id: string }[] } }).list;
    expect(totalCount).toBe(nodes.length);
    return nodes.map(({ id }) => id);
  };

  it('a list can be narrowed by a part of the name and by what its entities are related to', async () => {
    await graph(
      ['technique:alpha', 'USES', 'model:base'],
      ['technique:beta', 'APPLIED_TO', 'model:base'],
      ['technique:alphabet', 'PART_OF', 'technique:beta'],
      ['model:base', 'TRAINED_ON', 'dataset:d'],
    );
    expect(await ids('techniques(where: { nameContains: "ALPHA" })')).toEqual([
      'technique:alpha',
      'technique:alphabet',
    ]);
    expect(await ids('techniques(where: { relatedTo: "model:base" })')).toEqual(['technique:alpha', 'technique:beta']);
    expect(await ids('techniques(where: { relatedTo: "model:base", relation: USES })')).toEqual(['technique:alpha']);
    expect(await ids('techniques(where: { relatedTo: "technique:beta", nameContains: "bet" })')).toEqual([
      'technique:alphabet',
    ]);
    expect(await ids('techniques(where: { relatedTo: "model:none" })')).toEqual([]);
    expect(await ids('techniques(where: {})')).toEqual(['technique:alpha', 'technique:alphabet', 'technique:beta']);
    expect(await ids('datasets(where: { relatedTo: "model:base", relation: TRAINED_ON })')).toEqual(['dataset:d']);
  });

  it('an entity counts its relations by type and side; facts of one relation count once', async () => {
    await graph(
      ['technique:a', 'USES', 'model:m', { quote: 'First, A uses M.' }],
      ['technique:a', 'USES', 'model:m', { quote: 'Then, A uses M.' }],
      ['technique:a', 'USES', 'technique:b'],
      ['technique:b', 'USES', 'technique:a'],
      ['technique:a', 'APPLIED_TO', 'model:m'],
    );
    const { data } = await ask(
      engine,
      `{ nodes(ids: ["technique:a", "model:m", "technique:b"]) {
        ... on Entity { relationCounts { type direction count } } } }`,
    );
    expect(data).toEqual({
      nodes: [
        {
          relationCounts: [
            { type: 'USES', direction: 'OUT', count: 2 },
            { type: 'USES', direction: 'IN', count: 1 },
            { type: 'APPLIED_TO', direction: 'OUT', count: 1 },
          ],
        },
        {
          relationCounts: [
            { type: 'USES', direction: 'IN', count: 1 },
            { type: 'APPLIED_TO', direction: 'IN', count: 1 },
          ],
        },
        {
          relationCounts: [
            { type: 'USES', direction: 'OUT', count: 1 },
            { type: 'USES', direction: 'IN', count: 1 },
          ],
        },
      ],
    });
  });

  it('the most connected have the most neighbours, whatever relations they have with them', async () => {
    await graph(
      ['technique:hub', 'USES', 'model:m'],
      ['technique:hub', 'APPLIED_TO', 'model:m'],
      ['technique:leaf', 'EXTENDS', 'technique:hub'],
      ['model:m', 'TRAINED_ON', 'dataset:d'],
      ['model:m', 'EVALUATED_ON', 'dataset:d'],
    );
    const most = async (args: string) => {
      const { data } = await ask(engine, `{ stats { mostConnected${args} { neighbors entity { id } } } }`);
      const { stats } = data as { stats: { mostConnected: { neighbors: number; entity: { id: string } }[] } };
      return stats.mostConnected.map(({ neighbors, entity }) => `${String(neighbors)} ${entity.id}`);
    };
    expect(await most('')).toEqual(['2 model:m', '2 technique:hub', '1 dataset:d', '1 technique:leaf']);
    expect(await most('(first: 1)')).toEqual(['2 model:m']);
    expect(await most('(kinds: [TECHNIQUE, DATASET])')).toEqual(['2 technique:hub', '1 dataset:d', '1 technique:leaf']);
  });

  it('a search finds what has every word, whatever its case and punctuation, and only the kinds asked for', async () => {
    await graph(['technique:momentum-contrast', 'APPLIED_TO', 'model:momentum-encoder']);
    expect(await ids('search(text: "MOMENTUM, contrast!")')).toEqual([
      'technique:momentum-contrast',
      'paper:a-tiny-document',
    ]);
    expect((await ids('search(text: "momentum")')).sort()).toEqual([
      'model:momentum-encoder',
      'paper:a-tiny-document',
      'technique:momentum-contrast',
    ]);
    expect(await ids('search(text: "momentum", kinds: [MODEL])')).toEqual(['model:momentum-encoder']);
    expect(await ids('search(text: "zygote quark")')).toEqual([]);
  });

  it('a hit shows a snippet of plain text with the words of the query highlighted in it', async () => {
    await graph(['technique:t', 'APPLIED_TO', 'model:m', { quote: 'We <b>sharpen</b> momentum.' }]);
    const { data } = await ask(
      engine,
      '{ search(text: "sharpen momentum") { edges { node { id } snippet highlights { start end } } } }',
    );
    expect(data).toEqual({
      search: {
        edges: [{ node: { id: 'paper:a-tiny-document' }, snippet: 'We <b>sharpen</b> momentum.', highlights: [{ start: 6, end: 13 }, { start: 18, end: 26 }] }],
      },
    }); // prettier-ignore
  });

  it('stats count documents, entities by kind, relations and facts by type, and nothing that is derived', async () => {
    await graph(
      ['model:a', 'DISTILLS_INTO', 'model:b'],
      ['model:a', 'DISTILLS_INTO', 'model:b', { quote: 'Said again.' }],
      ['model:a', 'EVALUATED_ON', 'dataset:d'],
    );
    const { data } = await ask(
      engine,
      '{ stats { documents entities relations facts kinds { kind count } types { type count facts } } }',
    );
    const count = (type: string): object => ({ count: Number(type === 'DISTILLS_INTO' || type === 'EVALUATED_ON') });
    expect(data).toEqual({
      stats: {
        documents: 1,
        entities: 4,
        relations: 2,
        facts: 3,
        kinds: KINDS.map((kind) => ({ kind, count: { PAPER: 1, TECHNIQUE: 0, DATASET: 1, MODEL: 2, REPO: 0 }[kind] })),
        types: RELATION_TYPES.map((type) => ({
          type,
          ...count(type),
          facts: type === 'DISTILLS_INTO' ? 2 : Number(type === 'EVALUATED_ON'),
        })),
      },
    });
  });

  it('an empty graph has no counts, no problems and a checksum', async () => {
    engine = await open();
    const { data } = await ask(engine, '{ stats { documents entities relations facts checksum } check { rule } }');
    expect(data).toMatchObject({ stats: { documents: 0, entities: 0, relations: 0, facts: 0 }, check: [] });
    expect((data as { stats: { checksum: string } }).stats.checksum).toMatch(/^[0-9a-f]{64}$/);
  });

  it('who asks for a check or a checksum while one is under way shares its answer', async () => {
    await graph(['model:a', 'DISTILLS_INTO', 'model:b']);
    const question = '{ check { rule } stats { checksum } }';
    const asked = async (times: number) => {
      const counted = counting(engine);
      const answers = await Promise.all(Array.from({ length: times }, () => ask(counted.engine, question)));
      return { answers, whole: counted.sent.filter((name) => name === 'stats.facts').length };
    };
    const [one, many] = [await asked(1), await asked(5)];
    expect(many).toEqual({ answers: Array.from({ length: 5 }, () => one.answers[0]), whole: one.whole });
    expect(one.whole).toBe(2);
  });

  it('who asks after a change is not given an answer that was begun before it', async () => {
    await graph(['model:a', 'DISTILLS_INTO', 'model:b']);
    const waiting: (() => void)[] = [];
    const facts = [[mentionOf('MODEL', 'c'), 'DISTILLS_INTO', mentionOf('MODEL', 'd')]] as const;
    const records = recordsOf({ title: 'Another', facts });
    const held: Engine = {
      ...engine,
      read: async (statement, ...rest) => {
        const rows = await engine.read(statement, ...rest);
        if (statement.name === 'stats.types') await new Promise<void>((resolve) => waiting.push(resolve));
        return rows;
      },
    };
    const relations = async () => (await graphOf(held).stats()).types.reduce((sum, { count }) => sum + count, 0);
    const before = relations();
    await expect.poll(() => waiting.length).toBe(1);
    await graphOf(held).write(records, 'api');
    const after = relations();
    await expect.poll(() => waiting.length).toBe(2);
    for (const go of waiting) go();
    expect(await after).toBeGreaterThan(await before);
  });

  it('the ontology is the table of the code, row by row', async () => {
    engine = await open();
    const { data } = await ask(
      engine,
      '{ ontology { type verb inverse means lineage sourceField targetField endpoints { source target } } }',
    );
    const { ontology } = data as { ontology: { endpoints: unknown[] }[] };
    expect(ontology).toEqual(
      RELATION_TYPES.map((type) => {
        const { lineage, endpoints, ...row } = ONTOLOGY[type];
        const pairs = endpoints.map(([source, target]) => ({ source, target }));
        return { ...row, type, endpoints: pairs, lineage: lineage === null ? null : lineage.toUpperCase() };
      }),
    );
    expect(ontology.flatMap(({ endpoints }) => endpoints)).toHaveLength(
      RELATION_TYPES.flatMap((type) => KINDS.flatMap((from) => KINDS.filter((to) => forbids(type, from, to) === null)))
        .length,
    );
  });
});

it('the enums of the SDL are the kinds and types of the table, in its order', () => {
  const schema = buildSchema(sdl());
  const valuesOf = (name: string): string[] => {
    const type = schema.getType(name);
    return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
  };
  expect([valuesOf('EntityKind'), valuesOf('RelationType')]).toEqual([KINDS, RELATION_TYPES]);
});
