/** The commands that keep a store: backup, restore, repair. */
import { createWriteStream, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.js';
import { reasonOf, StemmaError } from '../errors.js';
import { linesOf } from '../files.js';
import { backupLines } from '../graph/backup.js';
import { openEngine } from '../graph/open.js';
import { readerOf } from '../graph/reader.js';
import { repair } from '../graph/repair.js';
import { restore } from '../graph/restore.js';
import { countEntities } from '../graph/stats.js';
import { SEED_META } from '../ingest/ingest.js';
import { complain, print, printJson, progress } from './output.js';
import { openForWriting, refuseWhileServed } from './store.js';

/** How long one page of a backup may take, in milliseconds. */
const PAGE_DEADLINE = 120_000;

/** Opens a file for writing. @throws BAD_USER_INPUT naming it where it cannot be */
function opened(part: string, file: string): number {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a directory');
    return openSync(part, 'w');
  } catch (error) {
    throw new StemmaError('BAD_USER_INPUT', `${file} cannot be written: ${reasonOf(error)}`);
  }
}

/** What a backup that broke off means: a disk that is full is no defect. */
const unwritten = (error: unknown, file: string): unknown =>
  error instanceof Error && 'syscall' in error
    ? new StemmaError(
        'BAD_USER_INPUT',
        `${file} cannot be written to its end (${error.message}), so nothing of it was left; make room there, or give a path on another disk`,
        {},
        { cause: error },
      )
    : error;

/** Writes a backup to a file, which appears when it is whole, or to the standard output for `-`. */
export async function backupCommand(config: Config, file: string): Promise<void> {
  const engine = await openForWriting(config);
  const part = `${file}.part`;
  try {
    const lines = Readable.from(backupLines(readerOf(engine, { deadline: PAGE_DEADLINE }), [SEED_META]));
    if (file === '-') await pipeline(lines, process.stdout, { end: false });
    else {
      await pipeline(lines, createWriteStream(part, { fd: opened(part, file), flush: true })).catch(
        (error: unknown) => {
          throw unwritten(error, file);
        },
      );
      renameSync(part, file);
      complain(`the backup is ${file}`);
    }
  } finally {
    rmSync(part, { force: true });
    await engine.close();
  }
}

/** Makes derived data anew, from the documents and what they say. */
export async function repairCommand(config: Config): Promise<void> {
  const engine = await openForWriting(config);
  try {
    const entities = await countEntities(readerOf(engine, { deadline: PAGE_DEADLINE }));
    await repair(engine, (done) => {
      progress('entities derived anew')(done, entities);
    });
  } finally {
    await engine.close();
  }
}

/** Loads a backup into a store that holds nothing. */
export async function restoreCommand(config: Config, file: string, { json }: { json?: boolean }): Promise<void> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile())
    throw new StemmaError('BAD_USER_INPUT', `${file} is ${found ? 'no file' : 'not there'}; give the path of a backup`);
  await refuseWhileServed(config);
  const engine = await openEngine(config);
  try {
    const { at, counts, end } = await restore(engine, () => linesOf(file), progress('records restored'));
    if (json) printJson({ at, counts, checksum: end.graph });
    else
      print(
        `restored the backup of ${at}: ${String(counts.document)} documents, ${String(counts.fact)} facts; the checksum is the same`,
      );
  } finally {
    await engine.close();
  }
}
