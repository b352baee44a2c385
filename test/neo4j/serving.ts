/** A server in the process of the tests, and what a client and an operator see of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import { startServer } from '../../src/server.js';

/** The key that writing to it needs. */
export const KEY = 'key-of-the-tests';

/** Milliseconds that a read may take there where a test does not say. */
export const DEADLINE = 3_000;

/** Serves an engine for as long as `use` takes. @param deadline milliseconds that a read may take */
export async function serving<T>(
  engine: Engine,
  use: (url: string) => Promise<T>,
  deadline: number = DEADLINE,
): Promise<T> {
  const config = readConfig({
    PORT: '0',
    STEMMA_RATE_LIMIT: '0',
    STEMMA_LOG: 'silent',
    STEMMA_API_KEY: KEY,
    STEMMA_DEADLINE: String(deadline),
  });
  const server = await startServer(engine, config);
  try {
    return await use(server.url);
  } finally {
    await server.stop();
  }
}

/** Status and body of an answer; `patience` is how many milliseconds it may take. */
export async function get(url: string, asked: RequestInit = {}, patience = 60_000): Promise<[number, unknown]> {
  const answer = await fetch(url, { ...asked, signal: AbortSignal.timeout(patience) });
  return [answer.status, await answer.json()];
}

/** The answer to a query, or to a mutation with the key. */
export async function post(url: string, query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${KEY}` };
  return (await get(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) }))[1];
}

/** Milliseconds until something is so. */
export async function until(so: () => Promise<boolean>): Promise<number> {
  const from = Date.now();
  while (!(await so())) await pause(100);
  return Date.now() - from;
}
