/** The files of the embedded store: a store opens with everything that was acknowledged, or not at all. */
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { openEngine } from '../../src/graph/open.js';
import { writeRecords } from '../../src/graph/write.js';
import { mentionOf, recordsOf } from './kit.js';

const root = mkdtempSync(join(tmpdir(), 'stemma-files-'));
/** The files of a store that was closed, and of one whose process was killed. */
const [closed, killed] = [join(root, 'closed'), join(root, 'killed')];
const open = (dataDirectory: string): Promise<Engine> => openEngine({ neo4j: null, dataDirectory });

const DOCUMENTS = 12;

beforeAll(async () => {
  const engine = await open(closed);
  for (let i = 0; i < DOCUMENTS; i++) {
    const facts = [[mentionOf('MODEL', `teacher ${i}`), 'DISTILLS_INTO', mentionOf('MODEL', 'student')]] as const;
    await writeRecords(engine, recordsOf({ title: `Document ${i}`, facts }), '2026-01-01T00:00:00.000Z');
  }
  cpSync(closed, killed, { recursive: true });
  await engine.close();
}, 120_000);

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** What opening a store says whose files were changed: how many documents it has, or why it is refused. */
async function opened(store: string, change: (directory: string) => void): Promise<number | string> {
  const copy = mkdtempSync(join(root, 'copy-'));
  cpSync(store, copy, { recursive: true });
  change(copy);
  const attempt = async (): Promise<number | string> => {
    try {
      const engine = await open(copy);
      const { documents } = await graphOf(engine).stats();
      await engine.close();
      return documents;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return `${String(code)} ${message}`;
    }
  };
  const first = await attempt();
  // A store that is refused stays refused; nothing of it was mended by the attempt.
  expect(typeof (await attempt())).toBe(typeof first);
  return first;
}

const main = (directory: string): string => join(directory, 'graph.grafeo');
const log = (directory: string): string => {
  const folder = `${main(directory)}.wal`;
  return join(folder, readdirSync(folder).sort().at(-1) ?? '');
};
const cut = (file: string, share: number): void => {
  truncateSync(file, Math.floor(statSync(file).size * share));
};
const overwrite = (file: string, share: number): void => {
  const opened = openSync(file, 'r+');
  writeSync(opened, Buffer.alloc(64, 0xa5), 0, 64, Math.floor(statSync(file).size * share));
  closeSync(opened);
};

const DAMAGED =
  /^SERVICE_UNAVAILABLE the store in .+ is damaged and was not opened \(.+\); move the directory away, then load a backup with: stemma restore <file>, or the seed with: stemma seed$/;

it('a store opens with everything that was acknowledged, also when its process was killed with its lock held', async () => {
  expect(await opened(closed, () => undefined)).toBe(DOCUMENTS);
  expect(await opened(killed, () => undefined)).toBe(DOCUMENTS);
});

it.each([0, 0.01, 0.3, 0.6, 0.95])('a file cut to %d of its size is refused, saying what to do', async (share) => {
  expect(await opened(closed, (directory) => { cut(main(directory), share); })).toMatch(DAMAGED); // prettier-ignore
  expect(await opened(killed, (directory) => { cut(log(directory), share); })).toMatch(DAMAGED); // prettier-ignore
});

it.each([0, 0.2, 0.4, 0.6, 0.8, 0.95])(
  'a file with 64 bytes overwritten at %d of its size is refused, or opens whole where they carry nothing',
  async (share) => {
    for (const [store, file] of [
      [closed, main],
      [killed, log],
    ] as const) {
      // prettier-ignore
      const result = await opened(store, (directory) => { overwrite(file(directory), share); }); // prettier-ignore
      if (result !== DOCUMENTS) expect(result).toMatch(DAMAGED);
    }
  },
);

it('a log that was removed is missed', async () => {
  const result = await opened(killed, (directory) => { rmSync(log(directory)); }); // prettier-ignore
  expect(result).toMatch(DAMAGED);
  expect(result).toMatch(/\(\d+ writes that were acknowledged are missing, so a file was cut or removed\)/);
});

it('a write that the disk fails to keep is not acknowledged, and the mark of what was stays whole', async () => {
  const store = mkdtempSync(join(root, 'failing-'));
  const engine = await open(store);
  const write = (title: string) => writeRecords(engine, recordsOf({ title, facts: [] }), '2026-01-01T00:00:00.000Z');
  await write('First');
  const mark = (): string => readFileSync(join(store, 'acknowledged'), 'utf8');
  const before = mark();
  // Where a directory stands no file can be written.
  mkdirSync(join(store, 'acknowledged.part'));
  const message = expect.stringMatching(/^what was written to .+ may not last \(EISDIR.+; see to that disk/) as string;
  await expect(write('Second')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', message });
  expect([before, mark()]).toEqual([expect.stringMatching(/^\d+\n$/), before]);
  rmSync(join(store, 'acknowledged.part'), { recursive: true });
  await write('Second');
  expect(Number(mark())).toBeGreaterThan(Number(before));
  await engine.close();
});

it('a store that somebody removed as a whole begins anew', async () => {
  expect(await opened(closed, (directory) => { rmSync(main(directory)); })).toBe(0); // prettier-ignore
});

it('a second opening of a store that is open is STORE_IN_USE', async () => {
  const engine = await open(closed);
  await expect(open(closed)).rejects.toMatchObject({ code: 'STORE_IN_USE' });
  await engine.close();
  expect(existsSync(main(closed))).toBe(true);
});
