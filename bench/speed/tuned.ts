/** The same graph written by hand: tuned UNWIND … MERGE through the official driver, everything computed beforehand. */
import neo4j from 'neo4j-driver';
import type { Driver } from 'neo4j-driver';
import type { Neo4jSettings } from '../../src/graph/driver.js';
import { groupBy } from '../../src/graph/group.js';
import type { GraphRecords } from '../../src/ingest/identify.js';
import type { EntityMention } from '../../src/ingest/mentions.js';
import { ENTITY_KINDS, kindOfId, ruleOf } from '../../src/ontology.js';

const BATCH = 5_000;

type Row = Record<string, unknown>;

export const driverOf = ({ uri, user, password }: Neo4jSettings): Driver =>
  neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });

async function unwound(driver: Driver, text: string, rows: readonly Row[]): Promise<void> {
  for (let i = 0; i < rows.length; i += BATCH) {
    const session = driver.session();
    await session.executeWrite((transaction) =>
      transaction.run(`UNWIND $rows AS row ${text}`, { rows: rows.slice(i, i + BATCH) }),
    );
    await session.close();
  }
}

/** Rows in groups, each with the text for its group. */
async function perGroup(driver: Driver, rows: readonly Row[], textOf: (group: string) => string): Promise<void> {
  for (const [group, members] of groupBy(rows, ({ group }) => String(group)))
    await unwound(driver, textOf(group), members);
}

const labelOf = (id: string): string => ENTITY_KINDS[kindOfId(id) ?? 'PAPER'].label;

/** Entities and facts alone: what a graph needs at least. */
export async function writeLean(driver: Driver, { mentions, facts }: GraphRecords): Promise<void> {
  const entities = [...new Map(mentions.map((mention) => [mention.id, mention])).values()].map(entityRow);
  await perGroup(driver, entities, (label) => `MERGE (e:Entity {id: row.id}) SET e:${label}, e += row.properties`);
  const rows = facts.map(({ from, to, fact, type, score, ...rest }): Row => ({
    from, to, fact, group: type, properties: { ...rest, ...score, recordedAt: '2026-01-01T00:00:00.000Z' },
  })); // prettier-ignore
  await perGroup(
    driver,
    rows,
    (type) =>
      `MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to}) MERGE (a)-[r:${type} {fact: row.fact}]->(b) SET r += row.properties`,
  );
}

const entityRow = ({ id, name, names, description, url, abstract, publishedOn, year, arxivId, tokens }: EntityMention): Row => ({
  id, group: labelOf(id),
  properties: {
    name, description, url, abstract, publishedOn, year, arxivId,
    aliases: names.filter((other) => other !== name), tokens: ` ${tokens.join(' ')} `,
  },
}); // prettier-ignore

/** Everything that the program keeps: documents, mentions, names and derived lineage too. */
export async function writeWhole(driver: Driver, records: GraphRecords): Promise<void> {
  const { documents, mentions, facts } = records;
  await unwound(
    driver,
    'MERGE (d:Document {id: row.id}) SET d += row',
    documents.map(({ id, title, text, url, publishedOn }) => ({ id, title, text, url, publishedOn })),
  );
  await writeLean(driver, records);
  await unwound(
    driver,
    'MATCH (d:Document {id: row.document}) MATCH (e:Entity {id: row.id}) MERGE (d)-[m:MENTIONS {method: row.method}]->(e) SET m += row.properties',
    mentions.map(({ document, id, method, ...properties }) => ({ document, id, method, properties })),
  );
  await unwound(
    driver,
    'MATCH (e:Entity {id: row.id}) MERGE (n:Name {key: row.key, kind: row.kind}) MERGE (n)-[:NAMES]->(e)',
    [...new Map(mentions.flatMap(({ id, keys }) => keys.map((key) => [`${id} ${key}`, { id, key, kind: kindOfId(id) }]))).values()],
  ); // prettier-ignore
  const derived = facts.flatMap(({ type, from, to, confidence }): Row[] => {
    const { lineage } = ruleOf(type);
    if (lineage === null) return [];
    const [below, above] = lineage === 'forward' ? [to, from] : [from, to];
    return [{ below, above, relation: type, confidence, ancestorKind: kindOfId(above), descendantKind: kindOfId(below) }];
  }); // prettier-ignore
  await unwound(
    driver,
    'MATCH (a:Entity {id: row.below}) MATCH (b:Entity {id: row.above}) MERGE (a)-[x:DESCENDS_FROM {relation: row.relation}]->(b) SET x.confidence = row.confidence, x.ancestorKind = row.ancestorKind, x.descendantKind = row.descendantKind',
    derived,
  );
}
