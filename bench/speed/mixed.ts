/** Everything at once: requests at a rate that does not wait for answers, and a thousand connections. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Contender } from './contenders.js';
import { ask, memoryOf } from './contenders.js';
import { quantile } from './measure.js';
import type { Question } from './questions.js';

/** Of a hundred requests so many are of a question whose name begins so. */
const SHARES: [beginning: string, share: number][] = [
  ['entity', 40],
  ['page of 20, first', 15],
  ['nested 10 × 5 × 5', 5],
  ['lineage, depth 3', 10],
  ['lineage, depth 5', 5],
  ['path, length 4', 5],
  ['full text', 20],
];

interface Request {
  path: string;
  body: string;
}

/** The requests of a hundred, of all questions in turn. */
function requestsOf(questions: readonly Question[], own: boolean): Request[] {
  const lots = SHARES.flatMap(([beginning, share]) => {
    const asked = questions.find(({ name }) => name.startsWith(beginning));
    if (!asked) return [];
    const { query, variables, bare, params = (same: Record<string, unknown>) => same } = asked;
    return Array.from({ length: share }, (_, i): { at: number } & Request => {
      const chosen = variables[i % variables.length] ?? {};
      const body = own ? { query, variables: chosen } : params(chosen);
      return { at: (i + 0.5) / share, path: own ? '/graphql' : `/${bare}`, body: JSON.stringify(body) };
    });
  });
  return lots.sort((a, b) => a.at - b.at);
}

interface Outcome {
  times: number[];
  errors: number;
}

const asked = async ({ port }: Contender, { path, body }: Request, outcome: Outcome): Promise<void> => {
  const from = performance.now();
  const ok = await ask(port, path, body).then(
    ({ status, text }) => status === 200 && !text.startsWith('{"errors"'),
    () => false,
  );
  if (!ok) outcome.errors++;
  outcome.times.push(performance.now() - from);
};

/** So many workers ask one after the other for so many seconds. */
async function closedLoop(contender: Contender, requests: readonly Request[], { workers, seconds }: { workers: number; seconds: number }): Promise<Outcome> {
  const outcome: Outcome = { times: [], errors: 0 };
  const end = performance.now() + seconds * 1_000;
  let next = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < end) {
      const request = requests[next++ % requests.length];
      if (request) await asked(contender, request, outcome);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return outcome;
} // prettier-ignore

/** Requests are sent at their time, whether or not those before them are answered. */
async function openLoop(contender: Contender, requests: readonly Request[], { rate, seconds }: { rate: number; seconds: number }): Promise<Outcome> {
  const outcome: Outcome = { times: [], errors: 0 };
  const under: Promise<void>[] = [];
  const from = performance.now();
  for (let i = 0; i < rate * seconds; i++) {
    const early = from + (i * 1_000) / rate - performance.now();
    if (early > 1) await pause(early);
    const request = requests[i % requests.length];
    if (request) under.push(asked(contender, request, outcome));
  }
  await Promise.all(under);
  return outcome;
} // prettier-ignore

const CONNECTIONS = 1_000;
const WORKERS = 8;
/** The open loop asks for this share of what the slower contender answers at most. */
const LOADED = 0.5;

/** Rows of figures: throughput, an open loop, memory through it, a thousand connections. */
export async function mixed(
  questions: readonly Question[],
  contenders: readonly Contender[],
  { seconds }: { seconds: number },
): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [['', 'contender', 'requests/s', 'p50 ms', 'p99 ms', 'errors', 'MB first', 'MB last']];
  const row = (what: string, { name }: Contender, { times, errors }: Outcome, rest: (string | number)[]): void => {
    const [over = 1, ...memory] = rest;
    rows.push([what, name, times.length / Number(over), quantile(times, 0.5), quantile(times, 0.99), String(errors), ...memory]);
  };
  const requests = new Map(contenders.map(({ name }) => [name, requestsOf(questions, name === 'stemma')]));
  const rates: number[] = [];
  for (const contender of contenders) {
    await closedLoop(contender, requests.get(contender.name) ?? [], { workers: WORKERS, seconds: 5 });
    const outcome = await closedLoop(contender, requests.get(contender.name) ?? [], { workers: WORKERS, seconds: 15 });
    row(`as fast as ${String(WORKERS)} can ask`, contender, outcome, [15]);
    rates.push(outcome.times.length / 15);
  }
  const rate = Math.floor(Math.min(...rates) * LOADED);
  for (const contender of contenders) {
    const before = memoryOf(contender.pid).now;
    const outcome = await openLoop(contender, requests.get(contender.name) ?? [], { rate, seconds });
    row(`at ${String(rate)}/s for ${String(seconds)} s`, contender, outcome, [seconds, String(before), String(memoryOf(contender.pid).now)]);
  }
  for (const contender of contenders) {
    const outcome: Outcome = { times: [], errors: 0 };
    const all = requests.get(contender.name) ?? [];
    const from = performance.now();
    await Promise.all(Array.from({ length: CONNECTIONS }, (_, i) => asked(contender, all[i % all.length] ?? { path: '/readyz', body: '' }, outcome)));
    row(`${String(CONNECTIONS)} connections at once`, contender, outcome, [(performance.now() - from) / 1_000]);
  }
  return rows;
} // prettier-ignore
