/** Part of the graph as a stream: what every writer writes. */
import { confidenceIn } from '../checks.js';
import { notFound } from '../errors.js';
import { inRange } from '../graph/cursor.js';
import type { Supported } from '../graph/export.js';
import type { Connected } from '../graph/degrees.js';
import type { Brief } from '../graph/entities.js';
import type { Graph } from '../graph/graph.js';
import type { Truncation } from '../graph/lineage.js';
import type { Entity, Relation } from '../model.js';
import type { EntityKind } from '../ontology.js';
import { kindOfId, RELATION_TYPES } from '../ontology.js';
import type { Columns } from './columns.js';
import { columnsOf } from './columns.js';
import type { Question } from './question.js';

/** An entity on its way out. */
export interface ExportNode extends Brief {
  kind: EntityKind;
  /** Its distance from the root of a lineage, null in every other export. */
  depth: number | null;
  /** With how many entities of the whole graph the most connected have a relation, null in every other export. */
  neighbors: number | null;
}

/** Pages of entities and of relations; both ends of every relation are among the entities. */
export interface Selection {
  /** What it is, in words. */
  title: string;
  complete: boolean;
  /** Why it is not complete, as in the API. */
  truncatedBy: readonly Truncation[];
  /** The attributes that it has. */
  columns: Columns;
  nodes: () => AsyncIterable<readonly ExportNode[]>;
  edges: () => AsyncIterable<readonly Supported[]>;
}

/** A selection with all there is to know of it. */
type Part = Omit<Selection, 'columns'>;

/** What an export says of an entity beside what the graph does. */
type Extra = Partial<Pick<ExportNode, 'depth' | 'neighbors'>>;

const nodeOf = (entity: Brief, extra: Extra = {}): ExportNode => ({
  ...entity,
  kind: kindOfId(entity.id) ?? 'PAPER',
  depth: null,
  neighbors: null,
  ...extra,
});

async function* mapped<From, To>(pages: AsyncIterable<readonly From[]>, map: (item: From) => To): AsyncGenerator<To[]> {
  for await (const page of pages) yield page.map(map);
}

/** How many hits of a search are exported unless `limit` says otherwise, and at most. */
const HITS = 100;
const HITS_MAX = 1_000;

/** How many of the most connected there are at most. */
const CONNECTED_MAX = 10_000;

/**
 * Finds the part of the graph that a question asks for.
 * @throws NOT_FOUND, AMBIGUOUS or BAD_USER_INPUT as the API does, before anything is streamed
 */
export async function select(graph: Graph, question: Question): Promise<Selection> {
  return { ...(await partOf(graph, question)), columns: columnsOf(question.attributes) };
}

async function partOf(graph: Graph, question: Question): Promise<Part> {
  const { relations, kinds, depth, limit } = question;
  if (question.part === 'graph') return wholeGraph(graph, question);
  if (question.part === 'search') return searchOf(graph, question);
  if (question.part === 'connected') return connectedOf(graph, question);
  const roots = await Promise.all(question.of.map((name) => getByIdOrName(graph, question.part, name)));
  const names = roots.map(({ name }) => name).join(', ');
  const ids = roots.map(({ id }) => id);
  if (question.part === 'neighborhood') {
    const { nodes, ...rest } = await graph.getNeighborhood(ids, { depth, relations, kinds, limit });
    return some(graph, { title: `Around ${names}`, nodes: nodes.map((id) => ({ id })), ...rest });
  }
  const lineage = await graph.getLineage(ids[0] ?? '', question);
  const title = {
    UPSTREAM: `What ${names} descends from`,
    DOWNSTREAM: `What descends from ${names}`,
    BOTH: `Lineage of ${names}`,
  };
  return some(graph, { ...lineage, title: title[question.direction ?? 'UPSTREAM'] });
}

async function getByIdOrName(graph: Graph, argument: string, name: string): Promise<Entity> {
  const found = (await graph.find({ id: name })) ?? (await graph.find({ name }));
  if (!found) throw notFound(argument, name);
  return found;
}

function wholeGraph(graph: Graph, { kinds, relations, minConfidence: asked }: Question): Part {
  const minConfidence = confidenceIn('minConfidence', asked, 0);
  return {
    title: 'Stemma',
    complete: true,
    truncatedBy: [],
    nodes: () => mapped(graph.allEntities({ kinds }), (entity) => nodeOf(entity)),
    edges: () => graph.allRelations({ kinds, relations, minConfidence }),
  };
}

/** Entities that are known by their ids, with what is to be said of them; they come a page at a time. */
function listed(graph: Graph, nodes: readonly (Extra & { id: string })[]): AsyncGenerator<ExportNode[]> {
  const extras = new Map(nodes.map(({ id, depth = null, neighbors = null }) => [id, { depth, neighbors }]));
  return mapped(graph.entitiesOf([...extras.keys()]), (entity) => nodeOf(entity, extras.get(entity.id)));
}

/** A part that is known by its ids and relations. */
function some(
  graph: Graph,
  {
    nodes,
    edges,
    ...rest
  }: Omit<Part, 'nodes' | 'edges'> & {
    nodes: readonly (Extra & { id: string })[];
    edges: readonly Relation[];
  },
): Part {
  return { ...rest, nodes: () => listed(graph, nodes), edges: () => graph.supported(edges) };
}

/** The entities with the most neighbours, the most first, and the relations between them. */
async function connectedOf(graph: Graph, { kinds, relations, limit }: Question): Promise<Part> {
  const most = inRange('connected', limit ?? 0, 1, CONNECTED_MAX);
  const found = await graph.connected({ kinds, relations, limit: most + 1 });
  if (found.length <= most) found.push(...(await unconnected(graph, kinds, { found, limit: most + 1 - found.length })));
  const nodes = found.slice(0, most);
  const among = new Set(nodes.map(({ id }) => id));
  const complete = found.length <= most;
  return {
    title: complete ? 'Stemma' : `The ${String(most)} most connected`,
    complete,
    truncatedBy: complete ? [] : ['NODES'],
    nodes: () => listed(graph, nodes),
    edges: () => graph.allRelations({ relations, among }),
  };
}

/** Entities that are none of those found, by id. */
async function unconnected(
  graph: Graph,
  kinds: Question['kinds'],
  { found, limit }: { found: readonly Connected[]; limit: number },
): Promise<Connected[]> {
  const known = new Set(found.map(({ id }) => id));
  const rest: Connected[] = [];
  for await (const page of graph.allEntities({ kinds })) {
    rest.push(...page.flatMap(({ id }) => (known.has(id) ? [] : [{ id, neighbors: 0 }])));
    if (rest.length >= limit) break;
  }
  return rest.slice(0, limit);
}

/** The best hits of a search, and the relations between them. */
async function searchOf(graph: Graph, { of: [text = ''], kinds, relations, limit }: Question): Promise<Part> {
  const most = inRange('limit', limit ?? HITS, 1, HITS_MAX);
  const nodes: { id: string }[] = [];
  let more = true;
  for (let after: string | undefined; more && nodes.length < most;) {
    const page = await graph.search({ text, kinds, first: Math.min(100, most - nodes.length), after });
    nodes.push(...page.items.map(({ item: { id } }) => ({ id })));
    after = page.items.at(-1)?.cursor;
    more = page.hasNextPage;
  }
  const ids = nodes.map(({ id }) => id);
  const { edges, truncatedBy } = await graph.relationsBetween(ids, { types: relations ?? RELATION_TYPES, limit: most });
  const cut: Truncation[] = [...(more ? (['NODES'] as const) : []), ...truncatedBy];
  return some(graph, { title: `Search for ${text}`, complete: cut.length === 0, truncatedBy: cut, nodes, edges });
}
