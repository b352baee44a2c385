/** The extractor by a language model: documents in, facts that their texts bear out, and what went wrong. */
import { setTimeout } from 'node:timers/promises';
import type { Vocabulary } from '../../ingest/vocabulary.js';
import type { Document } from '../../model.js';
import { contentOf } from '../../model.js';
import type { Answer } from './answer.js';
import { readAnswer } from './answer.js';
import type { Clock, Endpoint, Limits } from './endpoint.js';
import { Calls } from './endpoint.js';
import { openKept } from './kept.js';
import { CONTENT_MAX, keyOf } from './prompt.js';
import type { Reason, Verified } from './verify.js';
import { REASONS, verify } from './verify.js';

export interface ModelOptions extends Partial<Limits> {
  endpoint: Endpoint;
  /** Directory in which answers are kept. */
  kept: string;
  clock?: Clock;
  /** Told how many documents are done, of how many. */
  progress?: (done: number, of: number) => unknown;
}

/** What a model made of documents. */
export interface ModelReading {
  /** By document id; a document that is missing failed. */
  read: Map<string, Pick<Verified, 'facts' | 'mentions'>>;
  /** In the order of the documents. */
  failed: { document: Document; reason: string }[];
  /** How many calls were made, how many answers were there from before, how many tokens the calls took. */
  calls: number;
  kept: number;
  tokens: number;
  /** How many facts the answers state, and how many of them were rejected for which reason. */
  stated: number;
  rejected: Map<Reason, number>;
}

const LIMITS: Limits = { calls: Infinity, tokens: Infinity, callDeadline: 120_000, deadline: 3_600_000 };

/** How many documents are asked about at once. */
const AT_ONCE = 4;

const CLOCK: Clock = { now: Date.now, random: Math.random, wait: (milliseconds) => setTimeout(milliseconds) };

/**
 * Reads documents with a language model, several at once; the outcome is in their order. A document without text
 * states nothing. What is not read for want of an answer is in `failed`; nothing is thrown for it.
 * @throws BAD_USER_INPUT where answers cannot be kept
 */
export async function readWithModel(
  documents: readonly Document[],
  vocabulary: Vocabulary,
  { endpoint, kept: directory, clock = CLOCK, progress = () => undefined, ...limits }: ModelOptions,
): Promise<ModelReading> {
  const calls = new Calls(endpoint, { ...LIMITS, ...limits }, clock);
  const kept = openKept(directory);
  let found = 0;
  const answerOf = async (content: string): Promise<Answer | { reason: string }> => {
    const key = keyOf(endpoint.model, content);
    const before = readAnswer(kept.find(key) ?? '');
    if (!('reason' in before)) {
      found++;
      return before;
    }
    const asked = await calls.ask(content);
    if ('reason' in asked) return asked;
    const answer = readAnswer(asked.text);
    if ('reason' in answer) return { reason: `its answer cannot be used: ${answer.reason}` };
    kept.keep(key, asked.text);
    return answer;
  };
  let done = 0;
  const outcomes = await inParallel(documents, async (document) => {
    const content = contentOf(document)?.slice(0, CONTENT_MAX) ?? null;
    const answer = content === null ? { entities: [], facts: [], cut: false } : await answerOf(content);
    progress(++done, documents.length);
    return 'reason' in answer ? answer : verify(answer, document, content ?? '', vocabulary);
  });
  return { ...folded(documents, outcomes), calls: calls.made, kept: found, tokens: calls.tokens };
}

/** Does the work for every item, a few at once. */
async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const outcomes: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [i, item] of queue) outcomes[i] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcomes;
}

function folded(
  documents: readonly Document[],
  outcomes: readonly (Verified | { reason: string })[],
): Pick<ModelReading, 'read' | 'failed' | 'stated' | 'rejected'> {
  const reading = { read: new Map<string, Verified>(), failed: [] as ModelReading['failed'], stated: 0, rejected: new Map<Reason, number>() }; // prettier-ignore
  for (const [i, document] of documents.entries()) {
    const outcome = outcomes[i];
    if (outcome === undefined) continue;
    if ('reason' in outcome) reading.failed.push({ document, reason: outcome.reason });
    else {
      reading.read.set(document.id, outcome);
      reading.stated += outcome.stated;
      for (const [reason, count] of outcome.rejected)
        reading.rejected.set(reason, (reading.rejected.get(reason) ?? 0) + count);
    }
  }
  return reading;
}

/** `rejected 3 of 17 facts: 2 quotes not in the text, 1 unknown relation`; null where none was. */
export function rejectedInWords({ stated, rejected }: Pick<ModelReading, 'stated' | 'rejected'>): string | null {
  const counts = (Object.keys(REASONS) as Reason[]).flatMap((reason) => {
    const count = rejected.get(reason) ?? 0;
    return count === 0 ? [] : [{ count, said: `${String(count)} ${REASONS[reason][count === 1 ? 0 : 1]}` }];
  });
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  return `rejected ${String(total)} of ${String(stated)} facts: ${counts.map(({ said }) => said).join(', ')}`;
}
