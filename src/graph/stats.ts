/** The graph as a whole: how much there is, its checksum. */
import { createHash } from 'node:crypto';
import type { Entity } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { KINDS, RELATION_TYPES } from '../ontology.js';
import { ENTITY_COLUMNS } from './entities.js';
import { statement } from './engine.js';
import type { Reader } from './reader.js';
import type { FactRow } from './relations.js';
import { FACT_COLUMNS, factOf } from './relations.js';

const KIND_COUNTS = statement<{ kind: string; total: number }>('stats.kinds')`
MATCH (n:Entity) RETURN split(n.id, ':')[0] AS kind, count(n) AS total ORDER BY kind LIMIT 100`;

interface TypeRow {
  type: RelationType;
  facts: number;
  relations: number;
}

const TYPE_COUNTS = statement<TypeRow>('stats.types')`
MATCH (a:Entity)-[r]->(b:Entity) WHERE type(r) IN $types WITH a, b, type(r) AS type, count(r) AS facts
RETURN type, sum(facts) AS facts, count(*) AS relations ORDER BY type LIMIT 100`;

const DOCUMENT_COUNT = statement<{ total: number }>('stats.documents')`MATCH (d:Document) RETURN count(d) AS total`;

/** How many documents were read, which the engines know without counting. */
export const countDocuments = async ({ read }: Reader): Promise<number> =>
  (await read(DOCUMENT_COUNT, {}))[0]?.total ?? 0;

/** How many entities there are; the relations between them are not looked at. */
export const countEntities = async ({ read }: Reader): Promise<number> =>
  (await read(KIND_COUNTS, {})).reduce((sum, { total }) => sum + total, 0);

export interface Stats {
  documents: number;
  kinds: { kind: EntityKind; count: number }[];
  types: { type: RelationType; count: number; facts: number }[];
}

/** Relations and facts by type, zeros left out; goes through all of them. */
export const countTypes = ({ read }: Reader): Promise<TypeRow[]> => read(TYPE_COUNTS, { types: RELATION_TYPES });

/** What is to be counted; zeros stand for the rest. */
export interface Counted {
  documents: boolean;
  kinds: boolean;
  types: boolean;
}

/** Counts of documents, of entities by kind and of relations and facts by type, zeros included, in ontology order. */
export async function stats(
  { read }: Reader,
  counted: Omit<Counted, 'types'> & { types: Promise<TypeRow[]> | readonly TypeRow[] },
): Promise<Stats> {
  const [kinds, types, documents] = await Promise.all([
    counted.kinds ? read(KIND_COUNTS, {}) : [],
    counted.types,
    counted.documents ? read(DOCUMENT_COUNT, {}) : [],
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

const ANY = statement<{ total: number }>('stats.any')`
MATCH (n) WHERE NOT n:Meta AND NOT n:Audit WITH n LIMIT 1 RETURN count(n) AS total`;

/** Whether the database holds no node but what it remembers of itself and of who changed it. */
export const isEmpty = async ({ read }: Reader): Promise<boolean> => (await read(ANY, {}))[0]?.total === 0;

const ENTITIES = statement<Entity & { labels: string[]; mentioned: boolean }>('stats.entities')`
MATCH (n:Entity) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $limit
RETURN ${ENTITY_COLUMNS}, labels(n) AS labels, EXISTS { MATCH (n)<-[:MENTIONS]-(:Document) } AS mentioned ORDER BY n.id`;

const FACTS = statement<FactRow>('stats.facts')`
UNWIND $ids AS id MATCH (a:Entity {id: id})-[r]->(b:Entity) WHERE type(r) IN $types
RETURN ${FACT_COLUMNS} ORDER BY a.id, r.fact LIMIT $limit`;

const PAGE = 500;
/** How many rows the facts of one page may be. */
export const ROWS_MAX = 1_000_000;

/** All entities, a page at a time, each page with the facts that start there. */
export async function* pages({ read }: Reader) {
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
