/** Everything around some entities, whichever way the relations point. */
import type { Relation } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import { badInput } from '../errors.js';
import { inRange } from './cursor.js';
import { idPrefixes } from './entities.js';
import { cypher, relationTypes, statement } from './engine.js';
import type { Truncation } from './lineage.js';
import type { Reader } from './reader.js';
import type { Closure } from './walk.js';
import { distancesFrom, EDGES_PER_NODE, joined, tripleKey, walkLayers } from './walk.js';

export interface Graph {
  /** entity ids, by (depth, id) */
  nodes: string[];
  edges: Relation[];
  complete: boolean;
  truncatedBy: Truncation[];
  frontier: string[];
}

interface EdgeRow {
  from: string;
  to: string;
  type: RelationType;
  confidence: number;
}

/** All roots of a neighbourhood are one walk; this is the name of its row. */
const WALK = 'neighborhood';

const each = cypher`UNWIND $walks AS walk CALL (walk) { UNWIND walk.ids AS id MATCH (n:Entity {id: id})`;
const pass = cypher`type(r) IN $types AND split(m.id, ':')[0] IN $prefixes`;

const STATEMENTS = {
  next: statement<{ root: string; node: string }>('neighborhood.layer')`
${each} MATCH (n)-[r]-(m:Entity) WHERE ${pass} AND NOT m.id IN walk.seen
  WITH DISTINCT m.id AS node ORDER BY node LIMIT $cap RETURN node }
RETURN walk.root AS root, node ORDER BY root, node LIMIT $rows`,
  links: statement<EdgeRow & { root: string }>('neighborhood.links')`
${each} MATCH (n)-[r]->(m:Entity) WHERE type(r) IN $types AND m.id IN walk.seen
  WITH n.id AS from, m.id AS to, type(r) AS type, max(r.confidence) AS confidence ORDER BY from, to, type LIMIT $cap
  RETURN from, to, type, confidence }
RETURN walk.root AS root, from, to, type, confidence ORDER BY root, from, to, type LIMIT $rows`,
  frontier: statement<{ root: string; node: string }>('neighborhood.frontier')`
${each} WITH walk, n WHERE EXISTS { MATCH (n)-[r]-(m:Entity) WHERE ${pass} AND NOT m.id IN walk.seen }
  RETURN n.id AS node ORDER BY node LIMIT $cap }
RETURN walk.root AS root, node ORDER BY root, node LIMIT $rows`,
};

/** How deep a neighbourhood may be; every depth has a statement that finds all of it, where it is not too large. */
const DEPTHS = [1, 2, 3, 4, 5];

interface WholeRow {
  from: string;
  /** How many facts start or end at it, 0 where what lies beyond is not asked for. */
  degree: number;
  /** null where no relation to something inside starts at it */
  to: string | null;
  type: RelationType | null;
  confidence: number | null;
}

const any = relationTypes(RELATION_TYPES);

const WHOLE = new Map(
  DEPTHS.map((depth) => [
    depth,
    statement<WholeRow>(`neighborhood.whole.${String(depth)}`)`
UNWIND $ids AS id MATCH (s:Entity {id: id}) MATCH (s)-[:${any}*0..${depth}]-(n:Entity)
WITH DISTINCT n LIMIT $cap WITH collect(n) AS ns WHERE size(ns) < $cap UNWIND ns AS n
WITH n, ns, CASE WHEN $beyond IS NULL THEN 0 ELSE COUNT { (n)-[:${any}]-() } END AS degree OPTIONAL MATCH (n)-[r:${any}]->(m:Entity) WHERE m IN ns
RETURN n.id AS from, degree, m.id AS to, type(r) AS type, r.confidence AS confidence
ORDER BY from, to, type, confidence LIMIT $rows`,
  ]),
);

/** Facts that one relation has, at most, before a neighbourhood is walked layer by layer. */
const FACTS_PER_EDGE = 4;

interface NeighborhoodArgs {
  depth?: number | null;
  relations?: readonly RelationType[] | null;
  kinds?: readonly EntityKind[] | null;
  limit?: number | null;
  /** Whether it is asked what lies beyond, as it is unless this is false; otherwise the answer may say that nothing does. */
  beyond?: boolean;
}

interface Question {
  roots: string[];
  depth: number;
  limit: number;
}

/** @throws BAD_USER_INPUT */
function questionOf(ids: readonly string[], args: NeighborhoodArgs): Question {
  const depth = inRange('depth', args.depth ?? 1, 1, 5);
  const limit = inRange('limit', args.limit ?? 200, 1, 5_000);
  const roots = [...new Set(ids)].sort();
  const most = Math.min(100, limit);
  if (roots.length === 0 || roots.length > most || ids.length > 100)
    throw badInput('of', `give from 1 to ${String(most)} ids, not ${String(ids.length)}`);
  return { roots, depth, limit };
}

const linksOf = ({ from, to, type, confidence }: EdgeRow) => [
  { from, to, relation: { type, source: from, target: to, confidence } },
];

/**
 * The same as `neighborhood` by one statement; null where it does not fit, where only some of it is asked for, or where
 * a root is not there.
 */
export async function wholeNeighborhood(
  { read }: Reader,
  ids: readonly string[],
  args: NeighborhoodArgs,
): Promise<Graph | null> {
  const { roots, depth, limit } = questionOf(ids, args);
  const statement = WHOLE.get(depth);
  if (!statement || args.relations || args.kinds) return null;
  const most = limit * EDGES_PER_NODE * FACTS_PER_EDGE;
  const rows = await read(statement, {
    ids: roots,
    beyond: args.beyond === false ? null : true,
    cap: limit + 1,
    rows: most,
  });
  const degrees = new Map(rows.map(({ from, degree }) => [from, degree]));
  if (rows.length === most || degrees.size > limit || !roots.every((root) => degrees.has(root))) return null;
  const edges = new Map<string, EdgeRow>();
  for (const { from, to, type, confidence } of rows) {
    if (to === null || type === null) continue;
    for (const end of new Set([from, to])) degrees.set(end, (degrees.get(end) ?? 0) - 1);
    // Of the facts of one relation the last is the most confident.
    edges.set(tripleKey({ type, source: from, target: to }), { from, to, type, confidence: confidence ?? 0 });
  }
  const links = [...edges.values()].flatMap(linksOf);
  const back = links.map(({ from, to, relation }) => ({ from: to, to: from, relation }));
  const frontier = new Set([...degrees].filter(([, outside]) => outside > 0).map(([id]) => id));
  return graphOf([{ distances: distancesFrom(roots, [...links, ...back]), links, frontier, cut: [] }], {
    depth,
    limit,
  });
}

/** What closures have found, as it is answered. */
function graphOf(closures: Iterable<Closure>, bounds: { depth: number; limit: number }): Graph {
  const { nodes, ...rest } = joined([...closures].map((closure) => ({ way: WALK, closure })), bounds); // prettier-ignore
  return { nodes: nodes.map(({ id }) => id), ...rest };
}

/**
 * Entities at most `depth` steps from any of `ids`, which must exist, and all relations between them, a layer at a time.
 * @throws BAD_USER_INPUT for more than 100 ids, a depth outside 1…5, a limit outside 1…5000
 */
export async function neighborhood(reader: Reader, ids: readonly string[], args: NeighborhoodArgs): Promise<Graph> {
  const { roots, ...bounds } = questionOf(ids, args);
  const params = { types: args.relations ?? RELATION_TYPES, prefixes: idPrefixes(args.kinds) };
  const starts = [{ root: WALK, ids: roots }];
  const walked = await walkLayers(reader, { statements: STATEMENTS, linksOf }, starts, { ...bounds, params });
  return graphOf(walked.values(), bounds);
}

/** Relations of some types between given entities, at most 4 × limit, ordered by (source, target, type). */
export async function relationsBetween(
  { read }: Reader,
  ids: readonly string[],
  { types, limit }: { types: readonly RelationType[]; limit: number },
): Promise<{ edges: Relation[]; truncatedBy: Truncation[] }> {
  const most = limit * EDGES_PER_NODE;
  const params = { walks: [{ root: WALK, ids, seen: ids }], types, cap: most + 1, rows: most + 1 };
  const edges = (await read(STATEMENTS.links, params)).flatMap(linksOf).map(({ relation }) => relation);
  return { edges: edges.slice(0, most), truncatedBy: edges.length > most ? ['EDGES'] : [] };
}
