/** Results: which metric has which value on which dataset. */
import { METRICS } from '../metrics.js';
import type { Score } from '../model.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import type { Span } from './things.js';
import { placesOf } from './things.js';

export interface Result {
  dataset: Span;
  score: Score;
  /** Offsets of what says it. */
  start: number;
  end: number;
}

const NUMBER = /^\d{1,3}(?:\.\d+)?$/;
const GAIN =
  /^(?:by|over|additional|improvement|improvements|gain|gains|rise|increase|reduction|faster|speedup|speed-up|times|x|×|parameters|steps|step|points|higher|lower|better|fewer|less|more|images|epochs|hours|minutes|seconds?|ms|gb|mb|days|drop|relative|absolute)$/;
const RIVAL = /^(?:compared|versus|vs|than|outperforming|surpassing|exceeding|against|over)$/;

interface NumberAt {
  at: number;
  /** The word after the number and its unit. */
  next: number;
  raw: string;
  unit: string | null;
}

/** The first words of the names of metrics. */
const METRIC_HEADS: ReadonlySet<string> = new Set([...METRICS.keys()].map((name) => name.split(' ')[0] ?? ''));

/** The metric whose name begins at a word, with its length in words. */
function metricAt(words: Sentence, at: number): { name: string; length: number } | null {
  if (!METRIC_HEADS.has(wordAt(words, at).lower)) return null;
  for (const length of [3, 2, 1]) {
    const part = words.slice(at, at + length);
    const name = METRICS.get(part.map(({ lower }) => lower).join(' '));
    const { text } = wordAt(words, at);
    // `is` and `map` in small letters are words.
    const meant = length > 1 || text !== text.toLowerCase() || (name?.length ?? 0) > 4;
    if (name !== undefined && part.length === length && meant) return { name, length };
  }
  return null;
}

function numbersIn(words: Sentence, taken: ReadonlySet<number>): NumberAt[] {
  return words.flatMap(({ text }, at): NumberAt[] => {
    if (taken.has(at) || !NUMBER.test(text)) return [];
    const percent = wordAt(words, at + 1).text === '%';
    if (!percent && !text.includes('.')) return [];
    const next = at + (percent ? 2 : 1);
    const before = wordAt(words, at - 1).lower;
    const gain =
      GAIN.test(before) ||
      before === '+' ||
      [words[next], words[next + 1]].some((word) => GAIN.test(word?.lower ?? ''));
    const listed = (/^(?:,|and|to)$/.test(before) && isGainBefore(words, at)) || isGainBehind(words, next);
    const share = wordAt(words, next).lower === 'of';
    const grown = /^(?:improvement|gain|increase|boost|reduction|drop|rise)s?$/.test(wordAt(words, at - 2).lower);
    return gain || grown || listed || share
      ? []
      : [{ at, next, raw: percent ? `${text}%` : text, unit: percent ? '%' : null }];
  });
}

/** `by 0.8 %, 1.1 % and 11 %`: whether the list that a number ends began as a gain. */
function isGainBefore(words: Sentence, at: number): boolean {
  let i = at - 1;
  while (i > 0 && /^(?:,|and|to|%|\d[\d.]*)$/.test(wordAt(words, i).lower)) i--;
  return wordAt(words, i).lower === 'by';
}

/** `3.3, 3.6 and 2.9 higher`: whether the list that goes on behind a number ends as a gain. */
function isGainBehind(words: Sentence, next: number): boolean {
  let i = next;
  while (/^(?:,|and|%|\d[\d.]*)$/.test(wordAt(words, i).lower)) i++;
  return i > next && COMPARATIVE.test(wordAt(words, i).lower);
}
const COMPARATIVE = /^(?:higher|lower|better|faster|fewer|less|more|points)$/;

/** `from A to B`: whether a number is the A. */
const isBaseline = (words: Sentence, { at, next }: NumberAt): boolean =>
  wordAt(words, at - 1).lower === 'from' && wordAt(words, next).lower === 'to';

/** The numbers of one sentence with everything that tells what they measure. */
class Measured {
  private readonly taken: ReadonlySet<number>;
  readonly numbers: NumberAt[];
  private readonly metrics: { at: number; name: string; length: number }[];

  constructor(
    private readonly words: Sentence,
    spans: readonly Span[],
    private readonly datasets: readonly Span[],
  ) {
    this.taken = placesOf(spans);
    this.numbers = numbersIn(words, this.taken).filter((number, _, all) => !this.isRivals(number, all));
    const metrics = words.flatMap((_, at) => {
      const metric = this.taken.has(at) ? null : metricAt(words, at);
      return metric ? [{ at, ...metric }] : [];
    });
    // `top-1 accuracy` holds `accuracy`.
    this.metrics = metrics.filter(({ at }) => !metrics.some((other) => other.at < at && other.at + other.length > at));
  }

  /** `…, surpassing X at 3.2`: a rival's number, up to `, and` with a verb. */
  private isRivals({ at }: NumberAt, all: readonly NumberAt[]): boolean {
    const rival = this.words.findIndex(({ lower }) => RIVAL.test(lower));
    const after = this.words.findIndex(
      ({ text }, i) =>
        i > rival &&
        /^[,;]$/.test(text) &&
        wordAt(this.words, i + 1).lower === 'and' &&
        wordAt(this.words, i + 2).pos === 'VERB',
    );
    return rival >= 0 && at > rival && (after < 0 || at < after) && (all[0]?.at ?? 0) < rival;
  }

  /** The metrics named between the number before and the one behind. */
  near(i: number): { at: number; name: string; length: number }[] {
    const since = this.numbers[i - 1]?.next ?? 0;
    const until = this.numbers[i + 1]?.at ?? this.words.length;
    return this.metrics.filter(({ at }) => at >= since && at < until);
  }

  /** The dataset that follows a number behind a preposition, else the last one before it. */
  datasetOf(i: number, number: NumberAt): Span | undefined {
    const since = this.numbers[i - 1]?.next ?? 0;
    const end = this.numbers[i + (isBaseline(this.words, number) ? 2 : 1)]?.at ?? this.words.length;
    const follows = this.datasets.find(
      ({ first, last }) =>
        first >= number.next &&
        first < end &&
        (ON.test(wordAt(this.words, first - 1).lower) || metricAt(this.words, last) !== null),
    );
    return follows ?? this.datasets.findLast(({ last }) => last <= number.at && last > since - 1);
  }
}

const ON = /^(?:on|for|in|the|zero-shot|of)$/;

/** The results of one sentence, given where it names datasets. */
export function resultsIn(words: Sentence, spans: readonly Span[]): Result[] {
  const datasets = spans.filter(({ thing }) => thing.kind === 'DATASET');
  if (datasets.length === 0) return [];
  const measured = new Measured(words, spans, datasets);
  let metric: string | undefined;
  const results: Result[] = [];
  for (const [i, number] of measured.numbers.entries()) {
    const near = measured.near(i);
    const behind = near.find(({ at }) => at >= number.next && at <= number.next + 1);
    metric = (behind ?? near.findLast(({ at }) => at < number.at))?.name ?? metric ?? near[0]?.name;
    const close = number.at - (measured.numbers[i - 1]?.next ?? 0) <= 3 ? results.at(-1)?.dataset : undefined;
    const dataset = measured.datasetOf(i, number) ?? close;
    if (metric === undefined || !dataset) continue;
    const setting = isBaseline(words, number) ? 'baseline' : null;
    const { raw, unit } = number;
    const used = near.filter(({ at }) => at <= number.next + 1);
    results.push({
      dataset,
      score: { metric, value: Number(raw.replace('%', '')), raw, unit, setting },
      start: Math.min(dataset.start, wordAt(words, Math.min(number.at, ...near.map(({ at }) => at))).start),
      end: Math.max(
        dataset.end,
        wordAt(words, number.next - 1).end,
        ...used.map(({ at, length }) => wordAt(words, at + length - 1).end),
      ),
    });
  }
  return results;
}
