/** Asking the server. A question waits while the server is away and is asked again when it is back. */
import { useEffect, useState } from 'react';
import type { TypedDocumentString } from '../generated/graphql.js';
import { recovered, troubleOf, underWay, type Trouble } from './connection.js';

/** What the server refused, with its code: NOT_FOUND, BAD_USER_INPUT, AMBIGUOUS, DEADLINE_EXCEEDED … */
export class AskError extends Error {
  override name = 'AskError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

interface Reply<Answer> {
  data?: Answer | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/**
 * Asks one typed question. While the server, or its database, is away the promise stays open and the visitor is told;
 * so it fails only when the signal aborts or when the question itself is refused.
 * @throws AskError for a refused question, the signal's reason for an aborted one
 */
export async function ask<Answer, Variables>(
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer> {
  const done = underWay();
  try {
    for (;;) {
      const answer = await attempt(document, variables, signal);
      if (!('trouble' in answer)) return answer.data;
      await unlessAborted(recovered(answer.trouble, answer.wait), signal);
    }
  } finally {
    done();
  }
}

type Attempt<Answer> = { data: Answer } | { trouble: Trouble; wait?: number };

async function attempt<Answer, Variables>(
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Attempt<Answer>> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ?? null,
    });
    const trouble = troubleOf(response);
    const wait = Number(response.headers.get('retry-after')) * 1000;
    if (trouble) return { trouble, ...(wait > 0 && { wait }) };
    const { data, errors } = (await response.json()) as Reply<Answer>;
    const error = errors?.[0];
    if (error?.extensions?.code === 'SERVICE_UNAVAILABLE') return { trouble: 'database' };
    if (error) throw new AskError(error.extensions?.code ?? 'UNKNOWN', error.message);
    if (!data) throw new AskError('UNKNOWN', `the server answered ${String(response.status)} without data`);
    return { data };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AskError) throw error;
    // A connection refused, or cut while the answer came.
    return { trouble: 'server' };
  }
}

function unlessAborted(promise: Promise<void>, signal?: AbortSignal): Promise<void> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    void promise.then(resolve).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Answers of this visit, the latest last, so that going back shows at once what was there. */
const remembered = new Map<string, unknown>();
const REMEMBERED_MAX = 60;

function remember(key: string, answer: unknown): void {
  remembered.delete(key);
  remembered.set(key, answer);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED_MAX) return;
    remembered.delete(oldest);
  }
}

export interface Asked<Answer> {
  /** undefined until it is there; of an earlier visit to the same question until the new one is there */
  answer: Answer | undefined;
  error: AskError | undefined;
  /** Asks again. */
  again: () => void;
}

/** What a component asks while it is shown; other variables, or leaving, abort what is under way. Null asks nothing. */
export function useAnswer<Answer, Variables>(
  document: TypedDocumentString<Answer, Variables>,
  variables: Variables | null,
): Asked<Answer> {
  const key = variables === null ? '' : JSON.stringify([document, variables]);
  const [round, setRound] = useState(0);
  const [latest, setLatest] = useState<{ key: string; answer?: Answer; error?: AskError }>({ key });
  useEffect(() => {
    if (variables === null) return;
    const controller = new AbortController();
    ask(document, variables, controller.signal).then(
      (answer) => {
        remember(key, answer);
        setLatest({ key, answer });
      },
      (error: unknown) => {
        if (error instanceof AskError) setLatest({ key, error });
      },
    );
    return () => controller.abort();
    // The key stands for document and variables.
  }, [key, round]);
  const { answer, error } = latest.key === key ? latest : {};
  const again = () => {
    setLatest({ key });
    setRound(round + 1);
  };
  return { answer: answer ?? (error ? undefined : (remembered.get(key) as Answer | undefined)), error, again };
}
