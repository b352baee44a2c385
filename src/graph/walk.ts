/** Breadth-first answers: which nodes are in, where the limit cuts, what is left to expand. */
import { StemmaError } from '../errors.js';
import type { Relation } from '../model.js';
import type { Params, Statement } from './engine.js';
import type { Truncation } from './lineage.js';
import { groupBy } from './group.js';
import type { Reader } from './reader.js';

/** One step of a walk, in the direction of the walk, and the relation that it takes. */
export interface Link {
  from: string;
  to: string;
  relation: Relation;
}

/** How many edges an answer has at most, for each node of its limit. */
export const EDGES_PER_NODE = 4;

/** A walk from one root: distances of the nodes in it, links between them, nodes that lead out of it. */
export interface Closure {
  distances: Map<string, number>;
  links: Link[];
  frontier: Set<string>;
  /** Why the walk is smaller than what there is, but for its depth. */
  cut: Truncation[];
}

/** How many links it takes to what links lead to from some roots, at most `depth`. */
export function distancesFrom(roots: readonly string[], links: readonly Link[], depth = Infinity): Map<string, number> {
  const out = groupBy(links, ({ from }) => from);
  const distances = new Map(roots.map((root) => [root, 0]));
  let layer = [...roots];
  for (let distance = 1; distance <= depth && layer.length > 0; distance++) {
    const next = new Set(layer.flatMap((id) => out.get(id) ?? []).map(({ to }) => to));
    layer = [...next].filter((id) => !distances.has(id));
    for (const id of layer) distances.set(id, distance);
  }
  return distances;
}

/** The walk that links span: nodes at most `depth` steps from the root. */
export function closureOf(root: string, links: readonly Link[], depth: number): Closure {
  const distances = distancesFrom([root], links, depth);
  const inside = links.filter(({ from, to }) => distances.has(from) && distances.has(to));
  const leaving = links.filter(({ from, to }) => distances.has(from) && !distances.has(to));
  return { distances, links: inside, frontier: new Set(leaving.map(({ from }) => from)), cut: [] };
}

interface LayerStatements<LinkRow> {
  /** Nodes not seen yet behind `walk.ids`, by id. */
  next: Statement<{ root: string; node: string }>;
  /** Links from `walk.ids` to nodes seen. */
  links: Statement<LinkRow & { root: string }>;
  /** Those of `walk.ids` that lead to nodes not seen. */
  frontier: Statement<{ root: string; node: string }>;
}

/**
 * Walks a layer at a time from every start, all of them in one statement, each layer ordered by id and cut where the
 * limit falls. A deadline that falls in the middle ends the walk with what it has.
 */
export async function walkLayers<LinkRow>(
  { read }: Reader,
  { statements, linksOf }: { statements: LayerStatements<LinkRow>; linksOf: (row: LinkRow) => Link[] },
  starts: readonly { root: string; ids: readonly string[] }[],
  { depth, limit, params }: { depth: number; limit: number; params: Params },
): Promise<Map<string, Closure>> {
  const states = starts.map(({ root, ids }) => ({
    root,
    layer: [...ids],
    distances: new Map(ids.map((id) => [id, 0])),
    cut: new Set<Truncation>(),
  }));
  const rows = starts.length * limit;
  for (let distance = 1; distance <= depth; distance++) {
    const open = states.filter(({ layer, cut }) => layer.length > 0 && cut.size === 0);
    if (open.length === 0) break;
    const walks = open.map(({ root, layer, distances }) => ({ root, ids: layer, seen: [...distances.keys()] }));
    const found = await read(statements.next, { walks, ...params, cap: limit, rows }, 'welcome').catch(lateIsNull);
    const byRoot = groupBy(found ?? [], ({ root }) => root);
    for (const state of open) {
      if (!found) {
        state.cut.add('DEADLINE');
        continue;
      }
      const next = (byRoot.get(state.root) ?? []).map(({ node }) => node);
      const room = limit - state.distances.size;
      state.layer = next.slice(0, room);
      if (next.length > room) state.cut.add('NODES');
      for (const id of state.layer) state.distances.set(id, distance);
    }
  }
  const walks = states.map(({ root, distances }) => ({
    root,
    ids: [...distances.keys()],
    seen: [...distances.keys()],
  }));
  const edges = limit * EDGES_PER_NODE + 1;
  const links = await read(statements.links, { walks, ...params, cap: edges, rows: starts.length * edges });
  const leaving = await read(statements.frontier, { walks, ...params, cap: limit, rows });
  const linksByRoot = groupBy(links, ({ root }) => root);
  const leavingByRoot = groupBy(leaving, ({ root }) => root);
  return new Map(
    states.map(({ root, distances, cut }) => [
      root,
      {
        distances,
        links: (linksByRoot.get(root) ?? []).flatMap(linksOf),
        frontier: new Set((leavingByRoot.get(root) ?? []).map(({ node }) => node)),
        cut: [...cut],
      },
    ]),
  );
}

const lateIsNull = (error: unknown): null => {
  if (error instanceof StemmaError && error.code === 'DEADLINE_EXCEEDED') return null;
  throw error;
};

const TRUNCATIONS: readonly Truncation[] = ['DEPTH', 'NODES', 'EDGES', 'DEADLINE'];

interface Joined<Way> {
  nodes: { id: string; depth: number; ways: Way[] }[];
  edges: Relation[];
  frontier: string[];
  truncatedBy: Truncation[];
  complete: boolean;
}

/** Identifies a relation by its type and its ends. */
export const tripleKey = ({ type, source, target }: Pick<Relation, 'type' | 'source' | 'target'>): string =>
  [source, type, target].join(' ');

/** The union of walks from some roots, nodes ordered by (depth, id) and cut at the limit, edges by their ends. */
export function joined<Way>(
  parts: readonly { way: Way; closure: Closure }[],
  { depth, limit }: { depth: number; limit: number },
): Joined<Way> {
  const met = new Map<string, { id: string; depth: number; ways: Way[] }>();
  for (const { way, closure } of parts)
    for (const [id, distance] of closure.distances) {
      const node = met.get(id);
      met.set(id, { id, depth: Math.min(node?.depth ?? distance, distance), ways: [...(node?.ways ?? []), way] });
    }
  const ordered = [...met.values()].sort((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1));
  const kept = new Set(ordered.slice(0, limit).map(({ id }) => id));
  const cut = new Set<Truncation>(parts.flatMap(({ closure }) => closure.cut));
  if (ordered.length > limit) cut.add('NODES');
  const frontier = new Set<string>();
  const edges = new Map<string, Relation>();
  for (const { closure } of parts) {
    const leave = (id: string): void => {
      if (!kept.has(id)) return;
      frontier.add(id);
      if (closure.distances.get(id) === depth) cut.add('DEPTH');
    };
    closure.frontier.forEach(leave);
    for (const { from, to, relation } of closure.links) {
      if (kept.has(from) && kept.has(to)) edges.set(tripleKey(relation), relation);
      else leave(from);
    }
  }
  if (edges.size > limit * EDGES_PER_NODE) cut.add('EDGES');
  const sorted = [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, relation]) => relation);
  return {
    nodes: ordered.slice(0, limit),
    edges: sorted.slice(0, limit * EDGES_PER_NODE),
    frontier: ordered.filter(({ id }) => frontier.has(id)).map(({ id }) => id),
    truncatedBy: TRUNCATIONS.filter((reason) => cut.has(reason)),
    complete: frontier.size === 0 && cut.size === 0,
  };
}
