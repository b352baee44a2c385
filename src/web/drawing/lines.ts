/** Relations as lines: all that join the same two nodes in the same sense are one. */
import { RELATION_TYPES } from '../../ontology.js';
import type { RelationType } from '../../ontology.js';
import { byText, headOf, tailOf } from './graph.js';
import type { Graph, GraphEdge } from './graph.js';

/** One arrow from `tail` to `head`. */
export interface Line {
  id: string;
  tail: string;
  head: string;
  /** At least one, in the order of the ontology. */
  relations: readonly GraphEdge[];
}

const lineId = (tail: string, head: string): string => `${tail} → ${head}`;
const rank = (type: RelationType): number => RELATION_TYPES.indexOf(type);

/** The relation that a line is styled by: its first in the order of the ontology. */
export const typeOf = ({ relations }: Line): RelationType => relations[0]?.type ?? 'CITES';

/** The highest confidence among the relations of a line, 0 to 1. */
export const confidenceOf = ({ relations }: Line): number =>
  relations.reduce((most, { confidence }) => Math.max(most, confidence), 0);

export const otherEnd = ({ tail, head }: Line, id: string): string => (tail === id ? head : tail);

/** The lines of a graph, by id, whatever the order of its edges. A relation of a node with itself, or with a node that is not there, makes none. */
export function linesOf({ nodes, edges }: Graph): Line[] {
  const known = new Set(nodes.map(({ id }) => id));
  const joined = new Map<string, GraphEdge[]>();
  for (const edge of new Map(edges.map((each) => [each.id, each])).values()) {
    const [tail, head] = [tailOf(edge), headOf(edge)];
    if (tail === head || !known.has(tail) || !known.has(head)) continue;
    const id = lineId(tail, head);
    const relations = joined.get(id);
    if (relations) relations.push(edge);
    else joined.set(id, [edge]);
  }
  return [...joined]
    .map(([id, relations]) => {
      const [first] = relations.sort((one, other) => rank(one.type) - rank(other.type) || byText(one.id, other.id));
      return { id, tail: first ? tailOf(first) : '', head: first ? headOf(first) : '', relations };
    })
    .sort((one, other) => byText(one.id, other.id));
}

/** The lines at each node. */
export function linesByNode(lines: readonly Line[]): Map<string, Line[]> {
  const at = new Map<string, Line[]>();
  for (const line of lines)
    for (const end of [line.tail, line.head]) {
      const there = at.get(end);
      if (there) there.push(line);
      else at.set(end, [line]);
    }
  return at;
}
