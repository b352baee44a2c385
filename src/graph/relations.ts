/** Relations of entities: pages of them, the facts behind them, results. */
import { badInput } from '../errors.js';
import type { Relation, StoredFact } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import type { Page, PageArgs } from './cursor.js';
import { keysAfter, pageOf, pageSize } from './cursor.js';
import { idPrefixes } from './entities.js';
import type { Fragment, Params, Statement } from './engine.js';
import { cypher, relationType, spelled, statement } from './engine.js';
import { groupBy } from './group.js';
import type { Reader } from './reader.js';

export type Direction = 'OUT' | 'IN' | 'BOTH';

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

interface StepRow {
  id: string;
  name: string;
  node: string;
  type: RelationType;
  out: boolean;
  confidence: number;
}

const ARROWS: Record<Direction, Fragment> = {
  OUT: cypher`(e)-[r]->(m:Entity)`,
  IN: cypher`(e)<-[r]-(m:Entity)`,
  BOTH: cypher`(e)-[r]-(m:Entity)`,
};

const perDirection = <Row>(make: (direction: Direction) => Statement<Row>): Record<Direction, Statement<Row>> => ({
  OUT: make('OUT'),
  IN: make('IN'),
  BOTH: make('BOTH'),
});

const grouped = (direction: Direction): Fragment => cypher`
  MATCH ${ARROWS[direction]} WHERE type(r) IN $types AND split(m.id, ':')[0] IN $prefixes
  WITH m.id AS node, m.name AS name, type(r) AS type, startNode(r).id = e.id AS out, max(r.confidence) AS confidence
  WHERE confidence >= $minConfidence`;

const PAGES = perDirection(
  (direction) => statement<StepRow>(`relations.page.${direction}`)`
UNWIND $ids AS id MATCH (e:Entity {id: id}) CALL (e) { ${grouped(direction)}
  WITH node, name, type, out, confidence, type + CASE WHEN out THEN '>' ELSE '<' END AS step
  WHERE name > $name OR (name = $name AND (node > $node OR (node = $node AND step > $step)))
  RETURN node, name, type, out, confidence, step ORDER BY name, node, step LIMIT $limit }
RETURN id, node, name, type, out, confidence ORDER BY id, name, node, step LIMIT $rows`,
);

/** Along an index on Neo4j, where the end that is asked for stands first in it and so in the order. */
const alongIndex = (type: RelationType, { own, other, way }: Record<'own' | 'other' | 'way', Fragment>): Fragment =>
  cypher`MATCH ${way} USING INDEX r:${relationType(type)}(${own}, ${other}Name, ${other})
  WHERE r.${own} = e.id AND r.${other}Name >= $name AND r.${other} IS NOT NULL AND (r.${other}Name > $name OR r.${other} > $node)
    AND r.confidence >= $minConfidence AND split(r.${other}, ':')[0] IN $prefixes
  WITH r.${own} AS own, r.${other}Name AS name, r.${other} AS node, max(r.confidence) AS confidence ORDER BY own, name, node LIMIT $limit
  RETURN node, name, confidence`;

const byExpanding = (way: Fragment): Fragment =>
  cypher`MATCH ${way} WHERE r.confidence >= $minConfidence AND split(m.id, ':')[0] IN $prefixes
  WITH m.id AS node, m.name AS name, max(r.confidence) AS confidence
  WHERE name > $name OR (name = $name AND node > $node)
  RETURN node, name, confidence ORDER BY name, node LIMIT $limit`;

/** Of one type in one direction, as the shortcuts ask: what stands beside many others costs no more than what does not. */
const typedPage = (type: RelationType, direction: 'OUT' | 'IN') => {
  const of = cypher`[r:${relationType(type)}]`;
  const [source, target] = [cypher`source`, cypher`target`];
  const [embedded, neo4j] =
    direction === 'OUT'
      ? [
          byExpanding(cypher`(e)-${of}->(m:Entity)`),
          alongIndex(type, { own: source, other: target, way: cypher`()-${of}->()` }),
        ]
      : [
          byExpanding(cypher`(e)<-${of}-(m:Entity)`),
          alongIndex(type, { own: target, other: source, way: cypher`()-${of}->()` }),
        ];
  return statement<Omit<StepRow, 'type' | 'out'>>(`relations.page.${direction}.${type}`)`
UNWIND $ids AS id MATCH (e:Entity {id: id}) CALL (e) { ${spelled(embedded, neo4j)} }
RETURN id, node, name, confidence ORDER BY id, name, node LIMIT $rows`;
};

const TYPED_PAGES: ReadonlyMap<string, ReturnType<typeof typedPage>> = new Map(
  RELATION_TYPES.flatMap((type) =>
    (['OUT', 'IN'] as const).map((direction) => [`${direction} ${type}`, typedPage(type, direction)] as const),
  ),
);

const COUNTS = perDirection(
  (direction) => statement<{ id: string; total: number }>(`relations.count.${direction}`)`
UNWIND $ids AS id MATCH (e:Entity {id: id}) CALL (e) { ${grouped(direction)}
  RETURN count(*) AS total }
RETURN id, total ORDER BY id LIMIT $rows`,
);

/** The filter of a relation list, as parameters. */
const filter = ({ types, kinds, minConfidence }: RelationArgs): Record<string, unknown> => ({
  types: types ?? RELATION_TYPES,
  prefixes: idPrefixes(kinds),
  minConfidence: confidenceIn(minConfidence),
});

/** `minConfidence` within 0…1, 0 when it is not given. @throws BAD_USER_INPUT */
export function confidenceIn(minConfidence: number | null | undefined): number {
  const least = minConfidence ?? 0;
  if (!(least >= 0 && least <= 1)) throw badInput('minConfidence', `must be from 0 to 1, not ${String(least)}`);
  return least;
}

const stepOf = ({ id, node, name, type, out, confidence }: StepRow): RelationStep => ({
  direction: out ? 'OUT' : 'IN',
  node,
  name,
  relation: { type, source: out ? id : node, target: out ? node : id, confidence },
});

/** The rows of a page: of one type one way by a statement of its own. */
async function stepRows({ read }: Reader, { types, direction }: RelationArgs, params: Params): Promise<StepRow[]> {
  const [type, ...others] = types ?? [];
  const typed = type && others.length === 0 ? TYPED_PAGES.get(`${direction ?? 'BOTH'} ${type}`) : undefined;
  if (!type || !typed) return read(PAGES[direction ?? 'BOTH'], params);
  return (await read(typed, params)).map((row) => ({ ...row, type, out: direction === 'OUT' }));
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
  const query = ['relations', filter(question), args.direction ?? 'BOTH'];
  const [name, node, step] = keysAfter([...query, ids.length === 1 ? ids[0] : null], after, 3) ?? ['', '', ''];
  const params = { ids, ...filter(args), name, node, step, limit: size + 1, rows: ids.length * (size + 1) };
  const rows = await stepRows(reader, args, params);
  const byEntity = groupBy(rows, (row) => row.id);
  return ids.map((id) =>
    pageOf([...query, id], byEntity.get(id) ?? [], {
      size,
      after,
      keys: (row) => [row.name, row.node, row.type + (row.out ? '>' : '<')],
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
