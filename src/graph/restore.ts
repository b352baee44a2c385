/** Restore: a backup is read twice, once to see that it is whole, once to write it into a store that holds nothing. */
import { createHash } from 'node:crypto';
import { reasonOf, StemmaError } from '../errors.js';
import { auditedHere } from './audit.js';
import type { AuditRecord, Header, Kind, Records, Trailer } from './backup.js';
import { FORMAT, KINDS_OF_RECORD } from './backup.js';
import type { Engine, Write } from './engine.js';
import { statement } from './engine.js';
import type { Reader } from './reader.js';
import { readerOf } from './reader.js';
import { repair } from './repair.js';
import type { Retraction } from './retract.js';
import { readMeta, writeMeta } from './meta.js';
import { checksum, isEmpty } from './stats.js';
import { documentWrites, factWrites, mentionWrites } from './write.js';

const RETRACTIONS = statement<Retraction>('restore.retractions')`
UNWIND $rows AS row MATCH (d:Document {id: row.document})
MERGE (d)-[:RETRACTS]->(x:Retraction {claim: row.claim})
SET x.fact = row.fact, x.type = row.type, x.from = row.from, x.to = row.to, x.document = row.document,
    x.method = row.method, x.reason = row.reason, x.retractedAt = row.retractedAt`;

const AUDITS = statement<AuditRecord>('restore.audits')`
UNWIND $rows AS row MERGE (a:Audit {id: row.id})
SET a.action = row.action, a.by = row.by, a.at = row.at, a.subjects = row.subjects, a.reason = row.reason`;

const METAS = statement('restore.metas')`
UNWIND $rows AS row MERGE (m:Meta {id: row.id}) SET m.value = row.value`;

const DONE = statement('restore.done')`MATCH (m:Meta {id: $id}) DELETE m`;

/** Stands for a restore that is under way; where it is found, one was cut off. */
export const RESTORE_META = 'restore';
const UNDER_WAY = 'under way';

/** Whether the store holds a part of a backup only. */
export const restoreWasCutOff = async (reader: Reader): Promise<boolean> =>
  (await readMeta(reader, RESTORE_META)) === UNDER_WAY;

/** How many records one transaction takes. */
const BATCH = 1_000;

const damaged = (reason: string): StemmaError =>
  new StemmaError('BAD_USER_INPUT', `this is not a whole backup: ${reason}; nothing was written`);

function parsed(line: string, at: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw damaged(`line ${String(at)} is not JSON (${reasonOf(error)})`);
  }
  throw damaged(`line ${String(at)} is no object`);
}

function headerOf(line: string): Header {
  const header = parsed(line, 1) as Partial<Header>;
  if (header.backup !== 'stemma' || header.format === undefined || !header.counts)
    throw damaged('its first line is not the header of a backup');
  if (header.format > FORMAT)
    throw damaged(
      `it has format ${String(header.format)}, this version reads up to ${String(FORMAT)}; take a newer version of Stemma`,
    );
  return header as Header;
}

const kindOf = (record: Record<string, unknown>, at: number): Kind => {
  const kind = KINDS_OF_RECORD.find((known) => known in record);
  if (!kind) throw damaged(`line ${String(at)} is no record`);
  return kind;
};

/** What a backup says of itself, after all of it was read. @throws BAD_USER_INPUT saying what is missing or changed */
async function verify(lines: AsyncIterable<string>): Promise<Header & Trailer> {
  const hash = createHash('sha256');
  let header: Header | null = null;
  let trailer: Trailer | null = null;
  const left = new Map<Kind, number>();
  let at = 0;
  for await (const line of lines) {
    at++;
    if (trailer) throw damaged(`line ${String(at)} stands behind its last line`);
    if (!header) {
      header = headerOf(line);
      for (const kind of KINDS_OF_RECORD) left.set(kind, header.counts[kind]);
    } else {
      const record = parsed(line, at);
      if ('end' in record) {
        trailer = record as unknown as Trailer;
        continue;
      }
      const kind = kindOf(record, at);
      left.set(kind, (left.get(kind) ?? 0) - 1);
    }
    hash.update(`${line}\n`);
  }
  if (!header) throw damaged('it is empty');
  if (!trailer) throw damaged('its last line is missing, so it was cut off');
  if (trailer.end.sha256 !== hash.digest('hex')) throw damaged('its checksum is another one, so it was changed');
  const wrong = [...left].find(([, count]) => count !== 0);
  if (wrong) throw damaged(`the number of its ${wrong[0]} lines is not the one of its header`);
  return { ...header, ...trailer };
}

/** How the records of each kind are written. */
const WRITES: { [K in Kind]: (rows: readonly Records[K][]) => Write[] } = {
  document: documentWrites,
  mention: mentionWrites,
  retraction: (rows) => [{ statement: RETRACTIONS, params: { rows } }],
  fact: factWrites,
  audit: (rows) => [{ statement: AUDITS, params: { rows } }],
  meta: (rows) => [{ statement: METAS, params: { rows } }],
};

/** The documents that records belong to; the records themselves where they belong to none. */
const subjectsOf = (rows: readonly { document?: string; id?: string }[]): string[] =>
  rows.flatMap(({ document, id }) => document ?? id ?? []);

/** The records of a backup in batches of one kind, in the order of the file. */
async function* batchesOf(lines: AsyncIterable<string>): AsyncGenerator<{ kind: Kind; rows: never[] }> {
  let batch: { kind: Kind; rows: never[] } | null = null;
  let at = 0;
  for await (const line of lines) {
    const record = parsed(line, ++at);
    if (at === 1 || 'end' in record) continue;
    const kind = kindOf(record, at);
    if (batch && (batch.kind !== kind || batch.rows.length >= BATCH)) {
      yield batch;
      batch = null;
    }
    batch ??= { kind, rows: [] };
    batch.rows.push(record[kind] as never);
  }
  if (batch) yield batch;
}

/**
 * Writes a backup into an engine that holds nothing, or takes up a restore that was cut off. `read` gives the lines
 * of the file, without line breaks, from its start each time.
 * @param progress told how many records are written, of how many
 * @throws BAD_USER_INPUT for a store that is not empty, or a backup that is not whole; then nothing is written
 */
export async function restore(
  engine: Engine,
  read: () => AsyncIterable<string>,
  progress: (records: number, of: number) => void = () => undefined,
): Promise<Header & Trailer> {
  const reader = readerOf(engine, {});
  if (!(await restoreWasCutOff(reader)) && !(await isEmpty(reader)))
    throw new StemmaError(
      'BAD_USER_INPUT',
      'the store is not empty; restore into an empty one (another STEMMA_DATA, another database)',
    );
  const backup = await verify(read());
  const total = Object.values(backup.counts).reduce((sum, count) => sum + count, 0);
  await writeMeta(engine, RESTORE_META, UNDER_WAY);
  let done = 0;
  for await (const { kind, rows } of batchesOf(read())) {
    await engine.write([...WRITES[kind](rows), auditedHere('restore', subjectsOf(rows), `the backup of ${backup.at}`)]);
    progress((done += rows.length), total);
  }
  await repair(engine);
  const graph = await checksum(reader);
  if (graph !== backup.end.graph)
    throw new StemmaError(
      'SERVICE_UNAVAILABLE',
      `the restored graph has the checksum ${graph}, the backup says ${backup.end.graph}; empty the store and restore again`,
    );
  await engine.write([{ statement: DONE, params: { id: RESTORE_META } }, auditedHere('remember', [RESTORE_META])]);
  return backup;
}
