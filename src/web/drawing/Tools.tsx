/** What is done to a drawing as a whole: seen as one, nearer, farther, saved. */
import type { Layout } from './layout.js';
import { bitmapOf, download, pictureOf } from './picture.js';
import { fitted, zoomed } from './viewport.js';
import type { Viewport } from './viewport.js';

interface ToolsProps {
  drawing: Layout;
  viewport: Viewport;
  label: string;
  legend: { readonly current: SVGSVGElement | null };
}

export function Tools({ drawing, viewport: { frame, move, view }, label, legend }: ToolsProps) {
  const zoom = (factor: number) => () =>
    move((now, { width, height }) => zoomed(now, factor, { x: width / 2, y: height / 2 }));
  const name = label.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  const save = async (format: 'svg' | 'png') => {
    if (!frame.current) return;
    const picture = pictureOf(label, frame.current, legend.current);
    const content =
      format === 'svg' ? new Blob([picture.svg], { type: 'image/svg+xml' }) : await bitmapOf(picture, 2 / view.scale);
    download(`${name}.${format}`, content);
  };
  return (
    <div className="drawing-tools" role="group" aria-label="Drawing tools">
      <button type="button" onClick={() => move((_, size) => fitted(drawing, size))}>
        Fit
      </button>
      <button type="button" aria-label="Zoom in" onClick={zoom(1.25)}>
        +
      </button>
      <button type="button" aria-label="Zoom out" onClick={zoom(0.8)}>
        −
      </button>
      <button type="button" aria-label="Save as SVG" onClick={() => void save('svg')}>
        SVG
      </button>
      <button type="button" aria-label="Save as PNG" onClick={() => void save('png')}>
        PNG
      </button>
    </div>
  );
}
