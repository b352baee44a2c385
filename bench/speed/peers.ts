/** What @neo4j/graphql is asked, and the rows of its answers in the form of `Question.ours`. */

export interface PeersQuestion {
  query: string;
  theirs: (data: unknown) => unknown;
}

interface PeersPaper {
  id: string;
  name: string;
  publishedOn: string;
}

const rowsOf = (papers: readonly PeersPaper[]): string[][] =>
  papers.map(({ id, name, publishedOn }) => [id, name, publishedOn]);

export const PEERS_ENTITY: PeersQuestion = {
  query: 'query ($id: ID!) { papers(where: { id: { eq: $id } }) { id name description url publishedOn year } }',
  theirs: (data) => (data as { papers: object[] }).papers.map((paper) => Object.values(paper) as unknown[]),
};

const NEWEST = 'sort: [{ publishedOn: DESC }, { id: ASC }]';

/** A page of the newest papers behind so many. */
export const peersPage = (skipped: number): PeersQuestion => ({
  query: `query ($first: Int) { papers(limit: $first, offset: ${String(skipped)}, ${NEWEST}) { id name publishedOn } }`,
  theirs: (data) => rowsOf((data as { papers: PeersPaper[] }).papers),
});

export const PEERS_TOTAL: PeersQuestion = {
  query: `query ($first: Int) { papersConnection(first: $first, ${NEWEST}) { edges { node { id name publishedOn } } totalCount } }`,
  theirs: (data) => {
    const { edges, totalCount } = (data as Connection).papersConnection;
    return [...rowsOf(edges.map(({ node }) => node)), [totalCount]];
  },
};

interface Connection {
  papersConnection: { edges: { node: PeersPaper }[]; totalCount: number };
}

interface Nest {
  id: string;
  inner: { id: string; innermost: { id: string; name: string }[] }[];
}

const BY_NAME = 'sort: [{ name: ASC }, { id: ASC }]';

/** Ten papers, the first by name or, in no order, those of `ids`; five of what each has by one field, five of what these have by another. */
export const peersNest = (ids: '' | '$ids', [field, back]: readonly [string, string]): PeersQuestion => ({
  query: `${ids && 'query ($ids: [ID!]!)'} { papers(${ids && 'where: { id: { in: $ids } },'} limit: 10, ${BY_NAME}) {
    id inner: ${field}(limit: 5, ${BY_NAME}) { id innermost: ${back}(limit: 5, ${BY_NAME}) { id name } } } }`,
  theirs: (data) => {
    const rows = (data as { papers: Nest[] }).papers.flatMap(({ id, inner }) =>
      inner.flatMap((node) => node.innermost.map((last) => [id, node.id, last.id, last.name])),
    );
    return ids ? rows.map((row) => JSON.stringify(row)).sort() : rows;
  },
});
