/** How long loading takes, beside the same graph written by hand. */
import { rmSync } from 'node:fs';
import type { Driver } from 'neo4j-driver';
import type { Config } from '../../src/config.js';
import { openEngine } from '../../src/graph/open.js';
import { writeRecords } from '../../src/graph/write.js';
import type { GraphRecords } from '../../src/ingest/identify.js';
import { identifyAll } from '../../src/ingest/identify.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import { cpuOf, memoryOf } from './contenders.js';
import { readingsOf } from './graph.js';
import { driverOf, writeLean, writeWhole } from './tuned.js';

/** What loading took; facts and entities are those written. */
export interface Load {
  how: string;
  entities: number;
  facts: number;
  seconds: number;
  /** processor time of this process, in seconds */
  cpu: number;
  /** processor time of the database, 0 where its process is not known */
  database: number;
  /** megabytes that this process held at most */
  memory: number;
}

const { vocabulary } = vocabularyOf([]);

function* recordsOf(entities: number): Generator<GraphRecords> {
  for (const readings of readingsOf(entities)) yield identifyAll(readings, vocabulary);
}

/** Says what a graph of this database is; only one that was made here is ever deleted. */
const MARK = 'bench';

/** Empties a Neo4j. @throws where it holds anything that was not made here */
async function emptied(driver: Driver): Promise<void> {
  const { records } = await driver.executeQuery(
    'OPTIONAL MATCH (b:Meta {id: $mark}) WITH count(b) AS marks OPTIONAL MATCH (n) RETURN marks, n IS NULL AS empty LIMIT 1',
    { mark: MARK },
  );
  const [first] = records;
  if (first?.get('empty') === true) return;
  if (first?.get('marks') !== 1) throw new Error('this Neo4j holds a graph that was not made by a benchmark');
  const session = driver.session();
  await session.run('MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS');
  await session.run('MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS');
  await session.close();
}

const marked = (driver: Driver): Promise<unknown> =>
  driver.executeQuery('MERGE (b:Meta {id: $mark}) SET b.value = "made by a benchmark"', { mark: MARK });

/** Times only the writing: what is written is made before, a part at a time. */
async function timed(
  how: string,
  { entities, databasePid }: { entities: number; databasePid: number | null },
  write: (records: GraphRecords) => Promise<void>,
): Promise<Load> {
  const met = new Set<string>();
  let facts = 0;
  let milliseconds = 0;
  let cpu = 0;
  let database = 0;
  for (const records of recordsOf(entities)) {
    for (const { id } of records.mentions) met.add(id);
    facts += records.facts.length;
    const from = performance.now();
    const before = process.cpuUsage();
    const busy = cpuOf(databasePid ?? 0);
    await write(records);
    milliseconds += performance.now() - from;
    const { user, system } = process.cpuUsage(before);
    cpu += (user + system) / 1e6;
    database += (cpuOf(databasePid ?? 0) - busy) / 1_000;
    process.stderr.write(`\r${how}: ${String(met.size)} entities, ${(milliseconds / 1_000).toFixed(0)} s `);
  }
  process.stderr.write('\n');
  const { most: memory } = memoryOf(process.pid);
  return { how, entities: met.size, facts, seconds: milliseconds / 1_000, cpu, database, memory };
}

/** Empties the embedded store, or a Neo4j that holds nothing but what a benchmark made. */
export async function emptyStore(config: Config): Promise<void> {
  if (!config.neo4j) return void rmSync(config.dataDirectory, { recursive: true, force: true });
  const driver = driverOf(config.neo4j);
  await emptied(driver);
  await marked(driver);
  await driver.close();
}

/** Loads through the program's own writing into an emptied store. */
export async function loadOwn(config: Config, entities: number, databasePid: number | null): Promise<Load> {
  await emptyStore(config);
  const engine = await openEngine(config);
  await engine.warm();
  const load = await timed('stemma', { entities, databasePid }, (records) =>
    writeRecords(engine, records, '2026-01-01T00:00:00.000Z'),
  );
  await engine.close();
  return load;
}

/** Loads by hand-written Cypher into an emptied Neo4j that has the program's indexes. */
export async function loadByHand(
  config: Config,
  entities: number,
  { whole, databasePid }: { whole: boolean; databasePid: number | null },
): Promise<Load> {
  if (!config.neo4j) throw new Error('by hand is written to a Neo4j only');
  await emptyStore(config);
  const driver = driverOf(config.neo4j);
  await (await openEngine(config)).close();
  const write = whole ? writeWhole : writeLean;
  const how = whole ? 'by hand, everything' : 'by hand, entities and facts';
  const load = await timed(how, { entities, databasePid }, (records) => write(driver, records));
  await driver.close();
  return load;
}
