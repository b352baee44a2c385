/** What is refused of a request, and how large an answer may be. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import type { RunningServer } from '../../src/server.js';
import { startServer } from '../../src/server.js';
import { openEmbedded, seeded } from '../testkit.js';

let engine: Engine;
let server: RunningServer;

beforeAll(async () => {
  engine = await seeded(await openEmbedded());
  server = await startServer(engine, readConfig({ PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' }));
});

afterAll(async () => {
  await server.stop();
  await engine.close();
});

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const QUERIES: [argument: string, query: string, variables: object][] = [
  ['id', 'query ($id: ID!) { node(id: $id) { id } }', { id: 'technique:dmd2\ud800' }],
  ['id', '{ node(id: "technique:dmd2\\u0000") { id } }', {}],
  ['name', 'query ($name: String) { entity(name: $name) { id } }', { name: 'DMD2\0' }],
  ['where', 'query ($w: PaperFilter) { papers(where: $w) { nodes { id } } }', { w: { nameContains: '\udc00' } }],
  ['of', 'query ($of: [ID!]!) { neighborhood(of: $of) { complete } }', { of: ['technique:dmd2', 'technique:dmd2\0'] }],
];

it.each(QUERIES)(
  'refuses a text with NUL or half a surrogate pair, naming %s: %s',
  async (argument, query, variables) => {
    const { text } = await post(JSON.stringify({ query, variables }));
    const message = `${argument}: contains NUL or half a surrogate pair; remove it`;
    expect(JSON.parse(text)).toMatchObject({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT', argument } }] });
  },
);

it('takes whole surrogate pairs', async () => {
  const { text } = await post(JSON.stringify({ query: '{ node(id: "technique:😀") { id } }' }));
  expect(JSON.parse(text)).toEqual({ data: { node: null } });
});

it('sends no answer of more than 5,000,000 bytes, and says how to get it', async () => {
  const pages = Array.from({ length: 60 }, (_, i) => `p${String(i)}: papers(first: 100) { nodes { abstract } }`);
  const { status, text } = await post(JSON.stringify({ query: `{ ${pages.join(' ')} }` }));
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({
    errors: [
      {
        message: expect.stringMatching(
          /^the answer has \d{7,} bytes; at most 5000000 are sent, so ask for less at a time, or for an export$/,
        ) as string,
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ],
  });
});

it('says that a compressed body is not read', async () => {
  const packed = gzipSync(JSON.stringify({ query: '{ __typename }' }));
  const { status, text, headers } = await post(new Uint8Array(packed), { 'content-encoding': 'gzip' });
  expect([status, headers.get('x-content-type-options')]).toEqual([415, 'nosniff']);
  expect(JSON.parse(text)).toEqual({
    errors: [
      {
        message: 'the body is sent with content-encoding gzip; send it as it is',
        extensions: { code: 'BAD_REQUEST' },
      },
    ],
  });
});
