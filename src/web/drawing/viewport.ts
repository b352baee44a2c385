/** Which part of a drawing is seen: pan by pointer and arrow keys, zoom by wheel, pinch and + and -, fit by 0. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import type { Point } from './place.js';

export interface Size {
  width: number;
  height: number;
}

/** Content coordinates × scale + (x, y) are pixels of the frame. */
export interface View extends Point {
  scale: number;
}

const SCALE = { min: 0.08, max: 3, whole: 0.75, readable: 0.9, natural: 1.1 };
const PAN_STEP = 70;
const ZOOM_STEP = 1.25;
/** Below it a press is a click, in pixels. */
const DRAG_MIN = 4;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** All of the content in the middle of the frame. */
export function fitted(content: Size, frame: Size): View {
  const margin = 12;
  const scale = clamp(
    Math.min((frame.width - margin) / content.width, (frame.height - margin) / content.height),
    SCALE.min,
    SCALE.natural,
  );
  return {
    scale,
    x: (frame.width - content.width * scale) / 2,
    y: (frame.height - content.height * scale) / 2,
  };
}

/** All of it where that can still be read, else as much around a point as can be read well. */
function openingOn(point: Point | null, content: Size, frame: Size): View {
  const whole = fitted(content, frame);
  if (whole.scale >= SCALE.whole || !point) return whole;
  const scale = SCALE.readable;
  const along = (at: number, length: number, room: number) =>
    length * scale <= room ? (room - length * scale) / 2 : clamp(room / 2 - at * scale, room - length * scale, 0);
  return {
    scale,
    x: along(point.x, content.width, frame.width),
    y: along(point.y, content.height, frame.height),
  };
}

/** Zooms by a factor; what is at `point` of the frame stays there. */
export function zoomed({ x, y, scale }: View, factor: number, point: Point): View {
  const next = clamp(scale * factor, SCALE.min, SCALE.max);
  const by = next / scale;
  return { scale: next, x: point.x - (point.x - x) * by, y: point.y - (point.y - y) * by };
}

type Move = (change: (view: View, size: Size) => View) => void;

export interface Viewport {
  frame: RefObject<SVGSVGElement | null>;
  size: Size;
  view: View;
  /** What the visitor does. */
  move: Move;
  /** What the drawing does of itself to stay where it is: told only where something was told before. */
  keep: Move;
  handlers: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
    onPointerCancel: (event: PointerEvent) => void;
    onClickCapture: (event: { preventDefault: () => void; stopPropagation: () => void }) => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
}

/** What is seen as a text: the point of the content in the middle of the frame, and the scale; null for no such text. */
function viewOf(seen: string | null, { width, height }: Size): View | null {
  const [x, y, scale] = (seen ?? '').split(',').map(Number);
  if (x === undefined || y === undefined || scale === undefined || ![x, y, scale].every(Number.isFinite)) return null;
  const within = clamp(scale, SCALE.min, SCALE.max);
  return { scale: within, x: width / 2 - x * within, y: height / 2 - y * within };
}

const seenOf = ({ x, y, scale }: View, { width, height }: Size): string =>
  [(width / 2 - x) / scale, (height / 2 - y) / scale]
    .map(Math.round)
    .concat(Number(scale.toFixed(3)))
    .join(',');

/** What was seen before, as `tell` was told it, and who is told once the drawing rests. */
export interface Remembered {
  seen: string | null;
  tell: (seen: string) => void;
}

/** How long a drawing must not move to be at rest, in ms. */
const REST = 400;

/** A frame that shows part of some content, opening on what was seen before, else on `center`, a point of it. */
export function useViewport(content: Size, center: Point | null, remembered: Remembered): Viewport {
  const frame = useRef<SVGSVGElement>(null);
  const [size, setSize] = useState<Size>({ width: 800, height: 560 });
  const [moved, setMoved] = useState<View | null>(null);
  const { seen } = remembered;
  const view = moved ?? viewOf(seen, size) ?? openingOn(center, content, size);
  const latest = useRef({ view, size, remembered });
  latest.current = { view, size, remembered };
  const told = useRef(seen);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keep = useCallback<Move>((change) => {
    latest.current.view = change(latest.current.view, latest.current.size);
    setMoved(latest.current.view);
    if (told.current !== null) later(rest, () => tellOf(latest.current, told));
  }, []);
  const move = useCallback<Move>((change) => {
    keep(change);
    later(rest, () => tellOf(latest.current, told));
  }, []);
  useEffect(() => {
    // Another part than was told: the visitor went back or forward.
    if (seen !== told.current) setMoved(null);
    told.current = seen;
  }, [seen]);
  useEffect(() => {
    // Who goes back wants what was there: a view that is not in the address yet is of the page that was left.
    const returned = () => {
      clearTimeout(rest.current);
      setMoved(null);
    };
    addEventListener('popstate', returned);
    return () => {
      clearTimeout(rest.current);
      removeEventListener('popstate', returned);
    };
  }, []);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const read = () => setSize({ width: element.clientWidth || 800, height: element.clientHeight || 560 });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useWheel(frame, move);
  const onKeyDown = (event: KeyboardEvent) => {
    const change = keyed(event, content);
    if (!change) return;
    event.preventDefault();
    move(change);
  };
  return { frame, size, view, move, keep, handlers: { ...usePointers(frame, move), onKeyDown } };
}

function later(timer: RefObject<ReturnType<typeof setTimeout> | undefined>, act: () => void): void {
  clearTimeout(timer.current);
  timer.current = setTimeout(act, REST);
}

function tellOf(
  { view, size, remembered }: { view: View; size: Size; remembered: Remembered },
  told: RefObject<string | null>,
): void {
  told.current = seenOf(view, size);
  remembered.tell(told.current);
}

function keyed(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  content: Size,
): ((view: View, size: Size) => View) | null {
  if (ctrlKey || metaKey || altKey) return null;
  const pan = (dx: number, dy: number) => (view: View) => ({ ...view, x: view.x + dx, y: view.y + dy });
  const zoom =
    (factor: number) =>
    (view: View, { width, height }: Size) =>
      zoomed(view, factor, { x: width / 2, y: height / 2 });
  if (key === 'ArrowLeft') return pan(PAN_STEP, 0);
  if (key === 'ArrowRight') return pan(-PAN_STEP, 0);
  if (key === 'ArrowUp') return pan(0, PAN_STEP);
  if (key === 'ArrowDown') return pan(0, -PAN_STEP);
  if (key === '+' || key === '=') return zoom(ZOOM_STEP);
  if (key === '-') return zoom(1 / ZOOM_STEP);
  if (key === '0') return (_, size) => fitted(content, size);
  return null;
}

/** React listens to the wheel passively, so the page would scroll along. */
function useWheel(frame: RefObject<SVGSVGElement | null>, move: Viewport['move']): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp(-clamp(event.deltaY * lines, -120, 120) / 350);
      move((view) => zoomed(view, factor, within(element, event)));
    };
    element.addEventListener('wheel', zoom, { passive: false });
    return () => element.removeEventListener('wheel', zoom);
  }, [frame, move]);
}

const within = (element: Element, { clientX, clientY }: { clientX: number; clientY: number }): Point => {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};

/** Drags with one pointer, pinches with two; a press that dragged is no click. */
function usePointers(
  frame: RefObject<SVGSVGElement | null>,
  move: Viewport['move'],
): Omit<Viewport['handlers'], 'onKeyDown'> {
  const pressed = useRef(new Map<number, Point>());
  const dragged = useRef(0);
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !frame.current) return;
    if (pressed.current.size === 0) dragged.current = 0;
    pressed.current.set(event.pointerId, within(frame.current, event));
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = pressed.current.get(event.pointerId);
    if (!from || !frame.current) return;
    const to = within(frame.current, event);
    const other = [...pressed.current].find(([id]) => id !== event.pointerId)?.[1];
    pressed.current.set(event.pointerId, to);
    dragged.current += Math.hypot(to.x - from.x, to.y - from.y);
    if (dragged.current < DRAG_MIN) return;
    frame.current.setPointerCapture(event.pointerId);
    if (!other) return void move((view) => ({ ...view, x: view.x + to.x - from.x, y: view.y + to.y - from.y }));
    const spread = (point: Point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
    move((view) => zoomed(view, spread(to) / spread(from), other));
  };
  const release = (event: PointerEvent) => void pressed.current.delete(event.pointerId);
  const onClickCapture = (event: { preventDefault: () => void; stopPropagation: () => void }) => {
    if (dragged.current < DRAG_MIN) return;
    dragged.current = 0;
    event.preventDefault();
    event.stopPropagation();
  };
  return { onPointerDown, onPointerMove, onPointerUp: release, onPointerCancel: release, onClickCapture };
}
