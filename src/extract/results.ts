/** Results: which metric has which value on which dataset. */
import type { Score } from '../model.js';
import { METRICS } from './cues.js';
import type { Sentence } from './language.js';
import type { Span } from './things.js';

export interface Result {
  dataset: Span;
  score: Score;
  /** Offsets of what says it. */
  start: number;
  end: number;
}

const NUMBER = /^\d{1,3}(?:\.\d+)?$/;
const GAIN = /^(?:by|over|additional|improvement|improvements|gain|gains|rise|increase|reduction|faster|speedup|speed-up|times|x|×|parameters|steps|step|points|higher|lower|better|fewer|less|more|images|epochs|hours|drop|relative|absolute)$/;
const RIVAL = /^(?:compared|versus|vs|than|outperforming|surpassing|exceeding|against|over)$/;

interface NumberAt {
  at: number;
  /** The word after the number and its unit. */
  next: number;
  raw: string;
  unit: string | null;
}

/** The metric whose name begins at a word, with its length in words. */
function metricAt(words: Sentence, at: number): { name: string; length: number } | null {
  for (const length of [3, 2, 1]) {
    const name = METRICS.get(words.slice(at, at + length).map(({ lower }) => lower).join(' ')); // prettier-ignore
    const text = words[at]?.text ?? '';
    if (name !== undefined && words.length >= at + length && (length > 1 || text !== text.toLowerCase() || name[0] !== name[0]?.toUpperCase() || name.length > 4)) return { name, length };
  }
  return null;
}

function numbersIn(words: Sentence, taken: ReadonlySet<number>): NumberAt[] {
  return words.flatMap(({ text }, at): NumberAt[] => {
    if (taken.has(at) || !NUMBER.test(text)) return [];
    const percent = words[at + 1]?.text === '%';
    if (!percent && !text.includes('.')) return [];
    const next = at + (percent ? 2 : 1);
    const before = words[at - 1]?.lower ?? '';
    const gain = GAIN.test(before) || before === '+' || [words[next], words[next + 1]].some((word) => GAIN.test(word?.lower ?? ''));
    const grown = /^(?:improvement|gain|increase|boost|reduction|drop|rise)s?$/.test(words[at - 2]?.lower ?? '');
    return gain || grown ? [] : [{ at, next, raw: percent ? `${text}%` : text, unit: percent ? '%' : null }];
  });
}

/** `from A to B`: whether a number is the A. */
const isBaseline = (words: Sentence, { at, next }: NumberAt): boolean => words[at - 1]?.lower === 'from' && words[next]?.lower === 'to';

/** The results of one sentence, given where it names datasets. */
export function resultsIn(words: Sentence, spans: readonly Span[]): Result[] {
  const datasets = spans.filter(({ thing }) => thing.kind === 'DATASET');
  if (datasets.length === 0) return [];
  const taken = new Set(spans.flatMap(({ first, last }) => Array.from({ length: last - first }, (_, i) => first + i)));
  const metrics = words.flatMap((_, at) => {
    const metric = taken.has(at) ? null : metricAt(words, at);
    return metric ? [{ at, ...metric }] : [];
  });
  const numbers = numbersIn(words, taken);
  const rival = words.findIndex(({ lower }) => RIVAL.test(lower));
  let metric: string | null = null;
  const results: Result[] = [];
  for (const [i, number] of numbers.entries()) {
    if (rival >= 0 && number.at > rival && (numbers[0]?.at ?? 0) < rival) break;
    const until = numbers[i + 1]?.at ?? words.length;
    const since = numbers[i - 1]?.next ?? 0;
    const near = metrics.filter(({ at }) => at >= since && at < until);
    metric = near.find(({ at }) => at >= number.next && at <= number.next + 1)?.name ?? near.findLast(({ at }) => at < number.at)?.name ?? metric ?? near[0]?.name ?? null;
    const pair = isBaseline(words, number) ? (numbers[i + 2]?.at ?? words.length) : until;
    const dataset =
      datasets.find(({ first }) => first >= number.next && first < pair && /^(?:on|for|in|the|zero-shot|of)$/.test(words[first - 1]?.lower ?? '')) ??
      datasets.findLast(({ last }) => last <= number.at && last > since - 1) ??
      (results.length > 0 && number.at - since <= 3 ? results.at(-1)?.dataset : undefined);
    if (metric === null || !dataset) continue;
    results.push({
      dataset,
      score: { metric, value: Number(number.raw.replace('%', '')), raw: number.raw, unit: number.unit, setting: isBaseline(words, number) ? 'baseline' : null },
      start: Math.min(dataset.start, words[Math.min(...near.map(({ at }) => at), number.at)]?.start ?? dataset.start),
      end: Math.max(dataset.end, words[number.next - 1]?.end ?? dataset.end, ...near.filter(({ at }) => at <= number.next + 1).map(({ at, length }) => words[at + length - 1]?.end ?? 0)),
    });
  }
  return results;
}
