/**
 * Writes graph records: idempotent, one transaction a batch. Reading a document again replaces what each of its
 * readings said before; every entity touched is folded anew from all its mentions, inside the same transaction.
 */
import { KINDS, kindOfId, RELATION_TYPES } from '../ontology.js';
import type { EntityKind, RelationType } from '../ontology.js';
import type { GraphRecords } from '../ingest/identify.js';
import type { EntityMention } from '../ingest/mentions.js';
import type { Document, StoredFact } from '../model.js';
import type { StoredDocument } from './entities.js';
import type { CallOptions, Engine, Fragment, Statement, Write } from './engine.js';
import { cypher, kindLabel, relationType, statement } from './engine.js';
import type { Deed } from './audit.js';
import { audited } from './audit.js';
import { foldWrites, forgottenWrites, lineageWrites } from './derive.js';
import { groupBy } from './group.js';
import { settledWrites } from './retract.js';

const MERGE_DOCUMENTS = statement('write.documents')`
UNWIND $rows AS row MERGE (d:Document {id: row.id})
SET d.title = row.title, d.text = row.text, d.url = row.url, d.publishedOn = row.publishedOn, d.paper = row.paper`;

const perKind = <T>(make: (kind: EntityKind) => T): ReadonlyMap<EntityKind, T> =>
  new Map(KINDS.map((kind) => [kind, make(kind)]));
const perType = <T>(make: (type: RelationType) => T): ReadonlyMap<RelationType, T> =>
  new Map(RELATION_TYPES.map((type) => [type, make(type)]));

const MERGE_ENTITIES = perKind(
  (kind) => statement(`write.entities.${kind}`)`
UNWIND $ids AS id MERGE (e:Entity {id: id}) SET e:${kindLabel(kind)}`,
);

const DELETE_FACTS = statement('write.forgetFacts')`
UNWIND $rows AS row MATCH (d:Document {id: row.document})-[m:MENTIONS]->(a:Entity) WHERE m.method = row.method
WITH DISTINCT row, a MATCH (a)-[r]->(:Entity)
WHERE r.document = row.document AND r.method = row.method AND NOT r.fact IN row.facts DELETE r`;

/** Whether a property of a mention was another one before; null is no value. */
const differs = (property: Fragment): Fragment =>
  cypher`coalesce(m.${property} <> row.${property}, (m.${property} IS NULL) <> (row.${property} IS NULL))`;

const CHANGED = cypher`m.name IS NOT NULL AND (m.name <> row.name OR m.names <> row.names OR m.keys <> row.keys OR m.tokens <> row.tokens
  OR ${differs(cypher`description`)} OR ${differs(cypher`url`)} OR ${differs(cypher`abstract`)} OR ${differs(cypher`publishedOn`)}
  OR ${differs(cypher`year`)} OR ${differs(cypher`arxivId`)})`;

const FORGET_MENTIONS = statement('write.forgetMentions')`
UNWIND $rows AS row MATCH (d:Document {id: row.document})-[m:MENTIONS]->(e:Entity)
WHERE m.method = row.method AND NOT e.id IN row.entities MERGE (d)-[:FORGETS]->(e) DELETE m`;

/** A document FORGETS what it mentioned in other words before. */
const MERGE_MENTIONS = statement('write.mentions')`
UNWIND $rows AS row MATCH (d:Document {id: row.document}) MATCH (e:Entity {id: row.id})
MERGE (d)-[m:MENTIONS {method: row.method}]->(e)
FOREACH (change IN CASE WHEN ${CHANGED} THEN [row.id] ELSE [] END | MERGE (d)-[:FORGETS]->(e))
SET m.name = row.name, m.names = row.names, m.keys = row.keys, m.tokens = row.tokens, m.description = row.description,
    m.url = row.url, m.abstract = row.abstract, m.publishedOn = row.publishedOn,
    m.year = toInteger(row.year), m.arxivId = row.arxivId`;

const MERGE_FACTS = perType(
  (type) => statement(`write.facts.${type}`)`
UNWIND $rows AS row MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to})
MERGE (a)-[r:${relationType(type)} {fact: row.fact}]->(b)
ON CREATE SET r.recordedAt = row.recordedAt
SET r.document = row.document, r.method = row.method, r.quote = row.quote, r.start = toInteger(row.start),
    r.end = toInteger(row.end), r.confidence = row.confidence, r.via = row.via, r.metric = row.metric,
    r.value = row.value, r.raw = row.raw, r.unit = row.unit, r.setting = row.setting,
    r.source = a.id, r.sourceName = a.name, r.target = b.id, r.targetName = b.name`,
);

/** What a document's curated facts say of two entities, its extracted ones need not say again: in either direction. */
const SUPPRESS = statement('write.suppress')`
UNWIND $documents AS document MATCH (d:Document {id: document})-[m:MENTIONS]->(a:Entity)
WHERE m.method = $extracted AND EXISTS { MATCH (d)-[c:MENTIONS]->(a) WHERE c.method = $curated }
WITH DISTINCT document, a MATCH (a)-[r]->(b:Entity)
WHERE type(r) IN $types AND r.document = document AND r.method = $extracted
  AND EXISTS { MATCH (a)-[c]-(b) WHERE type(c) IN $types AND c.document = document AND c.method = $curated }
DELETE r`;

/** How many documents one transaction takes. */
export const BATCH = 500;

/** The records split by document into batches that are written one after the other. */
function* batches(records: GraphRecords): Generator<GraphRecords> {
  const mentions = groupBy(records.mentions, ({ document }) => document);
  const facts = groupBy(records.facts, ({ document }) => document);
  const readings = groupBy(records.readings, ({ document }) => document);
  for (let i = 0; i < records.documents.length; i += BATCH) {
    const documents = records.documents.slice(i, i + BATCH);
    const of = <T>(groups: Map<string, T[]>): T[] => documents.flatMap(({ id }) => groups.get(id) ?? []);
    yield { documents, mentions: of(mentions), facts: of(facts), readings: of(readings) };
  }
}

/**
 * Writes records, a transaction for every 500 documents.
 * @param recordedAt ISO timestamp for facts that are new.
 * @param progress told after each transaction how many documents are durable.
 */
export async function writeRecords(
  engine: Engine,
  records: GraphRecords,
  recordedAt: string,
  progress: (documents: number) => void = () => undefined,
): Promise<void> {
  let written = 0;
  for (const batch of batches(records)) {
    await writeBatch(engine, batch, { recordedAt, by: 'command line' });
    progress((written += batch.documents.length));
  }
}

interface BatchOptions extends CallOptions, Pick<Deed, 'by'>, Partial<Pick<Deed, 'action' | 'subjects'>> {
  /** ISO timestamp for facts that are new; now where it is left out. */
  recordedAt?: string;
  /** What is to be done first, in the same transaction. */
  before?: readonly Write[];
}

/** Writes records as one transaction, with a record of who did so. */
export function writeBatch(
  engine: Engine,
  batch: GraphRecords,
  { recordedAt: at = new Date().toISOString(), by, action = 'ingest', subjects, before = [], ...options }: BatchOptions,
): Promise<void> {
  const deed = { action, by, at, subjects: subjects ?? batch.documents.map(({ id }) => id), reason: null };
  return engine.write([...before, ...writesOf(batch, at), audited(deed)], options);
}

/** One write for each group that has members, by the statement of its kind or type. */
const perGroup = <K, T>(by: ReadonlyMap<K, Statement>, parameter: string, groups: ReadonlyMap<K, T[]>): Write[] =>
  [...by].flatMap(([group, statement]) => {
    const members = groups.get(group);
    return members ? [{ statement, params: { [parameter]: members } }] : [];
  });

/** A document as it is kept. */
export type KeptDocument = StoredDocument & Pick<Document, 'publishedOn'>;

export const documentWrites = (rows: readonly KeptDocument[]): Write[] => [
  { statement: MERGE_DOCUMENTS, params: { rows } },
];

const entityWrites = (mentions: readonly EntityMention[]): Write[] =>
  perGroup(
    MERGE_ENTITIES,
    'ids',
    groupBy(new Set(mentions.map(({ id }) => id)), (id) => kindOfId(id) ?? 'PAPER'),
  );

/** Mentions, with the entities that they mention; their documents are there. */
export const mentionWrites = (rows: readonly EntityMention[]): Write[] => [
  ...entityWrites(rows),
  { statement: MERGE_MENTIONS, params: { rows } },
];

/** Facts between entities that are there. One that is there already keeps the time it was recorded. */
export function factWrites(facts: readonly StoredFact[]): Write[] {
  const rows = facts.map(({ score, ...fact }) => ({
    ...fact, metric: score?.metric ?? null, value: score?.value ?? null, raw: score?.raw ?? null,
    unit: score?.unit ?? null, setting: score?.setting ?? null,
  })); // prettier-ignore
  return perGroup(
    MERGE_FACTS,
    'rows',
    groupBy(rows, ({ type }) => type),
  );
}

/** Everything that the records of documents change. @param recordedAt ISO timestamp for facts that are new */
function writesOf(batch: GraphRecords, recordedAt: string): Write[] {
  const paperOf = new Map(
    batch.mentions
      .filter(({ method, id }) => method === 'IMPORTED' && kindOfId(id) === 'PAPER')
      .map(({ document, id }) => [document, id]),
  );
  const mentionsOf = groupBy(batch.mentions, ({ document, method }) => `${document} ${method}`);
  const factsOf = groupBy(batch.facts, ({ document, method }) => `${document} ${method}`);
  const sets = batch.readings.map(({ document, method }) => ({
    document,
    method,
    facts: (factsOf.get(`${document} ${method}`) ?? []).map(({ fact }) => fact),
    entities: (mentionsOf.get(`${document} ${method}`) ?? []).map(({ id }) => id),
  }));
  const documents = batch.documents.map(({ id }) => id);
  return [
    ...documentWrites(batch.documents.map((document) => ({ ...document, paper: paperOf.get(document.id) ?? null }))),
    ...entityWrites(batch.mentions),
    { statement: DELETE_FACTS, params: { rows: sets } },
    { statement: FORGET_MENTIONS, params: { rows: sets } },
    { statement: MERGE_MENTIONS, params: { rows: batch.mentions } },
    ...foldWrites(documents),
    ...factWrites(batch.facts.map((fact) => ({ ...fact, recordedAt }))),
    ...settledWrites(documents),
    {
      statement: SUPPRESS,
      params: { documents, types: RELATION_TYPES, curated: 'CURATED', extracted: 'EXTRACTED' },
    },
    ...lineageWrites(documents),
    ...forgottenWrites(documents),
  ];
}
