/** A server whose Neo4j is not there yet: it lives, says why it is not ready, and is ready by itself once the database comes. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ended, startProgram } from '../program.js';
import { neo4jUnderTest, openEmptyNeo4j } from '../testkit.js';
import type { Proxy } from './proxy.js';
import { startProxy } from './proxy.js';

const DOCUMENTS = '{ stats { documents } }';

describe.skipIf(neo4jUnderTest === null)('a server whose Neo4j is away (Neo4j)', () => {
  let proxy: Proxy;
  let server: ChildProcess;
  let url = '';

  const start = async (command: 'start' | 'serve', mood: Proxy['mood']): Promise<void> => {
    await (await openEmptyNeo4j()).close();
    proxy.mood = mood;
    const args = command === 'start' ? [command, '--no-landmarks'] : [command];
    ({ url, process: server } = await startProgram(args, { NEO4J_URI: proxy.uri, STEMMA_DEADLINE: '3000' }));
  };
  const get = async (path: string, asked: RequestInit = {}): Promise<[status: number, body: unknown]> => {
    const answer = await fetch(url + path, { ...asked, signal: AbortSignal.timeout(10_000) });
    return [answer.status, await answer.json()];
  };
  const ask = async (query: string): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    return (await get('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) }))[1];
  };
  /** Milliseconds until something is so. */
  const until = async (so: () => Promise<boolean>): Promise<number> => {
    const from = Date.now();
    while (!(await so())) await pause(100);
    return Date.now() - from;
  };

  beforeEach(async () => {
    proxy = await startProxy(neo4jUnderTest ?? '');
  });
  afterEach(async () => {
    expect(await ended(server, 'SIGTERM')).toBe(0);
    await proxy.close();
  });

  it('started without its database it lives, says why it is not ready, and loads the seed when the database comes', async () => {
    await start('start', 'refusing');
    expect(await get('/healthz')).toMatchObject([200, { status: 'alive' }]);
    expect(await get('/readyz')).toMatchObject([
      503,
      { status: 'not ready', reason: expect.stringMatching(/^Neo4j at 127\.0\.0\.1:\d+ cannot answer/) as string },
    ]);
    expect(await ask(DOCUMENTS)).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
    });
    proxy.mood = 'passing';
    const answers = async () =>
      JSON.stringify(await ask('{ ontology { type } entity(id: "model:a") { id } }')).includes('"entity":null}');
    expect(await until(answers)).toBeLessThan(5_000);
    await until(async () => (await get('/readyz'))[0] === 200);
    expect(await ask(DOCUMENTS)).toEqual({ data: { stats: { documents: 84 } } });
  }, 240_000);

  it('whose database falls silent answers by its deadline, is not ready, and is again by itself', async () => {
    await start('serve', 'passing');
    await until(async () => (await get('/readyz'))[0] === 200);
    proxy.mood = 'silent';
    const from = Date.now();
    expect(await ask(DOCUMENTS)).toMatchObject({ data: null, errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }] });
    expect(Date.now() - from).toBeLessThan(4_500);
    expect(await get('/healthz')).toMatchObject([200, {}]);
    await until(async () => (await get('/readyz'))[0] === 503);
    proxy.mood = 'passing';
    const answers = async () => JSON.stringify(await ask(DOCUMENTS)) === '{"data":{"stats":{"documents":0}}}';
    expect(await until(answers)).toBeLessThan(5_000);
    expect(await get('/readyz')).toMatchObject([200, { status: 'ready', engine: 'neo4j' }]);
  }, 240_000);
});
