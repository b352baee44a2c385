/** Failures: deadlines, and stores that cannot be opened or reached. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openGrafeo } from '../../src/graph/grafeo.js';
import { graphOf } from '../../src/graph/graph.js';
import { openNeo4j } from '../../src/graph/neo4j.js';
import { openEngine } from '../../src/graph/open.js';
import { onBothEngines, seeded, settingsOf, writeTriples } from '../testkit.js';
import { probe, smallDisk, withEngine } from './kit.js';

/** Work that no engine has done within a few milliseconds. */
const HEAVY = probe('UNWIND range(1, 1500) AS a UNWIND range(1, 1500) AS b RETURN count(*) AS total LIMIT 1');
const ONE = probe<{ one: number }>('RETURN 1 AS one LIMIT 1');
const CREATE = probe('CREATE (:Entity {id: $id})');
const FILL = probe('CREATE (:Entity {id: $id, description: $text})');

const LATE = { code: 'DEADLINE_EXCEEDED' };

onBothEngines('deadlines', (open) => {
  it('a read that misses its deadline fails, and the engine answers afterwards', () =>
    withEngine(open, async (engine) => {
      const started = Date.now();
      await expect(engine.read(HEAVY, {}, { deadline: 1 })).rejects.toMatchObject(LATE);
      expect(Date.now() - started).toBeLessThan(1_000);
      expect(await engine.read(ONE, {})).toEqual([{ one: 1 }]);
    }));

  it('a read that its caller gives up fails at once, also when it was given up before', () =>
    withEngine(open, async (engine) => {
      const soon = AbortSignal.timeout(10);
      await expect(engine.read(HEAVY, {}, { signal: soon })).rejects.toMatchObject(LATE);
      await expect(engine.read(ONE, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject(LATE);
      expect(await engine.read(ONE, {})).toEqual([{ one: 1 }]);
    }));

  it('a write that misses its deadline leaves nothing behind, and the next one succeeds', () =>
    withEngine(open, async (engine) => {
      const create = { statement: CREATE, params: { id: 'model:late' } };
      await expect(engine.write([create, { statement: HEAVY, params: {} }], { deadline: 20 })).rejects.toMatchObject(
        LATE,
      );
      await engine.write([{ ...create, params: { id: 'model:next' } }]);
      await engine.read(HEAVY, {}, { deadline: 30_000 });
      const graph = graphOf(engine);
      expect([await graph.findEntity('model:late'), (await graph.findEntity('model:next'))?.id]).toEqual([
        null,
        'model:next',
      ]);
    }));

  it('a request that is late fails in every question, with nothing left hanging', () =>
    withEngine(
      async () => seeded(await open()),
      async (engine) => {
        const late = graphOf(engine, { signal: AbortSignal.abort() });
        await expect(late.findEntity('model:a')).rejects.toMatchObject(LATE);
        await expect(late.search({ text: 'distillation' })).rejects.toMatchObject(LATE);
        await expect(late.checksum()).rejects.toMatchObject(LATE);
        expect(await graphOf(engine).check()).toEqual([]);
      },
    ));
});

/** A directory for one test. */
async function inDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'stemma-'));
  try {
    await use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

it('what was written to the embedded engine is there, and can be searched, after close and reopening', () =>
  inDirectory(async (dataDirectory) => {
    const open = () => openEngine({ dataDirectory, neo4j: null });
    const before = await withEngine(open, async (engine) => {
      await writeTriples(engine, [['model:teacher', 'DISTILLS_INTO', 'model:student']]);
      return graphOf(engine).checksum();
    });
    await withEngine(open, async (engine) => {
      const graph = graphOf(engine);
      expect([await graph.checksum(), await graph.check()]).toEqual([before, []]);
      expect((await graph.search({ text: 'teach', kinds: ['MODEL'] })).items.map(({ item }) => item.id)).toEqual([
        'model:teacher',
      ]);
      expect((await graph.getLineage('model:student', {})).nodes.map(({ id }) => id)).toEqual([
        'model:student',
        'model:teacher',
      ]);
    });
  }));

it('a store that is held cannot be opened again until it is closed', () =>
  inDirectory(async (directory) => {
    const holder = openGrafeo(directory);
    expect(() => openGrafeo(directory)).toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }));
    await holder.close();
    await openGrafeo(directory).close();
  }));

it('a damaged store is refused in words that say what to do', () =>
  inDirectory(async (directory) => {
    writeFileSync(join(directory, 'graph.grafeo'), 'garbage'.repeat(1_000));
    expect(() => openGrafeo(directory)).toThrow(
      expect.objectContaining({
        code: 'SERVICE_UNAVAILABLE',
        message: expect.stringContaining(`move the directory away`) as string,
      }),
    );
    writeFileSync(join(directory, 'file'), '');
    expect(() => openGrafeo(join(directory, 'file'))).toThrow(expect.objectContaining({ code: 'SERVICE_UNAVAILABLE' }));
    return Promise.resolve();
  }));

const NOWHERE = { ...settingsOf('bolt://127.0.0.1:1'), password: 'secret' };

it('a Neo4j that does not answer is told from a defect, within ten seconds and without its password', () =>
  withEngine(
    () => Promise.resolve(openNeo4j(NOWHERE)),
    async (engine) => {
      const started = Date.now();
      const unavailable = {
        code: 'SERVICE_UNAVAILABLE',
        message: expect.stringMatching(/^Neo4j at 127\.0\.0\.1:1 cannot answer(?!.*secret)/) as string,
      };
      const calls = [engine.read(ONE, {}), engine.schema(), engine.status()];
      for (const call of await Promise.allSettled(calls))
        expect(call).toMatchObject({ status: 'rejected', reason: unavailable });
      expect(Date.now() - started).toBeLessThan(10_000);
    },
  ));

it('a write that finds the disk full fails in words that say so, leaves nothing, and what was there still answers', (context) =>
  inDirectory(async (directory) => {
    const disk = smallDisk(directory);
    if (disk === null) context.skip('needs the right to mount a small disk');
    try {
      const engine = openGrafeo(disk);
      await engine.schema();
      const fill = (id: string) => engine.write([{ statement: FILL, params: { id, text: 'x'.repeat(300_000) } }]);
      await fill('model:first');
      const full = {
        code: 'SERVICE_UNAVAILABLE',
        message: expect.stringContaining('is full, so nothing was written') as string,
      };
      await expect(Promise.all(Array.from({ length: 8 }, (_, i) => fill(`model:m${i}`)))).rejects.toMatchObject(full);
      await expect(fill('model:last')).rejects.toMatchObject(full);
      const graph = graphOf(engine);
      expect([(await graph.findEntity('model:first'))?.id, await graph.findEntity('model:last')]).toEqual([
        'model:first',
        null,
      ]);
      await engine.close().catch(() => undefined);
    } finally {
      execFileSync('umount', ['-l', directory]);
    }
  }));
