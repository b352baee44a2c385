/** The graph as one request sees it: every question is a method, lookups of one turn are one statement. */
import { badInput, notFound } from '../errors.js';
import type { EntityInput, FactInput } from '../ingest/assertion.js';
import type { GraphRecords } from '../ingest/identify.js';
import type { Entity, Relation, StoredFact } from '../model.js';
import type { EntityKind } from '../ontology.js';
import { kindOfId } from '../ontology.js';
import type { Speaking } from './assert.js';
import { assertFact, upsertEntity } from './assert.js';
import type { Author } from './audit.js';
import type { Problem } from './check.js';
import { check } from './check.js';
import type { CommonAncestor } from './ancestors.js';
import { commonAncestors } from './ancestors.js';
import type { Page, PageArgs } from './cursor.js';
import type { CallOptions, Engine } from './engine.js';
import type { Brief, StoredDocument } from './entities.js';
import { findIdByName } from './entities.js';
import type { Supported, WholeArgs } from './export.js';
import { allEntities, allRelations, entitiesOf, supportedOf } from './export.js';
import type { Lineage, LineageArgs } from './lineage.js';
import type { ListArgs } from './lists.js';
import { entityPage } from './lists.js';
import { loadersOf } from './loaders.js';
import { readMeta } from './meta.js';
import type { Graph as Subgraph } from './neighborhood.js';
import { onceAtATime, toBeAskedAnew } from './once.js';
import { neighborhood, relationsBetween, wholeNeighborhood } from './neighborhood.js';
import type { Path, PathArgs } from './paths.js';
import { paths } from './paths.js';
import type { Reader } from './reader.js';
import { readerOf, requestReaderOf } from './reader.js';
import type { RelationArgs, RelationStep } from './relations.js';
import type { Connected, RelationCount } from './degrees.js';
import { connected, mostConnected } from './degrees.js';
import { leaderboard } from './results.js';
import type { Deciding, Retraction } from './retract.js';
import { retract, retractions, undoRetraction } from './retract.js';
import type { Found, SearchArgs } from './search.js';
import { search } from './search.js';
import type { Counted, Stats } from './stats.js';
import { checksum, countTypes, isEmpty, stats } from './stats.js';
import { writeBatch } from './write.js';

type Triple = Pick<Relation, 'type' | 'source' | 'target'>;

/** Asks at once with looking up whether the ids are there, and once more for those that lead to another entity. */
async function asked<T>(
  ids: readonly string[],
  there: Promise<readonly string[]>,
  ask: (ids: readonly string[]) => Promise<T>,
): Promise<T> {
  const [answer, found] = await Promise.all([ask(ids), there]);
  return found.every((id, i) => id === ids[i]) ? answer : ask(found);
}

/** Everything that can be asked of the graph. `find…` may be null, `get…` throws NOT_FOUND. */
export interface Graph {
  findEntity(id: string): Promise<Entity | null>;
  /** Each null where there is none. @throws BAD_USER_INPUT for more than 100 ids */
  findEntities(ids: readonly string[]): Promise<(Entity | null)[]>;
  /** @throws BAD_USER_INPUT unless exactly one of id and name is given; AMBIGUOUS for a name that means several */
  find(by: { id?: string | null; name?: string | null; kind?: EntityKind | null }): Promise<Entity | null>;
  /** @throws NOT_FOUND naming the argument that the id came in */
  getEntity(id: string, argument: string): Promise<Entity>;
  getDocument(id: string): Promise<StoredDocument>;
  /** The paper that a document is, null for model cards and dumps. */
  paperOf(document: string): Promise<Entity | null>;
  entities(kind: EntityKind, args: ListArgs): Promise<Page<Entity>>;
  relations(id: string, args: RelationArgs): Promise<Page<RelationStep>>;
  /** The most confident first, at most 100. */
  facts(relation: Triple): Promise<StoredFact[]>;
  factCount(relation: Triple): Promise<number>;
  /** The relation that a fact supports. */
  relationOf(fact: StoredFact): Promise<Relation>;
  /** The facts of a paper's own text, in the order of the words that state them. */
  stated(paper: string, args: PageArgs): Promise<Page<StoredFact>>;
  getLineage(id: string, args: LineageArgs): Promise<Lineage>;
  getPaths(from: string, to: string, args: PathArgs): Promise<Path[]>;
  getCommonAncestors(ids: readonly string[], args: Parameters<typeof commonAncestors>[2]): Promise<CommonAncestor[]>;
  getNeighborhood(ids: readonly string[], args: Parameters<typeof neighborhood>[2]): Promise<Subgraph>;
  getLeaderboard(dataset: string, args: Parameters<typeof leaderboard>[2]): Promise<Page<StoredFact>>;
  search(args: SearchArgs): Promise<Page<Found>>;
  /** How many relations of each type start and end at an entity. */
  degree(id: string): Promise<RelationCount[]>;
  mostConnected(args: Parameters<typeof mostConnected>[1]): Promise<Connected[]>;
  /** The same, as many as are wanted. */
  connected(args: Parameters<typeof connected>[1]): Promise<Connected[]>;
  /** Every entity, by id, a page at a time. */
  allEntities(args: Pick<WholeArgs, 'kinds'>): AsyncIterable<Brief[]>;
  /** Given entities, which must exist, in their order, a page at a time. */
  entitiesOf(ids: readonly string[]): AsyncIterable<Brief[]>;
  /** Every relation with its facts summed up, by (source, target, type), a page at a time. */
  allRelations(args: WholeArgs): AsyncIterable<Supported[]>;
  /** The same for given relations, in their order. */
  supported(relations: readonly Relation[]): AsyncIterable<Supported[]>;
  relationsBetween(
    ids: readonly string[],
    args: Parameters<typeof relationsBetween>[2],
  ): ReturnType<typeof relationsBetween>;
  /** All of it where nothing is chosen. */
  stats(counted?: Counted): Promise<Stats>;
  checksum(): Promise<string>;
  check(): Promise<Problem[]>;
  /** The latest first. */
  retractions(args: PageArgs): Promise<Page<Retraction>>;
  /** What stands aside by a retraction, at most 100. */
  retractedFacts(retraction: Retraction): Promise<StoredFact[]>;
  /** Writes records as one transaction; when it is over they are durable. Idempotent. */
  write(records: GraphRecords, by: Author): Promise<void>;
  /** Stores a fact that somebody asserts. Idempotent. @throws BAD_USER_INPUT; NOT_FOUND, AMBIGUOUS for its ends */
  assertFact(fact: FactInput, speaking: Speaking): Promise<StoredFact>;
  /** Stores what somebody says of an entity, and makes it where it is new. Idempotent. @throws as `assertFact` */
  upsertEntity(entity: EntityInput, speaking: Speaking): Promise<Entity>;
  /** Overrules what a document claims by a fact. Idempotent. @throws NOT_FOUND; BAD_USER_INPUT without a reason */
  retract(fact: string, why: { reason: string; by: Author }): Promise<Retraction>;
  /** Takes a retraction back; null where there is none. Idempotent. @throws NOT_FOUND */
  undoRetraction(fact: string, by: Author): Promise<Retraction | null>;
  /** Whether the database holds nothing but what it remembers of itself. */
  isEmpty(): Promise<boolean>;
  findMeta(id: string): Promise<string | null>;
}

/** How many deadlines have a write, which waits for others and is many statements, and each look at the whole graph. */
const DEADLINES = 6;
const patient = ({ deadline, ...options }: CallOptions): CallOptions =>
  deadline === undefined ? options : { ...options, deadline: deadline * DEADLINES };

/** What was found. @throws NOT_FOUND where nothing was */
function there<T>(found: T | null, argument: string, id: string): T {
  if (found === null) throw notFound(argument, id);
  return found;
}

const ALL: Counted = { documents: true, kinds: true, types: true };

export interface RequestOptions extends CallOptions {
  /** Whether the deadline is one for all that the request reads, rather than for each call. */
  together?: boolean;
}

/** Binds the graph to one request: its deadline, its signal, its batches. */
export function graphOf(engine: Engine, { together = false, ...options }: RequestOptions = {}): Graph {
  const begin = () => (together ? requestReaderOf : readerOf)(engine, options);
  let reader = begin();
  let known = loadersOf(reader);
  /** What the request asks from now on has new time. */
  const renew = (): void => {
    reader = begin();
    known = loadersOf(reader);
  };
  /** Changes the graph, in its own time; what the request knew before it asks again. */
  const change = <T>(make: (deciding: Deciding) => Promise<T>): Promise<T> =>
    make({ engine, reader: readerOf(engine, options), options: patient(options) }).finally(() => {
      toBeAskedAnew(engine);
      renew();
    });
  const getEntity = async (id: string, argument: string): Promise<Entity> =>
    there(await known.entities.load(id), argument, id);
  const getDocument = async (id: string): Promise<StoredDocument> =>
    there(await known.documents.load(id), 'document', id);
  /** What goes through the whole graph has as much time for each call as a write, and is shared by who asks meanwhile. */
  const once = <T>(what: string, args: unknown, answer: (whole: Reader) => Promise<T>): Promise<T> =>
    onceAtATime(engine, JSON.stringify([what, args]), () => answer(readerOf(engine, patient(options)))).finally(renew);
  /** The ids that entities have now. */
  const getAll = async (ids: readonly string[], argument: string): Promise<string[]> =>
    (await Promise.all(ids.map((id) => getEntity(id, argument)))).map(({ id }) => id);

  return {
    getEntity,
    findEntity: (id) => known.entities.load(id),
    getDocument,
    paperOf: (id) => getDocument(id).then(({ paper }) => (paper === null ? null : known.entities.load(paper))),
    findEntities: (ids) => {
      if (ids.length > 100) throw badInput('ids', `give at most 100 ids, not ${String(ids.length)}`);
      return Promise.all(ids.map((id) => known.entities.load(id)));
    },
    find: async ({ id = null, name = null, kind = null }) => {
      if ((id === null) === (name === null)) throw badInput('id', 'give exactly one of id and name');
      const found = id ?? (await findIdByName(reader, name ?? '', kind));
      if (found === null || (kind !== null && kindOfId(found) !== kind)) return null;
      return known.entities.load(found);
    },
    entities: async (kind, args) => {
      const page = await entityPage(reader, kind, args);
      if (args.whole !== false) for (const { item } of page.items) known.entities.prime(item.id, item);
      return page;
    },
    relations: (id, args) => known.relations(id, args),
    facts: (relation) => known.facts(relation),
    factCount: (relation) => known.factCount(relation),
    relationOf: async ({ type, from: source, to: target, confidence }) => {
      const [strongest] = await known.facts({ type, source, target });
      return { type, source, target, confidence: strongest?.confidence ?? confidence };
    },
    stated: (paper, args) => known.stated(paper, args),
    getLineage: async (id, args) => {
      // An id that no entity has any more may lead to one that has another now.
      const found = (await known.lineage(id, args)) ?? (await known.lineage((await getEntity(id, 'of')).id, args));
      if (!found) throw notFound('of', id);
      return found;
    },
    getPaths: async (from, to, args) => {
      const found = await paths(reader, from, to, args);
      if (found) return found;
      const [a, b] = await Promise.all([getEntity(from, 'from'), getEntity(to, 'to')]);
      return (await paths(reader, a.id, b.id, args)) ?? [];
    },
    getCommonAncestors: async (ids, args) => {
      if (ids.length < 2 || ids.length > 10) throw badInput('of', `give from 2 to 10 ids, not ${String(ids.length)}`);
      return asked(ids, getAll(ids, 'of'), (of) => commonAncestors(reader, of, args));
    },
    getNeighborhood: async (ids, args) =>
      (await wholeNeighborhood(reader, ids, args)) ??
      asked(ids, getAll(ids, 'of'), (of) => neighborhood(reader, of, args)),
    getLeaderboard: async (dataset, args) => {
      const { id } = await getEntity(dataset, 'dataset');
      if (kindOfId(id) !== 'DATASET') throw badInput('dataset', `${dataset} is not a dataset`);
      return leaderboard(reader, id, args);
    },
    search: (args) => search(reader, args),
    degree: (id) => known.degrees.load(id),
    mostConnected: (args) => once('mostConnected', args, (whole) => mostConnected(whole, args)),
    connected: (args) => once('connected', args, (whole) => connected(whole, args)),
    allEntities: (args) => allEntities(reader, args),
    entitiesOf: (ids) => entitiesOf(reader, ids),
    allRelations: (args) => allRelations(reader, args),
    supported: (given) => supportedOf(reader, given),
    relationsBetween: (ids, args) => relationsBetween(reader, ids, args),
    stats: (of = ALL) => stats(reader, { ...of, types: of.types ? once('types', null, countTypes) : [] }),
    checksum: () => once('checksum', null, checksum),
    check: () => once('check', null, check),
    retractions: (args) => retractions(reader, args),
    retractedFacts: (retraction) => known.retracted.load(retraction),
    write: (records, by) => change(() => writeBatch(engine, records, { by, ...patient(options) })),
    assertFact: (fact, speaking) => change((deciding) => assertFact(deciding, fact, speaking)),
    upsertEntity: (entity, speaking) => change((deciding) => upsertEntity(deciding, entity, speaking)),
    retract: (fact, why) => change((deciding) => retract(deciding, { fact, ...why })),
    undoRetraction: (fact, by) => change((deciding) => undoRetraction(deciding, { fact, by })),
    isEmpty: () => isEmpty(reader),
    findMeta: (id) => readMeta(reader, id),
  };
}
