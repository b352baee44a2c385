/** The whole graph, page after page: entities by id, relations by their ends, each with what best supports it. */
import type { Entity, Relation, StoredFact } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import { ENTITY_COLUMNS, idPrefixes } from './entities.js';
import type { Statement } from './engine.js';
import { statement } from './engine.js';
import { groupBy } from './group.js';
import type { Reader } from './reader.js';
import { confidenceIn, factCounts, factsOf } from './relations.js';
import { tripleKey } from './walk.js';

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
}

const ENTITIES = statement<Entity>('export.entities')`
MATCH (n:Entity) WHERE n.id > $after AND split(n.id, ':')[0] IN $prefixes WITH n ORDER BY n.id LIMIT $limit
RETURN ${ENTITY_COLUMNS} ORDER BY n.id`;

const IDS = statement<{ id: string }>('export.ids')`
MATCH (n:Entity) WHERE n.id > $after AND split(n.id, ':')[0] IN $prefixes RETURN n.id AS id ORDER BY id LIMIT $limit`;

type Proof = Pick<StoredFact, 'fact' | 'confidence' | 'quote' | 'document' | 'via'>;
type FactRow = Proof & Pick<Relation, 'type' | 'source' | 'target'>;

/** The facts that start at some entities, behind (source, target, type, fact). */
const FACTS = statement<FactRow>('export.facts')`
UNWIND $ids AS id MATCH (n:Entity {id: id})-[r]->(m:Entity) WHERE type(r) IN $types AND split(m.id, ':')[0] IN $prefixes
  AND (n.id > $source OR m.id > $target OR (m.id = $target AND (type(r) > $type OR (type(r) = $type AND r.fact > $fact))))
RETURN n.id AS source, m.id AS target, type(r) AS type, r.fact AS fact, r.confidence AS confidence, r.quote AS quote, r.document AS document, r.via AS via
ORDER BY source, target, type, fact LIMIT $limit`;

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
export const allEntities = (reader: Reader, { kinds }: Pick<WholeArgs, 'kinds'>): AsyncGenerator<Entity[]> =>
  ahead(entityPages(reader, ENTITIES, { prefixes: idPrefixes(kinds), limit: ENTITY_PAGE }));

async function* factPages(reader: Reader, { kinds, relations }: WholeArgs): AsyncGenerator<FactRow[]> {
  const prefixes = idPrefixes(kinds);
  const filter = { prefixes, types: relations ?? RELATION_TYPES, limit: FACT_PAGE };
  for await (const page of entityPages(reader, IDS, { prefixes, limit: SOURCES })) {
    const ids = page.map(({ id }) => id);
    for (let last = { source: '', target: '', type: '', fact: '' }; ;) {
      const { source, target, type, fact } = last;
      const rest = source === '' ? ids : ids.slice(ids.indexOf(source));
      const rows = await reader.read(FACTS, { ...filter, ids: rest, source, target, type, fact });
      yield rows;
      if (rows.length < FACT_PAGE) break;
      last = rows.at(-1) ?? last;
    }
  }
}

/** What facts say together that all say one relation; `evidence` where they are only the strongest of more. */
function supportedBy(facts: readonly FactRow[], evidence = facts.length): Supported {
  const byStrength = [...facts].sort((a, b) => b.confidence - a.confidence || (a.fact < b.fact ? -1 : 1));
  const [strongest] = byStrength;
  if (!strongest) throw new Error('a relation without facts is none');
  const { quote, document } = byStrength.find((fact) => fact.quote !== null) ?? strongest;
  const { type, source, target, confidence, via } = strongest;
  return { type, source, target, confidence, evidence, quote, document, via };
}

/**
 * All relations between entities of some kinds, ordered by (source, target, type).
 * @throws BAD_USER_INPUT for a confidence outside 0…1
 */
export async function* allRelations(reader: Reader, args: WholeArgs): AsyncGenerator<Supported[]> {
  const least = confidenceIn(args.minConfidence);
  /** The facts of a relation that the next page may go on with. */
  let open: FactRow[] = [];
  for await (const rows of ahead(factPages(reader, args))) {
    const relations = [...groupBy([...open, ...rows], tripleKey).values()];
    open = relations.pop() ?? [];
    yield relations.map((facts) => supportedBy(facts)).filter(({ confidence }) => confidence >= least);
  }
  if (open.length > 0) yield [supportedBy(open)].filter(({ confidence }) => confidence >= least);
}

/** The same of given relations, which must exist, in their order. */
export async function* supportedOf(reader: Reader, relations: readonly Relation[]): AsyncGenerator<Supported[]> {
  for (let i = 0; i < relations.length; i += BATCH) {
    const batch = relations.slice(i, i + BATCH);
    const [facts, counts] = await Promise.all([factsOf(reader, batch), factCounts(reader, batch)]);
    yield batch.map(({ source, target }, at) =>
      supportedBy(
        (facts[at] ?? []).map((fact) => ({ ...fact, source, target })),
        counts[at],
      ),
    );
  }
}
