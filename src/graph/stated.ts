/** What papers state: the facts of their own texts, whatever the facts are about. */
import type { StoredFact } from '../model.js';
import { RELATION_TYPES } from '../ontology.js';
import type { Page, PageArgs } from './cursor.js';
import { keysAfter, pageOf, pageSize } from './cursor.js';
import { cypher, statement } from './engine.js';
import { groupBy } from './group.js';
import type { Reader } from './reader.js';
import type { FactRow } from './relations.js';
import { FACT_COLUMNS, factOf } from './relations.js';

/** Facts without a quote come last. */
const UNQUOTED = 1e9;

const stated = cypher`MATCH (p)<-[:MENTIONS]-(d:Document)-[:MENTIONS]->(a:Entity) WHERE d.paper = p.id
  WITH DISTINCT d, a MATCH (a)-[r]->(b:Entity) WHERE type(r) IN $types AND r.document = d.id`;

const FACTS = statement<FactRow & { paper: string; at: number }>('stated.page')`
UNWIND $ids AS paper MATCH (p:Entity {id: paper}) CALL (p) { ${stated}
  WITH a, b, r, coalesce(r.start, $unquoted) AS at WHERE at > $at OR (at = $at AND r.fact > $fact)
  RETURN a, b, r, at ORDER BY at, r.fact LIMIT $limit }
RETURN paper, ${FACT_COLUMNS}, at ORDER BY paper, at, fact LIMIT $rows`;

const COUNTS = statement<{ paper: string; total: number }>('stated.count')`
UNWIND $ids AS paper MATCH (p:Entity {id: paper}) CALL (p) { ${stated}
  RETURN count(r) AS total }
RETURN paper, total ORDER BY paper LIMIT $rows`;

/** Pages of facts for several papers at once, in the order of the words that state them. */
export async function statedPages(
  { read }: Reader,
  ids: readonly string[],
  { first, after }: PageArgs,
  count: (id: string) => Promise<number>,
): Promise<Page<StoredFact>[]> {
  const size = pageSize(first);
  const [at, fact] = keysAfter(['stated', ids.length === 1 ? ids[0] : null], after, 2) ?? [-1, ''];
  const params = { ids, types: RELATION_TYPES, unquoted: UNQUOTED, at, fact };
  const rows = await read(FACTS, { ...params, limit: size + 1, rows: ids.length * (size + 1) });
  const byPaper = groupBy(rows, ({ paper }) => paper);
  return ids.map((id) =>
    pageOf(['stated', id], byPaper.get(id) ?? [], {
      size,
      after,
      keys: (row) => [row.at, row.fact],
      item: ({ paper: _, at: __, ...row }) => factOf(row),
      count: () => count(id),
    }),
  );
}

export async function statedCounts({ read }: Reader, ids: readonly string[]): Promise<number[]> {
  const rows = await read(COUNTS, { ids, types: RELATION_TYPES, rows: ids.length });
  const totals = new Map(rows.map(({ paper, total }) => [paper, total]));
  return ids.map((id) => totals.get(id) ?? 0);
}
