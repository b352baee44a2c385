/** How connected entities are: by relation type for some, the most connected of all. */
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import { pageSize } from './cursor.js';
import { idPrefixes } from './entities.js';
import { relationTypes, statement } from './engine.js';
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

const MOST_CONNECTED = statement<Connected>('degrees.most')`
MATCH (n:Entity) WHERE split(n.id, ':')[0] IN $prefixes
OPTIONAL MATCH (n)-[r:${relationTypes(RELATION_TYPES)}]-(m:Entity) WHERE type(r) IN $types
WITH n.id AS id, count(DISTINCT m.id) AS neighbors
RETURN id, neighbors ORDER BY neighbors DESC, id LIMIT $limit`;

interface ConnectedArgs {
  kinds?: readonly EntityKind[] | null;
  /** Only neighbours by these count. */
  relations?: readonly RelationType[] | null;
}

/** The entities with the most neighbours, at most `limit`, ties by id; reads all relations. */
export const connected = (
  { read }: Reader,
  { kinds, relations, limit }: ConnectedArgs & { limit: number },
): Promise<Connected[]> =>
  read(MOST_CONNECTED, { types: relations ?? RELATION_TYPES, prefixes: idPrefixes(kinds), limit });

/** The same of those that have any. @throws BAD_USER_INPUT for a `first` outside 1…100 */
export const mostConnected = async (
  reader: Reader,
  { first, ...args }: ConnectedArgs & { first?: number | null },
): Promise<Connected[]> =>
  (await connected(reader, { ...args, limit: pageSize(first) })).filter(({ neighbors }) => neighbors > 0);
