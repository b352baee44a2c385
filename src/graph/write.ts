/**
 * Writes graph records: idempotent, one transaction a batch. Reading a document again replaces what each of its
 * readings said before; every entity touched is folded anew from all its mentions, inside the same transaction.
 */
import { KINDS, kindOfId, RELATION_TYPES, withLineage } from '../ontology.js';
import type { EntityKind, RelationType } from '../ontology.js';
import type { GraphRecords } from '../ingest/identify.js';
import type { Engine, Statement, Write } from './engine.js';
import { cypher, kindLabel, relationType, statement } from './engine.js';
import { groupBy } from './group.js';

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

const FORGET_MENTIONS = statement('write.forgetMentions')`
UNWIND $rows AS row MATCH (d:Document {id: row.document})-[m:MENTIONS]->(e:Entity)
WHERE m.method = row.method AND NOT e.id IN row.entities MERGE (d)-[:FORGETS]->(e) DELETE m`;

const MERGE_MENTIONS = statement('write.mentions')`
UNWIND $rows AS row MATCH (d:Document {id: row.document}) MATCH (e:Entity {id: row.id})
MERGE (d)-[m:MENTIONS {method: row.method}]->(e)
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
    r.value = row.value, r.raw = row.raw, r.unit = row.unit, r.setting = row.setting`,
);

const TOUCHED = cypher`UNWIND $documents AS document MATCH (d:Document {id: document})-[:MENTIONS|FORGETS]->(e:Entity) WITH DISTINCT e`;

const DERIVE_FORWARD = statement('write.descendForward')`
${TOUCHED} MATCH (e)-[r]->(b:Entity) WHERE type(r) IN $forward
WITH e, b, type(r) AS relation, max(r.confidence) AS confidence
MERGE (b)-[x:DESCENDS_FROM {relation: relation}]->(e)
SET x.confidence = confidence, x.ancestorKind = toUpper(split(e.id, ':')[0]), x.descendantKind = toUpper(split(b.id, ':')[0])`;

const DERIVE_REVERSE = statement('write.descendReverse')`
${TOUCHED} MATCH (e)-[r]->(b:Entity) WHERE type(r) IN $reverse
WITH e, b, type(r) AS relation, max(r.confidence) AS confidence
MERGE (e)-[x:DESCENDS_FROM {relation: relation}]->(b)
SET x.confidence = confidence, x.ancestorKind = toUpper(split(b.id, ':')[0]), x.descendantKind = toUpper(split(e.id, ':')[0])`;

const FORGET_DERIVED = statement('write.forgetDerived')`
${TOUCHED} MATCH (e)-[x:DESCENDS_FROM]-(:Entity)
WITH DISTINCT x, startNode(x) AS s, endNode(x) AS t
WHERE NOT (EXISTS { MATCH (s)-[r]->(t) WHERE type(r) = x.relation AND x.relation IN $reverse }
  OR EXISTS { MATCH (t)-[r]->(s) WHERE type(r) = x.relation AND x.relation IN $forward })
DELETE x`;

const DROP_ORPHANS = statement('write.dropOrphans')`
UNWIND $documents AS document MATCH (d:Document {id: document})-[:FORGETS]->(e:Entity) WHERE NOT EXISTS { MATCH (e)<-[:MENTIONS]-(:Document) }
WITH DISTINCT e DETACH DELETE e`;

const FOLD = statement('write.foldEntities')`
${TOUCHED} MATCH (e)<-[m:MENTIONS]-(:Document)
WITH e, min(m.name) AS name, min(m.description) AS description, min(m.url) AS url, min(m.abstract) AS abstract,
     min(m.publishedOn) AS publishedOn, min(m.year) AS year, min(m.arxivId) AS arxivId
SET e.name = name, e.description = description, e.url = url, e.abstract = abstract, e.publishedOn = publishedOn,
    e.year = year, e.arxivId = arxivId`;

const FOLD_ALIASES = statement('write.foldAliases')`
${TOUCHED} MATCH (e)<-[m:MENTIONS]-(:Document) UNWIND m.names AS alias
WITH e, alias ORDER BY alias WHERE alias <> e.name WITH e, collect(DISTINCT alias) AS aliases SET e.aliases = aliases`;

const NO_ALIASES = statement('write.noAliases')`
${TOUCHED} SET e.aliases = []`;

const FOLD_TOKENS = statement('write.foldTokens')`
${TOUCHED} MATCH (e)<-[m:MENTIONS]-(:Document) UNWIND m.tokens AS token
WITH e, token ORDER BY token WITH e, collect(DISTINCT token) AS tokens
SET e.tokens = reduce(all = ' ', token IN tokens | all + token + ' ')`;

const FORGET_NAMES = statement('write.forgetNames')`
${TOUCHED} MATCH (e)<-[r:NAMES]-(n:Name)
WHERE NOT EXISTS { MATCH (e)<-[m:MENTIONS]-(:Document) WHERE n.key IN m.keys } DELETE r`;

const FOLD_NAMES = statement('write.foldNames')`
${TOUCHED} MATCH (e)<-[m:MENTIONS]-(:Document) UNWIND m.keys AS key WITH DISTINCT e, key
MERGE (n:Name {key: key, kind: toUpper(split(e.id, ':')[0])}) MERGE (n)-[:NAMES]->(e)`;

const FORGOTTEN = statement('write.forgotten')`
UNWIND $documents AS document MATCH (d:Document {id: document})-[f:FORGETS]->(:Entity) DELETE f`;

const SET_META = statement('write.meta')`
MERGE (m:Meta {id: $id}) SET m.value = $value`;

/** How many documents one transaction takes. */
const BATCH = 200;

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
 * Writes records, a transaction for every 50 documents.
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
    await engine.write(writesOf(batch, recordedAt));
    progress((written += batch.documents.length));
  }
}

/** Remembers a value outside the graph proper, such as which seed was loaded. */
export const writeMeta = (engine: Engine, id: string, value: string): Promise<void> =>
  engine.write([{ statement: SET_META, params: { id, value } }]);

/** One write for each group that has members, by the statement of its kind or type. */
const perGroup = <K, T>(by: ReadonlyMap<K, Statement>, parameter: string, groups: ReadonlyMap<K, T[]>): Write[] =>
  [...by].flatMap(([group, statement]) => {
    const members = groups.get(group);
    return members ? [{ statement, params: { [parameter]: members } }] : [];
  });

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
  const params = {
    documents: batch.documents.map(({ id }) => id),
    forward: withLineage('forward'),
    reverse: withLineage('reverse'),
  };
  const fold = (statement: Statement): Write => ({ statement, params });
  const entities = groupBy(new Set(batch.mentions.map(({ id }) => id)), (id) => kindOfId(id) ?? 'PAPER');
  const rows = batch.facts.map(({ score, ...fact }) => ({
    ...fact, recordedAt, metric: score?.metric ?? null, value: score?.value ?? null, raw: score?.raw ?? null,
    unit: score?.unit ?? null, setting: score?.setting ?? null,
  })); // prettier-ignore
  const facts = groupBy(rows, ({ type }) => type);
  return [
    {
      statement: MERGE_DOCUMENTS,
      params: { rows: batch.documents.map((document) => ({ ...document, paper: paperOf.get(document.id) ?? null })) },
    },
    ...perGroup(MERGE_ENTITIES, 'ids', entities),
    { statement: DELETE_FACTS, params: { rows: sets } },
    { statement: FORGET_MENTIONS, params: { rows: sets } },
    { statement: MERGE_MENTIONS, params: { rows: batch.mentions } },
    ...perGroup(MERGE_FACTS, 'rows', facts),
    fold(DERIVE_FORWARD),
    fold(DERIVE_REVERSE),
    fold(FORGET_DERIVED),
    fold(DROP_ORPHANS),
    fold(FOLD),
    fold(NO_ALIASES),
    fold(FOLD_ALIASES),
    fold(FOLD_TOKENS),
    fold(FORGET_NAMES),
    fold(FOLD_NAMES),
    fold(FORGOTTEN),
  ];
}
