/** Everything around some entities, whichever way the relations point. */
import type { Relation } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import { badInput } from '../errors.js';
import { inRange } from './cursor.js';
import { idPrefixes } from './entities.js';
import { cypher, statement } from './engine.js';
import type { Truncation } from './lineage.js';
import type { Reader } from './reader.js';
import { EDGES_PER_NODE, joined, walkLayers } from './walk.js';

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

const linksOf = ({ from, to, type, confidence }: EdgeRow) => [
  { from, to, relation: { type, source: from, target: to, confidence } },
];

/**
 * Entities at most `depth` steps from any of `ids`, which must exist, and all relations between them.
 * @throws BAD_USER_INPUT for more than 100 ids, a depth outside 1…5, a limit outside 1…5000
 */
export async function neighborhood(
  reader: Reader,
  ids: readonly string[],
  args: {
    depth?: number | null;
    relations?: readonly RelationType[] | null;
    kinds?: readonly EntityKind[] | null;
    limit?: number | null;
  },
): Promise<Graph> {
  const depth = inRange('depth', args.depth ?? 1, 1, 5);
  const limit = inRange('limit', args.limit ?? 200, 1, 5_000);
  const roots = [...new Set(ids)].sort();
  if (roots.length === 0 || roots.length > Math.min(100, limit))
    throw badInput('of', `give from 1 to ${String(Math.min(100, limit))} ids, not ${String(roots.length)}`);
  const params = { types: args.relations ?? RELATION_TYPES, prefixes: idPrefixes(args.kinds) };
  const walks = await walkLayers(reader, { statements: STATEMENTS, linksOf }, [{ root: WALK, ids: roots }], {
    depth,
    limit,
    params,
  });
  const parts = [...walks.values()].map((closure) => ({ way: WALK, closure }));
  const { nodes, ...rest } = joined(parts, { depth, limit });
  return { nodes: nodes.map(({ id }) => id), ...rest };
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
