/** Where things of a drawing are, and how they stay in sight when it changes. */
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { Layout } from './layout.js';
import type { Point } from './place.js';
import type { Size, View, Viewport } from './viewport.js';

/** Between what is brought into sight and the edge of the frame, in pixels. */
const MARGIN = 16;

/** The middle of a box or of a line's label. */
export function middleOf({ nodes, bundles, routes }: Layout, id: string | null | undefined): Point | null {
  const box = [...nodes, ...bundles].find((each) => each.id === id);
  if (box) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const route = routes.find(({ line }) => line.id === id);
  return route?.label ?? route?.points[0] ?? null;
}

/** Moves the drawing so that a point of it is seen. */
export function reveal(point: Point | null, { move, view: { x, y, scale }, size }: Viewport): void {
  if (!point) return;
  const [left, top] = [point.x * scale + x, point.y * scale + y];
  if (left > 0 && left < size.width && top > 0 && top < size.height) return;
  move((view) => ({ ...view, x: size.width / 2 - point.x * scale, y: size.height / 2 - point.y * scale }));
}

/** As little aside as brings boxes into the frame; their start, where they are larger than it. */
function showing(boxes: readonly (Point & Size)[], { x, y, scale }: View, { width, height }: Size): View {
  const shift = (low: number, high: number, room: number) =>
    low < MARGIN ? MARGIN - low : Math.max(Math.min(0, room - MARGIN - high), MARGIN - low);
  const [left, top] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return {
    scale,
    x: x + shift(left * scale + x, right * scale + x, width),
    y: y + shift(top * scale + y, bottom * scale + y, height),
  };
}

/** Whoever pressed the button that an expansion takes away goes on from its box. */
function focusOn(id: string, frame: Element | null): void {
  if (document.activeElement === document.body)
    frame?.querySelector<SVGAElement>(`.node[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}

/**
 * Keeps one thing in its place of the frame when the drawing changes: the one that was held, else the root. What an
 * expansion brings is moved into sight, with the node that was expanded.
 */
export function useAnchor(drawing: Layout, root: string | undefined, { keep, view, frame }: Viewport) {
  const before = useRef({ drawing, view });
  const held = useRef<string | null>(null);
  useLayoutEffect(() => {
    const previous = before.current;
    before.current = { drawing, view };
    if (previous.drawing === drawing) return;
    const { bundle } = previous.drawing.bundles.find(({ id }) => id === held.current) ?? {};
    const expanded = bundle ? undefined : drawing.nodes.find(({ id }) => id === held.current);
    const anchor = bundle?.hub ?? held.current ?? root;
    const [was, is] = [middleOf(previous.drawing, anchor), middleOf(drawing, anchor)];
    const { x, y, scale } = previous.view;
    if (was && is) keep(() => ({ scale, x: x + (was.x - is.x) * scale, y: y + (was.y - is.y) * scale }));
    // Its answer is still on its way.
    if (expanded?.node.frontier) return;
    held.current = null;
    if (!expanded) return;
    const known = new Set([...previous.drawing.nodes, ...previous.drawing.bundles].map(({ id }) => id));
    const fresh = [...drawing.nodes, ...drawing.bundles].filter(({ id }) => !known.has(id));
    if (fresh.length > 0) keep((now, size) => showing([expanded], showing(fresh, now, size), size));
    focusOn(expanded.id, frame.current);
  });
  return useMemo(() => ({ hold: (id: string) => void (held.current = id) }), []);
}
