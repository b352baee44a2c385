/** Asks contenders the same, checks that they answer the same, and times them turn by turn. */
import { isDeepStrictEqual } from 'node:util';
import type { Contender } from './contenders.js';
import { ask, cpuOf } from './contenders.js';
import type { Question } from './questions.js';

export interface Timing {
  contender: string;
  /** Milliseconds of one request: the median of all rounds, and what 99 of 100 stay below. */
  median: number;
  p99: number;
  /** Milliseconds of processor time for one request, of the server and of the database. */
  server: number;
  database: number;
}

export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

type Asking = (variables: Record<string, unknown>) => Promise<unknown>;

/** How a contender is asked a question; the answer as JSON. @throws where it is an error */
function askingOf({ name, port }: Contender, { query, bare, peer, params = (same) => same }: Question): Asking {
  const ways = {
    stemma: { path: '/graphql', bodyOf: (variables: Record<string, unknown>) => ({ query, variables }) },
    peer: { path: '/', bodyOf: (variables: Record<string, unknown>) => ({ query: peer?.query, variables }) },
    bare: { path: `/${bare}`, bodyOf: params },
  };
  const { path, bodyOf } = ways[name];
  return async (variables) => {
    const { status, text } = await ask(port, path, JSON.stringify(bodyOf(variables)));
    const answer = JSON.parse(text) as { data?: unknown; errors?: unknown };
    if (status !== 200 || answer.errors) throw new Error(`${name}: ${text.slice(0, 300)}`);
    return name === 'bare' ? answer : answer.data;
  };
}

/** What a contender answered, in the form that all share. */
const sharedForm = ({ name }: Contender, { ours, theirs, peer }: Question, answer: unknown): unknown =>
  name === 'stemma' ? ours(answer) : name === 'bare' ? theirs(answer as unknown[][]) : peer?.theirs(answer);

/** @throws where two contenders answer differently */
async function compare(question: Question, [own, ...others]: readonly Contender[]): Promise<void> {
  if (!own) return;
  const answerOf = async (contender: Contender, variables: Record<string, unknown>): Promise<unknown> =>
    sharedForm(contender, question, await askingOf(contender, question)(variables));
  for (const variables of question.variables) {
    const ours = await answerOf(own, variables);
    for (const other of others) {
      const theirs = await answerOf(other, variables);
      if (!isDeepStrictEqual(ours, theirs))
        throw new Error(
          `${question.name}: the answers of ${own.name} and ${other.name} to ${JSON.stringify(variables)} differ:\n${JSON.stringify(ours).slice(0, 500)}\n${JSON.stringify(theirs).slice(0, 500)}`,
        );
    }
  }
}

/**
 * Times a question. In every round each contender is asked everything, who comes first changes from round to round.
 * @param databasePid process of the database, null where it is not known
 */
export async function measure(
  question: Question,
  all: readonly Contender[],
  { rounds, databasePid }: { rounds: number; databasePid: number | null },
): Promise<Timing[]> {
  const contenders = all.filter(({ name }) => name !== 'peer' || question.peer !== undefined);
  await compare(question, contenders);
  const found = new Map(contenders.map(({ name }) => [name, { times: [] as number[], server: 0, database: 0 }]));
  for (let round = 0; round < rounds; round++)
    for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse()) {
      const asking = askingOf(contender, question);
      const figures = found.get(contender.name);
      if (!figures) continue;
      const before = [cpuOf(contender.pid), cpuOf(databasePid ?? 0)] as const;
      for (const variables of question.variables) {
        const from = performance.now();
        await asking(variables);
        figures.times.push(performance.now() - from);
      }
      figures.server += cpuOf(contender.pid) - before[0];
      figures.database += cpuOf(databasePid ?? 0) - before[1];
    }
  return [...found].map(([contender, { times, server, database }]) => ({
    contender,
    median: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    server: server / times.length,
    database: database / times.length,
  }));
}
