/** A server whose Neo4j is not there yet: it lives, says why it is not ready, and is ready by itself once the database comes. */
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, startProgram } from '../program.js';
import { neo4jUnderTest, openEmptyNeo4j } from '../testkit.js';
import type { Proxy } from './proxy.js';
import { startProxy } from './proxy.js';
import { get, post, until } from './serving.js';

const DOCUMENTS = '{ stats { documents } }';

describe.skipIf(neo4jUnderTest === null)('a server whose Neo4j is away (Neo4j)', () => {
  let proxy: Proxy;
  let server: ChildProcess;
  let url = '';

  beforeAll(async () => {
    await (await openEmptyNeo4j()).close();
    proxy = await startProxy(neo4jUnderTest ?? '');
    proxy.mood = 'refusing';
    ({ url, process: server } = await startProgram(['start', '--no-landmarks'], { NEO4J_URI: proxy.uri }));
  });
  afterAll(async () => {
    expect(await ended(server, 'SIGTERM')).toBe(0);
    await proxy.close();
  });

  it('started without its database it lives, says why it is not ready, and loads the seed when the database comes', async () => {
    expect(await get(`${url}/healthz`)).toMatchObject([200, { status: 'alive' }]);
    expect(await get(`${url}/readyz`)).toMatchObject([
      503,
      { status: 'not ready', reason: expect.stringMatching(/^Neo4j at 127\.0\.0\.1:\d+ cannot answer/) as string },
    ]);
    expect(await post(url, DOCUMENTS)).toMatchObject({
      data: null,
      errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
    });
    proxy.mood = 'passing';
    const answers = async () =>
      JSON.stringify(await post(url, '{ ontology { type } entity(id: "model:a") { id } }')).includes('"entity":null}');
    expect(await until(answers)).toBeLessThan(5_000);
    await until(async () => (await get(`${url}/readyz`))[0] === 200);
    expect(await post(url, DOCUMENTS)).toEqual({ data: { stats: { documents: 84 } } });
  }, 240_000);
});
