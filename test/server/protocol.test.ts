/** GraphQL over HTTP, as the specification has it. */
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import type { RunningServer } from '../../src/server.js';
import { startServer } from '../../src/server.js';
import { openEmbedded } from '../testkit.js';

let engine: Engine;
let server: RunningServer;

beforeAll(async () => {
  engine = await openEmbedded();
  server = await startServer(engine, readConfig({ PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' }));
});

afterAll(async () => {
  await server.stop();
  await engine.close();
});

it('passes every audit of graphql-http: what a server must do, should do and may do', async () => {
  const audits = serverAudits({ url: () => `${server.url}/graphql`, fetchFn: fetch });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  const missed = results.flatMap((result) => (result.status === 'ok' ? [] : [`${result.name}: ${result.reason}`]));
  expect([results.length, missed]).toEqual([61, []]);
});

it('answers a question that is typed into a browser, and none that a page of another site has it ask', async () => {
  const asked = async (headers: Record<string, string>) =>
    (await fetch(`${server.url}/graphql?query={__typename}`, { headers })).status;
  const site = (from: string) => ({ 'sec-fetch-site': from });
  expect(
    await Promise.all(['none', 'same-origin', 'same-site', 'cross-site'].map((from) => asked(site(from)))),
  ).toEqual([200, 200, 400, 400]);
  expect(await asked({ ...site('cross-site'), 'apollo-require-preflight': 'yes' })).toBe(200);
});
