/** Answers joined: a lineage and those of the entities that were expanded in it. */
import type { LineageQuery } from '../../generated/graphql.js';

export type Lineage = NonNullable<LineageQuery['lineage']>;

/**
 * One lineage of several. Depths count from the root of the first. An entity leads further if no answer says
 * otherwise: one that has it, and all that it leads to.
 */
export function joined(base: Lineage, expansions: readonly Lineage[]): Lineage {
  const answers = [base, ...expansions];
  const nodes = new Map(base.nodes.map((node) => [node.entity.id, node]));
  for (const { root, nodes: reached } of expansions) {
    const from = nodes.get(root.id);
    if (!from) continue;
    for (const node of reached)
      if (!nodes.has(node.entity.id)) nodes.set(node.entity.id, { ...node, depth: from.depth + node.depth });
  }
  const closed = new Set(
    answers.flatMap(({ nodes: reached, frontier }) => {
      const further = new Set(frontier);
      return reached.flatMap(({ entity: { id } }) => (further.has(id) ? [] : [id]));
    }),
  );
  const frontier = [...nodes.keys()].filter((id) => !closed.has(id));
  const truncations = new Set(answers.flatMap(({ truncatedBy }) => truncatedBy));
  if (frontier.length === 0) truncations.delete('DEPTH');
  return {
    root: base.root,
    nodes: [...nodes.values()],
    edges: [...new Map(answers.flatMap(({ edges }) => edges).map((edge) => [edge.id, edge])).values()],
    frontier,
    truncatedBy: [...truncations],
  };
}
