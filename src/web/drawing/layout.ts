/** What is drawn where: a graph folded, its names and labels cut to fit, everything in its place. */
import { alongArrow } from './graph.js';
import type { Graph, GraphNode } from './graph.js';
import { fold } from './fold.js';
import type { Bundle } from './fold.js';
import type { Line } from './lines.js';
import { LABEL_SIZE, place } from './place.js';
import type { Box, Route } from './place.js';
import { estimatedWidth, wrapped } from './text.js';
import type { Measure } from './text.js';

const NAME_SIZE = 12.5;
/** How much wider the bold name of the root may be. */
const BOLD = 1.1;
export const NAME_STEP = 15;
const BOX_WIDTH = 178;
const BUNDLE_WIDTH = 128;
/** Room beside a name: the icon before it, a margin behind it. */
const ICON_ROOM = 30;
const MARGIN = 10;

export type NodeBox = Box & { node: GraphNode };
export type BundleBox = Box & { bundle: Bundle };

export interface Layout {
  width: number;
  height: number;
  /** Nodes and routes are in reading order: by columns, then from top to bottom. */
  nodes: NodeBox[];
  bundles: BundleBox[];
  routes: Route[];
  /** What was left out of the drawing, beyond what is in bundles. */
  linesLeftOut: number;
  nodesLeftOut: number;
}

export interface LayoutOptions {
  /** The id of the node that everything is seen from. */
  root?: string | undefined;
  /** Ids of bundles that are open. */
  open?: ReadonlySet<string> | undefined;
  measure?: Measure | undefined;
}

/** Folds and places a graph; the same graph gives the same layout, whatever the order of its nodes and edges. */
export function layout(graph: Graph, { root, open, measure = estimatedWidth }: LayoutOptions = {}): Layout {
  const folded = fold(graph, { root, open });
  const nodes = folded.nodes.map((node) => nodeBox(node, node.id === root ? boldOf(measure) : measure));
  const frontier = new Set(graph.nodes.flatMap(({ id, frontier: further }) => (further ? [id] : [])));
  const bundles = folded.bundles.map((bundle) => bundleBox(bundle, frontier, measure));
  const routes = folded.lines.map((line) => route(line, measure));
  const { width, height } = place([...nodes, ...bundles], routes, root);
  const { linesLeftOut, nodesLeftOut } = folded;
  nodes.sort(inReadingOrder);
  routes.sort((one, other) => inReadingOrder(placeOf(one), placeOf(other)));
  return { width, height, nodes, bundles, routes, linesLeftOut, nodesLeftOut };
}

/** By columns, whose boxes share their middle, then from top to bottom. */
const inReadingOrder = (one: Place, other: Place): number =>
  one.x + one.width / 2 - (other.x + other.width / 2) || one.y - other.y;

type Place = Pick<Box, 'x' | 'y' | 'width'>;

/** Where a line is read. */
function placeOf({ label, points: [start] }: Route): Place {
  if (label) return { x: label.x, y: label.y, width: 0 };
  return { x: start?.x ?? 0, y: start?.y ?? 0, width: 0 };
}

const boldOf =
  (measure: Measure): Measure =>
  (text, size) =>
    measure(text, size) * BOLD;

function box(id: string, name: string, { width, measure }: { width: number; measure: Measure }): Box {
  const text = wrapped(name, { width: width - ICON_ROOM - MARGIN, size: NAME_SIZE, lines: 3, measure });
  return { id, x: 0, y: 0, width, height: text.length * NAME_STEP + 15, text };
}

const nodeBox = (node: GraphNode, measure: Measure): NodeBox => ({
  ...box(node.id, node.name, { width: BOX_WIDTH, measure }),
  node,
});

function bundleBox(bundle: Bundle, frontier: ReadonlySet<string>, measure: Measure): BundleBox {
  const further = bundle.members.filter((id) => frontier.has(id)).length;
  const text = `+${bundle.members.length} more${further > 0 ? `, ${further} ${further === 1 ? 'leads' : 'lead'} further` : ''}`;
  return { ...box(bundle.id, text, { width: BUNDLE_WIDTH, measure }), bundle };
}

/** `used by · extended by`, or `used by · 2 others`. */
function labelOf({ relations }: Line): string {
  const words = [...new Set(relations.map(({ type }) => alongArrow(type)))];
  return words.length > 2 ? `${words[0] ?? ''} · ${words.length - 1} others` : words.join(' · ');
}

function route(line: Line, measure: Measure): Route {
  const text = labelOf(line);
  const label = text === '' ? null : { text, x: 0, y: 0, width: Math.ceil(measure(text, LABEL_SIZE)) + 6 };
  return { line, points: [], label };
}
