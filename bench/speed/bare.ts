/**
 * The least that a server in front of Neo4j can cost: Cypher written by hand for each question, the official driver,
 * Node's own HTTP server. `NEO4J_URI=… PORT=… tsx bench/speed/bare.ts`; POST /<question> with parameters as JSON.
 */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import neo4j from 'neo4j-driver';
import type { Driver } from 'neo4j-driver';
import { readConfig } from '../../src/config.js';
import { RELATION_TYPES } from '../../src/ontology.js';
import { RELATIONS_BY_HAND } from './stream.js';

const { port, neo4j: settings } = readConfig();
if (!settings) throw new Error('set NEO4J_URI');
const driver: Driver = neo4j.driver(settings.uri, neo4j.auth.basic(settings.user, settings.password), {
  disableLosslessIntegers: true,
});

type Params = Record<string, unknown>;
type Row = unknown[];

const sessionOf = () => driver.session({ defaultAccessMode: 'READ', database: settings.database ?? 'neo4j' });

async function run(text: string, params: Params): Promise<Row[]> {
  const session = sessionOf();
  try {
    const integers = Object.entries(params).map(([key, value]) => [
      key,
      Number.isSafeInteger(value) ? neo4j.int(value as number) : value,
    ]);
    const { records } = await session.run(text, Object.fromEntries(integers) as Params);
    return records.map((record) => record.keys.map((_, i): unknown => record.get(i)));
  } finally {
    await session.close();
  }
}

const TYPES = RELATION_TYPES.join('|');
const PAGE = 'RETURN p.id, p.name, p.publishedOn';

const SIMPLE: Record<string, string> = {
  entity: 'MATCH (n:Entity {id: $id}) RETURN n.id, n.name, n.description, n.url, n.publishedOn, n.year',
  first: `MATCH (p:Paper) WHERE p.publishedOn IS NOT NULL AND p.id IS NOT NULL WITH p ORDER BY p.publishedOn DESC, p.id LIMIT $first ${PAGE}`,
  later: `MATCH (p:Paper) WHERE p.publishedOn <= $day AND p.id IS NOT NULL AND (p.publishedOn < $day OR p.id > $id) WITH p ORDER BY p.publishedOn DESC, p.id LIMIT $first ${PAGE}`,
  rows: 'MATCH (p:Paper) WHERE p.name > $name AND p.id IS NOT NULL WITH p ORDER BY p.name, p.id LIMIT $first RETURN p.id, p.name, p.url, p.publishedOn, p.year',
  nested: `MATCH (p:Paper) WHERE p.name >= '' AND p.id IS NOT NULL WITH p ORDER BY p.name, p.id LIMIT 10
CALL (p) { MATCH (p)-[:USES]->(t:Entity) WITH DISTINCT t ORDER BY t.name, t.id LIMIT 5
  CALL (t) { MATCH (t)<-[:USES]-(q:Entity) WITH DISTINCT q ORDER BY q.name, q.id LIMIT 5 RETURN q }
  RETURN t, q }
RETURN p.id, t.id, q.id, q.name`,
  hub: `UNWIND $ids AS id MATCH (p:Entity {id: id})
CALL (p) { MATCH (p)-[:EVALUATED_ON]->(t:Entity) WITH DISTINCT t ORDER BY t.name, t.id LIMIT 5
  CALL (t) { MATCH (t)<-[:EVALUATED_ON]-(q:Entity) WITH DISTINCT q ORDER BY q.name, q.id LIMIT 5 RETURN q }
  RETURN t, q }
RETURN p.id, t.id, q.id, q.name`,
  path: `MATCH (a:Entity {id: $from}), (b:Entity {id: $to}) MATCH p = shortestPath((a)-[:${TYPES}*..6]-(b)) RETURN length(p), [n IN nodes(p) | n.id], [r IN relationships(p) | type(r)]`,
  around: `MATCH (a:Entity {id: $id})-[:${TYPES}*0..2]-(n:Entity) WITH DISTINCT n LIMIT 500 WITH collect(n) AS ns UNWIND ns AS n MATCH (n)-[r:${TYPES}]->(m) WHERE m IN ns RETURN DISTINCT n.id, type(r), m.id`,
  text: `CALL db.index.fulltext.queryNodes('entity_tokens', $lucene) YIELD node, score RETURN node.id, node.name ORDER BY score DESC, node.id LIMIT 20`,
};

const lineageText = (depth: number, filter: string): string =>
  `MATCH (s:Entity {id: $id}) CALL (s) { MATCH (s)-[rs:DESCENDS_FROM*0..${depth}]->(n:Entity) ${filter && `WHERE all(r IN rs WHERE ${filter})`} WITH DISTINCT n LIMIT 5000 RETURN n }
MATCH (n)-[r:DESCENDS_FROM]->(m) ${filter && `WHERE ${filter}`} RETURN n.id, r.relation, m.id`;

const FILTER = 'r.relation IN $relations AND r.confidence >= $minConfidence';

/** Distances and edges of a lineage: a relation that leaves it is none of its edges. */
async function lineage({ id, depth, relations, minConfidence }: Params): Promise<Row[]> {
  const filter = relations === undefined ? '' : FILTER;
  const rows = await run(lineageText(Number(depth), filter), { id, relations, minConfidence });
  const out = new Map<unknown, unknown[]>();
  for (const [from, , to] of rows) {
    const next = out.get(from);
    if (next) next.push(to);
    else out.set(from, [to]);
  }
  const distances = new Map<unknown, number>([[id, 0]]);
  for (let layer = [id], distance = 1; distance <= Number(depth) && layer.length > 0; distance++) {
    layer = [...new Set(layer.flatMap((node) => out.get(node) ?? []))].filter((node) => !distances.has(node));
    for (const node of layer) distances.set(node, distance);
  }
  return [[...distances], rows.filter(([from, , to]) => distances.has(from) && distances.has(to))];
}

async function answer(question: string, params: Params): Promise<Row[]> {
  if (question === 'lineage') return lineage(params);
  if (question === 'counted') {
    const [rows, total] = await Promise.all([
      run(SIMPLE['first'] ?? '', params),
      run('MATCH (p:Paper) RETURN count(p)', {}),
    ]);
    return [...rows, ...total];
  }
  const text = SIMPLE[question];
  if (text === undefined) throw new Error(`no question ${question}`);
  return run(text, params);
}

/** Every relation as a line, streamed as it comes. */
async function exported(response: ServerResponse): Promise<void> {
  const session = sessionOf();
  const result = session.run(RELATIONS_BY_HAND);
  for await (const record of result) {
    const line = `${record.keys.map((_, i) => String(record.get(i))).join(',')}\n`;
    if (!response.write(line)) await new Promise((resolve) => response.once('drain', resolve));
  }
  await session.close();
  response.end();
}

createServer((request, response) => {
  const question = (request.url ?? '').slice(1);
  if (question === 'export') return void exported(response);
  if (question === 'readyz') return void response.end();
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const params = JSON.parse(Buffer.concat(chunks).toString()) as Params;
    answer(question, params).then(
      (rows) => response.setHeader('content-type', 'application/json').end(JSON.stringify(rows)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  });
}).listen(port);
