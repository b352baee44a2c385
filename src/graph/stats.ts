/** The graph as a whole: how much there is, its checksum, whether it is sound. */
import { createHash } from 'node:crypto';
import { nameKey } from '../ingest/names.js';
import type { Entity, StoredFact } from '../model.js';
import { contentOf } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { ENTITY_KINDS, forbids, kindOfId, KINDS, LINEAGE_TYPES, RELATION_TYPES, ruleOf } from '../ontology.js';
import { ENTITY_COLUMNS, findDocuments, findEntities } from './entities.js';
import { statement } from './engine.js';
import type { Reader } from './reader.js';
import type { FactRow } from './relations.js';
import { FACT_COLUMNS, factOf } from './relations.js';

const KIND_COUNTS = statement<{ kind: string; total: number }>('stats.kinds')`
MATCH (n:Entity) RETURN split(n.id, ':')[0] AS kind, count(n) AS total ORDER BY kind LIMIT 100`;

const TYPE_COUNTS = statement<{ type: RelationType; facts: number; relations: number }>('stats.types')`
MATCH (a:Entity)-[r]->(b:Entity) WHERE type(r) IN $types WITH a, b, type(r) AS type, count(r) AS facts
RETURN type, sum(facts) AS facts, count(*) AS relations ORDER BY type LIMIT 100`;

const DOCUMENT_COUNT = statement<{ total: number }>(
  'stats.documents',
)`MATCH (d:Document) RETURN count(d) AS total LIMIT 1`;

const META = statement<{ value: string }>('stats.meta')`MATCH (m:Meta {id: $id}) RETURN m.value AS value LIMIT 1`;

export interface Stats {
  documents: number;
  kinds: { kind: EntityKind; count: number }[];
  types: { type: RelationType; count: number; facts: number }[];
}

/** Counts of documents, of entities by kind and of relations and facts by type, zeros included, in ontology order. */
export async function stats({ read }: Reader): Promise<Stats> {
  const [kinds, types, documents] = await Promise.all([
    read(KIND_COUNTS, {}),
    read(TYPE_COUNTS, { types: RELATION_TYPES }),
    read(DOCUMENT_COUNT, {}),
  ]);
  return {
    documents: documents[0]?.total ?? 0,
    kinds: KINDS.map((kind) => ({
      kind,
      count: kinds.find((row) => row.kind === kind.toLowerCase())?.total ?? 0,
    })),
    types: RELATION_TYPES.map((type) => {
      const row = types.find((found) => found.type === type);
      return { type, count: row?.relations ?? 0, facts: row?.facts ?? 0 };
    }),
  };
}

const ANY = statement<{ total: number }>('stats.any')`MATCH (n) WITH n LIMIT 1 RETURN count(n) AS total`;

/** Whether the database holds no node at all. */
export const isEmpty = async ({ read }: Reader): Promise<boolean> => (await read(ANY, {}))[0]?.total === 0;

/** A value remembered outside the graph proper, null when there is none. */
export const readMeta = async ({ read }: Reader, id: string): Promise<string | null> =>
  (await read(META, { id }))[0]?.value ?? null;

const ENTITIES = statement<Entity & { labels: string[]; mentioned: boolean }>('stats.entities')`
MATCH (n:Entity) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $limit
RETURN ${ENTITY_COLUMNS}, labels(n) AS labels, EXISTS { MATCH (n)<-[:MENTIONS]-(:Document) } AS mentioned ORDER BY n.id`;

const FACTS = statement<FactRow>('stats.facts')`
UNWIND $ids AS id MATCH (a:Entity {id: id})-[r]->(b:Entity) WHERE type(r) IN $types
RETURN ${FACT_COLUMNS} ORDER BY a.id, r.fact LIMIT $limit`;

const DERIVED = statement<{ descendant: string; relation: RelationType; ancestor: string; confidence: number }>(
  'stats.derived',
)`
UNWIND $ids AS id MATCH (a:Entity {id: id})-[x:DESCENDS_FROM]->(b:Entity)
RETURN a.id AS descendant, x.relation AS relation, b.id AS ancestor, x.confidence AS confidence
ORDER BY descendant, relation, ancestor LIMIT $limit`;

const INCOMING = statement<FactRow>('stats.incoming')`
UNWIND $ids AS id MATCH (b:Entity {id: id})<-[r]-(a:Entity) WHERE type(r) IN $types
RETURN ${FACT_COLUMNS} ORDER BY b.id, r.fact LIMIT $limit`;

const SHARED_NAMES = statement<{ key: string; kind: string; ids: string[] }>('stats.sharedNames')`
MATCH (name:Name)-[:NAMES]->(n:Entity) WITH name, n ORDER BY n.id WITH name, collect(n.id) AS ids WHERE size(ids) > 1
RETURN name.key AS key, name.kind AS kind, ids ORDER BY key, kind LIMIT $limit`;

const PAGE = 500;
const ROWS_MAX = 1_000_000;

/** All entities, a page at a time, each page with the facts that start there. */
async function* pages({ read }: Reader) {
  for (let after = ''; ;) {
    const entities = await read(ENTITIES, { after, limit: PAGE });
    const last = entities.at(-1);
    if (!last) return;
    const ids = entities.map(({ id }) => id);
    const facts = await read(FACTS, { ids, types: RELATION_TYPES, limit: ROWS_MAX });
    yield { ids, entities, facts: facts.map(factOf) };
    after = last.id;
  }
}

/**
 * SHA-256 over all entities and facts, sorted, without the time a fact was recorded and without derived data:
 * equal for two graphs exactly when they say the same.
 */
export async function checksum(reader: Reader): Promise<string> {
  const hash = createHash('sha256');
  const add = (...values: unknown[]): unknown =>
    hash.update(`${JSON.stringify(values.map((value) => value ?? null))}\n`);
  for await (const { entities, facts } of pages(reader)) {
    for (const { id, name, aliases, description, url, abstract, publishedOn, year, arxivId } of entities)
      add(id, name, aliases, description, url, abstract, publishedOn, year, arxivId);
    for (const { fact, type, from, to, document, quote, start, end, method, confidence, via, score } of facts)
      add(fact, type, from, to, document, quote, start, end, method, confidence, via,
        score?.metric, score?.value, score?.raw, score?.unit, score?.setting); // prettier-ignore
  }
  return hash.digest('hex');
}

/** One thing that is wrong with the graph. */
export interface Problem {
  /** Which rule is broken: `quote`, `ontology`, `orphan`, `label`, `lineage`, `name`. */
  rule: string;
  /** What breaks it, by id. */
  subject: string;
  message: string;
}

/** How many problems are listed. */
const PROBLEMS_MAX = 1_000;

/** Every way in which the graph breaks its own rules, at most 1,000. Empty when it is sound. */
export async function check(reader: Reader): Promise<Problem[]> {
  const problems: Problem[] = [];
  const say = (rule: string, subject: string, message: string): number => problems.push({ rule, subject, message });
  for await (const { ids, entities, facts } of pages(reader)) {
    if (problems.length >= PROBLEMS_MAX) break;
    for (const { id, labels, mentioned } of entities) {
      const kind = kindOfId(id);
      if (kind === null || !labels.includes(ENTITY_KINDS[kind].label) || labels.length !== 2)
        say('label', id, `has the labels ${labels.join(', ')}`);
      if (!mentioned) say('orphan', id, 'no document mentions it; ingest its document again');
    }
    await checkQuotes(reader, facts, say);
    for (const { fact, type, from, to } of facts) {
      const [source, target] = [kindOfId(from), kindOfId(to)];
      const forbidden = source && target ? forbids(type, source, target) : 'an end is no entity';
      if (forbidden !== null) say('ontology', fact, `${from} ${type} ${to}: ${forbidden}`);
    }
    await checkLineage(reader, ids, facts, say);
  }
  for (const { key, kind, ids } of await reader.read(SHARED_NAMES, { limit: PROBLEMS_MAX })) {
    const namesakes = (await findEntities(reader, ids)).filter((entity) => entity && nameKey(entity.name) === key);
    if (namesakes.length > 1)
      say('name', key, `is the name of ${ids.join(' and ')}, each a ${kind}; call them one, or name them apart`);
  }
  return problems.slice(0, PROBLEMS_MAX);
}

type Say = (rule: string, subject: string, message: string) => void;

async function checkQuotes(reader: Reader, facts: readonly StoredFact[], say: Say): Promise<void> {
  const documents = await findDocuments(reader, [...new Set(facts.map(({ document }) => document))]);
  const contents = new Map(
    documents.flatMap((document) => (document ? [[document.id, contentOf(document)] as const] : [])),
  );
  for (const { fact, document, quote, start, end } of facts) {
    const content = contents.get(document);
    if (content === undefined) say('quote', fact, `its document ${document} is not in the graph`);
    else if (quote !== null && content?.slice(start ?? 0, end ?? 0) !== quote)
      say('quote', fact, `${JSON.stringify(quote)} does not stand in ${document} at ${String(start)}…${String(end)}`);
  }
}

async function checkLineage(
  { read }: Reader,
  ids: readonly string[],
  outgoing: readonly StoredFact[],
  say: Say,
): Promise<void> {
  const derived = await read(DERIVED, { ids, limit: ROWS_MAX });
  const forward = LINEAGE_TYPES.filter((type) => ruleOf(type).lineage === 'forward');
  const incoming = await read(INCOMING, { ids, types: forward, limit: ROWS_MAX });
  const expected = new Map<string, number>();
  const expect = (descendant: string, relation: string, ancestor: string, confidence: number): void => {
    const at = `${descendant} descends from ${ancestor} by ${relation}`;
    expected.set(at, Math.max(expected.get(at) ?? 0, confidence));
  };
  for (const { type, from, to, confidence } of outgoing)
    if (ruleOf(type).lineage === 'reverse') expect(from, type, to, confidence);
  for (const { type, from, to, confidence } of incoming) expect(to, type, from, confidence);
  for (const { descendant, relation, ancestor, confidence } of derived) {
    const at = `${descendant} descends from ${ancestor} by ${relation}`;
    if (expected.get(at) !== confidence) say('lineage', descendant, `${at} is not what the facts say`);
    expected.delete(at);
  }
  for (const at of expected.keys())
    say('lineage', at.split(' ')[0] ?? at, `${at}, say the facts, but the lineage lacks it`);
}
