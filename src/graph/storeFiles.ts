/** The files of the embedded store: what was acknowledged is on disk, and a store that lacks any of it is not opened. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { reasonOf, StemmaError } from '../errors.js';

export const storeFile = (directory: string): string => join(directory, 'graph.grafeo');
const logFolder = (directory: string): string => `${storeFile(directory)}.wal`;
/** Holds the number of the last commit that was acknowledged. */
const markFile = (directory: string): string => join(directory, 'acknowledged');

function synced(file: string, flags: string, text?: string): void {
  const opened = openSync(file, flags);
  try {
    if (text !== undefined) writeSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** Makes a commit last before it is acknowledged: its log is flushed to disk, then its number is noted beside it. */
export function acknowledge(directory: string, commit: bigint): void {
  const folder = logFolder(directory);
  const log = existsSync(folder) ? readdirSync(folder).sort().at(-1) : undefined;
  if (log !== undefined) synced(join(folder, log), 'r+');
  const mark = markFile(directory);
  // An empty mark would miss nothing, so the old one stands until the new one is whole.
  synced(`${mark}.part`, 'w', `${String(commit)}\n`);
  renameSync(`${mark}.part`, mark);
}

/** Whether a directory holds a store, be it one whose process was killed before it wrote more than its log. */
export const holdsStore = (directory: string): boolean =>
  existsSync(storeFile(directory)) || existsSync(logFolder(directory));

/** Forgets what was acknowledged of a store that somebody removed as a whole. */
export function forgetRemoved(directory: string): void {
  if (!holdsStore(directory)) rmSync(markFile(directory), { force: true });
}

/** How many acknowledged commits a store lacks that was opened at a commit: files were cut or removed. */
export function missingCommits(directory: string, commit: bigint): bigint {
  const mark = existsSync(markFile(directory)) ? readFileSync(markFile(directory), 'utf8').trim() : '';
  const missing = /^\d+$/.test(mark) ? BigInt(mark) - commit : 0n;
  return missing > 0n ? missing : 0n;
}

/** Why a store is not opened, with what to do. */
export function refusal(directory: string, error: unknown): StemmaError {
  const reason = reasonOf(error);
  const refused = (code: StemmaError['code'], message: string): StemmaError =>
    error instanceof StemmaError ? error : new StemmaError(code, message, {}, { cause: error });
  if (/GRAFEO-X001.*lock|cannot be locked/i.test(reason))
    return refused(
      'STORE_IN_USE',
      `another process holds the store in ${directory}; stop it, or set STEMMA_DATA to another directory`,
    );
  if (/GRAFEO-(S002|X002|V001)/.test(reason)) return damaged(directory, reason, error);
  return refused(
    'SERVICE_UNAVAILABLE',
    `the store in ${directory} cannot be opened (${reason}); set STEMMA_DATA to a directory that can be written`,
  );
}

/** A store of which a part is missing or changed. */
export const damaged = (directory: string, reason: string, cause?: unknown): StemmaError =>
  new StemmaError(
    'SERVICE_UNAVAILABLE',
    `the store in ${directory} is damaged and was not opened (${reason}); move the directory away, then load a backup with: stemma restore <file>, or the seed with: stemma seed`,
    {},
    { cause },
  );
