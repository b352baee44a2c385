/** The drawing on its canvas: sigma with its events. */
import Sigma from 'sigma';
import type { MapGraph } from './graph.js';
import { look, paletteOf, plate, type Drawing } from './look.js';
import type { View } from './view.js';

export interface Camera {
  x: number;
  y: number;
  ratio: number;
}

/** What a visitor does on the drawing. */
export interface Told {
  select: (id: string | null) => void;
  /** The camera has come to rest. */
  camera: (camera: Camera) => void;
  /** It moves by fewer than 30 pictures a second. */
  slow: () => void;
}

/** How long the camera must not move to be at rest, in ms. */
const REST = 400;

/** How long a picture may take until the next can begin, in ms. */
const SMOOTH = 1000 / 30;
/** After so many pictures that took longer, less those that did not, it is slow; one that took as long as some counts as some. */
const LATE = 12;
const SOME = 4;

/** Tells by how long pictures take, while the camera moves, whether they come too slowly. */
function pace(slow: () => void) {
  let [begun, late, moving] = [0, 0, false];
  const judge = () => {
    const took = (performance.now() - begun) / SMOOTH;
    late = took > 1 ? late + Math.min(took, SOME) : Math.max(0, late - 1);
    if (late < LATE) return;
    late = 0;
    slow();
  };
  return {
    begin: () => void (begun = performance.now()),
    move: () => void (moving = true),
    end: () => {
      if (moving) requestAnimationFrame(judge);
      moving = false;
    },
  };
}

const settingsOf = (graph: MapGraph, palette: ReturnType<typeof paletteOf>) => ({
  labelFont: 'system-ui, sans-serif',
  labelSize: 12,
  labelDensity: 1,
  labelGridCellSize: 90,
  labelRenderedSizeThreshold: 5.5,
  labelColor: { color: palette.ink },
  defaultDrawNodeHover: plate(palette),
  hideEdgesOnMove: graph.size > 20_000,
  minCameraRatio: 0.02,
  maxCameraRatio: 3,
  zIndex: true,
  stagePadding: 24,
});

/** How near the camera goes to a single entity. */
const NEAR = 0.3;

/** A camera that has points in the middle and in sight. */
function framing(points: readonly { x: number; y: number }[]): Camera {
  const across = (values: readonly number[]) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { middle: (low + high) / 2, length: high - low };
  };
  const [x, y] = [across(points.map((point) => point.x)), across(points.map((point) => point.y))];
  return { x: x.middle, y: y.middle, ratio: Math.min(1, Math.max(NEAR, 1.2 * Math.max(x.length, y.length))) };
}

interface Start {
  view: View;
  camera: Camera;
  tell: () => Told;
}

/** Draws the graph into an element until `end` is called. */
export function draw(container: HTMLElement, graph: MapGraph, { view, camera: from, tell }: Start) {
  let palette = paletteOf(container);
  let shown = view;
  let hovered: string | null = null;
  const sigma: Drawing = new Sigma(graph, container, settingsOf(graph, palette));
  const camera = sigma.getCamera();
  camera.setState(from);
  const redraw = (next = shown): void => {
    shown = next;
    look(sigma, graph, { view: shown, palette, hovered });
  };
  const hover = (id: string | null): void => {
    hovered = id;
    redraw();
  };
  sigma.on('enterNode', ({ node }) => hover(node));
  sigma.on('leaveNode', () => hover(null));
  sigma.on('clickNode', ({ node }) => tell().select(node));
  sigma.on('clickStage', () => tell().select(null));
  const { begin, move, end } = pace(() => tell().slow());
  sigma.on('beforeRender', begin);
  sigma.on('afterRender', end);
  let rest: ReturnType<typeof setTimeout> | undefined;
  camera.on('updated', ({ x, y, ratio }) => {
    move();
    clearTimeout(rest);
    rest = setTimeout(() => tell().camera({ x, y, ratio }), REST);
  });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const recolour = (): void => {
    palette = paletteOf(container);
    sigma.setSettings({ labelColor: { color: palette.ink }, defaultDrawNodeHover: plate(palette) });
    redraw();
  };
  scheme.addEventListener('change', recolour);
  redraw();
  return {
    redraw,
    camera: (): Camera => camera.getState(),
    moveTo: (state: Camera) => void camera.setState(state),
    /** Moves there without telling so, and forgets what was not told yet. */
    show: (state: Camera) => {
      camera.setState(state);
      clearTimeout(rest);
    },
    /** Moves to what is seen best from near: some entities, with room around them. */
    lookAt: (ids: readonly string[]) => {
      const at = ids.map((id) => sigma.viewportToFramedGraph(sigma.graphToViewport(graph.getNodeAttributes(id))));
      if (at.length > 0) camera.setState(framing(at));
    },
    zoom: (factor: number) => void camera.setState({ ratio: camera.getState().ratio * factor }),
    end: () => {
      clearTimeout(rest);
      scheme.removeEventListener('change', recolour);
      sigma.kill();
    },
  };
}
