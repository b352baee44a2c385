/** The values of one metric on a line each, best first. The table beside it says the same in words. */
import type { ScoreFragment } from '../../generated/graphql.js';
import { numberOf } from '../facts/Scores.js';

const ROW = 26;
const NAMES = 230;
const WIDTH = 720;
const VALUES = 70;
/** More rows say no more in a picture. */
const ROWS_MAX = 30;

interface PlotProps {
  scores: readonly ScoreFragment[];
  metric: string;
  better: 'lower' | 'higher';
}

export function Plot({ scores, metric, better }: PlotProps) {
  const rows = scores.filter((score): score is ScoreFragment & { value: number } => score.value !== null);
  if (rows.length < 2) return null;
  const shown = rows.slice(0, ROWS_MAX);
  const values = shown.map(({ value }) => value);
  const [from, to] = rangeOf(values);
  const x = (value: number) => NAMES + ((value - from) / (to - from)) * (WIDTH - NAMES - VALUES);
  const height = shown.length * ROW + 24;
  return (
    <div className="plot">
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(height)}`}
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
            <text x={NAMES - 12} dy="0.35em" textAnchor="end">
              {short(score.subject.name)}
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

const short = (name: string): string => (name.length > 32 ? `${name.slice(0, 31)}…` : name);

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
