/** The shortest paths between two entities by one statement; what only several can tell is left to `paths`. */
import type { Relation } from '../model.js';
import { RELATION_TYPES } from '../ontology.js';
import { cypher, relationTypes, statement } from './engine.js';
import { groupBy } from './group.js';
import type { Path, PathQuestion } from './paths.js';
import type { Reader } from './reader.js';

/** Lengths that have a statement of their own; a question takes the next longer one. */
const LENGTHS = [3, 6, 10];

/** How many ways of the shortest length are looked at before it is decided which of them come first. */
const TIES_MAX = 2_000;

interface TieRow extends Relation {
  /** entity ids, from first to last; empty in the one row that says that there is no path */
  nodes: string[];
  /** which hop */
  at: number;
  /** how many ways there are, parallel relations counted */
  met: number;
}

const any = relationTypes(RELATION_TYPES);
const walkable = cypher`type(r) IN $types AND r.confidence >= $minConfidence`;

const ties = (directed: boolean, length: number, filtered: boolean) => {
  const [way, hop] = directed ? [cypher`->`, cypher`-[r:${any}]->`] : [cypher`-`, cypher`-[r:${any}]-`];
  const name = `paths.ties.${directed ? 'OUT' : 'BOTH'}.${String(length)}${filtered ? '.filtered' : ''}`;
  return statement<TieRow>(name)`
MATCH (a:Entity {id: $from}) MATCH (b:Entity {id: $to})
CALL (a, b) { MATCH p = allShortestPaths((a)-[rs:${any}*1..${length}]${way}(b)) ${filtered ? cypher`WHERE all(r IN relationships(p) WHERE ${walkable})` : cypher``}
  WITH p LIMIT $ties RETURN collect([n IN nodes(p) | n.id]) AS ways }
UNWIND CASE WHEN size(ways) = 0 THEN [[]] ELSE ways END AS nodes
WITH DISTINCT nodes, size(ways) AS met ORDER BY nodes LIMIT $first
UNWIND CASE WHEN size(nodes) = 0 THEN [0] ELSE range(0, size(nodes) - 2) END AS at
OPTIONAL MATCH (n:Entity {id: nodes[at]}) OPTIONAL MATCH (m:Entity {id: nodes[at + 1]}) OPTIONAL MATCH (n)${hop}(m) ${filtered ? cypher`WHERE ${walkable}` : cypher``}
RETURN nodes, met, at, type(r) AS type, startNode(r).id AS source, endNode(r).id AS target, max(r.confidence) AS confidence
ORDER BY nodes, at, confidence DESC, type, source LIMIT $limit`;
};

const TIES = new Map(
  [true, false].flatMap((directed) =>
    LENGTHS.flatMap((length) =>
      [true, false].map(
        (filtered) => [`${String(directed)} ${length} ${String(filtered)}`, ties(directed, length, filtered)] as const,
      ),
    ),
  ),
);

/** How many rows of hops one answer has at most. */
const ROWS_MAX = 10_000;

/**
 * The paths of the shortest length where there are enough of them, or none at all; null where one of the ends is not
 * there.
 */
export async function tiedPaths(
  { read }: Reader,
  ends: { from: string; to: string },
  { first, maxLength, directed, params }: PathQuestion,
): Promise<Path[] | null | 'undecided'> {
  const filtered = params['types'] !== RELATION_TYPES || params['minConfidence'] !== 0;
  const length = LENGTHS.find((known) => known >= maxLength) ?? maxLength;
  const statement = TIES.get(`${String(directed)} ${length} ${String(filtered)}`);
  if (!statement) return 'undecided';
  const rows = await read(statement, { ...ends, ...(filtered ? params : {}), first, ties: TIES_MAX, limit: ROWS_MAX });
  const [shortest] = rows;
  if (!shortest) return null;
  // The embedded engine takes the shortest ways first and filters them then: none may be left where longer ones are.
  if (shortest.nodes.length === 0) return filtered ? 'undecided' : [];
  if (shortest.nodes.length - 1 > maxLength) return [];
  const found = [...groupBy(rows, ({ nodes }) => nodes.join(' ')).values()];
  if (found.length < first || shortest.met === TIES_MAX) return 'undecided';
  return found.map((hopRows) => ({
    length: shortest.nodes.length - 1,
    nodes: hopRows[0]?.nodes ?? [],
    steps: [...groupBy(hopRows, ({ at }) => at).values()].flatMap(([best]) => {
      if (!best) return [];
      const { type, source, target, confidence } = best;
      return [{ type, source, target, confidence }];
    }),
  }));
}
