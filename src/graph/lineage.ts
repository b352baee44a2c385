/** Lineage: what entities descend from and what descends from them, read from DESCENDS_FROM alone. */
import { confidenceIn } from '../checks.js';
import type { Relation } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { KINDS, LINEAGE_TYPES, ruleOf } from '../ontology.js';
import { inRange } from './cursor.js';
import { findEntities } from './entities.js';
import type { Fragment, Params, Statement } from './engine.js';
import { cypher, spelled, statement } from './engine.js';
import { groupBy } from './group.js';
import type { Reader } from './reader.js';
import type { Closure, Link } from './walk.js';
import { closureOf, EDGES_PER_NODE, joined, walkLayers } from './walk.js';

export type LineageDirection = 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH';
export type Truncation = 'DEPTH' | 'NODES' | 'EDGES' | 'DEADLINE';

export interface LineageArgs {
  direction?: LineageDirection | null;
  depth?: number | null;
  relations?: readonly RelationType[] | null;
  kinds?: readonly EntityKind[] | null;
  minConfidence?: number | null;
  limit?: number | null;
}

export interface LineageNode {
  id: string;
  /** Shortest distance from the root, 0 for the root itself. */
  depth: number;
  direction: LineageDirection;
}

export interface Lineage {
  /** entity id */
  root: string;
  /** The root first, then by (depth, id). */
  nodes: LineageNode[];
  edges: Relation[];
  truncatedBy: Truncation[];
  frontier: string[];
  complete: boolean;
}

type Way = 'UPSTREAM' | 'DOWNSTREAM';

/** Depths that have a statement of their own; others use the next deeper one and are cut here. */
const DEPTHS = [1, 2, 3, 5, 10, 20];

const WAYS: Record<Way, { walk: (step: Fragment) => Fragment; next: Fragment; kind: Fragment }> = {
  UPSTREAM: {
    walk: (step) => cypher`(s)-[${step}]->(n:Entity)`,
    next: cypher`(n)-[r:DESCENDS_FROM]->(m:Entity)`,
    kind: cypher`ancestorKind`,
  },
  DOWNSTREAM: {
    walk: (step) => cypher`(s)<-[${step}]-(n:Entity)`,
    next: cypher`(n)<-[r:DESCENDS_FROM]-(m:Entity)`,
    kind: cypher`descendantKind`,
  },
};

const passes = (relation: Fragment, way: Way): Fragment =>
  cypher`${relation}.relation IN $relations AND ${relation}.confidence >= $minConfidence AND ${relation}.${WAYS[way].kind} IN $kinds`;

/** Both engines prune a walk, but each spells the predicate of a pruned walk in its own way. */
const walk = (way: Way, depth: number, filtered: boolean): Fragment => {
  const plain = cypher`DESCENDS_FROM*0..${depth}`;
  if (!filtered) return cypher`MATCH ${WAYS[way].walk(cypher`:${plain}`)}`;
  return spelled(
    cypher`MATCH ${WAYS[way].walk(cypher`w:${plain} WHERE ${passes(cypher`w`, way)}`)}`,
    cypher`MATCH ${WAYS[way].walk(cypher`ws:${plain}`)} WHERE all(w IN ws WHERE ${passes(cypher`w`, way)})`,
  );
};

interface LinkRow {
  root: string;
  from: string;
  /** null in the one row of a node that has no passing relation */
  relation: RelationType | null;
  to: string | null;
  confidence: number | null;
}

const closureStatement = (way: Way, depth: number, filtered: boolean): Statement<LinkRow> =>
  statement<LinkRow>(`lineage.${way.toLowerCase()}.${String(depth)}${filtered ? '.filtered' : ''}`)`
UNWIND $ids AS id MATCH (s:Entity {id: id}) CALL (s) { ${walk(way, depth, filtered)} WITH DISTINCT n LIMIT $cap RETURN n }
OPTIONAL MATCH ${WAYS[way].next} ${filtered ? cypher`WHERE (${passes(cypher`r`, way)}) OR (m.id = id AND r.relation IN $relations AND r.confidence >= $minConfidence)` : cypher``}
RETURN id AS root, n.id AS from, r.relation AS relation, m.id AS to, r.confidence AS confidence
ORDER BY root, from, to, relation LIMIT $rows`;

const CLOSURES = new Map(
  (['UPSTREAM', 'DOWNSTREAM'] as const).flatMap((way) =>
    DEPTHS.flatMap((depth) =>
      [true, false].map(
        (filtered) => [`${way} ${String(depth)} ${String(filtered)}`, closureStatement(way, depth, filtered)] as const,
      ),
    ),
  ),
);

const layered = (way: Way) => {
  const pass = cypher`(${passes(cypher`r`, way)} OR (m.id = walk.root AND r.relation IN $relations AND r.confidence >= $minConfidence))`;
  const each = cypher`UNWIND $walks AS walk CALL (walk) { UNWIND walk.ids AS id MATCH (n:Entity {id: id})`;
  const name = way.toLowerCase();
  return {
    next: statement<{ root: string; node: string }>(`lineage.layer.${name}`)`
${each} MATCH ${WAYS[way].next} WHERE ${pass} AND NOT m.id IN walk.seen
  WITH DISTINCT m.id AS node ORDER BY node LIMIT $cap RETURN node }
RETURN walk.root AS root, node ORDER BY root, node LIMIT $rows`,
    links: statement<LinkRow>(`lineage.links.${name}`)`
${each} MATCH ${WAYS[way].next} WHERE ${pass} AND m.id IN walk.seen
  RETURN n.id AS from, r.relation AS relation, m.id AS to, r.confidence AS confidence ORDER BY from, to, relation LIMIT $cap }
RETURN walk.root AS root, from, relation, to, confidence ORDER BY root, from, to, relation LIMIT $rows`,
    frontier: statement<{ root: string; node: string }>(`lineage.frontier.${name}`)`
${each} WITH walk, n WHERE EXISTS { MATCH ${WAYS[way].next} WHERE ${pass} AND NOT m.id IN walk.seen }
  RETURN n.id AS node ORDER BY node LIMIT $cap }
RETURN walk.root AS root, node ORDER BY root, node LIMIT $rows`,
  };
};

const LAYERS = { UPSTREAM: layered('UPSTREAM'), DOWNSTREAM: layered('DOWNSTREAM') };

interface Question {
  depth: number;
  limit: number;
  params: Params;
  filtered: boolean;
}

/** A row as a step of the walk; DESCENDS_FROM points from descendant to ancestor. */
const linksOf = ({ from, to, relation, confidence }: LinkRow, way: Way): Link[] => {
  if (to === null || relation === null) return [];
  const [descendant, ancestor] = way === 'UPSTREAM' ? [from, to] : [to, from];
  const [source, target] = ruleOf(relation).lineage === 'forward' ? [ancestor, descendant] : [descendant, ancestor];
  return [{ from, to, relation: { type: relation, source, target, confidence: confidence ?? 0 } }];
};

/**
 * The walks one way from every root that is there: one statement for all of them, a layer at a time for those that do
 * not fit.
 */
async function closures(
  reader: Reader,
  ids: readonly string[],
  way: Way,
  question: Question,
): Promise<Map<string, Closure>> {
  const { depth, limit, params, filtered } = question;
  const step = DEPTHS.find((deep) => deep >= depth) ?? depth;
  const whole = CLOSURES.get(`${way} ${String(step)} ${String(filtered)}`);
  if (!whole) throw new Error(`no lineage statement for depth ${String(depth)}`);
  const rows = ids.length * (limit + 1) * EDGES_PER_NODE;
  const found = await reader.read(whole, { ids, ...params, cap: limit + 1, rows });
  const byRoot = groupBy(found, ({ root }) => root);
  // Whoever is there has a row, even without a relation, unless the rows were cut.
  const whoIsThere = async (): Promise<ReadonlySet<string | undefined>> =>
    new Set((await findEntities(reader, ids)).map((entity) => entity?.id));
  const there = found.length < rows ? new Set(byRoot.keys()) : await whoIsThere();
  const rowsOf = new Map(ids.filter((id) => there.has(id)).map((id) => [id, byRoot.get(id) ?? []]));
  const fits = (of: LinkRow[]): boolean => found.length < rows && new Set(of.map(({ from }) => from)).size <= limit;
  const overflown = [...rowsOf].filter(([, of]) => !fits(of)).map(([root]) => ({ root, ids: [root] }));
  const layers = { statements: LAYERS[way], linksOf: (row: LinkRow) => linksOf(row, way) };
  const walked =
    overflown.length > 0 ? await walkLayers(reader, layers, overflown, question) : new Map<string, Closure>();
  for (const [id, of] of rowsOf) {
    const links = of.flatMap((row) => linksOf(row, way));
    if (!walked.has(id)) walked.set(id, closureOf(id, links, depth));
  }
  return walked;
}

/** A walk that met nothing. */
const NOTHING: Closure = { distances: new Map(), links: [], frontier: new Set(), cut: [] };

/** Relations from ancestors straight to descendants, which neither of the two one-way walks takes. */
async function linksAcross(
  { read }: Reader,
  partsOf: ReadonlyMap<string, { way: Way; closure: Closure }[]>,
  { depth, limit, params }: Question,
): Promise<LinkRow[]> {
  const walks = [...partsOf].map(([root, parts]) => {
    const ids = joined(parts, { depth, limit }).nodes.map(({ id }) => id);
    return { root, ids, seen: ids };
  });
  const cap = limit * EDGES_PER_NODE + 1;
  return read(LAYERS.UPSTREAM.links, { walks, ...params, cap, rows: walks.length * cap });
}

/**
 * The lineage of every id, in the order asked, null for an id that no entity has. Nodes are counted and cut by (depth, id); edges
 * are all passing relations between returned nodes, at most 4 × limit; the frontier are the returned nodes that
 * have a passing relation to a node not returned.
 * @throws BAD_USER_INPUT for a depth outside 1…20, a limit outside 1…5000, a confidence outside 0…1
 */
export async function lineages(reader: Reader, ids: readonly string[], args: LineageArgs): Promise<(Lineage | null)[]> {
  const depth = inRange('depth', args.depth ?? 5, 1, 20);
  const limit = inRange('limit', args.limit ?? 500, 1, 5_000);
  const relations = args.relations ? LINEAGE_TYPES.filter((type) => args.relations?.includes(type)) : LINEAGE_TYPES;
  const minConfidence = confidenceIn('minConfidence', args.minConfidence, 0);
  const kinds = args.kinds ?? KINDS;
  const filtered = minConfidence > 0 || relations.length < LINEAGE_TYPES.length || kinds.length < KINDS.length;
  const question: Question = { depth, limit, filtered, params: { relations, minConfidence, kinds } };
  const direction = args.direction ?? 'UPSTREAM';
  const ways: Way[] = direction === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [direction];
  const walks = await Promise.all(
    ways.map(async (way) => ({ way, found: await closures(reader, ids, way, question) })),
  );
  const partsOf = new Map(
    ids.map((root) => [
      root,
      walks.flatMap(({ way, found }) => (found.has(root) ? [{ way, closure: found.get(root) ?? NOTHING }] : [])),
    ]),
  );
  const rows = direction === 'BOTH' ? await linksAcross(reader, partsOf, question) : [];
  const across = groupBy(rows, ({ root }) => root);
  return ids.map((root) => {
    const parts = partsOf.get(root) ?? [];
    if (parts.length === 0) return null;
    const links = (across.get(root) ?? []).flatMap((row) => linksOf(row, 'UPSTREAM'));
    const { nodes, ...rest } = joined([...parts, { way: ways[0], closure: { ...NOTHING, links } }], { depth, limit });
    return {
      root,
      ...rest,
      nodes: nodes.map(({ id, depth: distance, ways: by }) => ({
        id,
        depth: distance,
        direction: id === root ? direction : by.length > 1 ? 'BOTH' : (by[0] ?? direction),
      })),
    };
  });
}
