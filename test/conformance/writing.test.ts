/** Writing: once or twice, in any order, again and again, all or nothing. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { statements } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { repair } from '../../src/graph/repair.js';
import { writeRecords } from '../../src/graph/write.js';
import type { GraphRecords } from '../../src/ingest/identify.js';
import { loadSeed } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { nameKey } from '../../src/ingest/names.js';
import { onBothEngines, openEmbedded, seeded } from '../testkit.js';
import type { TinyDocument } from './kit.js';
import { legalTriples, mentionOf, probe, recordsOf, withEngine } from './kit.js';

const MENTIONS = [
  mentionOf('MODEL', 'ResNet-50', 'residual network'),
  mentionOf('MODEL', 'ResNet50', 'RN50'),
  mentionOf('MODEL', 'ViT'),
  { ...mentionOf('MODEL', 'ViTs', 'vision transformer'), description: 'patches as words', url: 'https://vit.example' },
  mentionOf('TECHNIQUE', 'dropout'),
  mentionOf('DATASET', 'ImageNet', 'ILSVRC'),
];
const CLAIMS = legalTriples(MENTIONS, ({ kind }) => kind).filter(
  ([from, , to]) => nameKey(from.name) !== nameKey(to.name),
);
const anyFact = fc.tuple(fc.constantFrom(...CLAIMS), fc.constantFrom(0.2, 0.5, 1));
const anyBody = fc.record({
  text: fc.constantFrom('', 'Abstract one.', 'Résumé ②.'),
  facts: fc.array(anyFact, { maxLength: 5 }),
});
type Body = typeof anyBody extends fc.Arbitrary<infer T> ? T : never;

const documentOf = (title: string, { text, facts }: Body): TinyDocument => ({
  title,
  text,
  facts: facts.map(([[from, type, to], confidence]) => [from, type, to, { confidence }]),
});

const DAY = '2026-01-01T00:00:00.000Z';
const write = (engine: Engine, records: GraphRecords, day = DAY): Promise<void> => writeRecords(engine, records, day);

const INTERNALS = [
  'MATCH (n:Entity) RETURN n.id AS id, n.tokens AS tokens, labels(n) AS labels ORDER BY id',
  'MATCH (k:Name)-[:NAMES]->(n:Entity) RETURN k.key AS key, k.kind AS kind, n.id AS id ORDER BY key, kind, id',
  'MATCH (a:Entity)-[x:DESCENDS_FROM]->(b:Entity) RETURN a.id AS a, x.relation AS r, b.id AS b, x.confidence AS c ORDER BY a, r, b',
  'MATCH (:Entity)-[r]->(:Entity) WHERE r.fact IS NOT NULL RETURN r.fact AS fact, type(r) AS type, r.source AS s, r.sourceName AS sn, r.target AS t, r.targetName AS tn ORDER BY fact, type',
  'MATCH (d:Document)-[m]->(n:Entity) RETURN d.id AS d, type(m) AS type, m.method AS method, n.id AS id ORDER BY d, type, method, id',
].map((text) => probe(text));

/** Everything that the records of documents leave in a graph: what it says, what is derived, what it lacks. */
async function contents(engine: Engine): Promise<unknown> {
  const graph = graphOf(engine);
  const internals = await Promise.all(INTERNALS.map((internal) => engine.read(internal, {})));
  return {
    checksum: await graph.checksum(),
    internals,
    problems: await graph.check(),
    documents: (await graph.stats()).documents,
  };
}

const contentsAfter = (open: () => Promise<Engine>, documents: readonly TinyDocument[]): Promise<unknown> =>
  withEngine(open, async (engine) => {
    for (const document of documents) await write(engine, recordsOf(document));
    return contents(engine);
  });

const FACT_DAYS = probe<{ day: string; total: number }>(
  'MATCH (:Entity)-[r]->(:Entity) WHERE r.fact IS NOT NULL RETURN r.recordedAt AS day, count(r) AS total ORDER BY day',
);

const knowledge = readKnowledge();
/** The records of the seed, written nowhere. */
const seedRecords = withEngine(
  openEmbedded,
  async (engine) => (await loadSeed(engine, knowledge, { landmarks: false, progress: () => undefined })).records,
);

onBothEngines('writing', (open) => {
  it('the seed has the same checksum on this engine as on the embedded one', async () => {
    const checksum = (at: () => Promise<Engine>): Promise<string> =>
      withEngine(at, async (engine) => graphOf(await seeded(engine)).checksum());
    expect(await checksum(open)).toBe(await checksum(openEmbedded));
  });

  it('writing the seed twice changes nothing, not even when its facts were recorded', () =>
    withEngine(open, async (engine) => {
      const records = await seedRecords;
      await write(engine, records, '2026-01-01T00:00:00.000Z');
      const once = await contents(engine);
      await write(engine, records, '2030-01-01T00:00:00.000Z');
      expect(await contents(engine)).toEqual(once);
      expect(await engine.read(FACT_DAYS, {})).toEqual([
        { day: '2026-01-01T00:00:00.000Z', total: records.facts.length },
      ]);
    }));

  it('the order of the documents of the seed is irrelevant', async () => {
    const records = await seedRecords;
    const written = (documents: GraphRecords['documents']): Promise<unknown> =>
      withEngine(open, async (engine) => {
        await write(engine, { ...records, documents });
        return contents(engine);
      });
    const [shuffled = []] = fc.sample(fc.shuffledSubarray(records.documents, { minLength: records.documents.length }), {
      numRuns: 1,
      seed: 7,
    });
    const inOrder = await written(records.documents);
    expect(await written([...records.documents].reverse())).toEqual(inOrder);
    expect(await written(shuffled)).toEqual(inOrder);
  });

  it('the order of documents that share entities is irrelevant', () =>
    fc.assert(
      fc.asyncProperty(anyBody, anyBody, anyBody, async (one, two, three) => {
        const documents = [documentOf('One', one), documentOf('Two', two), documentOf('Three', three)] as const;
        const inOrder = await contentsAfter(open, documents);
        expect(inOrder).toMatchObject({ problems: [], documents: 3 });
        expect(await contentsAfter(open, [documents[2], documents[0], documents[1]])).toEqual(inOrder);
      }),
      { numRuns: 12 },
    ));

  it('reading a document again leaves what reading it only now would leave', () =>
    fc.assert(
      fc.asyncProperty(anyBody, anyBody, anyBody, async (before, other, now) => {
        const [first, second, again] = [documentOf('One', before), documentOf('Two', other), documentOf('One', now)];
        expect(await contentsAfter(open, [first, second, again])).toEqual(await contentsAfter(open, [second, again]));
      }),
      { numRuns: 15 },
    ));

  it('what documents add one after the other is what repair makes of all of them', () =>
    fc.assert(
      fc.asyncProperty(anyBody, anyBody, anyBody, (one, two, again) =>
        withEngine(open, async (engine) => {
          for (const document of [documentOf('One', one), documentOf('Two', two), documentOf('One', again)])
            await write(engine, recordsOf(document));
          const added = await contents(engine);
          await repair(engine);
          expect(await contents(engine)).toEqual(added);
        }),
      ),
      { numRuns: 12 },
    ));

  it('what a document no longer says is gone: fact, lineage, alias, entity, text', () =>
    withEngine(open, async (engine) => {
      const [teacher, student] = [mentionOf('MODEL', 'Teacher', 'Old Sage'), mentionOf('MODEL', 'Student')];
      await write(engine, recordsOf({ title: 'Paper', text: 'Before.', facts: [[teacher, 'DISTILLS_INTO', student]] }));
      await write(
        engine,
        recordsOf({
          title: 'Other',
          facts: [[mentionOf('TECHNIQUE', 'magic'), 'APPLIED_TO', mentionOf('MODEL', 'Teacher')]],
        }),
      );
      await write(engine, recordsOf({ title: 'Paper', text: 'After.', facts: [] }));
      const graph = graphOf(engine);
      expect(await graph.findEntity('model:student')).toBeNull();
      expect(await graph.find({ name: 'Old Sage' })).toBeNull();
      expect(await graph.findEntity('model:teacher')).toMatchObject({ name: 'Teacher', aliases: [] });
      expect(await graph.findEntity('paper:paper')).toMatchObject({ abstract: 'After.' });
      expect(await graph.getLineage('model:teacher', { direction: 'BOTH' })).toMatchObject({
        edges: [],
        complete: true,
      });
    }));

  it('a relation has the highest confidence of its facts, also of those that are left', () =>
    withEngine(open, async (engine) => {
      const [a, b] = [mentionOf('MODEL', 'a'), mentionOf('MODEL', 'b')];
      const confidences = async (...documents: TinyDocument[]): Promise<number[]> => {
        for (const document of documents) await write(engine, recordsOf(document));
        return (await graphOf(engine).getLineage('model:b', {})).edges.map(({ confidence }) => confidence);
      };
      const said = (title: string, confidence: number): TinyDocument => ({
        title,
        facts: [
          [a, 'DISTILLS_INTO', b, { confidence }],
          [b, 'EXTENDS', a, { confidence }],
        ],
      });
      expect(await confidences(said('Sure', 0.9), said('Unsure', 0.4))).toEqual([0.9, 0.9]);
      expect(await confidences({ title: 'Sure', facts: [] })).toEqual([0.4, 0.4]);
    }));

  it('writers of one entity at the same time both succeed, and leave what they leave one after the other', async () => {
    const spelled = (name: string, i: number): TinyDocument => ({
      title: `Document ${i}`,
      facts: [
        [
          mentionOf('MODEL', name, `alias ${i}`),
          'DISTILLS_INTO',
          mentionOf('MODEL', 'Student'),
          { confidence: i / 10 },
        ],
      ],
    });
    const documents = ['Teachers', 'Teacher', 'TEACHER', 'teacher', 'tea-cher', 'Tea cher'].map(spelled);
    const together = await withEngine(open, async (engine) => {
      await Promise.all(documents.map((document) => write(engine, recordsOf(document))));
      return contents(engine);
    });
    expect(together).toEqual(await contentsAfter(open, documents));
  });

  it('a transaction whose second statement fails leaves nothing behind', () =>
    withEngine(open, async (engine) => {
      const create = probe('CREATE (:Entity {id: $id})');
      const write = (...texts: string[]) =>
        engine.write([
          { statement: create, params: { id: 'model:a' } },
          ...texts.map((text) => ({ statement: probe(text), params: { id: 'model:a' } })),
        ]);
      await expect(write('RETURN 1 / 0')).rejects.toThrow(/zero/);
      await expect(write('CREATE (:Entity {id: $id})')).rejects.toThrow(/constraint|already exists/i);
      await expect(write('MATCH (n RETURN n')).rejects.toThrow();
      expect((await graphOf(engine).stats()).kinds.filter(({ count }) => count > 0)).toEqual([]);
      await write('RETURN 1');
      expect((await graphOf(engine).stats()).kinds.filter(({ count }) => count > 0)).toEqual([
        { kind: 'MODEL', count: 1 },
      ]);
    }));

  it('ten thousand entities are written by one statement and read by one', () =>
    withEngine(open, async (engine) => {
      const ids = Array.from({ length: 10_000 }, (_, i) => `model:m${String(i).padStart(5, '0')}`);
      const [create, find] = [statements().get('write.entities.MODEL'), statements().get('entities.byIds')];
      if (!create || !find) throw new Error('the closed set has other names');
      await engine.write([{ statement: create, params: { ids } }]);
      const rows = await engine.read(find, { ids: [...ids].reverse(), limit: ids.length });
      expect(rows.map((row) => (row as { id: string }).id)).toEqual(ids);
    }));
});
