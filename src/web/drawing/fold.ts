/** Folds a graph until it can be drawn: the many leaves of a hub, and what lies too far out, become bundles. */
import type { RelationType } from '../../ontology.js';
import { byText } from './graph.js';
import type { Graph, GraphNode } from './graph.js';
import { confidenceOf, linesByNode, linesOf, otherEnd, typeOf } from './lines.js';
import type { Line } from './lines.js';

/** How many nodes stand for themselves, before any bundle is open and in all; more than that no one can read. */
const NODES_SHOWN = 50;
const NODES_MAX = 200;
const LINES_MAX = 300;
/** How many leaves of one hub and relation stand for themselves, and how many more when a bundle is open. */
const LEAVES_SHOWN = 4;
const OPENED = 50;

/** Nodes that are drawn as one: `+49 more`. */
export interface Bundle {
  id: string;
  /** The drawn node that they hang from. */
  hub: string;
  /** The relation that joins each of them to the hub; null where different ones do, or through others. */
  type: RelationType | null;
  /** Whether the arrow leads from the hub to them. */
  outward: boolean;
  /** Ids of the nodes in it, by importance. */
  members: readonly string[];
}

export interface Folded {
  /** Nodes that stand for themselves, in the order of their ids. */
  nodes: readonly GraphNode[];
  bundles: readonly Bundle[];
  /** Between nodes, and between a hub and its bundle. */
  lines: readonly Line[];
  /** How many lines between drawn nodes were left out. */
  linesLeftOut: number;
  /** How many nodes hang from nothing that is drawn. */
  nodesLeftOut: number;
}

interface Folding {
  /** The node that everything is seen from, always drawn. */
  root?: string | undefined;
  /** Ids of bundles that are open. */
  open?: ReadonlySet<string> | undefined;
}

/** What is drawn of a graph: about 50 nodes, 200 when bundles are open, with their bundles and 300 lines, the nearest to the root first. */
export function fold(graph: Graph, { root, open = new Set() }: Folding = {}): Folded {
  const nodes = new Map(
    [...graph.nodes].sort((one, other) => byText(one.id, other.id)).map((node) => [node.id, node] as const),
  );
  const lines = linesOf(graph);
  const at = linesByNode(lines);
  const leaves = bundlesOfLeaves(nodes, at, root);
  const reached = reach([...nodes.keys()], at, root);
  const inBundles = new Set(leaves.flatMap(({ members }) => members));
  const kept = new Set([...reached.keys()].filter((id) => !inBundles.has(id)).slice(0, NODES_SHOWN));
  // A bundle of one takes the place that it would.
  for (const { members } of bundled(leaves, reached, kept))
    if (members.length === 1) members.forEach((id) => kept.add(id));
  const closed = new Set(open);
  for (;;) {
    const bundles = bundled(leaves, reached, kept);
    // One by one: what comes out of a bundle may have bundles of its own.
    const next = bundles.find(({ id }) => closed.delete(id));
    if (!next) return drawn([...nodes.values()], { lines, kept, bundles, holding: holdingOf(reached) });
    for (const id of next.members.slice(0, Math.min(OPENED, NODES_MAX - kept.size))) kept.add(id);
  }
}

const holdingOf = (reached: ReadonlyMap<string, Step>): Set<Line> =>
  new Set([...reached.values()].flatMap((step) => (step ? [step.line] : [])));

/** What is not kept, in bundles at what is. */
function bundled(leaves: readonly Bundle[], reached: ReadonlyMap<string, Step>, kept: ReadonlySet<string>): Bundle[] {
  const near = leaves
    .filter(({ hub }) => kept.has(hub))
    .map((bundle) => ({ ...bundle, members: bundle.members.filter((id) => !kept.has(id)) }))
    .filter(({ members }) => members.length > 0);
  return [...near, ...bundlesOfTheFar(reached, kept, new Set(near.flatMap(({ members }) => members)))];
}

type LinesAt = ReadonlyMap<string, readonly Line[]>;

/** Closes the leaves of one hub and relation into a bundle, where there are enough of them to be in the way. */
function bundlesOfLeaves(nodes: ReadonlyMap<string, GraphNode>, at: LinesAt, root: string | undefined): Bundle[] {
  const groups = new Map<string, Bundle & { members: string[] }>();
  const weight = new Map<string, number>();
  for (const [id, { frontier }] of nodes) {
    const [line, ...further] = at.get(id) ?? [];
    if (!line || further.length > 0 || id === root) continue;
    const [hub, type, outward] = [otherEnd(line, id), typeOf(line), line.head === id];
    const key = `more:${hub}:${type}:${outward ? 'out' : 'in'}`;
    // What leads further is worth more than any confidence.
    weight.set(id, confidenceOf(line) + (frontier ? 2 : 0));
    const group = groups.get(key);
    if (group) group.members.push(id);
    else groups.set(key, { id: key, hub, type, outward, members: [id] });
  }
  const first = (one: string, other: string) => (weight.get(other) ?? 0) - (weight.get(one) ?? 0) || byText(one, other);
  return [...groups.values()].flatMap((group) => {
    // A bundle of one or two takes the place that they would.
    if (group.members.length <= LEAVES_SHOWN + 2) return [];
    return [{ ...group, members: group.members.sort(first).slice(LEAVES_SHOWN) }];
  });
}

/** The node and the line by which another was reached first. */
type Step = { from: string; line: Line } | null;

/**
 * How each node is reached, the nearest to the root first: its descendants along the arrows, its ancestors against
 * them, then whatever else hangs on them. Null for the root, and for the busiest of each part that does not hang
 * together with it.
 */
function reach(ids: readonly string[], at: LinesAt, root: string | undefined): Map<string, Step> {
  const degree = (id: string) => at.get(id)?.length ?? 0;
  const busiest = (one: string, other: string) => degree(other) - degree(one) || byText(one, other);
  const starts = [...ids].sort((one, other) => Number(other === root) - Number(one === root) || busiest(one, other));
  const reached = new Map<string, Step>();
  const walk = (from: string[], turns: boolean) => {
    for (let layer = from; layer.length > 0;) {
      const next = beyond(layer, { at, reached, turns });
      layer = [...next.keys()].sort(busiest);
      for (const id of layer) reached.set(id, next.get(id) ?? null);
    }
  };
  for (const start of starts) {
    if (reached.has(start)) continue;
    reached.set(start, null);
    walk([start], false);
    walk([...reached.keys()], true);
  }
  return reached;
}

interface Walk {
  at: LinesAt;
  reached: ReadonlyMap<string, Step>;
  /** Whether it may go up and then down again. */
  turns: boolean;
}

/** What one more line leads to. */
function beyond(layer: readonly string[], { at, reached, turns }: Walk): Map<string, Step> {
  const next = new Map<string, Step>();
  for (const from of layer) {
    const came = reached.get(from);
    for (const line of at.get(from) ?? []) {
      const id = otherEnd(line, from);
      const goesOn = turns || !came || (came.line.tail === came.from) === (line.tail === from);
      if (goesOn && !reached.has(id) && !next.has(id)) next.set(id, { from, line });
    }
  }
  return next;
}

/** One bundle a node of what was reached through it and is neither kept nor in a bundle already. */
function bundlesOfTheFar(
  reached: ReadonlyMap<string, Step>,
  kept: ReadonlySet<string>,
  inBundles: ReadonlySet<string>,
): Bundle[] {
  const far = new Map<string, Bundle & { members: string[] }>();
  for (const [id, first] of reached) {
    if (kept.has(id) || inBundles.has(id)) continue;
    let step = first;
    while (step && !kept.has(step.from)) step = reached.get(step.from) ?? null;
    if (!step) continue;
    const { from: hub, line } = step;
    const bundle = far.get(hub);
    if (bundle) bundle.members.push(id);
    else far.set(hub, { id: `more:${hub}`, hub, type: null, outward: line.tail === hub, members: [id] });
  }
  return [...far.values()];
}

/** Puts together what is drawn, with as many lines as may be: first those that hold it together, then the surest. */
function drawn(
  nodes: readonly GraphNode[],
  found: {
    lines: readonly Line[];
    kept: ReadonlySet<string>;
    holding: ReadonlySet<Line>;
    bundles: readonly Bundle[];
  },
): Folded {
  const between = found.lines
    .filter(({ tail, head }) => found.kept.has(tail) && found.kept.has(head))
    .sort(
      (one, other) =>
        Number(found.holding.has(other)) - Number(found.holding.has(one)) || confidenceOf(other) - confidenceOf(one),
    );
  const byEnds = new Map(found.lines.map((line) => [`${line.tail} ${line.head}`, line]));
  const toBundles = found.bundles.map(({ id, hub, outward, members }): Line => {
    const relations = members.flatMap(
      (member) => byEnds.get(outward ? `${hub} ${member}` : `${member} ${hub}`)?.relations ?? [],
    );
    return { id: `${id} line`, tail: outward ? hub : id, head: outward ? id : hub, relations };
  });
  const inBundles = found.bundles.reduce((sum, { members }) => sum + members.length, 0);
  return {
    nodes: nodes.filter(({ id }) => found.kept.has(id)),
    bundles: found.bundles,
    lines: [...between.slice(0, LINES_MAX), ...toBundles].sort((one, other) => byText(one.id, other.id)),
    linesLeftOut: Math.max(0, between.length - LINES_MAX),
    nodesLeftOut: nodes.length - found.kept.size - inBundles,
  };
}
