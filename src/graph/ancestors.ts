/** What entities have in common: the nearest ancestors that all of them share. */
import type { RelationType } from '../ontology.js';
import { inRange } from './cursor.js';
import { lineages } from './lineage.js';
import type { Reader } from './reader.js';

export interface CommonAncestor {
  id: string;
  /** One distance for each id asked, in the order asked. */
  distances: number[];
}

/** How many ancestors of each entity are looked at for what they have in common. */
const ANCESTORS_MAX = 5_000;

/** Ancestors that all ids share, nearest first: by the sum of distances, their maximum, id. An id asked may be one. */
export async function commonAncestors(
  reader: Reader,
  ids: readonly string[],
  args: { depth?: number | null; relations?: readonly RelationType[] | null; first?: number | null },
): Promise<CommonAncestor[]> {
  const first = inRange('first', args.first ?? 10, 1, 100);
  const unique = [...new Set(ids)];
  const found = await lineages(reader, unique, {
    depth: args.depth ?? 6,
    relations: args.relations ?? null,
    limit: ANCESTORS_MAX,
  });
  const distances = new Map(
    found.flatMap((lineage) =>
      lineage ? [[lineage.root, new Map(lineage.nodes.map(({ id, depth }) => [id, depth]))] as const] : [],
    ),
  );
  const [smallest] = [...distances.values()].sort((a, b) => a.size - b.size);
  const shared = [...(smallest?.keys() ?? [])].flatMap((id) => {
    const all = ids.map((asked) => distances.get(asked)?.get(id));
    return all.every((distance) => distance !== undefined) ? [{ id, distances: all }] : [];
  });
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  return shared
    .sort(
      (a, b) =>
        sum(a.distances) - sum(b.distances) ||
        Math.max(...a.distances) - Math.max(...b.distances) ||
        (a.id < b.id ? -1 : 1),
    )
    .slice(0, first);
}
