/** The place of the drawing on the page, with buttons for those who do not turn a wheel. */
import { useEffect, useRef, type RefObject } from 'react';
import { draw, type Camera, type Told } from './draw.js';
import type { MapGraph } from './graph.js';
import type { View } from './view.js';

const WHOLE: Camera = { x: 0.5, y: 0.5, ratio: 1 };

interface CanvasProps {
  graph: MapGraph;
  view: View;
  /** How far the layout is, from 0 to 1. */
  progress: number;
  /** Where the camera is as the address has it, null for all of it. */
  camera: string | null;
  told: Omit<Told, 'camera'> & { camera: (camera: string) => void };
}

/** A camera as the address has it: x, y and ratio. */
const textOf = ({ x, y, ratio }: Camera): string => [x, y, ratio].map((value) => value.toFixed(3)).join(',');

function cameraOf(text: string | null): Camera {
  const [x, y, ratio] = (text ?? '').split(',').map(Number);
  return x !== undefined && y !== undefined && ratio !== undefined && [x, y, ratio].every(Number.isFinite)
    ? { x, y, ratio }
    : WHOLE;
}

export function Canvas({ graph, view, progress, camera, told }: CanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const drawing = useRef<ReturnType<typeof draw> | null>(null);
  /** Where the next drawing begins: what the address says, then where the one before ended. */
  const begin = useRef(cameraOf(camera));
  /** What the address was told, or said, last. */
  const known = useRef(camera);
  const latest = useRef({ told, camera });
  latest.current = { told, camera };
  const clicked = useRef<string | null>(null);
  useEffect(() => {
    if (!frame.current) return;
    const tell = (): Told => ({
      ...latest.current.told,
      select: (id) => latest.current.told.select((clicked.current = id)),
      camera: (at) => latest.current.told.camera((known.current = textOf(at))),
    });
    const drawn = draw(frame.current, graph, { view, camera: begin.current, tell });
    drawing.current = drawn;
    return () => {
      begin.current = drawn.camera();
      drawn.end();
    };
  }, [graph]);
  useEffect(() => {
    if (camera !== known.current) drawing.current?.show(cameraOf(camera));
    known.current = camera;
  }, [camera]);
  useEffect(() => {
    // Who goes back wants what was there: a move that is not in the address yet is of the page that was left.
    const returned = () => drawing.current?.show(cameraOf(latest.current.camera));
    addEventListener('popstate', returned);
    return () => removeEventListener('popstate', returned);
  }, []);
  useEffect(() => drawing.current?.redraw(view), [view]);
  const settled = progress === 1;
  useEffect(() => {
    const { selected, community } = view;
    const own = selected !== null && selected === clicked.current;
    clicked.current = null;
    // A camera in the address says where to look; whoever clicked an entity looks at it already.
    if (!settled || camera !== null || own) return;
    drawing.current?.lookAt(
      graph.filterNodes((id, node) => (selected === null ? node.community === community : id === selected)),
    );
  }, [view.selected, view.community, camera === null, settled]);
  return (
    <div className="map-canvas">
      <div ref={frame} className="map-drawing" aria-hidden="true" />
      {progress < 1 && (
        <label className="map-settling">
          Laying it out
          <progress value={progress} />
        </label>
      )}
      <Zoom drawing={drawing} />
    </div>
  );
}

function Zoom({ drawing }: { drawing: RefObject<ReturnType<typeof draw> | null> }) {
  return (
    <div className="map-zoom" role="group" aria-label="Zoom">
      <button onClick={() => drawing.current?.zoom(1 / 1.5)} aria-label="Zoom in">
        +
      </button>
      <button onClick={() => drawing.current?.zoom(1.5)} aria-label="Zoom out">
        −
      </button>
      <button onClick={() => drawing.current?.moveTo(WHOLE)}>Fit</button>
    </div>
  );
}
