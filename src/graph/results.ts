/** Results of evaluations: who reached what on a dataset. */
import { LOWER_IS_BETTER } from '../metrics.js';
import type { StoredFact } from '../model.js';
import type { Page, PageArgs } from './cursor.js';
import { keysAfter, pageOf, pageSize } from './cursor.js';
import { cypher, statement } from './engine.js';
import type { Reader } from './reader.js';
import type { FactRow } from './relations.js';
import { FACT_COLUMNS, factOf } from './relations.js';

const matched = cypher`MATCH (b:Entity {id: $id})<-[r:EVALUATED_ON]-(a:Entity)
WHERE r.metric IS NOT NULL AND ($metric IS NULL OR toLower(r.metric) = $metric)`;

/** Best first: the sign of a value says whether lower or higher is better; results without a number come last. */
const ranked = cypher`r.metric AS metric, coalesce(CASE WHEN toLower(r.metric) IN $lower THEN r.value ELSE -r.value END, 1.0e300) AS rank`;

const RESULTS = statement<FactRow & { rank: number }>('results.page')`
${matched} WITH a, b, r, ${ranked}
WHERE metric > $after OR (metric = $after AND (rank > $rank OR (rank = $rank AND r.fact > $fact)))
RETURN ${FACT_COLUMNS}, rank ORDER BY metric, rank, fact LIMIT $limit`;

const COUNT = statement<{ total: number }>('results.count')`
${matched} RETURN count(r) AS total LIMIT 1`;

/** Results on one dataset by metric, the best first, as facts of EVALUATED_ON. */
export async function leaderboard(
  { read }: Reader,
  id: string,
  { metric, first, after }: PageArgs & { metric?: string | null },
): Promise<Page<StoredFact>> {
  const size = pageSize(first);
  const query = ['leaderboard', id, metric ?? null];
  const [from, rank, fact] = keysAfter(query, after, 3) ?? ['', 0, ''];
  const lower = LOWER_IS_BETTER.map((name) => name.toLowerCase());
  const filter = { id, metric: metric?.toLowerCase() ?? null, lower };
  const rows = await read(RESULTS, { ...filter, after: from, rank, fact, limit: size + 1 });
  return pageOf(query, rows, {
    size,
    after,
    keys: (row) => [row.metric, row.rank, row.fact],
    item: ({ rank: _, ...row }) => factOf(row),
    count: async () => (await read(COUNT, filter))[0]?.total ?? 0,
  });
}
