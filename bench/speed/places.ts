/** Where in a made-up graph to ask: what only the graph itself can tell, found by asking it. */
import type { Contender } from './contenders.js';
import { ask } from './contenders.js';
import { countOf, entityId, ISLANDS } from './graph.js';
import type { CursorBehind, Places } from './questions.js';

/** How many places there are of each sort. */
const PLACES = 5;
const TRIES = 150;
/** How many pages of a list are read from its beginning. */
const PAGES = 10;

async function answer<Data>({ port }: Contender, query: string, variables: Record<string, unknown>): Promise<Data> {
  const { text } = await ask(port, '/graphql', JSON.stringify({ query, variables }));
  const { data, errors } = JSON.parse(text) as { data: Data; errors?: unknown };
  if (errors) throw new Error(text.slice(0, 300));
  return data;
}

/** Walks a list of papers, a hundred at a time, to the cursor behind so many of them. */
export const cursorBehindIn =
  (stemma: Contender): CursorBehind =>
  async (rows) => {
    let after: string | null = null;
    let last = { id: '', publishedOn: '' };
    for (let left = rows; left > 0; left -= 100) {
      const { papers }: Papers = await answer<Papers>(
        stemma,
        'query ($first: Int, $after: String) { papers(first: $first, after: $after, orderBy: PUBLISHED_DESC) { nodes { id publishedOn } pageInfo { endCursor } } }',
        { first: Math.min(100, left), after },
      );
      after = papers.pageInfo.endCursor;
      last = papers.nodes.at(-1) ?? last;
    }
    return { after: after ?? '', id: last.id, day: last.publishedOn, skipped: rows };
  };

interface Papers {
  papers: { nodes: { id: string; publishedOn: string }[]; pageInfo: { endCursor: string } };
}

/** Where pages of a hundred papers in the order of their names begin: behind which cursor, and which name. */
async function pagesIn(stemma: Contender): Promise<Places['pages']> {
  const pages: Places['pages'] = [{ after: null, name: '' }];
  while (pages.length < PAGES) {
    const { papers } = await answer<{ papers: { nodes: { name: string }[]; pageInfo: { endCursor: string | null } } }>(
      stemma,
      'query ($after: String) { papers(first: 100, after: $after) { nodes { name } pageInfo { endCursor } } }',
      { after: pages.at(-1)?.after },
    );
    const { endCursor: after } = papers.pageInfo;
    if (after === null) break;
    pages.push({ after, name: papers.nodes.at(-1)?.name ?? '' });
  }
  return pages;
}

/** Pairs of entities by the length of the shortest path between them, and papers with some but not many others around. */
export async function placesIn(stemma: Contender, entities: number): Promise<Places> {
  const papers = countOf('PAPER', entities);
  const islander = entityId('PAPER', papers - ISLANDS);
  const pairs: Places['pairs'] = { 'length 2': [], 'length 4': [], 'length 6': [], none: [] };
  const quiet: string[] = [];
  for (let i = 0; i < TRIES; i++) {
    const kind = i % 3 === 0 ? 'PAPER' : 'REPO';
    const pair: [string, string] = [
      entityId(kind, Math.floor((i * 0.618) % 1 * countOf(kind, entities))),
      entityId(kind, Math.floor((i * 0.414 + 0.3) % 1 * countOf(kind, entities))),
    ]; // prettier-ignore
    const [from, to] = pair;
    const { paths } = await answer<{ paths: { length: number }[] }>(
      stemma,
      'query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, first: 1) { length } }',
      { from, to },
    );
    const at = pairs[`length ${String(paths[0]?.length)}`];
    if (at && at.length < PLACES) at.push(pair);
    if (kind === 'PAPER' && quiet.length < PLACES && (await isQuiet(stemma, from))) quiet.push(from);
    if (kind === 'PAPER' && pairs['none'] && pairs['none'].length < PLACES) pairs['none'].push([from, islander]);
  }
  const found = Object.fromEntries(Object.entries(pairs).filter(([, those]) => those.length > 0));
  return { pairs: found, quiet, pages: await pagesIn(stemma) };
}

async function isQuiet(stemma: Contender, id: string): Promise<boolean> {
  const { neighborhood } = await answer<{ neighborhood: { truncatedBy: string[]; nodes: unknown[] } }>(
    stemma,
    'query ($id: ID!) { neighborhood(of: [$id], depth: 2, limit: 500) { truncatedBy nodes { id } } }',
    { id },
  );
  return neighborhood.nodes.length > 50 && !neighborhood.truncatedBy.some((by) => by === 'NODES' || by === 'EDGES');
}
