/** The map's graph: what is drawn of the whole, as its worker hands it over, and less of it where that is too much. */
import Graph from 'graphology';
import type { SerializedGraph } from 'graphology-types';
import type { EntityKind, RelationType } from '../../../ontology.js';

export interface MapNode {
  label: string;
  kind: EntityKind;
  /** number of others in the whole graph that it has a relation with */
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

/** What the worker has read; its entities are in the order of their degrees. */
export interface Read {
  graph: SerializedGraph<MapNode, MapEdge>;
  /** Whether that is all entities there are. */
  complete: boolean;
  /** The names of the best connected members of each community, the largest first. */
  communities: { name: string; size: number }[];
}

/** How far the layout is. */
export interface Step {
  /** x and y of each entity, in their order */
  places: Float32Array;
  /** from 0 to 1, which is the last */
  share: number;
}

/** What the worker tells, first what it has read; that the server is away, where it does not answer. */
export type Told = { read: Read } | { step: Step } | { failed: string } | { away: true };

export interface Loaded extends Omit<Read, 'graph'> {
  graph: MapGraph;
}

export const emptyGraph = (): MapGraph => new Graph({ type: 'undirected' });

export const loadedOf = ({ graph, ...rest }: Read): Loaded => ({ graph: emptyGraph().import(graph), ...rest });

/** Puts entities where a step of the layout has them; whoever draws the graph is told by it. */
export function place(graph: MapGraph, { places }: Step): void {
  let at = 0;
  graph.updateEachNodeAttributes(
    (_, node) => {
      node.x = places[at++] ?? 0;
      node.y = places[at++] ?? 0;
      return node;
    },
    { attributes: ['x', 'y'] },
  );
}

/**
 * The best connected of a map where they are, with the lines between them; the map itself where it has no more. What
 * is selected is there, with all that it is linked to.
 */
export function thinned(graph: MapGraph, most: number, selected: string | null): MapGraph {
  if (graph.order <= most) return graph;
  const near = selected !== null && graph.hasNode(selected) ? [selected, ...graph.neighbors(selected)] : [];
  const thin = emptyGraph();
  for (const id of new Set([...graph.nodes().slice(0, most), ...near])) thin.addNode(id, graph.getNodeAttributes(id));
  graph.forEachEdge((_, types, source, target) => {
    if (thin.hasNode(source) && thin.hasNode(target)) thin.addEdge(source, target, types);
  });
  return thin;
}
