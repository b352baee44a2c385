/**
 * Backup: everything the graph keeps as lines of JSON, alike for every engine. First a header with the counts, then
 * the records, last a trailer with the SHA-256 of all lines before it. Derived data is not in it, but made again.
 */
import { createHash } from 'node:crypto';
import { StemmaError } from '../errors.js';
import type { EntityMention } from '../ingest/mentions.js';
import type { StoredFact } from '../model.js';
import { RELATION_TYPES } from '../ontology.js';
import type { Fragment, Statement } from './engine.js';
import { cypher, statement } from './engine.js';
import type { Reader } from './reader.js';
import type { FactRow } from './relations.js';
import { FACT_COLUMNS, factOf } from './relations.js';
import type { Retraction } from './retract.js';
import { RETRACTION_COLUMNS } from './retract.js';
import { checksum } from './stats.js';
import type { KeptDocument } from './write.js';

/** The form of the lines; a program refuses backups of a newer one. */
export const FORMAT = 1;

/** One change as it was recorded. */
export interface AuditRecord {
  id: string;
  action: string;
  by: string;
  at: string;
  subjects: string[];
  reason: string | null;
}

/** What the lines hold, by the key of their kind, in this order. A retracted fact is a fact, with its retraction. */
export interface Records {
  document: KeptDocument;
  mention: EntityMention;
  retraction: Retraction;
  fact: StoredFact;
  audit: AuditRecord;
  meta: { id: string; value: string };
}
export type Kind = keyof Records;
export const KINDS_OF_RECORD: readonly Kind[] = ['document', 'mention', 'retraction', 'fact', 'audit', 'meta'];

export interface Header {
  backup: 'stemma';
  format: number;
  /** ISO timestamp */
  at: string;
  /** How many lines of each kind follow. */
  counts: Record<Kind, number>;
}

export interface Trailer {
  end: {
    /** SHA-256 of all lines before this one. */
    sha256: string;
    /** The checksum of the graph, as `stats` gives it. */
    graph: string;
  };
}

const count = (kind: Kind, pattern: Fragment): Statement<{ total: number }> =>
  statement<{ total: number }>(`backup.count.${kind}`)`MATCH ${pattern} RETURN count(n) AS total LIMIT 1`;

const COUNTS: Record<Kind, Statement<{ total: number }>> = {
  document: count('document', cypher`(n:Document)`),
  mention: count('mention', cypher`(:Document)-[n:MENTIONS]->(:Entity)`),
  retraction: count('retraction', cypher`(n:Retraction)`),
  fact: count('fact', cypher`(:Entity)-[n]->(:Entity) WHERE type(n) IN $types`),
  audit: count('audit', cypher`(n:Audit)`),
  meta: count('meta', cypher`(n:Meta) WHERE n.id IN $metas`),
};

const DOCUMENTS = statement<KeptDocument>('backup.documents')`
MATCH (d:Document) WHERE d.id > $after
RETURN d.id AS id, d.title AS title, d.text AS text, d.url AS url, d.publishedOn AS publishedOn, d.paper AS paper
ORDER BY d.id LIMIT $limit`;

const MENTIONS = statement<EntityMention>('backup.mentions')`
UNWIND $ids AS id MATCH (d:Document {id: id})-[m:MENTIONS]->(e:Entity)
RETURN d.id AS document, m.method AS method, e.id AS id, m.name AS name, m.names AS names, m.keys AS keys,
  m.description AS description, m.url AS url, m.abstract AS abstract, m.publishedOn AS publishedOn, m.year AS year,
  m.arxivId AS arxivId, m.tokens AS tokens
ORDER BY document, id, method LIMIT $limit`;

const RETRACTIONS = statement<Retraction>('backup.retractions')`
MATCH (x:Retraction) WHERE x.claim > $after RETURN ${RETRACTION_COLUMNS} ORDER BY claim LIMIT $limit`;

const SOURCES = statement<{ id: string }>('backup.sources')`
MATCH (e:Entity) WHERE e.id > $after RETURN e.id AS id ORDER BY id LIMIT $limit`;

const FACTS = statement<FactRow & { was: StoredFact['type'] }>('backup.facts')`
UNWIND $ids AS id MATCH (a:Entity {id: id})-[r]->(b:Entity) WHERE type(r) IN $types
RETURN ${FACT_COLUMNS}, coalesce(r.type, type(r)) AS was ORDER BY from, fact LIMIT $limit`;

const AUDITS = statement<AuditRecord>('backup.audits')`
MATCH (a:Audit) WHERE a.id > $after
RETURN a.id AS id, a.action AS action, a.by AS by, a.at AS at, a.subjects AS subjects, a.reason AS reason
ORDER BY id LIMIT $limit`;

const METAS = statement<Records['meta']>('backup.metas')`
MATCH (m:Meta) WHERE m.id IN $metas RETURN m.id AS id, m.value AS value ORDER BY id LIMIT $limit`;

const PAGE = 200;
const ROWS_MAX = 1_000_000;
const FACT_TYPES = [...RELATION_TYPES, 'RETRACTED'];

/** Rows a page at a time, each page behind the key of the last row before it. */
async function* paged<Row>(page: (after: string) => Promise<Row[]>, key: (row: Row) => string): AsyncGenerator<Row[]> {
  for (let after = ''; ;) {
    const rows = await page(after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = key(last);
  }
}

/** All records, a page at a time, so that memory stays flat. */
async function* recordsOf({ read }: Reader, metas: readonly string[]): AsyncGenerator<[Kind, readonly unknown[]]> {
  const documents = () =>
    paged(
      (after) => read(DOCUMENTS, { after, limit: PAGE }),
      ({ id }) => id,
    );
  const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
  for await (const rows of documents()) yield ['document', rows];
  for await (const rows of documents()) yield ['mention', await read(MENTIONS, { ids: idsOf(rows), limit: ROWS_MAX })];
  for await (const rows of paged(
    (after) => read(RETRACTIONS, { after, limit: PAGE }),
    ({ claim }) => claim,
  ))
    yield ['retraction', rows];
  for await (const rows of paged(
    (after) => read(SOURCES, { after, limit: PAGE }),
    ({ id }) => id,
  )) {
    const facts = await read(FACTS, { ids: idsOf(rows), types: FACT_TYPES, limit: ROWS_MAX });
    yield ['fact', facts.map(({ was, ...row }) => factOf({ ...row, type: was }))];
  }
  for await (const rows of paged(
    (after) => read(AUDITS, { after, limit: PAGE }),
    ({ id }) => id,
  ))
    yield ['audit', rows];
  yield ['meta', await read(METAS, { metas, limit: PAGE })];
}

async function countsOf({ read }: Reader, metas: readonly string[]): Promise<Record<Kind, number>> {
  const counted = KINDS_OF_RECORD.map(async (kind) => {
    const [row] = await read(COUNTS[kind], { types: FACT_TYPES, metas });
    return [kind, row?.total ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(counted)) as Record<Kind, number>;
}

/** JSON without the two line separators that some readers of lines take for breaks. */
const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (separator) => (separator === '\u2028' ? '\\u2028' : '\\u2029'));

/**
 * The lines of a backup, each with its line break.
 * @param metas the values remembered outside the graph proper that go with it, by id
 * @throws SERVICE_UNAVAILABLE at the end where somebody wrote to the graph meanwhile
 */
export async function* backupLines(reader: Reader, metas: readonly string[]): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (value: unknown): string => {
    const text = `${jsonLine(value)}\n`;
    hash.update(text);
    return text;
  };
  const before = await checksum(reader);
  const counts = await countsOf(reader, metas);
  const header: Header = { backup: 'stemma', format: FORMAT, at: new Date().toISOString(), counts };
  yield line(header);
  const left = { ...counts };
  for await (const [kind, rows] of recordsOf(reader, metas)) {
    left[kind] -= rows.length;
    for (const row of rows) yield line({ [kind]: row });
  }
  const graph = await checksum(reader);
  if (graph !== before || Object.values(left).some((missing) => missing !== 0))
    throw new StemmaError(
      'SERVICE_UNAVAILABLE',
      'somebody wrote to the graph while it was read; make the backup again',
    );
  const trailer: Trailer = { end: { sha256: hash.digest('hex'), graph } };
  yield `${JSON.stringify(trailer)}\n`;
}
