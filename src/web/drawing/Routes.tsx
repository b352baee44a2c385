/** The lines of a drawing, each with its arrowhead and what it says. */
import { pressing } from './Boxes.js';
import type { Names } from './sentence.js';
import { sentenceOf } from './sentence.js';
import { typeOf } from './lines.js';
import type { Line } from './lines.js';
import { LABEL_SIZE } from './place.js';
import type { Point, Route } from './place.js';

const ARROW = { length: 7, half: 3.6 };

/** Through all points, level at each of them; ends where the arrowhead begins. */
function curveThrough(points: readonly Point[]): string {
  const [start, ...rest] = points;
  const end = rest.at(-1);
  if (!start || !end) return '';
  const back = ARROW.length * forthOf(points);
  const steps = rest.map((point, i): [Point, Point] => [
    points[i] ?? start,
    point === end ? { x: end.x - back, y: end.y } : point,
  ]);
  return steps.reduce(
    (path, [from, to]) => {
      const middle = rounded((from.x + to.x) / 2);
      const target = `${rounded(to.x)} ${rounded(to.y)}`;
      return from.y === to.y
        ? `${path}L${target}`
        : `${path}C${middle} ${rounded(from.y)} ${middle} ${rounded(to.y)} ${target}`;
    },
    `M${rounded(start.x)} ${rounded(start.y)}`,
  );
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** 1 where the line reaches its head going right, -1 going left. */
const forthOf = (points: readonly Point[]): 1 | -1 => {
  const [before, end] = [points.at(-2), points.at(-1)];
  return before && end && before.x > end.x ? -1 : 1;
};

function arrowAt(points: readonly Point[]): string {
  const end = points.at(-1) ?? { x: 0, y: 0 };
  const back = -ARROW.length * forthOf(points);
  return `M${rounded(end.x)} ${rounded(end.y)}l${back} ${-ARROW.half}v${2 * ARROW.half}z`;
}

/** How many sentences a line is called by; its details have them all. */
const SAID_MAX = 3;

/** `used by: DMD2 uses regression loss`. */
function saidBy({ relations }: Line, names: Names, label: string | undefined): string {
  const said = relations.slice(0, SAID_MAX).map((relation) => sentenceOf(relation, names));
  const more = relations.length > SAID_MAX ? [`and ${relations.length - SAID_MAX} more`] : [];
  return `${label ? `${label}: ` : ''}${[...said, ...more].join('; ')}`;
}

interface RouteProps {
  route: Route;
  names: Names;
  faint: boolean;
  pressed: boolean;
  /** Whether the Tab key comes here. */
  isStop: boolean;
  onPress: (id: string) => void;
}

export function RouteLine({ route: { line, points, label }, names, faint, pressed, isStop, onPress }: RouteProps) {
  const curve = curveThrough(points);
  const [first] = line.relations;
  return (
    <g
      className="route"
      data-relation={typeOf(line)}
      data-id={line.id}
      data-faint={faint || undefined}
      role="button"
      tabIndex={isStop ? 0 : -1}
      aria-pressed={pressed}
      aria-label={saidBy(line, names, label?.text)}
      onClick={() => onPress(line.id)}
      onKeyDown={pressing(() => onPress(line.id))}
    >
      <path className="route-reach" d={curve} data-screen-only />
      <path className="route-line" d={curve} />
      {first && <path className="route-arrow" d={arrowAt(points)} />}
      {label && <Label {...label} />}
    </g>
  );
}

function Label({ text, x, y, width }: NonNullable<Route['label']>) {
  const height = LABEL_SIZE + 2;
  return (
    <>
      <rect className="route-ground" x={x - width / 2} y={y - height / 2} width={width} height={height} rx={2} />
      <text className="route-label" x={x} y={y + LABEL_SIZE * 0.34}>
        {text}
      </text>
    </>
  );
}
