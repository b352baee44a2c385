/** Looking up entities and documents: by id, by any name. */
import { ambiguous } from '../errors.js';
import { keyOf, lookupKey } from '../ingest/external.js';
import type { Document, Entity } from '../model.js';
import type { EntityKind } from '../ontology.js';
import { kindOfId, KINDS } from '../ontology.js';
import type { Reader } from './reader.js';
import type { Fragment } from './engine.js';
import { cypher, statement } from './engine.js';

/** An entity without its abstract, which outweighs all else of it. */
export type Brief = Omit<Entity, 'abstract'>;

/** The columns of an entity `n`, without its abstract and with it. */
export const BRIEF_COLUMNS = cypher`n.id AS id, n.name AS name, n.aliases AS aliases, n.description AS description, n.url AS url, n.publishedOn AS publishedOn, n.year AS year, n.arxivId AS arxivId`;
export const ENTITY_COLUMNS = cypher`${BRIEF_COLUMNS}, n.abstract AS abstract`;

const ifWhole = (property: Fragment): Fragment =>
  cypher`CASE WHEN $whole IS NULL THEN null ELSE n.${property} END AS ${property}`;

/** The same, but what is long is null where `$whole` is. */
export const LISTED_COLUMNS = cypher`n.id AS id, n.name AS name, ${ifWhole(cypher`aliases`)}, ${ifWhole(cypher`description`)}, n.url AS url, n.publishedOn AS publishedOn, n.year AS year, n.arxivId AS arxivId, ${ifWhole(cypher`abstract`)}`;

const BY_IDS = statement<Entity>('entities.byIds')`
UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN ${ENTITY_COLUMNS} ORDER BY n.id LIMIT $limit`;

const BY_NAMES = statement<{ key: string; kind: EntityKind; id: string }>('entities.byNames')`
UNWIND $keys AS key MATCH (name:Name {key: key})-[:NAMES]->(n:Entity)
RETURN key, name.kind AS kind, n.id AS id ORDER BY key, n.id LIMIT $limit`;

const DOCUMENTS = statement<StoredDocument>('documents.byIds')`
UNWIND $ids AS id MATCH (d:Document {id: id})
RETURN d.id AS id, d.title AS title, d.text AS text, d.url AS url, d.paper AS paper
ORDER BY d.id LIMIT $limit`;

/** How many entities one name may mean before the list is cut. */
const NAMESAKES = 100;

export async function findEntities({ read }: Reader, ids: readonly string[]): Promise<(Entity | null)[]> {
  const rows = await read(BY_IDS, { ids, limit: ids.length });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/**
 * The entities that answer to ids, each null where none does. An id that no entity has any more, because the
 * vocabulary joined its name to another or a paper known by its external id got a title, spells a name or an external
 * id: the one entity of its kind that is found by that answers, under the id it has now.
 */
export async function findAnswering(reader: Reader, ids: readonly string[]): Promise<(Entity | null)[]> {
  const found = await findEntities(reader, ids);
  const keys = ids.map((id, i) => (found[i] ? null : keyOfId(id)));
  const gone = [...new Set(keys.flatMap((key) => key ?? []))];
  if (gone.length === 0) return found;
  const rows = await reader.read(BY_NAMES, { keys: gone, limit: gone.length * NAMESAKES });
  const now = ids.map((id, i) => {
    const answering = rows.filter(({ key, kind }) => key === keys[i] && kind === kindOfId(id));
    return answering.length === 1 ? answering[0]?.id : undefined;
  });
  const renamed = new Map(
    (
      await findEntities(
        reader,
        now.flatMap((id) => id ?? []),
      )
    ).map((entity) => [entity?.id, entity]),
  );
  return found.map((entity, i) => entity ?? renamed.get(now[i]) ?? null);
}

/** The key of the name or external id that an id spells, null for what is no id. */
function keyOfId(id: string): string | null {
  const kind = kindOfId(id);
  const key = kind === null ? '' : keyOf(kind, kind === 'REPO' ? id : id.slice(id.indexOf(':') + 1));
  return key === '' ? null : key;
}

/** A document as the graph keeps it; `paper` is the entity it presents, null for model cards and dumps. */
export type StoredDocument = Pick<Document, 'id' | 'title' | 'text' | 'url'> & { paper: string | null };

export async function findDocuments({ read }: Reader, ids: readonly string[]): Promise<(StoredDocument | null)[]> {
  const rows = await read(DOCUMENTS, { ids, limit: ids.length });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** What keys mean, by key and id; of one kind only where one is given. */
export const meaningsOf = async (
  { read }: Reader,
  keys: readonly string[],
  kind?: EntityKind | null,
): Promise<{ key: string; id: string }[]> =>
  (await read(BY_NAMES, { keys, limit: keys.length * NAMESAKES })).filter((row) => !kind || row.kind === kind);

/**
 * The id of the entity that a name means, null when none does.
 * @throws AMBIGUOUS with all ids when it means several.
 */
export async function findIdByName(reader: Reader, name: string, kind?: EntityKind | null): Promise<string | null> {
  const key = lookupKey(name);
  const ids = key === '' ? [] : (await meaningsOf(reader, [key], kind)).map(({ id }) => id);
  if (ids.length > 1) throw ambiguous('name', name, ids, 'ask by id, or add a kind');
  return ids[0] ?? null;
}

/** Kinds as the prefixes of ids that a filter on kinds lets pass. */
export const idPrefixes = (kinds?: readonly EntityKind[] | null): string[] =>
  (kinds ?? KINDS).map((kind) => kind.toLowerCase());
