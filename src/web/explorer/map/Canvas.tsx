/** The place of the drawing on the page, with buttons for those who do not turn a wheel. */
import { useEffect, useRef } from 'react';
import { draw, type Camera, type Told } from './draw.js';
import type { MapGraph } from './graph.js';
import type { View } from './view.js';

const WHOLE: Camera = { x: 0.5, y: 0.5, ratio: 1 };

interface CanvasProps {
  graph: MapGraph;
  view: View;
  /** Where the camera starts, null for all of it. */
  camera: Camera | null;
  told: Told;
}

export function Canvas({ graph, view, camera, told }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<ReturnType<typeof draw> | null>(null);
  /** Where the next drawing begins: what the address says, then where the one before ended. */
  const begin = useRef(camera);
  const latest = useRef(told);
  latest.current = told;
  useEffect(() => {
    if (!place.current) return;
    const drawn = draw(place.current, graph, { view, tell: () => latest.current });
    if (begin.current) drawn.moveTo(begin.current);
    drawing.current = drawn;
    return () => {
      begin.current = drawn.camera();
      drawn.end();
    };
  }, [graph]);
  useEffect(() => drawing.current?.redraw(view), [view]);
  return (
    <div className="map-canvas">
      <div ref={place} className="map-drawing" aria-hidden="true" />
      <div className="map-zoom" role="group" aria-label="Zoom">
        <button onClick={() => drawing.current?.zoom(1 / 1.5)} aria-label="Zoom in">
          +
        </button>
        <button onClick={() => drawing.current?.zoom(1.5)} aria-label="Zoom out">
          −
        </button>
        <button onClick={() => drawing.current?.moveTo(WHOLE)}>Fit</button>
      </div>
    </div>
  );
}
