/** Backup and restore: a graph goes whole from store to store, or not at all. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { restore } from '../../src/graph/restore.js';
import { writeMeta } from '../../src/graph/meta.js';
import { writeRecords } from '../../src/graph/write.js';
import { SEED_META } from '../../src/ingest/ingest.js';
import { onBothEngines, openEmbedded, seeded } from '../testkit.js';
import { backupOf, each, KEPT, mentionOf, recordsOf, withEngine } from './kit.js';

const [teacher, student, data] = [mentionOf('MODEL', 'teacher', 'T'), mentionOf('MODEL', 'student'), mentionOf('DATASET', 'data')]; // prettier-ignore

/** A small graph with everything in it that is kept: aliases, results, a retraction, a remembered value. */
async function small(engine: Engine): Promise<Engine> {
  const write = (...args: [string, ...Parameters<typeof recordsOf>[0]['facts']]): Promise<void> => {
    const [title, ...facts] = args;
    return writeRecords(
      engine,
      recordsOf({ title, text: 'Über “alles” 𝔸\u2028und\u2029mehr.', facts }),
      '2026-01-01T00:00:00.000Z',
    );
  };
  await write('One', [teacher, 'DISTILLS_INTO', student, { confidence: 0.9 }], [student, 'DERIVED_FROM', teacher, { via: 'finetune' }]); // prettier-ignore
  await write('Two', [student, 'EVALUATED_ON', data], [teacher, 'DISTILLS_INTO', student]);
  const [fact] = await graphOf(engine).facts({
    type: 'DISTILLS_INTO',
    source: 'model:teacher',
    target: 'model:student',
  });
  await graphOf(engine).retract(fact?.fact ?? '', { reason: 'Not so.', by: 'api' });
  await writeMeta(engine, SEED_META, 'a digest');
  return engine;
}

/** Whether a row is a record of how a store came to what it holds, which a restore adds to. */
const isOfKeeping = (row: unknown): boolean =>
  /^(restore|repair|remember)$/.test((row as { of?: { action?: string } }).of?.action ?? '');

const kept = async (engine: Engine): Promise<unknown> => ({
  checksum: await graphOf(engine).checksum(),
  problems: await graphOf(engine).check(),
  rows: await Promise.all(
    KEPT.map(async (statement) => (await engine.read(statement, {})).filter((row) => !isOfKeeping(row))),
  ),
});

/** The records of a backup, those of how its store came to them left out. */
const recordsIn = (lines: readonly string[]): string[] =>
  lines.slice(1, -1).filter((line) => !/^{"audit":.*"action":"(restore|repair|remember)"/.test(line));

const restored = (open: () => Promise<Engine>, lines: readonly string[]): Promise<unknown> =>
  withEngine(open, async (engine) => {
    await restore(engine, () => each(lines));
    return kept(engine);
  });

const refusal = (engine: Engine, lines: readonly string[]): Promise<unknown> =>
  restore(engine, () => each(lines)).then(
    () => 'taken',
    (error: unknown) => (error as Error).message,
  );

onBothEngines('backup', (open) => {
  it('everything kept is the same after a restore, on this engine, and from and to the embedded one', async () => {
    const [lines, here] = await withEngine(open, async (engine) => {
      await small(engine);
      return [await backupOf(engine), await kept(engine)] as const;
    });
    expect(here).toMatchObject({ problems: [] });
    // Some readers of lines would end one there.
    expect(lines.join('')).not.toMatch(/[\u2028\u2029]/);
    expect(await restored(open, lines)).toEqual(here);
    expect(await restored(openEmbedded, lines)).toEqual(here);
    const again = await withEngine(openEmbedded, async (engine) => {
      await restore(engine, () => each(lines));
      return backupOf(engine);
    });
    expect(recordsIn(again)).toEqual(recordsIn(lines));
  });

  it('the seed has the same checksum after it went from the embedded engine to this one', async () => {
    const [lines, checksum] = await withEngine(openEmbedded, async (engine) => {
      await seeded(engine);
      return [await backupOf(engine), await graphOf(engine).checksum()] as const;
    });
    expect(await restored(open, lines)).toMatchObject({ checksum, problems: [] });
  });

  it('a retraction that was restored can be taken back', () =>
    withEngine(open, async (engine) => {
      const lines = await withEngine(openEmbedded, async (source) => backupOf(await small(source)));
      await restore(engine, () => each(lines));
      const { items } = await graphOf(engine).retractions({});
      const { fact = '' } = items[0]?.item ?? {};
      await graphOf(engine).undoRetraction(fact, 'api');
      const relation = { type: 'DISTILLS_INTO', source: 'model:teacher', target: 'model:student' } as const;
      expect(await graphOf(engine).facts(relation)).toHaveLength(2);
      expect(await graphOf(engine).check()).toEqual([]);
    }));

  it('a restore that was cut off is taken up by restoring again', async () => {
    const [lines, whole] = await withEngine(openEmbedded, async (engine) => {
      await small(engine);
      return [await backupOf(engine), await kept(engine)] as const;
    });
    await withEngine(open, async (engine) => {
      for (const writes of [2, 4, 6]) {
        let left = writes;
        const failing: Engine = {
          ...engine,
          write: (...args) => (left-- > 0 ? engine.write(...args) : Promise.reject(new Error('the power is out'))),
        };
        await expect(restore(failing, () => each(lines))).rejects.toThrow('the power is out');
        expect(await graphOf(engine).check()).toContainEqual({
          rule: 'restore',
          subject: 'restore',
          message: 'a restore was cut off; run it again with the same file',
        });
      }
      await restore(engine, () => each(lines));
      expect(await kept(engine)).toEqual(whole);
    });
  });
});

it('refuses what is not a whole backup, says why, and writes nothing', async () => {
  const lines = await withEngine(openEmbedded, async (engine) => backupOf(await small(engine)));
  await withEngine(openEmbedded, async (engine) => {
    const refused = (reason: string): string => `this is not a whole backup: ${reason}; nothing was written`;
    const cut = refused('its last line is missing, so it was cut off');
    for (let length = 1; length < lines.length; length++)
      expect(await refusal(engine, lines.slice(0, length))).toBe(cut);
    expect(await refusal(engine, [])).toBe(refused('it is empty'));
    expect(await refusal(engine, ['A title', ...lines])).toMatch(/line 1 is not JSON/);
    expect(await refusal(engine, ['{"documents":[]}'])).toBe(refused('its first line is not the header of a backup'));
    const changed = refused('its checksum is another one, so it was changed');
    for (const [i, line] of lines.slice(0, -1).entries()) {
      const altered = line.replace(/[a-z](?=[^a-z]*$)/, (letter) => (letter === 'z' ? 'y' : 'z'));
      expect(await refusal(engine, lines.with(i, altered))).not.toBe('taken');
      if (i > 0) expect(await refusal(engine, lines.toSpliced(i, 1))).toBe(changed);
    }
    expect(await refusal(engine, [...lines, '{}'])).toMatch(/stands behind its last line/);
    const newer = lines.with(0, (lines[0] ?? '').replace('"format":1', '"format":2'));
    expect(await refusal(engine, newer)).toMatch(/it has format 2, this version reads up to 1/);
    expect(await graphOf(engine).isEmpty()).toBe(true);
  });
});

it('refuses to restore into a store that holds something', () =>
  withEngine(openEmbedded, async (engine) => {
    const lines = await backupOf(await small(engine));
    const before = await kept(engine);
    expect(await refusal(engine, lines)).toMatch(/^the store is not empty/);
    expect(await kept(engine)).toEqual(before);
  }));
