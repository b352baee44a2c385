/** The schema of a store: made once, mended in place, refused when it is of a newer program. */
import { expect, it } from 'vitest';
import { graphOf } from '../../src/graph/graph.js';
import { writeMeta } from '../../src/graph/meta.js';
import { SCHEMA_META, SCHEMA_VERSION } from '../../src/graph/schema.js';
import { onBothEngines, writeTriples } from '../testkit.js';
import { probe, withEngine } from './kit.js';

const SAID = [['model:teacher', 'DISTILLS_INTO', 'model:student']] as const;
const WHOLE = { schemaVersion: SCHEMA_VERSION, missingIndexes: [], wrongIndexes: [] };

const ENDS = probe(
  'MATCH ()-[r:DISTILLS_INTO]->() RETURN r.source AS source, r.sourceName AS sourceName, r.target AS target, r.targetName AS targetName ORDER BY source',
);

onBothEngines('schema', (open) => {
  it('is whole once it is made, and making it again changes nothing', () =>
    withEngine(open, async (engine) => {
      await writeTriples(engine, SAID);
      const before = [await engine.status(), await graphOf(engine).checksum()];
      expect(before[0]).toMatchObject(WHOLE);
      await engine.schema();
      expect([await engine.status(), await graphOf(engine).checksum()]).toEqual(before);
    }));

  it('an older store, which lacks an index and a version, is brought up to date in place', () =>
    withEngine(open, async (engine) => {
      await writeTriples(engine, SAID);
      const before = await graphOf(engine).checksum();
      await engine.write([{ statement: probe('DROP INDEX name_key'), params: {} }]);
      await engine.write([{ statement: probe('MATCH (m:Meta) DELETE m'), params: {} }]);
      expect(await engine.status()).toMatchObject({ schemaVersion: 0, missingIndexes: ['name_key'] });
      await engine.schema();
      expect(await engine.status()).toMatchObject(WHOLE);
      const graph = graphOf(engine);
      expect([await graph.checksum(), await graph.check()]).toEqual([before, []]);
      expect((await graph.find({ name: 'teacher' }))?.id).toBe('model:teacher');
    }));

  it('the facts of a store of version 1 get the names of their ends', () =>
    withEngine(open, async (engine) => {
      await writeTriples(engine, SAID);
      const named = [
        { source: 'model:teacher', sourceName: 'teacher', target: 'model:student', targetName: 'student' },
      ];
      expect(await engine.read(ENDS, {})).toEqual(named);
      for (const end of ['source', 'sourceName', 'target', 'targetName'])
        await engine.write([{ statement: probe(`MATCH ()-[r:DISTILLS_INTO]->() REMOVE r.${end}`), params: {} }]);
      await writeMeta(engine, SCHEMA_META, '1');
      await engine.schema();
      expect(await engine.read(ENDS, {})).toEqual(named);
      expect(await engine.status()).toMatchObject(WHOLE);
    }));

  it('a store of a newer program is refused in a sentence that says what to do, and stays as it is', () =>
    withEngine(open, async (engine) => {
      await writeMeta(engine, SCHEMA_META, String(SCHEMA_VERSION + 1));
      const newer = `the store is at version ${SCHEMA_VERSION + 1} of the schema and this program knows version ${SCHEMA_VERSION}; run the newer program that wrote it, or use another store`;
      await expect(engine.schema()).rejects.toMatchObject({ code: 'STORE_TOO_NEW', message: newer });
      expect((await engine.status()).schemaVersion).toBe(SCHEMA_VERSION + 1);
    }));

  it('a store in which only the schema has been remembered is empty', () =>
    withEngine(open, async (engine) => {
      expect(await graphOf(engine).isEmpty()).toBe(true);
      await writeTriples(engine, SAID);
      expect(await graphOf(engine).isEmpty()).toBe(false);
    }));
});
