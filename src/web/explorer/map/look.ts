/** How the map looks: the page's own colours, names on plates, what is filtered gone, what is not in the light faint. */
import type Sigma from 'sigma';
import type { NodeHoverDrawingFunction } from 'sigma/rendering';
import { KINDS, type EntityKind } from '../../../ontology.js';
import type { MapEdge, MapGraph, MapNode } from './graph.js';
import { around, found, passes, type View } from './view.js';

export interface Palette {
  kinds: Record<EntityKind, string>;
  ink: string;
  /** of lines, and of entities that are not in the light */
  line: string;
  surface: string;
}

/** Tokens as colours that WebGL understands, in the scheme that holds now. */
export function paletteOf(element: HTMLElement): Palette {
  const probe = element.appendChild(document.createElement('span'));
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, read(`--kind-${kind.toLowerCase()}`)])) as Record<
    EntityKind,
    string
  >;
  const palette = {
    kinds,
    ink: read('--ink'),
    line: read('--line'),
    surface: read('--surface'),
  };
  probe.remove();
  return palette;
}

/** A name on a plate, so that it is read on whatever lies below. */
export const plate =
  ({ ink, surface }: Palette): NodeHoverDrawingFunction<MapNode, MapEdge> =>
  (context, { x, y, size, label }) => {
    if (typeof label !== 'string') return;
    context.font = '600 13px system-ui, sans-serif';
    const width = context.measureText(label).width + 12;
    context.fillStyle = surface;
    context.strokeStyle = ink;
    context.beginPath();
    context.roundRect(x + size + 3, y - 11, width, 22, 5);
    context.fill();
    context.stroke();
    context.fillStyle = ink;
    context.fillText(label, x + size + 9, y + 4.5);
  };

export type Drawing = Sigma<MapNode, MapEdge>;

/** A title of a paper would cover half of the map. */
const short = (name: string): string => (name.length > 34 ? `${name.slice(0, 32).trimEnd()}…` : name);

/** Says how each entity and line looks: what is filtered is gone, what is not in the light is faint. */
export function look(
  sigma: Drawing,
  graph: MapGraph,
  { view, palette, hovered }: { view: View; palette: Palette; hovered: string | null },
): void {
  const focus = hovered ?? (view.selected !== null && graph.hasNode(view.selected) ? view.selected : null);
  const light = focus !== null ? around(graph, focus, view) : view.text === '' ? null : new Set(found(graph, view));
  // On a narrow screen the same map has less room.
  const scale = Math.min(1, 0.25 + sigma.getDimensions().width / 1000);
  sigma.setSetting('nodeReducer', (id, { kind, ...node }) => {
    const lit = light?.has(id) ?? true;
    return {
      ...node,
      size: node.size * scale,
      hidden: !passes(graph, id, view),
      color: lit ? palette.kinds[kind] : palette.line,
      label: lit ? short(node.label) : null,
      forceLabel: id === focus || (lit && light !== null && light.size <= 12),
      highlighted: id === focus,
      zIndex: lit ? 1 : 0,
    };
  });
  sigma.setSetting('edgeReducer', (edge, { types }) => {
    const [source, target] = graph.extremities(edge);
    const touches = focus !== null && (source === focus || target === focus);
    const hidden = !types.some((type) => view.relations.has(type)) || (light !== null && !touches);
    return {
      hidden,
      color: touches ? palette.kinds[graph.getNodeAttribute(focus, 'kind')] : palette.line,
      size: touches ? 1.4 : 0.7,
    };
  });
}
