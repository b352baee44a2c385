import { Agent, request } from 'node:http';
import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { StemmaError } from '../../src/errors.js';
import type { Engine } from '../../src/graph/engine.js';
import type { RunningServer } from '../../src/server.js';
import { httpApp, startServer } from '../../src/server.js';
import { openEmbedded, seeded } from '../testkit.js';

let engine: Engine;
let server: RunningServer;
const config = readConfig({ PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' });

beforeAll(async () => {
  engine = await seeded(await openEmbedded());
  server = await startServer(engine, config);
});

afterAll(async () => {
  await server.stop();
  await engine.close();
});

const post = async (body: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() };
};

const ask = (query: string) => post(JSON.stringify({ query }));

it('mounts any Apollo server', async () => {
  const apollo = new ApolloServer({
    typeDefs: 'type Query { who: String }',
    resolvers: { Query: { who: () => 'me' } },
  });
  await apollo.start();
  const app = await httpApp(apollo, { context: () => Promise.resolve({}) });
  const answer = await app.inject({ method: 'POST', url: '/graphql', payload: { query: '{ who }' } });
  expect(answer.json()).toEqual({ data: { who: 'me' } });
  await app.close();
  await apollo.stop();
});

it('answers a question about the seed', async () => {
  const { status, body } = await ask('{ stats { documents } }');
  expect({ status, body }).toEqual({ status: 200, body: { data: { stats: { documents: 84 } } } });
});

it('names the code and the argument of a bad one, and other fields survive', async () => {
  const { status, body } = await ask('{ stats { documents } lineage(of: "technique:nothing") { complete } }');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    data: { stats: { documents: 84 }, lineage: null },
    errors: [{ path: ['lineage'], extensions: { code: 'NOT_FOUND', argument: 'of', id: 'technique:nothing' } }],
  });
});

it('answers malformed JSON, an empty body, a wrong type and a body too large in JSON', async () => {
  expect(await post('{bad')).toMatchObject({
    status: 400,
    body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
  });
  expect(await post('')).toMatchObject({ status: 400 });
  expect(await post('x', { 'content-type': 'text/csv' })).toMatchObject({ status: 415 });
  expect(await post(JSON.stringify({ query: 'x'.repeat(1_100_000) }))).toMatchObject({ status: 413 });
});

it('refuses documents nested too deep without parsing them', async () => {
  const { status, body } = await ask(`{ ${'a{'.repeat(5_000)} b ${'}'.repeat(5_000)} }`);
  expect(status).toBe(400);
  expect(body).toMatchObject({ errors: [{ message: 'query: is nested more than 60 brackets deep' }] });
});

it('refuses a kind of operation that it has none of', async () => {
  const { body } = await ask('subscription { papers { totalCount } }');
  expect(body).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
});

it('refuses nested lists that could have more rows than a server should make', async () => {
  const level = (depth: number): string =>
    depth === 0 ? 'id' : `relations(first: 100) { nodes { ${level(depth - 1)} } }`;
  const asked = (depth: number) => ask(`{ entity(id: "technique:knowledge-distillation") { ${level(depth)} } }`);
  expect(JSON.stringify((await asked(5)).body)).toContain('the nested lists of this request could have');
  expect((await asked(2)).body).toMatchObject({ data: { entity: { relations: {} } } });
});

it('shows nothing of a defect but that it happened', async () => {
  const broken: Engine = { ...engine, read: () => Promise.reject(new Error('MATCH (secret) at /home/somebody')) };
  const other = await startServer(broken, config);
  const answer = await fetch(`${other.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ stats { documents } }' }),
  });
  const text = await answer.text();
  await other.stop();
  expect(JSON.parse(text)).toMatchObject({
    errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
  });
  expect(text).not.toMatch(/secret|somebody|stacktrace/);
});

it('is alive and ready, and says which engine it has', async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ status: 'ready', engine: 'embedded' });
});

it('tells Prometheus how long requests and statements took, and which statements failed', async () => {
  const late = new StemmaError('DEADLINE_EXCEEDED', 'late');
  const failing: Engine = {
    ...engine,
    read: (statement, ...rest) =>
      statement.name.startsWith('stats.') ? Promise.reject(late) : engine.read(statement, ...rest),
  };
  const other = await startServer(failing, { ...config, rateLimit: 2 });
  const query = encodeURIComponent('{ entity(id: "technique:knowledge-distillation") { name } stats { documents } }');
  await fetch(`${other.url}/graphql?query=${query}`, { headers: { 'apollo-require-preflight': 'yes' } });
  await fetch(`${other.url}/nowhere`);
  await fetch(`${other.url}/metrics`);
  const answer = await fetch(`${other.url}/metrics`);
  const text = await answer.text();
  await other.stop();
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'stemma_http_request_duration_seconds_count{method="GET",route="/graphql",status="200"} 1',
      'stemma_http_request_duration_seconds_count{method="GET",route="none",status="404"} 1',
      'stemma_http_request_duration_seconds_count{method="GET",route="/metrics",status="200"} 1',
      expect.stringMatching(
        /^stemma_statement_duration_seconds_count\{engine="embedded",statement="entities\.\w+"\} 1$/,
      ),
      expect.stringMatching(
        /^stemma_statement_failures_total\{engine="embedded",statement="stats\.\w+",code="DEADLINE_EXCEEDED"\} \d$/,
      ),
      expect.stringMatching(/^process_resident_memory_bytes \d+$/),
    ]),
  );
});

it('is alive but not ready without its database', async () => {
  const gone: Engine = { ...engine, status: () => Promise.reject(new Error('gone')) };
  const other = await startServer(gone, config);
  const [alive, ready] = [await fetch(`${other.url}/healthz`), await fetch(`${other.url}/readyz`)];
  expect([alive.status, ready.status]).toEqual([200, 503]);
  expect(await ready.json()).toEqual({ status: 'not ready', reason: 'the database does not answer' });
  await other.stop();
});

it('is not ready while its store is being prepared, and says so', async () => {
  const other = await startServer(engine, config, () => 'the store is being prepared');
  const ready = await fetch(`${other.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'not ready', reason: 'the store is being prepared' },
  ]);
  await other.stop();
});

it('says what to do when its port is taken', async () => {
  const port = Number(new URL(server.url).port);
  await expect(startServer(engine, { ...config, port })).rejects.toThrow(
    /cannot listen at 127.0.0.1:\d+ .*set PORT to a free port/,
  );
});

it('serves its schema', async () => {
  const text = await (await fetch(`${server.url}/schema.graphql`)).text();
  expect(text).toContain('type Query {');
});

it('tells browsers with every answer, also one that refuses, what they must not do with it', async () => {
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const answers = await Promise.all([
    fetch(`${server.url}/playground`),
    fetch(`${server.url}/nothing`),
    fetch(`${server.url}/graphql`, { ...json, body: JSON.stringify({ query: '{ ontology { type } }' }) }),
    fetch(`${server.url}/graphql`, { ...json, body: '{bad' }),
    fetch(`${server.url}/graphql`, { ...json, body: 'x'.repeat(1_100_000) }),
  ]);
  const told = answers.map(({ headers }) =>
    Object.fromEntries(
      [...headers].filter(([name]) => /^(content-security|cross|origin|referrer|strict|x-(?!rate))/.test(name)),
    ),
  );
  const security = {
    'content-security-policy':
      "default-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data: blob:;font-src 'self' data:;worker-src 'self';connect-src 'self';object-src 'none';base-uri 'none';frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'SAMEORIGIN',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  };
  expect(told).toEqual(answers.map(() => security));
});

it('lets no cache keep an answer, nor one that names an error', async () => {
  const kept = await Promise.all(
    ['{ ontology { type } }', '{ nothing }', '{ node(id: "model:none") { id } }'].map(async (query) => {
      const { headers } = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      return headers.get('cache-control');
    }),
  );
  expect(kept).toEqual(['no-store', 'no-store', 'no-store']);
});

it('answers 200 requests that are under way when it stops', async () => {
  const other = await startServer(engine, config);
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const body = JSON.stringify({
    query: '{ lineage(of: "technique:knowledge-distillation") { nodes { entity { name } } } }',
  });
  const one = (): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request(`${other.url}/graphql`, {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json' },
      });
      sent.once('error', reject);
      sent.once('response', (answer) => {
        answer.resume().once('end', () => {
          resolve(answer.statusCode);
        });
      });
      sent.end(body);
    });
  const round = () => Promise.all(Array.from({ length: 200 }, one));
  await round();
  const all = round();
  const stopped = other.stop();
  expect(new Set(await all)).toEqual(new Set([200]));
  await stopped;
  agent.destroy();
  await expect(fetch(`${other.url}/healthz`)).rejects.toThrow('fetch failed');
});
