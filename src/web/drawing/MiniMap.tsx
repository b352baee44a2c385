/** The whole drawing small in a corner, with what is seen of it framed; a press goes there. */
import type { PointerEvent } from 'react';
import type { Layout } from './layout.js';
import type { Viewport } from './viewport.js';

const ROOM = { width: 150, height: 110 };

export function MiniMap({ drawing, viewport: { view, size, move } }: { drawing: Layout; viewport: Viewport }) {
  const { width, height, nodes, bundles } = drawing;
  const scale = Math.min(ROOM.width / width, ROOM.height / height);
  const seen = {
    x: -view.x / view.scale,
    y: -view.y / view.scale,
    width: size.width / view.scale,
    height: size.height / view.scale,
  };
  const isWhole = seen.x <= 0 && seen.y <= 0 && seen.x + seen.width >= width && seen.y + seen.height >= height;
  if (isWhole) return null;
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / scale, (event.clientY - top) / scale];
    move((now, frame) => ({
      ...now,
      x: frame.width / 2 - x * now.scale,
      y: frame.height / 2 - y * now.scale,
    }));
  };
  return (
    <svg
      className="mini-map"
      aria-hidden="true"
      width={width * scale}
      height={height * scale}
      viewBox={`0 0 ${width} ${height}`}
      onPointerDown={go}
      onPointerMove={go}
    >
      {nodes.map(({ id, x, y, width: length, height: thickness, node }) => (
        <rect key={id} data-kind={node.kind} x={x} y={y} width={length} height={thickness} />
      ))}
      {bundles.map(({ id, x, y, width: length, height: thickness }) => (
        <rect key={id} x={x} y={y} width={length} height={thickness} />
      ))}
      <rect className="mini-map-seen" {...seen} />
    </svg>
  );
}
