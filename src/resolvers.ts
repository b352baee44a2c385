/** Resolvers: one line each, the graph does the work. */
import { DateTimeISOResolver, LocalDateResolver, URLResolver } from 'graphql-scalars';
import type { MutationResolvers, Resolvers } from './generated/schema.js';
import type { Page, PageArgs } from './graph/cursor.js';
import { pageSize } from './graph/cursor.js';
import type { LineageArgs } from './graph/lineage.js';
import type { RelationArgs, RelationStep } from './graph/relations.js';
import type { Retraction } from './graph/retract.js';
import type { Found } from './graph/search.js';
import { snippetOf } from './graph/search.js';
import { tripleKey } from './graph/walk.js';
import { ingestRequest } from './ingest/ingest.js';
import type { AnyResolver } from './limits.js';
import { refusingBrokenTexts } from './limits.js';
import type { Entity, StoredFact } from './model.js';
import { contextOf } from './model.js';
import type { EntityKind } from './ontology.js';
import { ENTITY_KINDS, kindOfId, KINDS, RELATION_TYPES, ruleOf } from './ontology.js';
import type { Context } from './api.js';
import type { Known } from './selection.js';
import { lookUpsOf, ofNeighborhood, ofPage, ofStats } from './selection.js';

type EdgeOf<T> = Page<T>['items'][number];
export type EntityPage = Page<Entity>;
export type EntityEdge = EdgeOf<Entity>;
export type StepPage = Page<RelationStep>;
export type StepEdge = EdgeOf<RelationStep>;
export type FoundPage = Page<Found>;
export type FoundEdge = EdgeOf<Found>;
export type FactPage = Page<StoredFact>;
export type FactEdge = EdgeOf<StoredFact>;
export type RetractionPage = Page<Retraction>;
export type RetractionPageEdge = EdgeOf<Retraction>;

/** What every connection answers from its page. */
const connection = {
  edges: <T>({ items }: Page<T>) => items,
  pageInfo: <T>({ items, hasNextPage, hasPreviousPage }: Page<T>) => ({
    hasNextPage,
    hasPreviousPage,
    startCursor: items.at(0)?.cursor ?? null,
    endCursor: items.at(-1)?.cursor ?? null,
  }),
  totalCount: <T>({ count }: Page<T>) => count(),
};

const listed = { ...connection, nodes: ({ items }: EntityPage) => items.map(({ item }) => item) };
const listedEdge = { node: ({ item }: EntityEdge) => item };

const labelOf = (id: string) => ENTITY_KINDS[kindOfId(id) ?? 'PAPER'].label;

/** Fields of the interface, alike on every kind. */
const entity = {
  kind: ({ id }: Entity) => kindOfId(id) ?? 'PAPER',
  relations: ({ id }: Entity, args: RelationArgs, { graph }: Context) => graph.relations(id, args),
  relationCounts: ({ id }: Entity, _: unknown, { graph }: Context) => graph.degree(id),
  lineage: ({ id }: Entity, args: LineageArgs, { graph }: Context) => graph.getLineage(id, args),
};

/** The typed shortcuts of a kind: one for each end of each relation type that the kind may be. */
const shortcuts = (kind: EntityKind) =>
  Object.fromEntries(
    RELATION_TYPES.flatMap((type) => {
      const { endpoints, sourceField, targetField } = ruleOf(type);
      const shortcut =
        (direction: 'OUT' | 'IN') =>
        ({ id }: Entity, args: Pick<RelationArgs, 'first' | 'after' | 'minConfidence'>, { graph }: Context) =>
          graph.relations(id, { ...args, types: [type], direction });
      return [
        ...(endpoints.some(([source]) => source === kind) ? [[sourceField, shortcut('OUT')] as const] : []),
        ...(endpoints.some(([, target]) => target === kind) ? [[targetField, shortcut('IN')] as const] : []),
      ];
    }),
  );

/** What only papers have. */
const paper = {
  title: ({ name }: Entity) => name,
  facts: ({ id }: Entity, args: PageArgs, { graph }: Context) => graph.stated(id, args),
};

const kinds = Object.fromEntries(
  KINDS.map((kind) => [
    ENTITY_KINDS[kind].label,
    { ...entity, ...shortcuts(kind), ...(kind === 'PAPER' ? paper : {}) },
  ]),
);

const mutations: MutationResolvers = {
  ingest: (_, { documents }, { graph, knowledge }) =>
    ingestRequest(documents, knowledge(), (records) => graph.write(records, 'api')),
  assertFact: (_, { fact }, { graph, knowledge }) => graph.assertFact(fact, { ...knowledge(), by: 'api' }),
  upsertEntity: (_, { entity: said }, { graph, knowledge }) => graph.upsertEntity(said, { ...knowledge(), by: 'api' }),
  retractFact: (_, { fact, reason }, { graph }) => graph.retract(fact, { reason, by: 'api' }),
  undoRetraction: (_, { fact }, { graph }) => graph.undoRetraction(fact, 'api'),
};

const { entityOf, entitiesOf } = lookUpsOf(
  Object.values(kinds)
    .flatMap(Object.keys)
    .filter((name) => name !== 'title'),
);

const byId = (id: string): Known => ({ id });
const hitOf = ({ item: { id, name } }: FoundEdge): Known => ({ id, name });
const stepEnd = ({ item: { node, name } }: StepEdge): Known => ({ id: node, name });

/** Every mutation passes the gate first, so that none can be written without it. */
const admitted = Object.fromEntries(
  Object.entries(mutations as Record<string, AnyResolver<Context>>).map(([name, resolve]) => [
    name,
    (...[parent, args, context, info]: Parameters<AnyResolver<Context>>) => {
      context.admit();
      return resolve(parent, args, context, info);
    },
  ]),
);

const fields: Resolvers = {
  DateTime: DateTimeISOResolver,
  Date: LocalDateResolver,
  URL: URLResolver,
  Node: { __resolveType: ({ id }) => labelOf(id) },
  Entity: { __resolveType: ({ id }) => labelOf(id) },
  Query: {
    node: (_, { id }, { graph }) => graph.findEntity(id),
    nodes: (_, { ids }, { graph }) => graph.findEntities(ids),
    entity: (_, by, { graph }) => graph.find(by),
    papers: (_, args, { graph }, info) => graph.entities('PAPER', { ...args, ...ofPage(info) }),
    techniques: (_, args, { graph }, info) => graph.entities('TECHNIQUE', { ...args, ...ofPage(info) }),
    datasets: (_, args, { graph }, info) => graph.entities('DATASET', { ...args, ...ofPage(info) }),
    models: (_, args, { graph }, info) => graph.entities('MODEL', { ...args, ...ofPage(info) }),
    repos: (_, args, { graph }, info) => graph.entities('REPO', { ...args, ...ofPage(info) }),
    search: (_, args, { graph }, info) => graph.search({ ...args, ...ofPage(info) }),
    lineage: (_, { of, ...args }, { graph }) => graph.getLineage(of, args),
    paths: (_, { from, to, ...args }, { graph }) => graph.getPaths(from, to, args),
    commonAncestors: (_, { of, ...args }, { graph }) => graph.getCommonAncestors(of, args),
    neighborhood: (_, { of, ...args }, { graph }, info) =>
      graph.getNeighborhood(of, { ...args, ...ofNeighborhood(info) }),
    leaderboard: (_, { dataset, ...args }, { graph }) => graph.getLeaderboard(dataset, args),
    retractions: (_, args, { graph }) => graph.retractions(args),
    stats: (_, __, { graph }, info) => graph.stats(ofStats(info)),
    ontology: () => RELATION_TYPES,
    check: (_, __, { graph }) => graph.check(),
  },
  PaperConnection: listed,
  TechniqueConnection: listed,
  DatasetConnection: listed,
  ModelConnection: listed,
  RepoConnection: listed,
  PaperEdge: listedEdge,
  TechniqueEdge: listedEdge,
  DatasetEdge: listedEdge,
  ModelEdge: listedEdge,
  RepoEdge: listedEdge,
  RelationConnection: {
    ...connection,
    nodes: entitiesOf('node', ({ items }) => items.map(stepEnd)),
  },
  RelationEdge: {
    direction: ({ item }) => item.direction,
    node: entityOf('node', stepEnd),
    relation: ({ item }) => item.relation,
  },
  Relation: {
    id: tripleKey,
    source: entityOf('source', ({ source }) => byId(source)),
    target: entityOf('target', ({ target }) => byId(target)),
    evidence: async (relation, { first }, { graph }) => (await graph.facts(relation)).slice(0, pageSize(first)),
    evidenceCount: (relation, _, { graph }) => graph.factCount(relation),
    results: async (relation, _, { graph }) =>
      relation.type === 'EVALUATED_ON' ? (await graph.facts(relation)).filter(({ score }) => score !== null) : [],
    via: async (relation, _, { graph }) =>
      relation.type === 'DERIVED_FROM' ? ((await graph.facts(relation))[0]?.via ?? null) : null,
  },
  Evidence: {
    id: ({ fact }) => fact,
    context: async (fact, _, { graph }) => contextOf(fact, await graph.getDocument(fact.document)),
    document: ({ document }, _, { graph }) => graph.getDocument(document),
    source: async ({ document }, _, { graph }) => graph.paperOf(document),
  },
  EvidenceConnection: { ...connection, nodes: ({ items }) => items.map(({ item }) => item) },
  EvidenceEdge: { node: ({ item }) => item, relation: ({ item }, _, { graph }) => graph.relationOf(item) },
  Result: {
    metric: ({ score }) => score?.metric ?? '',
    value: ({ score }) => score?.value ?? null,
    raw: ({ score }) => score?.raw ?? '',
    unit: ({ score }) => score?.unit ?? null,
    setting: ({ score }) => score?.setting ?? null,
    dataset: entityOf('dataset', ({ to }) => byId(to)),
    subject: entityOf('subject', ({ from }) => byId(from)),
    evidence: (fact) => fact,
  },
  ResultConnection: { ...connection, nodes: ({ items }) => items.map(({ item }) => item) },
  ResultEdge: { node: ({ item }) => item },
  AssertedFact: { evidence: (fact) => fact, relation: (fact, _, { graph }) => graph.relationOf(fact) },
  StoredReading: {
    document: ({ document }, _, { graph }) => graph.getDocument(document),
    paper: ({ document }, _, { graph }) => graph.paperOf(document),
  },
  Retraction: {
    id: ({ fact }) => fact,
    source: ({ from }, _, { graph }) => graph.findEntity(from),
    target: ({ to }, _, { graph }) => graph.findEntity(to),
    document: ({ document }, _, { graph }) => graph.getDocument(document),
    evidence: (retraction, _, { graph }) => graph.retractedFacts(retraction),
  },
  RetractionConnection: { ...connection, nodes: ({ items }) => items.map(({ item }) => item) },
  RetractionEdge: { node: ({ item }) => item },
  Lineage: { root: entityOf('root', ({ root }) => byId(root)) },
  LineageNode: { entity: entityOf('entity', ({ id }) => byId(id)) },
  Path: { nodes: entitiesOf('node', ({ nodes }) => nodes.map(byId)) },
  CommonAncestor: { entity: entityOf('entity', ({ id }) => byId(id)) },
  Graph: { nodes: entitiesOf('node', ({ nodes }) => nodes.map(byId)) },
  SearchConnection: {
    ...connection,
    nodes: entitiesOf('node', ({ items }) => items.map(hitOf)),
  },
  SearchEdge: {
    node: entityOf('node', hitOf),
    score: ({ item }) => item.score,
    snippet: async ({ item }, _, { graph }) => snippetOf(await graph.getEntity(item.id, 'node'), item.text).snippet,
    highlights: async ({ item }, _, { graph }) =>
      snippetOf(await graph.getEntity(item.id, 'node'), item.text).highlights,
  },
  Stats: {
    entities: ({ kinds: counts }) => counts.reduce((sum, { count }) => sum + count, 0),
    relations: ({ types }) => types.reduce((sum, { count }) => sum + count, 0),
    facts: ({ types }) => types.reduce((sum, { facts }) => sum + facts, 0),
    checksum: (_, __, { graph }) => graph.checksum(),
    mostConnected: (_, args, { graph }) => graph.mostConnected(args),
  },
  Connected: { entity: entityOf('entity', ({ id }) => byId(id)) },
  RelationRule: {
    type: (type) => type,
    verb: (type) => ruleOf(type).verb,
    inverse: (type) => ruleOf(type).inverse,
    means: (type) => ruleOf(type).means,
    endpoints: (type) => ruleOf(type).endpoints.map(([source, target]) => ({ source, target })),
    lineage: (type) =>
      (({ forward: 'FORWARD', reverse: 'REVERSE', none: null }) as const)[ruleOf(type).lineage ?? 'none'],
    sourceField: (type) => ruleOf(type).sourceField,
    targetField: (type) => ruleOf(type).targetField,
  },
};

const asked = refusingBrokenTexts(fields.Query as Record<string, AnyResolver<Context>>);

export const resolvers = { ...fields, ...kinds, Query: asked, Mutation: admitted };
