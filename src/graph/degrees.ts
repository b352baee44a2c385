/** How connected entities are: by relation type for some, the most connected of all. */
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import { pageSize } from './cursor.js';
import { idPrefixes } from './entities.js';
import type { Fragment } from './engine.js';
import { cypher, relationTypes, statement } from './engine.js';
import { groupBy } from './group.js';
import type { Reader } from './reader.js';

/** How many relations of one type start (OUT) or end (IN) at an entity. */
export interface RelationCount {
  type: RelationType;
  direction: 'OUT' | 'IN';
  count: number;
}

const PER_TYPE = statement<{ id: string; type: RelationType; out: boolean; total: number }>('degrees.perType')`
UNWIND $ids AS id MATCH (e:Entity {id: id}) CALL (e) {
  MATCH (e)-[r]-(m:Entity) WHERE type(r) IN $types
  WITH DISTINCT m.id AS node, type(r) AS type, startNode(r).id = e.id AS out
  RETURN type, out, count(*) AS total }
RETURN id, type, out, total ORDER BY id, type, out LIMIT $rows`;

/** For each id, in order, the types it has relations of, in ontology order, OUT before IN. */
export async function degrees({ read }: Reader, ids: readonly string[]): Promise<RelationCount[][]> {
  const params = { ids, types: RELATION_TYPES, rows: ids.length * RELATION_TYPES.length * 2 };
  const byEntity = groupBy(await read(PER_TYPE, params), ({ id }) => id);
  return ids.map((id) =>
    RELATION_TYPES.flatMap((type) =>
      ([true, false] as const).flatMap((out): RelationCount[] => {
        const row = byEntity.get(id)?.find((found) => found.type === type && found.out === out);
        return row ? [{ type, direction: out ? 'OUT' : 'IN', count: row.total }] : [];
      }),
    ),
  );
}

/** An entity and how many others it has a relation with. */
export interface Connected {
  id: string;
  neighbors: number;
}

const most = (name: string, where: Fragment) => statement<Connected>(`degrees.${name}`)`
MATCH (n:Entity)-[r:${relationTypes(RELATION_TYPES)}]-(m:Entity) ${where} WITH n, count(DISTINCT m) AS neighbors
WITH n.id AS id, neighbors WHERE split(id, ':')[0] IN $prefixes
RETURN id, neighbors ORDER BY neighbors DESC, id LIMIT $limit`;

const MOST = most('most', cypher``);
/** By some relations only: the embedded engine takes ten times as long to look at the type of each. */
const MOST_BY = most('mostBy', cypher`WHERE type(r) IN $types`);

interface ConnectedArgs {
  kinds?: readonly EntityKind[] | null;
  /** Only neighbours by these count. */
  relations?: readonly RelationType[] | null;
}

/** The entities with the most neighbours of those that have any, at most `limit`, ties by id; reads all relations. */
export const connected = (
  { read }: Reader,
  { kinds, relations, limit }: ConnectedArgs & { limit: number },
): Promise<Connected[]> => {
  const params = { prefixes: idPrefixes(kinds), limit };
  return relations ? read(MOST_BY, { ...params, types: relations }) : read(MOST, params);
};

/** The same, at most 100. @throws BAD_USER_INPUT for a `first` outside 1…100 */
export const mostConnected = (
  reader: Reader,
  { first, ...args }: ConnectedArgs & { first?: number | null },
): Promise<Connected[]> => connected(reader, { ...args, limit: pageSize(first) });
