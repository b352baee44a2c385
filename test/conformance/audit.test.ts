/** Who changed what: every transaction, whoever makes it, holds one record of itself. */
import { expect, it } from 'vitest';
import { writeMeta } from '../../src/graph/meta.js';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { repair } from '../../src/graph/repair.js';
import { restore } from '../../src/graph/restore.js';
import { SCHEMA_META, settleSchema } from '../../src/graph/schema.js';
import { SEED_META } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { onBothEngines, openEmbedded, seeded } from '../testkit.js';
import { backupOf, each, probe, withEngine } from './kit.js';

const HELD = probe<{ action: string; records: number; subjects: number }>(
  'MATCH (a:Audit) RETURN a.action AS action, count(a) AS records, min(size(a.subjects)) AS subjects ORDER BY action',
);

/** An engine, and how many records each transaction held that was sent through it. */
function watched(engine: Engine): { engine: Engine; records: number[] } {
  const records: number[] = [];
  const write: Engine['write'] = (writes, options) => {
    records.push(writes.filter(({ statement }) => statement.name === 'audit.record').length);
    return engine.write(writes, options);
  };
  return { engine: { ...engine, write }, records };
}

onBothEngines('audit', (open) => {
  it('an ingest, what is said by hand, a retraction, a repair, an upgrade and what is remembered leave one record a transaction', () =>
    withEngine(open, async (opened) => {
      const { engine, records } = watched(opened);
      await seeded(engine);
      const relation = { type: 'EXTENDS', source: 'technique:dmd2', target: 'technique:distribution-matching-distillation' } as const; // prettier-ignore
      const [stored] = await graphOf(engine).facts(relation);
      const fact = stored?.fact ?? '';
      await graphOf(engine).retract(fact, { reason: 'Not so.', by: 'api' });
      await graphOf(engine).undoRetraction(fact, 'api');
      const say = { by: 'api', vocabulary: readKnowledge().vocabulary } as const;
      const end = (id: string) => ({ id: `technique:${id}` });
      const source = { title: 'A talk' };
      await graphOf(engine).assertFact({ type: 'USES', from: end('dmd2'), to: end('meal-v2'), source }, say);
      await graphOf(engine).upsertEntity({ ...end('dmd2'), description: 'The second.' }, say);
      await repair(engine);
      await writeMeta(engine, SCHEMA_META, '1');
      await settleSchema(engine, () => Promise.resolve());
      expect(new Set(records)).toEqual(new Set([1]));
      const held = await engine.read(HELD, {});
      expect(held.map(({ action }) => action)).toEqual(['assert', 'ingest', 'remember', 'repair', 'retract', 'undo', 'upgrade', 'upsert']); // prettier-ignore
      expect(held.filter(({ subjects }) => subjects === 0)).toEqual([]);
      // The schema is remembered when the store is made.
      expect(held.reduce((sum, row) => sum + row.records, 0)).toBe(records.length + 1);
    }));

  it('a restore leaves one record a transaction beside those that it brings', async () => {
    const lines = await withEngine(openEmbedded, async (engine) => backupOf(await seeded(engine)));
    const brought = lines.filter((line) => line.startsWith('{"audit":')).length;
    await withEngine(open, async (opened) => {
      const { engine, records } = watched(opened);
      await restore(engine, () => each(lines));
      expect(new Set(records)).toEqual(new Set([1]));
      const held = await engine.read(HELD, {});
      expect(held.map(({ action }) => action)).toEqual(['ingest', 'remember', 'repair', 'restore']);
      expect(held.reduce((sum, row) => sum + row.records, 0)).toBe(brought + records.length + 1);
    });
  });

  it('a store that holds records alone counts as empty, so that it can be restored into', () =>
    withEngine(open, async (engine) => {
      await writeMeta(engine, SEED_META, 'a digest');
      expect(await graphOf(engine).isEmpty()).toBe(true);
    }));
});
