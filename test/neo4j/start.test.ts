/** A server whose Neo4j is not there yet: it lives, says why it is not ready, and is ready by itself once the database comes. */
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMeta } from '../../src/graph/meta.js';
import { SCHEMA_META } from '../../src/graph/schema.js';
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

describe.skipIf(neo4jUnderTest === null)(
  'a server whose Neo4j is away and comes back with another store (Neo4j)',
  () => {
    it('ends and says why, where a newer program wrote the store', async () => {
      const engine = await openEmptyNeo4j();
      const proxy = await startProxy(neo4jUnderTest ?? '');
      proxy.mood = 'refusing';
      const { process: server } = await startProgram(['serve'], { NEO4J_URI: proxy.uri });
      let said = '';
      server.stderr?.on('data', (data: Buffer) => (said += data.toString()));
      const end = new Promise((resolve) => server.once('exit', resolve));
      await writeMeta(engine, SCHEMA_META, '99');
      proxy.mood = 'passing';
      expect(await end).toBe(3);
      expect(said).toContain('the store is at version 99 of the schema');
      await proxy.close();
      await engine.close();
      // The next test finds an empty database.
      await (await openEmptyNeo4j()).close();
    }, 120_000);
  },
);
