/** What is under way between the page and its server: how many questions wait, and whether the server is away. */
import { useSyncExternalStore } from 'react';

/** Why nothing is answered: the server is away, it lacks its database, or it was asked too often. */
export type Trouble = 'server' | 'database' | 'rate';

export interface Connection {
  /** Questions under way. */
  pending: number;
  /** When the oldest of them was asked, in ms of `performance.now()`; null where there is none. */
  since: number | null;
  trouble: Trouble | null;
}

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 8000;

let connection: Connection = { pending: 0, since: null, trouble: null };
const listeners = new Set<() => void>();

function set(change: Partial<Connection>): void {
  connection = { ...connection, ...change };
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => connection);

/** Counts a question as under way until the returned function is called. */
export function underWay(): () => void {
  set({ pending: connection.pending + 1, since: connection.since ?? performance.now() });
  return () => {
    const pending = connection.pending - 1;
    set({ pending, since: pending === 0 ? null : connection.since });
  };
}

let recovery: Promise<void> | null = null;
let wake: () => void = () => undefined;

/** Tries again at once instead of when the wait is over. */
export const tryNow = (): void => wake();
addEventListener('online', tryNow);

/** Resolves once the server answers again; asks it seldom, and once for all who wait. `wait` is the first wait in ms. */
export function recovered(trouble: Trouble, wait = FIRST_WAIT): Promise<void> {
  set({ trouble });
  recovery ??= probe(wait).finally(() => {
    recovery = null;
    set({ trouble: null });
  });
  return recovery;
}

async function probe(first: number): Promise<void> {
  for (let wait = first; ; wait = Math.min(wait * 1.5, LONGEST_WAIT)) {
    await new Promise<void>((resolve) => {
      wake = resolve;
      setTimeout(resolve, wait);
    });
    const trouble = await fetch('/readyz', { cache: 'no-store' }).then(troubleOf, () => 'server' as const);
    if (trouble === null) return;
    set({ trouble });
  }
}

/** What an HTTP status says about the server: a 503 of ours comes in JSON, that of a proxy does not. */
export function troubleOf({ status, headers }: Response): Trouble | null {
  if (status === 429) return 'rate';
  if (status === 503 && headers.get('content-type')?.includes('json')) return 'database';
  return [502, 503, 504].includes(status) ? 'server' : null;
}
