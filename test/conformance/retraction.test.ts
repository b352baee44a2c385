/** Retraction: a claim that somebody overruled is out of every answer, stays out, and comes back whole. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { writeRecords } from '../../src/graph/write.js';
import { factId } from '../../src/ingest/identify.js';
import type { GraphRecords } from '../../src/ingest/identify.js';
import type { Method } from '../../src/model.js';
import { ask, lineageOf, onBothEngines, writeTriples } from '../testkit.js';
import type { TinyDocument } from './kit.js';
import { mentionOf, probe, recordsOf, withEngine } from './kit.js';

const [teacher, student, data] = [mentionOf('MODEL', 'teacher'), mentionOf('MODEL', 'student'), mentionOf('DATASET', 'data')]; // prettier-ignore
const DISTILLS = { type: 'DISTILLS_INTO', source: 'model:teacher', target: 'model:student' } as const;

const paper = (title: string, ...facts: TinyDocument['facts']): TinyDocument => ({ title, facts });
const ONE = paper('One', [teacher, 'DISTILLS_INTO', student, { confidence: 0.9 }], [student, 'TRAINED_ON', data]);
const TWO = paper('Two', [teacher, 'DISTILLS_INTO', student, { confidence: 0.4 }]);

const write = (engine: Engine, document: TinyDocument, day = '2026-01-01T00:00:00.000Z'): Promise<void> =>
  writeRecords(engine, recordsOf(document), day);

/** What one method reads of a document: its facts of the given types. */
const readBy = (
  method: Method,
  { documents, mentions, facts }: GraphRecords,
  own: readonly string[],
): GraphRecords => ({
  documents,
  readings: documents.map(({ id }) => ({ document: id, method })),
  mentions: mentions.filter((mention) => mention.method === 'CURATED').map((mention) => ({ ...mention, method })),
  facts: facts
    .filter(({ type }) => own.includes(type))
    .map((fact) => ({ ...fact, method }))
    .map((fact) => ({ ...fact, fact: factId(fact) })),
});

const WALKED = probe(
  'MATCH (a:Entity)-[r]->(b:Entity) RETURN a.id AS a, type(r) AS type, b.id AS b, r.fact AS fact, r.recordedAt AS day, r.confidence AS c, r.relation AS relation ORDER BY a, type, b, fact, relation',
);

/** Everything that a retraction may change and its undo must bring back. */
const stateOf = async (engine: Engine) => ({
  relations: await engine.read(WALKED, {}),
  checksum: await graphOf(engine).checksum(),
  stats: await graphOf(engine).stats(),
  problems: await graphOf(engine).check(),
});

const factOf = async (engine: Engine, document: string): Promise<string> => {
  const facts = await graphOf(engine).facts(DISTILLS);
  const found = facts.find((fact) => fact.document === document);
  if (!found) throw new Error(`${document} does not say so`);
  return found.fact;
};

const retractOf = async (engine: Engine, document: string): Promise<string> => {
  const fact = await factOf(engine, document);
  await graphOf(engine).retract(fact, { reason: ' It is the other way round. ', by: 'api' });
  return fact;
};

const AUDIT = probe('MATCH (a:Audit) WHERE NOT a.action IN $without RETURN a.action AS action, a.by AS by, a.subjects AS subjects, a.reason AS reason ORDER BY a.at, action'); // prettier-ignore

onBothEngines('retraction', (open) => {
  const withBoth = <T>(use: (engine: Engine) => Promise<T>): Promise<T> =>
    withEngine(open, async (engine) => {
      await write(engine, ONE);
      await write(engine, TWO);
      return use(engine);
    });

  it('what one document claims is out of relations, counts, paths and lineage; what others claim stays', () =>
    withBoth(async (engine) => {
      await retractOf(engine, 'document:one');
      const graph = graphOf(engine);
      expect((await graph.facts(DISTILLS)).map(({ document }) => document)).toEqual(['document:two']);
      expect((await graph.getLineage('model:student', {})).edges).toContainEqual({ ...DISTILLS, confidence: 0.4 });
      await retractOf(engine, 'document:two');
      expect(await lineageOf(engine, 'model:student', { kinds: ['MODEL'] })).toMatchObject({ edges: [] });
      expect(await graph.getPaths('model:teacher', 'model:student', { relations: ['DISTILLS_INTO'] })).toEqual([]);
      expect((await graph.stats()).types.filter(({ facts }) => facts > 0)).toEqual([
        { type: 'TRAINED_ON', count: 1, facts: 1 },
      ]);
      expect(await graph.check()).toEqual([]);
    }));

  it('a graph says the same as one in which the claim was never made', async () => {
    const retracted = await withBoth(async (engine) => {
      await retractOf(engine, 'document:two');
      return graphOf(engine).stats();
    });
    const never = await withEngine(open, async (engine) => {
      await write(engine, ONE);
      await write(engine, { title: 'Two', facts: [] });
      return graphOf(engine).stats();
    });
    expect(retracted).toEqual(never);
  });

  it('undoing it brings all of it back, the time of the facts too', () =>
    withBoth(async (engine) => {
      const before = await stateOf(engine);
      const fact = await retractOf(engine, 'document:one');
      expect(await stateOf(engine)).not.toEqual(before);
      expect(await graphOf(engine).undoRetraction(fact, 'api')).toMatchObject({ fact, reason: 'It is the other way round.' }); // prettier-ignore
      expect(await stateOf(engine)).toEqual(before);
    }));

  it('twice is once, for the retraction and for its undo, and the first reason stays', () =>
    withBoth(async (engine) => {
      const fact = await retractOf(engine, 'document:one');
      const once = await stateOf(engine);
      const again = await graphOf(engine).retract(fact, { reason: 'Another reason.', by: 'api' });
      expect([again.reason, await stateOf(engine)]).toEqual(['It is the other way round.', once]);
      await graphOf(engine).undoRetraction(fact, 'api');
      expect(await graphOf(engine).undoRetraction(fact, 'api')).toBeNull();
      const decisions = (await engine.read(AUDIT, { without: ['ingest', 'remember'] })) as { action: string }[];
      expect(decisions).toEqual([
        { action: 'retract', by: 'api', subjects: [fact], reason: 'It is the other way round.' },
        { action: 'undo', by: 'api', subjects: [fact], reason: null },
      ]);
    }));

  it('the claim stays out when its document is read again, also in other words, and after it was silent', () =>
    withBoth(async (engine) => {
      const fact = await retractOf(engine, 'document:one');
      const once = await stateOf(engine);
      await write(engine, ONE, '2030-01-01T00:00:00.000Z');
      expect(await stateOf(engine)).toEqual(once);
      await write(engine, paper('One'));
      await write(engine, { ...ONE, text: 'Longer than before.' });
      expect((await graphOf(engine).facts(DISTILLS)).map(({ document }) => document)).toEqual(['document:two']);
      await graphOf(engine).undoRetraction(fact, 'api');
      expect((await graphOf(engine).facts(DISTILLS)).map(({ document }) => document)).toEqual([
        'document:one',
        'document:two',
      ]);
    }));

  it('every fact by which the document makes the claim is out, as all of them would be when it is read again', () =>
    withEngine(open, async (engine) => {
      const scored = (value: number) => [student, 'EVALUATED_ON', data, { metric: 'FID', value }] as const;
      await write(engine, paper('One', scored(1), scored(2)));
      const relation = { type: 'EVALUATED_ON', source: 'model:student', target: 'dataset:data' } as const;
      const [fact] = await graphOf(engine).facts(relation);
      const retraction = await graphOf(engine).retract(fact?.fact ?? '', { reason: 'Not measured.', by: 'api' });
      expect(await graphOf(engine).facts(relation)).toEqual([]);
      expect(await graphOf(engine).retractedFacts(retraction)).toHaveLength(2);
    }));

  it('an unknown fact is NOT_FOUND, a retraction wants a reason', () =>
    withBoth(async (engine) => {
      const graph = graphOf(engine);
      await expect(graph.retract('nothing', { reason: 'Why.', by: 'api' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(graph.undoRetraction('nothing', 'api')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const fact = await factOf(engine, 'document:one');
      for (const reason of ['  ', 'x'.repeat(1_001)])
        await expect(graph.retract(fact, { reason, by: 'api' })).rejects.toMatchObject({
          code: 'BAD_USER_INPUT',
          details: { argument: 'reason' },
        });
    }));

  it('retractions are listed, the latest first, with reason, time and what stands aside', () =>
    withBoth(async (engine) => {
      const first = await retractOf(engine, 'document:one');
      const second = await retractOf(engine, 'document:two');
      const query = `query ($after: String) { retractions(first: 1, after: $after) {
        totalCount pageInfo { endCursor hasNextPage } nodes { id type source { id } target { id } method reason document { id } evidence { id quote } } } }`;
      type Listed = { retractions: { pageInfo: { endCursor: string } } };
      const page = await ask(engine, query);
      const shown = (id: string, document: string, quote: string) => ({
        id,
        type: 'DISTILLS_INTO',
        source: { id: 'model:teacher' },
        target: { id: 'model:student' },
        method: 'CURATED',
        reason: 'It is the other way round.',
        document: { id: document },
        evidence: [{ id, quote }],
      });
      const quote = 'Sentence 0 says: teacher DISTILLS_INTO student.';
      expect(page.data).toMatchObject({
        retractions: { totalCount: 2, pageInfo: { hasNextPage: true }, nodes: [shown(second, 'document:two', quote)] },
      });
      const { endCursor } = (page.data as Listed).retractions.pageInfo;
      expect((await ask(engine, query, { after: endCursor })).data).toMatchObject({
        retractions: { totalCount: 2, pageInfo: { hasNextPage: false }, nodes: [shown(first, 'document:one', quote)] },
      });
    }));

  it('of what stands aside at most 100 facts are shown for each retraction, however many another one has', () =>
    withEngine(open, async (engine) => {
      const results = Array.from({ length: 150 }, (_, i) => ({ metric: `m${i}`, value: i }));
      await writeTriples(engine, [
        ...results.map((result) => ['model:a', 'EVALUATED_ON', 'dataset:d', result] as const),
        ['model:a', 'TRAINED_ON', 'dataset:d', {}],
      ]);
      for (const type of ['EVALUATED_ON', 'TRAINED_ON'] as const) {
        const [fact] = await graphOf(engine).facts({ type, source: 'model:a', target: 'dataset:d' });
        await graphOf(engine).retract(fact?.fact ?? '', { reason: 'Not so.', by: 'api' });
      }
      const { items } = await graphOf(engine).retractions({});
      const graph = graphOf(engine);
      const shown = await Promise.all(items.map(({ item }) => graph.retractedFacts(item)));
      const counts = Object.fromEntries(items.map(({ item: { type } }, i) => [type, shown[i]?.length]));
      expect(counts).toEqual({ EVALUATED_ON: 100, TRAINED_ON: 1 });
    }));

  it("a curated fact suppresses its document's extracted ones between the same two entities, either way round", () =>
    withEngine(open, async (engine) => {
      const all = recordsOf(
        paper(
          'One',
          [teacher, 'DISTILLS_INTO', student],
          [student, 'EXTENDS', teacher],
          [teacher, 'COMPARES_WITH', student],
          [teacher, 'TRAINED_ON', data],
        ),
      );
      const day = '2026-01-01T00:00:00.000Z';
      const extract = () =>
        writeRecords(engine, readBy('EXTRACTED', all, ['EXTENDS', 'COMPARES_WITH', 'TRAINED_ON']), day);
      const types = async (): Promise<string[]> =>
        (await graphOf(engine).stats()).types.filter(({ facts }) => facts > 0).map(({ type }) => type);
      await write(engine, TWO);
      await extract();
      expect(await types()).toEqual(['EXTENDS', 'DISTILLS_INTO', 'TRAINED_ON', 'COMPARES_WITH']);
      await writeRecords(engine, readBy('CURATED', all, ['DISTILLS_INTO']), day);
      expect(await types()).toEqual(['DISTILLS_INTO', 'TRAINED_ON']);
      await extract();
      expect(await types()).toEqual(['DISTILLS_INTO', 'TRAINED_ON']);
      expect(await graphOf(engine).check()).toEqual([]);
    }));
});
