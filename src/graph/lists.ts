/** Lists of all entities of a kind, in order, filtered, page by page. */
import { badInput } from '../errors.js';
import type { Entity } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { KINDS, RELATION_TYPES } from '../ontology.js';
import type { Page, PageArgs } from './cursor.js';
import { keysAfter, pageOf, pageSize } from './cursor.js';
import { LISTED_COLUMNS } from './entities.js';
import type { Fragment } from './engine.js';
import { cypher, kindLabel, spelled, statement } from './engine.js';
import type { Reader } from './reader.js';

export type Order = 'NAME_ASC' | 'NAME_DESC' | 'PUBLISHED_ASC' | 'PUBLISHED_DESC';

/** What entities must have to be listed. */
export interface EntityFilter {
  nameContains?: string | null;
  /** They have a relation with this entity … */
  relatedTo?: string | null;
  /** … of this type. */
  relation?: RelationType | null;
  /** ISO days, papers only */
  publishedFrom?: string | null;
  publishedTo?: string | null;
}

export interface ListArgs extends PageArgs {
  where?: EntityFilter | null;
  orderBy?: Order | null;
  /** Whether the total will be asked for too, so that both are found at once. */
  counted?: boolean;
  /** Whether aliases, descriptions and abstracts are asked for, as they are unless this is false; otherwise all are null. */
  whole?: boolean;
}

/** Above every string that a name or a day can be. */
const LAST = '\u{10FFFF}';

const FILTER = cypher`($nameContains IS NULL OR toLower(n.name) CONTAINS $nameContains)
  AND ($publishedFrom IS NULL OR n.publishedOn >= $publishedFrom) AND ($publishedTo IS NULL OR n.publishedOn <= $publishedTo)
  AND ($relatedTo IS NULL OR EXISTS { MATCH (n)-[r]-(m:Entity {id: $relatedTo}) WHERE type(r) IN $types })`;

/**
 * For each order: the property it sorts by, the rows behind ($key, $id), and how they are sorted. On Neo4j the index
 * over (property, id) serves both, but only where every property of it has a condition: hence the one on the id.
 */
const ORDERS: Record<Order, { by: Fragment; behind: Fragment; sort: Fragment; start: string }> = {
  NAME_ASC: {
    by: cypher`name`,
    behind: cypher`n.name >= $key AND n.id IS NOT NULL AND (n.name > $key OR n.id > $id)`,
    sort: cypher`n.name, n.id`,
    start: '',
  },
  NAME_DESC: {
    by: cypher`name`,
    behind: cypher`n.name <= $key AND n.id IS NOT NULL AND (n.name < $key OR n.id > $id)`,
    sort: cypher`n.name DESC, n.id`,
    start: LAST,
  },
  PUBLISHED_ASC: {
    by: cypher`publishedOn`,
    behind: cypher`n.publishedOn >= $key AND n.id IS NOT NULL AND (n.publishedOn > $key OR n.id > $id)`,
    sort: cypher`n.publishedOn, n.id`,
    start: '',
  },
  PUBLISHED_DESC: {
    by: cypher`publishedOn`,
    behind: cypher`n.publishedOn <= $key AND n.id IS NOT NULL AND (n.publishedOn < $key OR n.id > $id)`,
    sort: cypher`n.publishedOn DESC, n.id`,
    start: LAST,
  },
};

/** One page of what `source` finds: all of it, and what passes the filter. */
const list = (name: string, source: Fragment, sort: Fragment) => {
  const rest = cypher`WITH n ORDER BY ${sort} LIMIT $limit RETURN ${LISTED_COLUMNS} ORDER BY ${sort}`;
  return {
    all: statement<Entity>(`lists.${name}`)`${source} ${rest}`,
    filtered: statement<Entity>(`lists.${name}.filtered`)`${source} AND ${FILTER} ${rest}`,
  };
};

/** Neo4j would rather read a small kind as a whole; told to use the index it needs no new plan when the kind has grown. */
const inOrder = (kind: EntityKind, order: Order) => {
  const { by, behind, sort } = ORDERS[order];
  const label = kindLabel(kind);
  const hint = spelled(cypher``, cypher`USING INDEX n:${label}(${by}, id)`);
  return list(`${kind}.${order}`, cypher`MATCH (n:${label}) ${hint} WHERE ${behind}`, sort);
};

const orders = Object.keys(ORDERS) as Order[];

const PAGES = new Map(
  KINDS.flatMap((kind) =>
    orders
      .filter((order) => kind === 'PAPER' || order.startsWith('NAME'))
      .map((order) => [`${kind} ${order}`, inOrder(kind, order)] as const),
  ),
);

/** Ids of papers lie between these two. */
const PAPERS = { first: 'paper:', beyond: 'paper;' };

/** Papers without a day come after all others, by id; what has no day is in no index, so Neo4j goes along the ids. */
const UNDATED = list(
  'PAPER.UNDATED',
  spelled(
    cypher`MATCH (n:Paper) WHERE n.publishedOn IS NULL AND n.id > $id AND n.id < $beyond`,
    cypher`MATCH (n:Entity) USING INDEX n:Entity(id) WHERE n.id > $id AND n.id < $beyond AND n.publishedOn IS NULL`,
  ),
  cypher`n.id`,
);

const COUNTS = new Map(
  KINDS.map((kind) => [
    kind,
    {
      // Without a limit, which would make Neo4j count the nodes rather than look up how many there are.
      all: statement<{ total: number }>(`lists.${kind}.count`)`MATCH (n:${kindLabel(kind)}) RETURN count(n) AS total`,
      filtered: statement<{ total: number }>(`lists.${kind}.count.filtered`)`
MATCH (n:${kindLabel(kind)}) WHERE ${FILTER} RETURN count(n) AS total LIMIT 1`,
    },
  ]),
);

/**
 * One page of the entities of a kind, by default ordered by (name, id).
 * @throws BAD_USER_INPUT for a foreign cursor, a first outside 1…100, or a relation without relatedTo
 */
export async function entityPage(
  { read }: Reader,
  kind: EntityKind,
  { counted = false, whole = true, ...args }: ListArgs,
): Promise<Page<Entity>> {
  const order = args.orderBy ?? 'NAME_ASC';
  const size = pageSize(args.first);
  const filter = filterParams(args.where ?? {});
  const filtered = Object.values(args.where ?? {}).some((value) => value !== null && value !== undefined);
  const variant = filtered ? 'filtered' : 'all';
  const query = [kind, order, filter];
  const dated = order.startsWith('PUBLISHED');
  const [key, id] = keysAfter(query, args.after, 2) ?? [ORDERS[order].start, ''];
  const page = PAGES.get(`${kind} ${order}`);
  const counts = COUNTS.get(kind);
  if (!page || !counts) throw badInput('orderBy', `${order} orders papers only`);
  const counting = async (): Promise<number> => (await read(counts[variant], filter))[0]?.total ?? 0;
  const total = counted ? counting() : null;
  // Where the page fails nobody hears of its total.
  total?.catch(() => undefined);
  const params = { ...filter, id, whole: whole || null };
  const rows = key === null ? [] : await read(page[variant], { ...params, key, limit: size + 1 });
  if (dated && rows.length <= size)
    rows.push(
      ...(await read(UNDATED[variant], {
        ...params,
        id: key === null ? id : PAPERS.first,
        beyond: PAPERS.beyond,
        limit: size + 1 - rows.length,
      })),
    );
  return pageOf(query, rows, {
    size,
    after: args.after,
    keys: (row) => [dated ? row.publishedOn : row.name, row.id],
    item: (row) => row,
    count: () => total ?? counting(),
  });
}

function filterParams({
  nameContains,
  relatedTo,
  relation,
  publishedFrom,
  publishedTo,
}: EntityFilter): Record<string, unknown> {
  if (relation && !relatedTo)
    throw badInput('where.relation', 'needs where.relatedTo, the entity the relation is with');
  return {
    nameContains: nameContains?.toLowerCase() ?? null,
    relatedTo: relatedTo ?? null,
    types: relation ? [relation] : RELATION_TYPES,
    publishedFrom: publishedFrom ?? null,
    publishedTo: publishedTo ?? null,
  };
}
