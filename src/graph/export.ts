/** The whole graph, page after page: entities by id, relations by their ends, each with what best supports it. */
import { confidenceIn } from '../checks.js';
import type { Relation, StoredFact } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import type { Brief } from './entities.js';
import { BRIEF_COLUMNS, idPrefixes } from './entities.js';
import type { Fragment, Statement } from './engine.js';
import { cypher, relationTypes, spelled, statement } from './engine.js';
import type { Reader } from './reader.js';
import { factCounts, factsOf } from './relations.js';

/** A relation with its facts summed up. */
export interface Supported extends Relation {
  /** number of facts */
  evidence: number;
  /** of the most confident fact that has one, null where none has */
  quote: string | null;
  /** id of the document that the quote stands in, without a quote that of the most confident fact */
  document: string;
  /** of the most confident fact */
  via: string | null;
}

export interface WholeArgs {
  kinds?: readonly EntityKind[] | null;
  relations?: readonly RelationType[] | null;
  minConfidence?: number | null;
  /** Only relations between these entities. */
  among?: ReadonlySet<string>;
}

const ENTITIES = statement<Brief>('export.entities')`
MATCH (n:Entity) WHERE n.id > $after AND split(n.id, ':')[0] IN $prefixes WITH n ORDER BY n.id LIMIT $limit
RETURN ${BRIEF_COLUMNS} ORDER BY n.id`;

const THESE = statement<Brief>('export.these')`
UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN ${BRIEF_COLUMNS} ORDER BY n.id LIMIT $limit`;

/** Ids that follow each other; of a run along the index of Neo4j the first and the last, which are enough there. */
const IDS = statement<{ ids: string[] }>('export.ids')`
MATCH (n:Entity) WHERE n.id > $after AND split(n.id, ':')[0] IN $prefixes WITH n.id AS id ORDER BY id LIMIT $limit
WITH ${spelled(cypher`collect(id)`, cypher`CASE WHEN count(id) = 0 THEN [] ELSE [min(id), max(id)] END`)} AS ids RETURN ids LIMIT 1`;

type FactRow = Omit<Supported, 'evidence'>;

const each = cypher`UNWIND $ids AS id MATCH (n:Entity {id: id})`;
const run = spelled(each, cypher`MATCH (n:Entity) WHERE n.id >= $first AND n.id <= $last`);

/** Facts carry the ids of their ends, so that Neo4j need not look at the other end. */
const end = spelled(cypher`(m:Entity)`, cypher`()`);
const target = spelled(cypher`m.id`, cypher`r.target`);

/** The facts that start at some entities; of one relation the most confident first. */
const factsFrom = (name: string, start: Fragment, where: Fragment): Statement<FactRow> => statement<FactRow>(
  `export.${name}`,
)`
${start} MATCH (n)-[r:${relationTypes(RELATION_TYPES)}]->${end} ${where}
RETURN n.id AS source, ${target} AS target, type(r) AS type, r.confidence AS confidence, r.quote AS quote, r.document AS document, r.via AS via
ORDER BY source, target, type, confidence DESC, r.fact SKIP $skip LIMIT $limit`;

/** Some of them, from a relation on. In a run of ids those of other kinds lie between. */
const picked = cypher`WHERE type(r) IN $types AND split(n.id, ':')[0] IN $prefixes AND split(${target}, ':')[0] IN $prefixes
  AND (n.id > $source OR ${target} > $target OR (${target} = $target AND type(r) >= $type))`;

const FACTS = factsFrom('facts', run, cypher``);
const PICKED = factsFrom('factsPicked', run, picked);
const THEIR_FACTS = factsFrom('theirFacts', each, cypher``);
const THEIR_PICKED = factsFrom('theirFactsPicked', each, picked);

/** How many entities a page holds; the embedded engine sorts all of them for each page. */
const ENTITY_PAGE = 5_000;

/** Of how many entities one statement reads the facts, and how many facts. */
const SOURCES = 2_000;
const FACT_PAGE = 10_000;

/** Of how many given relations one statement looks up the facts. */
const BATCH = 500;

/** Each page is asked for while whoever takes them works on the one before. */
async function* ahead<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
  for (let next = pages.next(); ;) {
    const page = await next;
    if (page.done) return;
    next = pages.next();
    // Whoever stops in the middle never awaits it.
    next.catch(() => undefined);
    yield page.value;
  }
}

/** How many pages of facts are asked for while whoever takes them works on the one before. */
const LANES = 2;

/** The answers to what is asked about each item, in the order of the items. */
async function* answers<Item, Answer>(
  items: AsyncIterable<Item> | Iterable<Item>,
  ask: (item: Item) => Promise<Answer>,
): AsyncGenerator<Answer> {
  const waiting: Promise<Answer>[] = [];
  for await (const item of items) {
    const answer = ask(item);
    answer.catch(() => undefined);
    if (waiting.push(answer) <= LANES) continue;
    const [next] = waiting.splice(0, 1);
    if (next) yield await next;
  }
  for (const answer of waiting) yield await answer;
}

/** All entities of some kinds by id, in pages of at most 5,000. */
export const allEntities = (reader: Reader, { kinds }: Pick<WholeArgs, 'kinds'>): AsyncGenerator<Brief[]> =>
  ahead(entityPages(reader, idPrefixes(kinds)));

async function* entityPages({ read }: Reader, prefixes: readonly string[]): AsyncGenerator<Brief[]> {
  for (let after = '', rows: Brief[]; ; after = rows.at(-1)?.id ?? '') {
    rows = await read(ENTITIES, { after, prefixes, limit: ENTITY_PAGE });
    if (rows.length > 0) yield rows;
    if (rows.length < ENTITY_PAGE) return;
  }
}

/** Given entities, which must exist, in their order, in the same pages. */
export async function* entitiesOf({ read }: Reader, ids: readonly string[]): AsyncGenerator<Brief[]> {
  for (const page of parted(ids, ENTITY_PAGE)) {
    const byId = new Map((await read(THESE, { ids: page, limit: page.length })).map((row) => [row.id, row]));
    yield page.flatMap((id) => byId.get(id) ?? []);
  }
}

function* parted<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}

async function* idRuns({ read }: Reader, prefixes: readonly string[]): AsyncGenerator<string[]> {
  for (let after = ''; ;) {
    const [{ ids } = { ids: [] }] = await read(IDS, { after, prefixes, limit: SOURCES });
    const last = ids.at(-1);
    if (last === undefined) return;
    yield ids;
    after = last;
  }
}

const sayTheSame = (a: FactRow, b: FactRow): boolean =>
  a.target === b.target && a.source === b.source && a.type === b.type;

async function* factPages(reader: Reader, { kinds, relations, among }: WholeArgs): AsyncGenerator<FactRow[]> {
  const prefixes = idPrefixes(kinds);
  const params = {
    prefixes,
    types: relations ?? RELATION_TYPES,
    limit: FACT_PAGE,
    source: '',
    target: '',
    type: '',
    skip: 0,
  };
  const runs = among ? parted([...among].sort(), SOURCES) : idRuns(reader, prefixes);
  const [every, some] = among ? [THEIR_FACTS, THEIR_PICKED] : [FACTS, PICKED];
  const first = kinds || relations ? some : every;
  const begun = answers(runs, async (ids) => {
    const ends = { ids, first: ids[0], last: ids.at(-1) };
    return { ends, rows: await reader.read(first, { ...params, ...ends }) };
  });
  for await (const { ends, rows } of begun) {
    yield rows;
    let [page, from, skip]: [FactRow[], FactRow | undefined, number] = [rows, undefined, 0];
    for (let last = page.at(-1); last && page.length === FACT_PAGE; last = page.at(-1)) {
      const before = page.findLastIndex((row) => !sayTheSame(row, last));
      // A relation may have more facts than a page.
      skip = page.length - 1 - before + (before < 0 && from && sayTheSame(from, last) ? skip : 0);
      from = last;
      const { source, target, type } = last;
      const rest = { first: source, ids: ends.ids.slice(ends.ids.indexOf(source)) };
      page = await reader.read(some, { ...params, ...ends, ...rest, source, target, type, skip });
      yield page;
    }
  }
}

/** A relation with one more fact, which is weaker than those before. */
const withFact = (relation: Supported, { quote, document }: FactRow): Supported => ({
  ...relation,
  evidence: relation.evidence + 1,
  ...(relation.quote === null && quote !== null && { quote, document }),
});

/**
 * All relations between entities of some kinds, ordered by (source, target, type).
 * @throws BAD_USER_INPUT for a confidence outside 0…1
 */
export async function* allRelations(reader: Reader, args: WholeArgs): AsyncGenerator<Supported[]> {
  const least = confidenceIn('minConfidence', args.minConfidence, 0);
  const passes = ({ confidence, target }: Supported): boolean =>
    confidence >= least && (args.among?.has(target) ?? true);
  /** The next fact may be of it too. */
  let open: Supported | null = null;
  for await (const rows of factPages(reader, args)) {
    const relations: Supported[] = [];
    for (const row of rows) {
      if (open && sayTheSame(open, row)) open = withFact(open, row);
      else {
        if (open) relations.push(open);
        open = { ...row, evidence: 1 };
      }
    }
    yield relations.filter(passes);
  }
  if (open) yield [open].filter(passes);
}

/** The same of given relations, which must exist, in their order. */
export async function* supportedOf(reader: Reader, relations: readonly Relation[]): AsyncGenerator<Supported[]> {
  for (const batch of parted(relations, BATCH)) {
    const [facts, counts] = await Promise.all([factsOf(reader, batch), factCounts(reader, batch)]);
    yield batch.map((relation, at) => ({ ...supportedBy(relation, facts[at] ?? []), evidence: counts[at] ?? 0 }));
  }
}

/** What facts, the most confident first, say of a relation. */
function supportedBy({ type, source, target }: Relation, facts: readonly StoredFact[]): FactRow {
  const [strongest] = facts;
  if (!strongest) throw new Error('a relation without facts is none');
  const { quote, document } = facts.find((fact) => fact.quote !== null) ?? strongest;
  const { confidence, via } = strongest;
  return { type, source, target, confidence, quote, document, via };
}
