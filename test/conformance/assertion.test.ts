/** What somebody asserts: part of every answer, in the way of nothing else, kept until it is retracted. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { repair } from '../../src/graph/repair.js';
import { restore } from '../../src/graph/restore.js';
import { writeRecords } from '../../src/graph/write.js';
import { ask, lineageOf, onBothEngines, openEmbedded } from '../testkit.js';
import type { TinyDocument } from './kit.js';
import { backupOf, each, KEPT, mentionOf, probe, recordsOf, withEngine } from './kit.js';

const [teacher, student] = [mentionOf('MODEL', 'teacher', 'Old Sage'), mentionOf('MODEL', 'student')];
const local = { ...mentionOf('TECHNIQUE', 'DCD'), local: true };
const ONE: TinyDocument = {
  title: 'One',
  facts: [
    [teacher, 'DISTILLS_INTO', student, { confidence: 0.4 }],
    [local, 'APPLIED_TO', student],
  ],
};

const write = (engine: Engine, document: TinyDocument): Promise<void> =>
  writeRecords(engine, recordsOf(document), '2026-01-01T00:00:00.000Z');

const ASSERT = `mutation ($fact: FactInput!) { assertFact(fact: $fact) {
  evidence { id quote start end context document { id title text url } source { id } method confidence recordedAt via }
  relation { id confidence source { id name aliases } target { id name aliases } } } }`;

interface Asserted {
  evidence: { id: string; start: number; document: { id: string }; recordedAt: string; confidence: number };
  relation: { id: string; source: { id: string }; target: { id: string } };
}

const SOURCE = { title: 'A talk 𝔸', url: 'https://example.org/talk' };
const CLAIM = {
  type: 'EXTENDS',
  from: { id: 'model:student' },
  to: { kind: 'MODEL', name: 'Grandmaster' },
  source: SOURCE,
  text: 'First this. The student extends Grandmaster. Then that.',
  quote: 'student extends Grandmaster',
};

const asserted = async (engine: Engine, fact: object = CLAIM): Promise<Asserted> => {
  const { data, errors } = await ask(engine, ASSERT, { fact });
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data?.['assertFact'] as Asserted;
};

const refused = async (engine: Engine, fact: object): Promise<string> => {
  const { errors, codes } = await ask(engine, ASSERT, { fact: { ...CLAIM, ...fact } });
  return `${String(codes[0])} ${errors?.[0]?.message ?? 'was taken'}`;
};

/** All that is stored, without who wrote it when. */
const kept = (engine: Engine): Promise<unknown[][]> =>
  Promise.all(KEPT.filter(({ text }) => !/:Audit|:Meta/.test(text.embedded)).map((stored) => engine.read(stored, {})));

const DEEDS = probe('MATCH (a:Audit) WHERE NOT a.action IN $without RETURN a.action AS action, a.by AS by, a.subjects AS subjects ORDER BY a.at, action'); // prettier-ignore

onBothEngines('assertion', (open) => {
  const withOne = <T>(use: (engine: Engine) => Promise<T>): Promise<T> =>
    withEngine(open, async (engine) => {
      await write(engine, ONE);
      return use(engine);
    });

  it('is evidence with its passage, and part of relations, lineage, paths, search and counts', () =>
    withOne(async (engine) => {
      const { evidence, relation } = await asserted(engine);
      expect(evidence).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        ...{ quote: CLAIM.quote, start: 27, end: 54, context: 'The student extends Grandmaster.' },
        document: { id: expect.stringMatching(/^assertion:[0-9a-f]{32}$/) as string, ...SOURCE, text: CLAIM.text },
        ...{ source: null, method: 'CURATED', confidence: 1, via: null },
        recordedAt: expect.stringMatching(/^20/) as string,
      });
      expect(relation).toEqual({
        id: 'model:student EXTENDS model:grandmaster',
        confidence: 1,
        source: { id: 'model:student', name: 'student', aliases: [] },
        target: { id: 'model:grandmaster', name: 'Grandmaster', aliases: [] },
      });
      const upstream = await lineageOf(engine, 'model:student', { kinds: ['MODEL'] });
      expect(upstream.nodes).toEqual(['0 model:student', '1 model:grandmaster', '1 model:teacher']);
      const graph = graphOf(engine);
      expect((await graph.getPaths('model:teacher', 'model:grandmaster', {})).map(({ length }) => length)).toEqual([2]);
      expect((await graph.search({ text: 'grandmaster' })).items.map(({ item }) => item.id)).toEqual([
        'model:grandmaster',
      ]);
      expect((await graph.relations('model:grandmaster', {})).items.map(({ item }) => item.relation.type)).toEqual([
        'EXTENDS',
      ]);
      const { types, documents } = await graph.stats();
      expect([documents, types.find(({ type }) => type === 'EXTENDS')]).toEqual([
        2,
        { type: 'EXTENDS', count: 1, facts: 1 },
      ]);
      expect(await graph.check()).toEqual([]);
    }));

  it('twice is once, also by another name of the same entity; another passage or confidence replaces the first', () =>
    withOne(async (engine) => {
      const first = await asserted(engine);
      const once = await kept(engine);
      expect(await asserted(engine)).toEqual(first);
      expect(await asserted(engine, { ...CLAIM, to: { kind: 'MODEL', name: 'grand-master' } })).toEqual(first);
      expect(await kept(engine)).toEqual(once);
      const unsure = await asserted(engine, { ...CLAIM, confidence: 0.5 });
      expect(unsure.evidence).toEqual({ ...first.evidence, confidence: 0.5 });
      const other = await asserted(engine, { ...CLAIM, text: null, quote: 'It extends Grandmaster.' });
      expect(other.evidence.document.id).toBe(first.evidence.document.id);
      const relation = { type: 'EXTENDS', source: 'model:student', target: 'model:grandmaster' } as const;
      expect((await graphOf(engine).facts(relation)).map(({ quote }) => quote)).toEqual(['It extends Grandmaster.']);
      await asserted(engine, { ...CLAIM, source: { title: 'A book' } });
      expect(await graphOf(engine).facts(relation)).toHaveLength(2);
      expect(await graphOf(engine).check()).toEqual([]);
    }));

  it('without a passage it has no quote; a quote alone is its own text', () =>
    withOne(async (engine) => {
      const bare = await asserted(engine, { ...CLAIM, text: null, quote: null });
      expect(bare.evidence).toMatchObject({ quote: null, start: null, end: null, document: { text: null } });
      const quoted = await asserted(engine, { ...CLAIM, text: null });
      expect(quoted.evidence).toMatchObject({ quote: CLAIM.quote, start: 11, document: { text: CLAIM.quote } });
      expect(await graphOf(engine).check()).toEqual([]);
    }));

  it('stays as it is when every other document is read again, says something else, or falls silent', () =>
    withOne(async (engine) => {
      await asserted(engine);
      const before = await kept(engine);
      await write(engine, ONE);
      expect(await kept(engine)).toEqual(before);
      await write(engine, { title: 'One', facts: [] });
      const { edges, nodes } = await lineageOf(engine, 'model:student');
      expect([nodes, edges]).toEqual([
        ['0 model:student', '1 model:grandmaster'],
        ['model:student EXTENDS model:grandmaster'],
      ]);
      expect(await graphOf(engine).check()).toEqual([]);
      await write(engine, ONE);
      expect(await kept(engine)).toEqual(before);
      await repair(engine);
      expect(await kept(engine)).toEqual(before);
    }));

  it('is the same after a restore, on this engine and on the embedded one', () =>
    withOne(async (engine) => {
      await asserted(engine);
      const [lines, before, checksum] = [await backupOf(engine), await kept(engine), await graphOf(engine).checksum()];
      await withEngine(openEmbedded, async (other) => {
        await restore(other, () => each(lines));
        expect([await kept(other), await graphOf(other).checksum()]).toEqual([before, checksum]);
        const again = await backupOf(other);
        await engine.write([{ statement: probe('MATCH (n) DETACH DELETE n'), params: {} }]);
        await restore(engine, () => each(again));
        expect([await kept(engine), await graphOf(engine).checksum()]).toEqual([before, checksum]);
      });
    }));

  it('is retracted and brought back like any other fact; while it is retracted nobody asserts it again', () =>
    withOne(async (engine) => {
      const { evidence } = await asserted(engine);
      const before = await kept(engine);
      await graphOf(engine).retract(evidence.id, { reason: 'Misheard.', by: 'api' });
      expect((await lineageOf(engine, 'model:student')).edges).not.toContain('model:student EXTENDS model:grandmaster');
      const again = `BAD_USER_INPUT fact: this was retracted ("Misheard."); undoRetraction(fact: "${evidence.id}") takes that back`;
      expect([await refused(engine, {}), await refused(engine, { quote: 'extends' })]).toEqual([again, again]);
      await graphOf(engine).undoRetraction(evidence.id, 'api');
      expect(await kept(engine)).toEqual(before);
      expect((await asserted(engine)).evidence).toEqual(evidence);
    }));

  it('an end is the entity of its id, whatever its name means; or the one that has the name; else it is made', () =>
    withOne(async (engine) => {
      const ends = async (fact: object): Promise<string[]> => {
        const { relation } = await asserted(engine, { type: 'COMPARES_WITH', source: SOURCE, ...fact });
        return [relation.source.id, relation.target.id];
      };
      const to = { kind: 'MODEL', name: 'OLD SAGE' };
      expect(await ends({ from: { id: 'technique:dcd-one' }, to })).toEqual(['technique:dcd-one', 'model:teacher']);
      expect((await graphOf(engine).stats()).kinds).toContainEqual({ kind: 'TECHNIQUE', count: 1 });
      // No entity has this id, but one has the name that it spells.
      expect(await ends({ from: { id: 'model:oldsage' }, to: { id: 'model:student' } })).toEqual([
        'model:teacher',
        'model:student',
      ]);
      expect(
        await ends({ from: { kind: 'PAPER', name: 'arXiv:2405.14867v2' }, to: { kind: 'TECHNIQUE', name: 'KD' } }),
      ).toEqual(['paper:arxiv:2405.14867', 'technique:knowledge-distillation']); // prettier-ignore
      expect(await graphOf(engine).check()).toEqual([]);
    }));

  it('a result has the canonical name of its metric and stands among the others; each number is a fact', () =>
    withOne(async (engine) => {
      const claim = { type: 'EVALUATED_ON', from: CLAIM.from, to: { kind: 'DATASET', name: 'Tiny Set' } };
      const result = { metric: 'top-1 acc', raw: '79.5%', unit: '%', setting: '1 step' };
      const first = await asserted(engine, { ...claim, source: SOURCE, result });
      expect(await asserted(engine, { ...claim, source: SOURCE, result: { ...result, value: 79.5 } })).toEqual(first);
      await asserted(engine, { ...claim, source: SOURCE, result: { ...result, raw: 'about 80', value: 80 } });
      const board = '{ leaderboard(dataset: "dataset:tinyset", metric: "Top-1 accuracy") { nodes { metric value raw unit setting subject { id } } } }'; // prettier-ignore
      const common = { metric: 'Top-1 accuracy', unit: '%', setting: '1 step', subject: { id: 'model:student' } };
      expect((await ask(engine, board)).data).toEqual({
        leaderboard: { nodes: [{ ...common, value: 80, raw: 'about 80' }, { ...common, value: 79.5, raw: '79.5%' }] },
      }); // prettier-ignore
    }));

  it('writers of one fact and of others at the same time leave what they leave one after the other', async () => {
    const facts = Array.from({ length: 12 }, (_, i) => ({
      ...CLAIM,
      confidence: 0.5,
      source: { title: `Talk ${i % 6}` },
    }));
    const together = await withOne(async (engine) => {
      await Promise.all(facts.map((fact) => asserted(engine, fact)));
      return { checksum: await graphOf(engine).checksum(), problems: await graphOf(engine).check() };
    });
    const inTurn = await withOne(async (engine) => {
      for (const fact of facts) await asserted(engine, fact);
      return { checksum: await graphOf(engine).checksum(), problems: [] };
    });
    expect(together).toEqual(inTurn);
  });

  it('is withdrawn with the entity that it made by reading a document by its id that does not name it', () =>
    withOne(async (engine) => {
      const before = await graphOf(engine).checksum();
      const { id } = (await asserted(engine)).evidence.document;
      const document = { id, title: 'Withdrawn', text: 'Nothing.', isPaper: false };
      const query = 'mutation ($documents: [DocumentInput!]!) { ingest(documents: $documents) { stored { facts } } }';
      expect((await ask(engine, query, { documents: [document] })).data).toEqual({
        ingest: { stored: [{ facts: 0 }] },
      });
      expect(await graphOf(engine).findEntity('model:grandmaster')).toBeNull();
      expect([await graphOf(engine).checksum(), await graphOf(engine).check()]).toEqual([before, []]);
    }));

  it('leaves a record of who asserted it; what is refused leaves nothing', () =>
    withOne(async (engine) => {
      const before = await kept(engine);
      await refused(engine, { quote: 'not there' });
      expect(await kept(engine)).toEqual(before);
      const { evidence } = await asserted(engine);
      expect(await engine.read(DEEDS, { without: ['ingest', 'remember'] })).toEqual([
        { action: 'assert', by: 'api', subjects: [evidence.id] },
      ]);
    }));
});
