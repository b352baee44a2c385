/** The whole graph, page after page: entities by id, relations by their ends, each with what best supports it. */
import type { Relation, StoredFact } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import type { Brief } from './entities.js';
import { BRIEF_COLUMNS, idPrefixes } from './entities.js';
import type { Statement } from './engine.js';
import { relationTypes, statement } from './engine.js';
import type { Reader } from './reader.js';
import { confidenceIn, factCounts, factsOf } from './relations.js';

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

const IDS = statement<{ id: string }>('export.ids')`
MATCH (n:Entity) WHERE n.id > $after AND split(n.id, ':')[0] IN $prefixes RETURN n.id AS id ORDER BY id LIMIT $limit`;

type FactRow = Omit<Supported, 'evidence'>;

/** The facts that start at some entities, from a relation on; of one relation the most confident first. */
const FACTS = statement<FactRow>('export.facts')`
UNWIND $ids AS id MATCH (n:Entity {id: id})-[r:${relationTypes(RELATION_TYPES)}]->(m:Entity)
WHERE type(r) IN $types AND split(m.id, ':')[0] IN $prefixes
  AND (n.id > $source OR m.id > $target OR (m.id = $target AND type(r) >= $type))
RETURN n.id AS source, m.id AS target, type(r) AS type, r.confidence AS confidence, r.quote AS quote, r.document AS document, r.via AS via
ORDER BY source, target, type, confidence DESC, r.fact SKIP $skip LIMIT $limit`;

/** How many entities a page holds; the embedded engine sorts all of them for each page. */
const ENTITY_PAGE = 5_000;

/** Of how many entities one statement reads the facts, and how many facts. */
const SOURCES = 3_000;
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

async function* entityPages<Row extends { id: string }>(
  { read }: Reader,
  statement: Statement<Row>,
  { prefixes, limit }: { prefixes: readonly string[]; limit: number },
): AsyncGenerator<Row[]> {
  for (let after = '', rows: Row[]; ; after = rows.at(-1)?.id ?? '') {
    rows = await read(statement, { after, prefixes, limit });
    if (rows.length > 0) yield rows;
    if (rows.length < limit) return;
  }
}

/** All entities of some kinds by id, in pages of at most 5,000. */
export const allEntities = (reader: Reader, { kinds }: Pick<WholeArgs, 'kinds'>): AsyncGenerator<Brief[]> =>
  ahead(entityPages(reader, ENTITIES, { prefixes: idPrefixes(kinds), limit: ENTITY_PAGE }));

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

async function* idPages(reader: Reader, prefixes: readonly string[]): AsyncGenerator<string[]> {
  for await (const page of entityPages(reader, IDS, { prefixes, limit: SOURCES })) yield page.map(({ id }) => id);
}

const sayTheSame = (a: FactRow, b: FactRow): boolean =>
  a.target === b.target && a.source === b.source && a.type === b.type;

async function* factPages(reader: Reader, { kinds, relations, among }: WholeArgs): AsyncGenerator<FactRow[]> {
  const prefixes = idPrefixes(kinds);
  const filter = { prefixes, types: relations ?? RELATION_TYPES, limit: FACT_PAGE };
  for await (const ids of among ? parted([...among].sort(), SOURCES) : ahead(idPages(reader, prefixes))) {
    let [from, skip] = [{ source: '', target: '', type: '' }, 0];
    for (;;) {
      const { source, target, type } = from;
      const rest = source === '' ? ids : ids.slice(ids.indexOf(source));
      const rows = await reader.read(FACTS, { ...filter, ids: rest, source, target, type, skip });
      yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < FACT_PAGE) break;
      const before = rows.findLastIndex((row) => !sayTheSame(row, last));
      // A relation may have more facts than a page.
      skip = rows.length - 1 - before + (before < 0 && last.target === target && last.type === type ? skip : 0);
      from = last;
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
  const least = confidenceIn(args.minConfidence);
  const passes = ({ confidence, target }: Supported): boolean =>
    confidence >= least && (args.among?.has(target) ?? true);
  /** The next fact may be of it too. */
  let open: Supported | null = null;
  for await (const rows of ahead(factPages(reader, args))) {
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
