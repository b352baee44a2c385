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

/** Tells by how long pictures take whether they come too slowly. */
function pace(slow: () => void) {
  let [begun, late] = [0, 0];
  const judge = () => {
    const took = (performance.now() - begun) / SMOOTH;
    late = took > 1 ? late + Math.min(took, SOME) : Math.max(0, late - 1);
    if (late < LATE) return;
    late = 0;
    slow();
  };
  return { begin: () => void (begun = performance.now()), end: () => void requestAnimationFrame(judge) };
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
  const { begin, end } = pace(() => tell().slow());
  sigma.on('beforeRender', begin);
  sigma.on('afterRender', end);
  let rest: ReturnType<typeof setTimeout> | undefined;
  camera.on('updated', ({ x, y, ratio }) => {
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
    zoom: (factor: number) => void camera.setState({ ratio: camera.getState().ratio * factor }),
    end: () => {
      clearTimeout(rest);
      scheme.removeEventListener('change', recolour);
      sigma.kill();
    },
  };
}
