/** The map's graph: read from the server, thinned where it is too large to draw, parted into communities, laid out. */
import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import type { EntityKind, RelationType } from '../../../ontology.js';

export interface MapNode {
  label: string;
  kind: EntityKind;
  /** number of relations in the whole graph */
  degree: number;
  /** 0 is the largest */
  community: number;
  x: number;
  y: number;
  size: number;
}

/** All relations between two entities are one line. */
export interface MapEdge {
  types: RelationType[];
}

export type MapGraph = Graph<MapNode, MapEdge>;

export interface Loaded {
  graph: MapGraph;
  /** How many entities there are, drawn or not. */
  total: number;
  /** The names of the best connected members of each community, the largest first. */
  communities: { name: string; size: number }[];
}

interface NodeLink {
  nodes: { id: string; name: string; kind: EntityKind }[];
  links: { source: string; target: string; type: RelationType }[];
}

/** How many entities are laid out and drawn; of more, the best connected. */
const DRAWN_MAX = 10_000;

/** Reads the whole graph. @throws Error in words for whoever looks at the map */
export async function readGraph(signal: AbortSignal): Promise<Loaded> {
  const answer = await fetch('/export/d3', { signal });
  if (!answer.ok) throw new Error('The server could not export the graph.');
  return loadedOf((await answer.json()) as NodeLink);
}

function loadedOf({ nodes, links }: NodeLink): Loaded {
  const degrees = new Map<string, number>();
  for (const { source, target } of links)
    for (const id of [source, target]) degrees.set(id, (degrees.get(id) ?? 0) + 1);
  const degreeOf = (id: string): number => degrees.get(id) ?? 0;
  const drawn = [...nodes].sort((a, b) => degreeOf(b.id) - degreeOf(a.id)).slice(0, DRAWN_MAX);
  const graph: MapGraph = new Graph({ type: 'undirected' });
  for (const { id, name, kind } of drawn) {
    const degree = degreeOf(id);
    const size = Math.min(2 + 0.9 * Math.sqrt(degree), 18);
    graph.addNode(id, { label: name, kind, degree, size, community: 0, x: 0, y: 0 });
  }
  for (const { source, target, type } of links) {
    if (source === target || !graph.hasNode(source) || !graph.hasNode(target)) continue;
    const edge = graph.edge(source, target);
    if (edge === undefined) graph.addEdge(source, target, { types: [type] });
    else graph.getEdgeAttribute(edge, 'types').push(type);
  }
  return { graph, total: nodes.length, communities: partition(graph) };
}

/** Numbers between 0 and 1, the same ones at every visit. */
function* repeatable(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

function partition(graph: MapGraph): Loaded['communities'] {
  const numbers = repeatable();
  const found = louvain(graph, { getEdgeWeight: null, rng: () => numbers.next().value });
  const members = new Map<number, string[]>();
  for (const [id, community] of Object.entries(found)) {
    const group = members.get(community);
    if (group) group.push(id);
    else members.set(community, [id]);
  }
  const bySize = [...members.values()].sort((a, b) => b.length - a.length);
  bySize.forEach((group, community) => place(graph, group, community));
  return bySize.map((group) => ({ name: nameOf(graph, group), size: group.length }));
}

/** Titles of papers say less in a legend than what they are about. */
function nameOf(graph: MapGraph, ids: readonly string[]): string {
  const weight = (id: string): number => graph.degree(id) * (graph.getNodeAttribute(id, 'kind') === 'PAPER' ? 0.01 : 1);
  const best = ids.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  return graph.getNodeAttribute(best, 'label');
}

/** The best connected of a map where they are, with the lines between them; the map itself where it has no more. */
export function thinned(graph: MapGraph, most: number): MapGraph {
  if (graph.order <= most) return graph;
  const thin: MapGraph = new Graph({ type: 'undirected' });
  // The entities of a map are in the order of their degrees.
  for (const id of graph.nodes().slice(0, most)) thin.addNode(id, graph.getNodeAttributes(id));
  graph.forEachEdge((_, types, source, target) => {
    if (thin.hasNode(source) && thin.hasNode(target)) thin.addEdge(source, target, types);
  });
  return thin;
}

/** The angle by which a sunflower turns from seed to seed. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Where the layout starts: communities on one spiral, their members on smaller ones. */
function place(graph: MapGraph, ids: readonly string[], community: number): void {
  const far = 100 * Math.sqrt(community);
  ids.forEach((id, at) => {
    const near = 3 * Math.sqrt(at);
    graph.mergeNodeAttributes(id, {
      community,
      x: far * Math.cos(community * GOLDEN) + near * Math.cos(at * GOLDEN),
      y: far * Math.sin(community * GOLDEN) + near * Math.sin(at * GOLDEN),
    });
  });
}

/** How long a step of the layout may keep the page from answering, in ms. */
const STEP = 30;

/** Moves linked entities together and others apart, a step at a time; `progress` is from 0 to 1. */
export async function layOut(graph: MapGraph, progress: (share: number) => void, signal: AbortSignal): Promise<void> {
  const iterations = Math.round(Math.min(300, Math.max(50, 600_000 / graph.order)));
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    barnesHutOptimize: graph.order > 1_000,
    linLogMode: true,
    gravity: 0.02,
    scalingRatio: 2,
    slowDown: 4,
  };
  for (let done = 0; done < iterations;) {
    const from = performance.now();
    while (done < iterations && performance.now() - from < STEP) {
      forceAtlas2.assign(graph, { iterations: Math.min(5, iterations - done), settings });
      done += 5;
    }
    progress(Math.min(1, done / iterations));
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
}
