/** What is asked of every contender: the GraphQL, the same for hand-written Cypher, and what both must answer. */
import { queryWords, wholeNameToken } from '../../src/ingest/names.js';
import { countOf, entityId } from './graph.js';
import type { PeersQuestion } from './peers.js';
import { PEERS_ENTITY, PEERS_TOTAL, peersNest, peersPage } from './peers.js';

type Params = Record<string, unknown>;
type Data = unknown;

export interface Question {
  name: string;
  query: string;
  /** One for each request of a round. */
  variables: Params[];
  /** What the bare server calls it, and its parameters where they are not the variables. */
  bare: string;
  params?: (variables: Params) => Params;
  /** The part of each answer that all must share, in one form. */
  ours: (data: Data) => unknown;
  theirs: (rows: unknown[][]) => unknown;
  /** The same for @neo4j/graphql, of what it can be asked. */
  peer?: PeersQuestion;
}

/** Of a connection what is compared. */
interface Nodes {
  nodes: { id: string; name: string; publishedOn: string; totalCount: number }[];
  totalCount: number;
}

const spread = (count: number, among: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) / count) * among));

const sorted = (values: unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();

const PAPERS = (fields: string) =>
  `query ($first: Int, $after: String) { papers(first: $first, after: $after, orderBy: PUBLISHED_DESC) { nodes { id name publishedOn } ${fields} } }`;

/** The cursor behind some rows of a list, and the row before it. */
export type CursorBehind = (rows: number) => Promise<{ after: string; id: string; day: string; skipped: number }>;

const LINEAGE = `query ($id: ID!, $depth: Int, $relations: [RelationType!], $minConfidence: Float) {
  lineage(of: $id, depth: $depth, relations: $relations, minConfidence: $minConfidence, limit: 5000) {
    nodes { depth entity { id } } edges { type source { id } target { id } } } }`;

/** What a lineage or a neighbourhood answers. */
interface LineageData {
  lineage: {
    nodes: { depth: number; entity: { id: string } }[];
    edges: { type: string; source: { id: string }; target: { id: string } }[];
  };
}

/** Distances, and edges with their ends in one order: the bare server gives them from descendant to ancestor. */
const lineageOf = (nodes: [string, number][], edges: [string, string, string][]) => ({
  nodes: sorted(nodes),
  edges: sorted(edges.map(([a, type, b]) => [type, ...[a, b].sort()])),
});

const lineage = (name: string, ids: string[], rest: Params): Question => ({
  name,
  query: LINEAGE,
  variables: ids.map((id) => ({ id, ...rest })),
  bare: 'lineage',
  ours: (data) => {
    const { nodes, edges } = (data as LineageData).lineage;
    return lineageOf(
      nodes.map(({ depth, entity }) => [entity.id, depth]),
      edges.map(({ type, source, target }) => [source.id, type, target.id]),
    );
  },
  theirs: ([nodes = [], edges = []]) => lineageOf(nodes as [string, number][], edges as [string, string, string][]),
});

function pages(later: Awaited<ReturnType<CursorBehind>>): Question[] {
  const connection = (data: Data) => (data as { papers: Nodes }).papers;
  const rows = (data: Data) => connection(data).nodes.map(({ id, name, publishedOn }) => [id, name, publishedOn]);
  const first = { variables: Array.from({ length: 20 }, () => ({ first: 20 })), ours: rows, theirs: (found: unknown[][]) => found }; // prettier-ignore
  return [
    { ...first, name: 'page of 20, first', query: PAPERS(''), bare: 'first', peer: peersPage(0) },
    {
      ...first,
      name: 'page of 20, late',
      query: PAPERS(''),
      variables: first.variables.map((one) => ({ ...one, after: later.after })),
      bare: 'later',
      params: ({ first: size }) => ({ first: size, id: later.id, day: later.day }),
      peer: peersPage(later.skipped),
    },
    {
      ...first,
      name: 'page of 20 and total',
      query: PAPERS('totalCount'),
      bare: 'counted',
      ours: (data) => [...rows(data), [connection(data).totalCount]],
      peer: PEERS_TOTAL,
    },
  ];
}

const hundreds = (pages: Places['pages']): Question => ({
  name: 'page of 100, ten in turn',
  query:
    'query ($first: Int, $after: String) { papers(first: $first, after: $after) { nodes { id name url publishedOn year } } }',
  variables: pages.map(({ after }) => ({ first: 100, after })),
  bare: 'rows',
  params: ({ first, after }) => ({ first, name: pages.find((page) => page.after === after)?.name }),
  ours: (data) =>
    (data as { papers: { nodes: Record<string, unknown>[] } }).papers.nodes.map((node) => Object.values(node)),
  theirs: (found) => found,
});

interface Nest {
  id: string;
  inner: { nodes: { id: string; innermost: { nodes: { id: string; name: string }[] } }[] };
}

function nests(entities: number): Question[] {
  const flat = (outer: Nest[]) =>
    outer.flatMap(({ id, inner }) =>
      inner.nodes.flatMap((node) => node.innermost.nodes.map((last) => [id, node.id, last.id, last.name])),
    );
  const inner = (outer: string, kind: string, field: string) =>
    `inner: ${outer}(first: 5) { nodes { id ... on ${kind} { innermost: ${field}(first: 5) { nodes { id name } } } } }`;
  const hubReporters = spread(10, countOf('PAPER', entities) / 4).map((n) => entityId('PAPER', n * 4));
  return [
    {
      name: 'nested 10 × 5 × 5',
      query: `{ papers(first: 10) { nodes { id ${inner('uses', 'Technique', 'usedBy')} } } }`,
      variables: Array.from({ length: 10 }, () => ({})),
      bare: 'nested',
      ours: (data) => flat((data as { papers: { nodes: Nest[] } }).papers.nodes),
      theirs: (rows) => rows,
      peer: peersNest('', ['uses', 'usedBy']),
    },
    {
      name: 'nested 10 × 5 × 5 beside a hub',
      query: `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Paper { ${inner('evaluatedOn', 'Dataset', 'evaluations')} } } }`,
      variables: Array.from({ length: 10 }, () => ({ ids: hubReporters })),
      bare: 'hub',
      ours: (data) => sorted(flat((data as { nodes: Nest[] }).nodes)),
      theirs: sorted,
      peer: peersNest('$ids', ['evaluatedOn', 'evaluations']),
    },
  ];
}

const paths = (name: string, pairs: [string, string][]): Question => ({
  name,
  query:
    'query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, first: 1) { length nodes { id } steps { type } } }',
  variables: pairs.map(([from, to]) => ({ from, to })),
  bare: 'path',
  ours: (data) => (data as { paths: { length: number }[] }).paths.map(({ length }) => length),
  theirs: (rows) => rows.map(([length]) => length),
});

function texts(words: string[]): Question {
  const lucene = (text: string): string =>
    [
      ...queryWords(text).map(({ word, grams }) =>
        grams.length > 0 ? `+(${word} (${grams.map((gram) => `+${gram}`).join(' ')}))` : `+${word}`,
      ),
      wholeNameToken(text),
    ].join(' ');
  return {
    name: 'full text, top 20',
    query: 'query ($text: String!) { search(text: $text, first: 20) { nodes { id name } } }',
    variables: words.map((text) => ({ text })),
    bare: 'text',
    params: ({ text }) => ({ lucene: lucene(String(text)) }),
    ours: (data) => (data as { search: Nodes }).search.nodes.map(({ id, name }) => [id, name]),
    theirs: (rows) => rows,
  };
}

function around(ids: string[]): Question {
  return {
    name: 'neighbourhood, radius 2',
    query: `query ($id: ID!) { neighborhood(of: [$id], depth: 2, limit: 500) { edges { type source { id } target { id } } } }`,
    variables: ids.map((id) => ({ id })),
    bare: 'around',
    ours: (data) =>
      sorted(
        (data as { neighborhood: LineageData['lineage'] }).neighborhood.edges.map(({ type, source, target }) => [
          source.id,
          type,
          target.id,
        ]),
      ),
    theirs: sorted,
  };
}

/** What the graph itself must tell: ends of paths by their length, entities with few others around. */
export interface Places {
  pairs: Record<string, [string, string][]>;
  quiet: string[];
  /** The beginnings of pages of a hundred papers, in the order of their names. */
  pages: { after: string | null; name: string }[];
}

/** Everything that is asked of a graph of so many entities. */
export async function questionsOf(entities: number, places: Places, cursorBehind: CursorBehind): Promise<Question[]> {
  const papers = countOf('PAPER', entities);
  const late = await cursorBehind(Math.min(999, Math.floor(papers / 20) - 2) * 20);
  const roots = spread(8, papers).map((n) => entityId('PAPER', n));
  const filter = { relations: ['CITES', 'USES', 'EXTENDS'], minConfidence: 0.7 };
  return [
    {
      name: 'entity by id, 6 scalars',
      query: 'query ($id: ID!) { entity(id: $id) { id name description url ... on Paper { publishedOn year } } }',
      variables: spread(50, papers).map((n) => ({ id: entityId('PAPER', n) })),
      bare: 'entity',
      ours: (data) => [Object.values((data as { entity: object }).entity)],
      theirs: (rows) => rows,
      peer: PEERS_ENTITY,
    },
    ...pages(late),
    hundreds(places.pages),
    ...nests(entities),
    ...[3, 5, 10].map((depth) => lineage(`lineage, depth ${String(depth)}`, roots, { depth })),
    lineage('lineage, depth 5, filtered', roots, { depth: 5, ...filter }),
    ...Object.entries(places.pairs).map(([length, pairs]) => paths(`path, ${length}`, pairs)),
    around(places.quiet),
    texts(['sparse fusion', 'guided caching', 'latent', 'study of causal', 'neural alignment']),
  ];
}
