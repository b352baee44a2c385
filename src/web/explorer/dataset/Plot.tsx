/** The values of one metric on a line each, best first. The table beside it says the same in words. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { ScoreFragment } from '../../generated/graphql.js';
import { numberOf } from '../facts/Scores.js';

const ROW = 26;
const WIDEST = 820;
const VALUES = 70;
/** More rows say no more in a picture. */
const ROWS_MAX = 30;

interface PlotProps {
  scores: readonly ScoreFragment[];
  metric: string;
  better: 'lower' | 'higher';
}

/** How wide an element is, in px; known before it is first painted. */
function useWidth() {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(WIDEST);
  useLayoutEffect(() => {
    const measure = () => setWidth(Math.min(WIDEST, element.current?.clientWidth ?? WIDEST));
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  return { element, width };
}

export function Plot({ scores, metric, better }: PlotProps) {
  const { element, width } = useWidth();
  const rows = scores.filter((score): score is ScoreFragment & { value: number } => score.value !== null);
  const shown = rows.slice(0, ROWS_MAX);
  if (shown.length < 2) return null;
  const values = shown.map(({ value }) => value);
  const [from, to] = rangeOf(values);
  const names = Math.min(250, width * 0.4);
  const x = (value: number) => names + ((value - from) / (to - from)) * (width - names - VALUES);
  const height = shown.length * ROW + 24;
  return (
    <div className="plot" ref={element}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`${metric} of ${String(shown.length)} results, ${better} is better; the table below has the numbers`}
      >
        {ticksOf(from, to).map((tick) => (
          <g key={tick} className="tick">
            <line x1={x(tick)} x2={x(tick)} y1={0} y2={height - 20} />
            <text x={x(tick)} y={height - 4} textAnchor="middle">
              {tick}
            </text>
          </g>
        ))}
        {shown.map((score, index) => (
          <g
            key={score.evidence.id}
            data-kind={score.subject.kind}
            transform={`translate(0 ${String(index * ROW + ROW / 2)})`}
          >
            <text x={names - 12} dy="0.35em" textAnchor="end">
              {short(score.subject.name, names)}
            </text>
            <line className="stem" x1={x(from)} x2={x(score.value)} y1={0} y2={0} />
            <circle cx={x(score.value)} r={4.5} />
            <text x={x(score.value) + 10} dy="0.35em" className="value">
              {numberOf(score)}
            </text>
          </g>
        ))}
      </svg>
      {rows.length > shown.length && <p className="aside">The best {ROWS_MAX}; the table has all.</p>}
    </div>
  );
}

/** A name cut to what fits into a width, at about 7.2 px a character. */
function short(name: string, width: number): string {
  const room = Math.floor((width - 12) / 7.2);
  return name.length > room ? `${name.slice(0, room - 1)}…` : name;
}

/** From 0 where the values spread that far, else a little around them, so that differences are seen. */
function rangeOf(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const margin = (most - least || Math.abs(most) || 1) * 0.08;
  const near = least > 0 && least < (most - least) * 2;
  return [near ? 0 : least - margin, most + margin];
}

/** Three to six round numbers within a range. */
function ticksOf(from: number, to: number): number[] {
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(6)),
  );
}
