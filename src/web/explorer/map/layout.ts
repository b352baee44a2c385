/** Where the entities of the map are: parted into communities, each begun on a spiral, then moved by their relations. */
import louvain from 'graphology-communities-louvain';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import type { EntityKind, RelationType } from '../../../ontology.js';
import { emptyGraph, type MapGraph, type Read, type Step } from './graph.js';

/** What the export says, with the attributes that the map wants. */
export interface NodeLink {
  graph: { complete: boolean };
  nodes: { id: string; name: string; kind: EntityKind; neighbors: number }[];
  links: { source: string; target: string; type: RelationType }[];
}

export function graphOf({ nodes, links }: NodeLink): MapGraph {
  const graph = emptyGraph();
  for (const { id, name, kind, neighbors } of nodes) {
    const size = Math.min(2 + 0.9 * Math.sqrt(neighbors), 18);
    graph.addNode(id, { label: name, kind, degree: neighbors, size, community: 0, x: 0, y: 0 });
  }
  for (const { source, target, type } of links) {
    if (source === target) continue;
    const edge = graph.edge(source, target);
    if (edge === undefined) graph.addEdge(source, target, { types: [type] });
    else graph.getEdgeAttribute(edge, 'types').push(type);
  }
  return graph;
}

/** Numbers between 0 and 1, the same ones at every visit. */
function* repeatable(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state / 2_147_483_647;
  }
}

/** Finds the communities and puts their members where the layout starts. */
export function part(graph: MapGraph): Read['communities'] {
  const numbers = repeatable();
  const found = louvain(graph, { getEdgeWeight: null, rng: () => numbers.next().value });
  const members = new Map<number, string[]>();
  for (const [id, community] of Object.entries(found)) {
    const group = members.get(community);
    if (group) group.push(id);
    else members.set(community, [id]);
  }
  const bySize = [...members.values()].sort((a, b) => b.length - a.length);
  bySize.forEach((group, community) => begin(graph, group, community));
  return bySize.map((group) => ({ name: nameOf(graph, group), size: group.length }));
}

/** Titles of papers say less in a legend than what they are about. */
function nameOf(graph: MapGraph, ids: readonly string[]): string {
  const weight = (id: string): number => graph.degree(id) * (graph.getNodeAttribute(id, 'kind') === 'PAPER' ? 0.01 : 1);
  const best = ids.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  return graph.getNodeAttribute(best, 'label');
}

/** The angle by which a sunflower turns from seed to seed. */
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** Communities on one spiral, their members on smaller ones. */
function begin(graph: MapGraph, ids: readonly string[], community: number): void {
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

/** How long the layout works from one step to the next, in ms: drawing one takes its time, too. */
const STEP = 250;

/** Moves linked entities together and others apart. */
export function* layOut(graph: MapGraph): Generator<Step> {
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
      done = Math.min(iterations, done + 5);
    }
    yield { places: placesOf(graph), share: done / iterations };
  }
}

const placesOf = (graph: MapGraph): Float32Array => Float32Array.from(graph.mapNodes((_, { x, y }) => [x, y]).flat());
