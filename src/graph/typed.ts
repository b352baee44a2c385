/**
 * Pages of relations of one type in one direction, along an index over the relationships of that type on Neo4j: what
 * stands beside many others costs no more than what does not. Pages of several types join them where a crowd stands.
 */
import type { RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import type { Fragment, Params, Statement } from './engine.js';
import { cypher, relationType, spelled, statement } from './engine.js';
import type { Reader } from './reader.js';

export type Direction = 'OUT' | 'IN' | 'BOTH';

/** A relation as a row of a page of `id`; `name` and `node` tell the other end. */
export interface StepRow {
  id: string;
  name: string;
  node: string;
  type: RelationType;
  out: boolean;
  confidence: number;
}

/** What a page is asked with; rows follow behind (name, node, step), as many as `limit`. */
export interface PageParams extends Params {
  name: string;
  node: string;
  step: string;
  limit: number;
}

/** One type in one direction. */
interface Step {
  type: RelationType;
  direction: 'OUT' | 'IN';
}

const STEPS: readonly Step[] = RELATION_TYPES.flatMap((type) =>
  (['OUT', 'IN'] as const).map((direction) => ({ type, direction })),
);

/** How a step is called in the order of a page. */
export const stepName = ({ type, out }: Pick<StepRow, 'type' | 'out'>): string => type + (out ? '>' : '<');

/** The end that is asked for stands first in the index and so in the order. A `tie` is the other end where the page begins. */
const alongIndex = (type: RelationType, own: Fragment, other: Fragment): Fragment =>
  cypher`MATCH ()-[r:${relationType(type)}]->() USING INDEX r:${relationType(type)}(${own}, ${other}Name, ${other})
  WHERE r.${own} = e.id AND r.${other}Name >= $name AND r.${other} IS NOT NULL
    AND (r.${other}Name > $name OR r.${other} > $node OR r.${other} = $tie)
    AND r.confidence >= $minConfidence AND split(r.${other}, ':')[0] IN $prefixes
  WITH r.${own} AS own, r.${other}Name AS name, r.${other} AS node, max(r.confidence) AS confidence ORDER BY own, name, node LIMIT $limit
  RETURN node, name, confidence`;

const byExpanding = (way: Fragment): Fragment =>
  cypher`MATCH ${way} WHERE r.confidence >= $minConfidence AND split(m.id, ':')[0] IN $prefixes
  WITH m.id AS node, m.name AS name, max(r.confidence) AS confidence
  WHERE name > $name OR (name = $name AND (node > $node OR node = $tie))
  RETURN node, name, confidence ORDER BY name, node LIMIT $limit`;

const pageOf = ({ type, direction }: Step) => {
  const of = cypher`[r:${relationType(type)}]`;
  const [source, target] = [cypher`source`, cypher`target`];
  const found =
    direction === 'OUT'
      ? spelled(byExpanding(cypher`(e)-${of}->(m:Entity)`), alongIndex(type, source, target))
      : spelled(byExpanding(cypher`(e)<-${of}-(m:Entity)`), alongIndex(type, target, source));
  return statement<Omit<StepRow, 'type' | 'out'>>(`relations.page.${direction}.${type}`)`
UNWIND $ids AS id MATCH (e:Entity {id: id}) CALL (e) { ${found} }
RETURN id, node, name, confidence ORDER BY id, name, node LIMIT $rows`;
};

const PAGES: ReadonlyMap<string, Statement<Omit<StepRow, 'type' | 'out'>>> = new Map(
  STEPS.map((step) => [stepName({ type: step.type, out: step.direction === 'OUT' }), pageOf(step)]),
);

/** The rows of pages of several entities, by one type in one direction. */
export async function typedRows(
  { read }: Reader,
  { type, direction }: Step,
  params: PageParams & { ids: readonly string[] },
): Promise<StepRow[]> {
  const out = direction === 'OUT';
  const name = stepName({ type, out });
  const page = PAGES.get(name);
  if (!page) throw new Error(`no page of ${name}`);
  const rows = await read(page, { ...params, tie: name > params.step ? params.node : null });
  return rows.map((row) => ({ ...row, type, out }));
}

/** Beside more relationships than this Neo4j is asked type by type. */
export const CROWD = 1_000;

const arrow = ({ type, direction }: Step): Fragment =>
  direction === 'OUT' ? cypher`-[:${relationType(type)}]->` : cypher`<-[:${relationType(type)}]-`;

/** How many relationships `e` has by each step, in one list: Neo4j keeps these counts of whoever has many. */
export const COUNT_PER_STEP: Fragment = cypher`[${STEPS.map((step) => cypher`COUNT { (e)${arrow(step)}() }`).reduce(
  (all, count) => cypher`${all}, ${count}`,
)}]`;

/** The rows of a page of one entity that stands in a crowd, joined from those by each step that there is. */
export async function crowdedRows(
  reader: Reader,
  { direction, counts }: { direction: Direction; counts: readonly number[] },
  params: PageParams & { ids: readonly [string]; types: readonly RelationType[] },
): Promise<StepRow[]> {
  const steps = STEPS.filter(
    (step, i) =>
      Number(counts[i]) > 0 &&
      params.types.includes(step.type) &&
      (direction === 'BOTH' || direction === step.direction),
  );
  const rows = await Promise.all(steps.map((step) => typedRows(reader, step, params)));
  return rows.flat().sort(inOrder).slice(0, params.limit);
}

const inOrder = (a: StepRow, b: StepRow): number =>
  ascending(a.name, b.name) || ascending(a.node, b.node) || ascending(stepName(a), stepName(b));

const ascending = (a: string, b: string): number => Number(a > b) - Number(a < b);
