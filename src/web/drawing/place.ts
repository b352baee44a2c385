/** Places boxes in columns, so that every arrow runs from left to right but where a cycle turns back. */
import { Graph, layout as arrange } from '@dagrejs/dagre';
import type { EdgeLabel, GraphLabel, NodeLabel } from '@dagrejs/dagre';
import { byText } from './graph.js';
import { linesByNode } from './lines.js';
import type { Line } from './lines.js';

const BETWEEN = { columns: 60, boxes: 9, lines: 7 };
const BORDER = 20;

/** Of the text on a line, in pixels. */
export const LABEL_SIZE = 10.5;

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  /** Of the node or bundle. */
  id: string;
  /** `x` and `y` are the upper left corner, in pixels. */
  width: number;
  height: number;
  /** The name in lines that fit, cut where it is too long. */
  text: string[];
}

export interface Route {
  line: Line;
  /** From the box of the tail to that of the head, both ends on their edges. */
  points: Point[];
  /** What stands on the line, read along the arrow, and the middle of it; null for the line of a bundle that says it itself. */
  label: { text: string; x: number; y: number; width: number } | null;
}

interface Size {
  width: number;
  height: number;
}

/** Sets where boxes, labels and routes are; the size of the whole, in pixels. The root is in the middle of its ancestors and descendants. */
export function place(boxes: readonly Box[], routes: readonly Route[], root: string | undefined): Size {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  const { columns: ranksep, boxes: nodesep, lines: edgesep } = BETWEEN;
  graph.setGraph({ rankdir: 'LR', ranksep, nodesep, edgesep, marginx: BORDER, marginy: BORDER });
  const names = new Map<string, string>();
  const lines = routes.map(({ line }) => line);
  const order = outward(lines, root);
  // Names of its own making: the library keeps them as keys of plain objects.
  for (const { id, width, height } of [...boxes].sort(
    (one, other) => order(one.id) - order(other.id) || byText(one.id, other.id),
  )) {
    names.set(id, `box ${names.size}`);
    graph.setNode(`box ${names.size - 1}`, { width, height });
  }
  const nameOf = (id: string) => names.get(id) ?? '';
  for (const { line, label } of routes)
    graph.setEdge(nameOf(line.tail), nameOf(line.head), {
      width: label?.width ?? 0,
      height: LABEL_SIZE,
      labelpos: 'c',
    });
  arrange(graph);
  for (const box of boxes) {
    const { x = 0, y = 0 } = graph.node(nameOf(box.id));
    Object.assign(box, { x: x - box.width / 2, y: y - box.height / 2 });
  }
  trace(
    boxes,
    routes.map((route) => {
      const { x = 0, y = 0, points = [] } = graph.edge(nameOf(route.line.tail), nameOf(route.line.head));
      if (route.label) Object.assign(route.label, { x, y });
      return { route, bends: points.slice(1, -1) };
    }),
  );
  const { width = 0, height = 0 } = graph.graph();
  return { width, height };
}

/**
 * Where a box comes in the search for cycles: ancestors from the farthest on, then the root, then descendants. So an
 * arrow is turned back only where it leads up towards the ancestors that it came from.
 */
function outward(lines: readonly Line[], root: string | undefined): (id: string) => number {
  const at = linesByNode(lines);
  const walk = (from: 'tail' | 'head', to: 'tail' | 'head') => {
    const steps = new Map(root === undefined ? [] : [[root, 0]]);
    // A map goes on over what is added while it is gone through.
    for (const [id, step] of steps)
      for (const line of at.get(id) ?? []) if (line[from] === id && !steps.has(line[to])) steps.set(line[to], step + 1);
    return steps;
  };
  const [up, down] = [walk('head', 'tail'), walk('tail', 'head')];
  return (id) => down.get(id) ?? -(up.get(id) ?? -Number.MAX_SAFE_INTEGER);
}

/** Leads each line from the side of its tail to the side of its head, straight through the columns between. */
function trace(boxes: readonly Box[], found: readonly { route: Route; bends: readonly Point[] }[]): void {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const half = columnsOf(
    boxes,
    found.flatMap(({ route: { label } }) => (label ? [label] : [])),
  );
  for (const { route, bends } of found) {
    const [tail, head] = [byId.get(route.line.tail), byId.get(route.line.head)];
    if (!tail || !head) continue;
    const forth = tail.x < head.x ? 1 : -1;
    const across = bends.flatMap(({ x, y }) => {
      const reach = half(x) * forth;
      return reach === 0
        ? [{ x, y }]
        : [
            { x: x - reach, y },
            { x: x + reach, y },
          ];
    });
    route.points = [sideOf(tail, forth), ...across, sideOf(head, -forth)];
  }
}

const sideOf = ({ x, y, width, height }: Box, side: number): Point => ({
  x: side > 0 ? x + width : x,
  y: y + height / 2,
});

/** Half the width of the column whose middle is at `x`. */
function columnsOf(boxes: readonly Box[], labels: readonly { x: number; width: number }[]): (x: number) => number {
  const halves = new Map<number, number>();
  const widen = (middle: number, width: number) =>
    halves.set(Math.round(middle), Math.max(halves.get(Math.round(middle)) ?? 0, width / 2));
  for (const { x, width } of boxes) widen(x + width / 2, width);
  for (const { x, width } of labels) widen(x, width);
  return (x) => halves.get(Math.round(x)) ?? 0;
}
