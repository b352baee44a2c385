/** A drawing as a file of its own, as it is seen: its styles written into it, nothing that only a page could draw. */

/** What of a computed style makes the picture. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'text-anchor',
];
const GEOMETRY = /^(d|x|y|x1|x2|y1|y2|r|rx|ry|cx|cy|width|height|viewBox|transform|points)$/;
const NAMESPACE = 'http://www.w3.org/2000/svg';
const LEGEND_MARGIN = 14;
/** No side of a bitmap is longer, in pixels. */
const SIDE_MAX = 8000;

export interface Picture {
  svg: string;
  width: number;
  height: number;
}

/** The drawing, below it the legend, on the colour of the page; each as large as it is on the screen. */
export function pictureOf(title: string, drawing: SVGSVGElement, legend: SVGSVGElement | null): Picture {
  const [frame, key] = [drawing.getBoundingClientRect(), legend?.getBoundingClientRect()];
  const margin = key ? LEGEND_MARGIN : 0;
  const width = Math.ceil(Math.max(frame.width, key ? key.width + 2 * margin : 0));
  const height = Math.ceil(frame.height + (key ? key.height + 2 * margin : 0));
  const root = document.createElementNS(NAMESPACE, 'svg');
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
    root.setAttribute(name, String(value));
  root.append(titled(title), ground(drawing, { width, height }));
  root.append(copied(drawing, { width: frame.width, height: frame.height }));
  if (legend && key)
    root.append(copied(legend, { x: margin, y: frame.height + margin, width: key.width, height: key.height }));
  return {
    svg: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}`,
    width,
    height,
  };
}

function titled(text: string): SVGElement {
  const title = document.createElementNS(NAMESPACE, 'title');
  title.textContent = text;
  return title;
}

function ground(of: Element, size: { width: number; height: number }): SVGElement {
  const rect = document.createElementNS(NAMESPACE, 'rect');
  rect.setAttribute('width', String(size.width));
  rect.setAttribute('height', String(size.height));
  rect.setAttribute('fill', getComputedStyle(of).backgroundColor);
  return rect;
}

/** A nested picture of an `<svg>` of the page, in its place. */
function copied(source: SVGSVGElement, place: Readonly<Record<string, number>>): SVGElement {
  const copy = copyOf(source);
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
  return copy;
}

/** With what its own style says beyond that of `around`, which its parent in the picture has. */
function copyOf(source: Element, around?: CSSStyleDeclaration): SVGElement {
  const copy = document.createElementNS(NAMESPACE, source.localName === 'a' ? 'g' : source.localName);
  for (const { name, value } of source.attributes) if (GEOMETRY.test(name)) copy.setAttribute(name, value);
  const style = getComputedStyle(source);
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (value !== around?.getPropertyValue(name)) copy.setAttribute(name, value);
  }
  // Unlike the others it is not inherited.
  if (style.opacity !== '1') copy.setAttribute('opacity', style.opacity);
  for (const child of source.childNodes)
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof SVGElement && child.dataset['screenOnly'] === undefined)
      copy.append(copyOf(child, style));
  return copy;
}

/** The picture as a bitmap, at least twice as fine as the screen. */
export async function bitmapOf({ svg, width, height }: Picture, fineness = 2): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(fineness, SIDE_MAX / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large for this browser')))),
  );
}

/** Hands a file to the browser's downloads. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has begun by then; the bytes need not stay in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
