/** What of the map is shown, as the address says it. */
import { KINDS, RELATION_TYPES, type EntityKind, type RelationType } from '../../../ontology.js';
import type { Route } from '../router.js';
import type { MapGraph } from './graph.js';

export interface View {
  kinds: ReadonlySet<EntityKind>;
  relations: ReadonlySet<RelationType>;
  community: number | null;
  /** The entity that was clicked. */
  selected: string | null;
  /** What names must contain, in lower case. */
  text: string;
  table: boolean;
}

const chosen = <Value extends string>(given: string | null, all: readonly Value[]): ReadonlySet<Value> => {
  const names = given?.split(',');
  return new Set(names ? all.filter((value) => names.includes(value)) : all);
};

export function viewOf({ search }: Route): View {
  const community = search.get('community');
  return {
    kinds: chosen(search.get('kinds'), KINDS),
    relations: chosen(search.get('relations'), RELATION_TYPES),
    community: community === null || !/^\d+$/.test(community) ? null : Number(community),
    selected: search.get('e'),
    text: search.get('find')?.trim().toLowerCase() ?? '',
    table: search.get('view') === 'table',
  };
}

/** A set as a parameter of the address; all of it needs none. */
export const parameterOf = (set: ReadonlySet<string>, all: readonly string[]): string | null =>
  set.size === all.length ? null : all.filter((value) => set.has(value)).join(',') || 'none';

/** Whether an entity passes the filters. */
export function passes(graph: MapGraph, id: string, { kinds, community }: View): boolean {
  const node = graph.getNodeAttributes(id);
  return kinds.has(node.kind) && (community === null || node.community === community);
}

/** The entities that pass and whose names contain the text, the best connected first. */
export function found(graph: MapGraph, view: View): string[] {
  return graph
    .filterNodes((id, { label }) => passes(graph, id, view) && label.toLowerCase().includes(view.text))
    .sort((a, b) => graph.getNodeAttribute(b, 'degree') - graph.getNodeAttribute(a, 'degree') || (a < b ? -1 : 1));
}

/** An entity with what is linked to it by relations that are shown. */
export function around(graph: MapGraph, id: string, { relations }: View): Set<string> {
  const near = new Set([id]);
  graph.forEachEdge(id, (_, { types }, source, target) => {
    if (types.some((type) => relations.has(type))) near.add(source).add(target);
  });
  return near;
}
