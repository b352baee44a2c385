/** Relations of entities: pages of them, the facts behind them, results. */
import { confidenceIn } from '../checks.js';
import type { Relation, StoredFact } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import type { Page, PageArgs } from './cursor.js';
import { keysAfter, pageOf, pageSize } from './cursor.js';
import { idPrefixes } from './entities.js';
import type { Fragment, Statement } from './engine.js';
import { cypher, spelled, statement } from './engine.js';
import { groupBy } from './group.js';
import type { Reader } from './reader.js';
import type { Direction, PageParams, StepRow } from './typed.js';
import { COUNT_PER_STEP, CROWD, crowdedRows, stepName, typedRows } from './typed.js';

export interface RelationArgs extends PageArgs {
  types?: readonly RelationType[] | null;
  direction?: Direction | null;
  kinds?: readonly EntityKind[] | null;
  minConfidence?: number | null;
}

/** One relation seen from one of its ends. */
export interface RelationStep {
  direction: Direction;
  /** id and name of the other end */
  node: string;
  name: string;
  relation: Relation;
}

const perDirection = <Row>(make: (direction: Direction) => Statement<Row>): Record<Direction, Statement<Row>> => ({
  OUT: make('OUT'),
  IN: make('IN'),
  BOTH: make('BOTH'),
});

const ARROWS: Record<Direction, Fragment> = {
  OUT: cypher`(e)-[r]->(m:Entity)`,
  IN: cypher`(e)<-[r]-(m:Entity)`,
  BOTH: cypher`(e)-[r]-(m:Entity)`,
};

const grouped = (direction: Direction): Fragment => cypher`
  MATCH ${ARROWS[direction]} WHERE type(r) IN $types AND split(m.id, ':')[0] IN $prefixes
  WITH m.id AS node, m.name AS name, type(r) AS type, startNode(r).id = e.id AS out, max(r.confidence) AS confidence
  WHERE confidence >= $minConfidence`;

const pageOfSome = (direction: Direction): Fragment => cypher`${grouped(direction)}
  WITH node, name, type, out, confidence, type + CASE WHEN out THEN '>' ELSE '<' END AS step
  WHERE name > $name OR (name = $name AND (node > $node OR (node = $node AND step > $step)))
  RETURN node, name, type, out, confidence, step, null AS counts ORDER BY name, node, step LIMIT $limit`;

/** What stands in a crowd says on Neo4j only how many relationships it has by each step. */
const PAGES = perDirection(
  (direction) => statement<StepRow & { counts: number[] | null }>(`relations.page.${direction}`)`
UNWIND $ids AS id MATCH (e:Entity {id: id}) CALL (e) { ${spelled(
    pageOfSome(direction),
    cypher`WITH e WHERE COUNT { (e)--() } <= ${CROWD} ${pageOfSome(direction)}
  UNION ALL WITH e WHERE COUNT { (e)--() } > ${CROWD}
  RETURN null AS node, null AS name, null AS type, null AS out, null AS confidence, null AS step, ${COUNT_PER_STEP} AS counts`,
  )} }
RETURN id, node, name, type, out, confidence, counts ORDER BY id, name, node, step LIMIT $rows`,
);

const COUNTS = perDirection(
  (direction) => statement<{ id: string; total: number }>(`relations.count.${direction}`)`
UNWIND $ids AS id MATCH (e:Entity {id: id}) CALL (e) { ${grouped(direction)}
  RETURN count(*) AS total }
RETURN id, total ORDER BY id LIMIT $rows`,
);

/** The filter of a relation list, as parameters. */
const filter = ({ types, kinds, minConfidence }: RelationArgs) => ({
  types: types ?? RELATION_TYPES,
  prefixes: idPrefixes(kinds),
  minConfidence: confidenceIn('minConfidence', minConfidence, 0),
});

const stepOf = ({ id, node, name, type, out, confidence }: StepRow): RelationStep => ({
  direction: out ? 'OUT' : 'IN',
  node,
  name,
  relation: { type, source: out ? id : node, target: out ? node : id, confidence },
});

/** The rows of a page: of one type one way by a statement of its own. */
async function stepRows(
  reader: Reader,
  direction: Direction,
  params: PageParams & { ids: readonly string[]; types: readonly RelationType[] },
): Promise<StepRow[]> {
  const [type, ...others] = params.types;
  if (type && others.length === 0 && direction !== 'BOTH') return typedRows(reader, { type, direction }, params);
  const rows = await reader.read(PAGES[direction], params);
  const pages = rows.map(async ({ counts, ...row }) =>
    counts ? crowdedRows(reader, { direction, counts }, { ...params, ids: [row.id] }) : [row],
  );
  return (await Promise.all(pages)).flat();
}

/** Pages of relations for several entities at once, ordered by (name, id) of the other end, then type. */
export async function relationPages(
  reader: Reader,
  ids: readonly string[],
  args: RelationArgs,
  count: (id: string) => Promise<number>,
): Promise<Page<RelationStep>[]> {
  const { first, after, ...question } = args;
  const size = pageSize(first);
  const direction = args.direction ?? 'BOTH';
  const query = ['relations', filter(question), direction];
  const [name = '', node = '', step = ''] = (
    keysAfter([...query, ids.length === 1 ? ids[0] : null], after, 3) ?? []
  ).map(String);
  const params = { ids, ...filter(args), name, node, step, limit: size + 1, rows: ids.length * (size + 1) };
  const rows = await stepRows(reader, direction, params);
  const byEntity = groupBy(rows, (row) => row.id);
  return ids.map((id) =>
    pageOf([...query, id], byEntity.get(id) ?? [], {
      size,
      after,
      keys: (row) => [row.name, row.node, stepName(row)],
      item: stepOf,
      count: () => count(id),
    }),
  );
}

export async function relationCounts({ read }: Reader, ids: readonly string[], args: RelationArgs): Promise<number[]> {
  const rows = await read(COUNTS[args.direction ?? 'BOTH'], { ids, ...filter(args), rows: ids.length });
  const totals = new Map(rows.map(({ id, total }) => [id, total]));
  return ids.map((id) => totals.get(id) ?? 0);
}

/** The columns of a fact `r`. */
export const FACT_COLUMNS = cypher`r.fact AS fact, type(r) AS type, a.id AS from, b.id AS to, r.document AS document, r.quote AS quote, r.start AS start, r.end AS end, r.method AS method, r.confidence AS confidence, r.via AS via, r.recordedAt AS recordedAt, r.metric AS metric, r.value AS value, r.raw AS raw, r.unit AS unit, r.setting AS setting`;

/** A fact as its columns come. */
export type FactRow = Omit<StoredFact, 'score'> & {
  metric: string | null;
  value: number | null;
  raw: string | null;
  unit: string | null;
  setting: string | null;
};

export const factOf = ({ metric, value, raw, unit, setting, ...fact }: FactRow): StoredFact => ({
  ...fact,
  score: metric === null || raw === null ? null : { metric, value, raw, unit, setting },
});

/** How many facts of one relation are shown at most. */
const FACTS_MAX = 100;

const FACTS = statement<FactRow & { at: number }>('relations.facts')`
UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target}) CALL (a, b, row) {
  MATCH (a)-[r]->(b) WHERE type(r) = row.type RETURN r ORDER BY r.confidence DESC, r.fact LIMIT $limit }
RETURN row.at AS at, ${FACT_COLUMNS} ORDER BY at, r.confidence DESC, r.fact LIMIT $rowLimit`;

const FACT_COUNTS = statement<{ at: number; total: number }>('relations.factCounts')`
UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target})
MATCH (a)-[r]->(b) WHERE type(r) = row.type RETURN row.at AS at, count(r) AS total ORDER BY at LIMIT $rowLimit`;

type Triple = Pick<Relation, 'type' | 'source' | 'target'>;

const tripleRows = (relations: readonly Triple[]): (Triple & { at: number })[] =>
  relations.map(({ type, source, target }, at) => ({ at, type, source, target }));

/** The facts behind each relation, the most confident first, at most 100 a relation. */
export async function factsOf({ read }: Reader, relations: readonly Triple[]): Promise<StoredFact[][]> {
  const params = { rows: tripleRows(relations), limit: FACTS_MAX, rowLimit: relations.length * FACTS_MAX };
  const found: StoredFact[][] = relations.map(() => []);
  for (const { at, ...row } of await read(FACTS, params)) found[at]?.push(factOf(row));
  return found;
}

export async function factCounts({ read }: Reader, relations: readonly Triple[]): Promise<number[]> {
  const rows = await read(FACT_COUNTS, { rows: tripleRows(relations), rowLimit: relations.length });
  const totals = new Map(rows.map(({ at, total }) => [at, total]));
  return relations.map((_, at) => totals.get(at) ?? 0);
}
