/** The pages over HTTP: which addresses there are, how they are cached and compressed, how much the first one loads. */
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import { PAGE_PATHS } from '../../src/paths.js';
import type { RunningServer } from '../../src/server.js';
import { startServer } from '../../src/server.js';
import { openEmbedded } from '../testkit.js';
import { buildPages, BUILD_MAX, fromRoot } from './kit.js';

let engine: Engine;
let server: RunningServer;

beforeAll(async () => {
  buildPages();
  engine = await openEmbedded();
  server = await startServer(engine, readConfig({ PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' }));
}, BUILD_MAX);

afterAll(async () => {
  await server.stop();
  await engine.close();
});

const explorer = () => readFileSync(fromRoot('dist/web/index.html'), 'utf8');
const get = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${server.url}${path}`, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

it('every address of the explorer is the same page, whatever id stands in it', async () => {
  const ids = ['repo:github.com/owner/name', `paper:${'long-title-'.repeat(30)}`, 'technique:c%2B%2B'];
  const addresses = PAGE_PATHS.flatMap((path) =>
    path.endsWith('*') ? ids.map((id) => path.slice(0, -1) + id) : [`${path}?from=a`],
  );
  const answers = await Promise.all(addresses.map(async (path) => (await get(path)).text));
  expect(answers).toEqual(addresses.map(explorer));
});

it('an unknown address is a page for a browser and JSON for a program, and not found for both', async () => {
  const [page, json] = [await get('/nowhere', { accept: 'text/html' }), await get('/nowhere')];
  expect([page.status, page.text]).toEqual([404, explorer()]);
  expect([json.status, JSON.parse(json.text)]).toEqual([
    404,
    { errors: [{ message: 'nothing is at GET /nowhere', extensions: { code: 'NOT_FOUND' } }] },
  ]);
});

it('an address that is badly encoded is one like any other', async () => {
  const [page, json] = [await get('/e/%E0%A4%A'), await get('/nowhere%')];
  expect([page.status, page.text]).toEqual([200, explorer()]);
  expect([json.status, JSON.parse(json.text)]).toEqual([
    404,
    { errors: [{ message: 'nothing is at GET /nowhere%25', extensions: { code: 'NOT_FOUND' } }] },
  ]);
});

it('only scripts and styles of the server run, on pages that are found and on those that are not', async () => {
  for (const path of ['/', '/playground', '/nowhere']) {
    const policy = (await get(path, { accept: 'text/html' })).headers.get('content-security-policy') ?? '';
    expect(policy.split(';')).toEqual(expect.arrayContaining(["default-src 'self'", "base-uri 'none'"]));
    expect(policy).not.toMatch(/script-src|unsafe-eval/);
  }
  expect(explorer()).not.toMatch(/<script(?![^>]* src=")|\son\w+=|style=/);
});

const assetsOf = (html: string) => [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);

it('assets are kept for ever, pages are asked for again', async () => {
  const kept = await Promise.all(
    ['/', '/favicon.svg', ...assetsOf(explorer())].map(async (path) => (await get(path)).headers.get('cache-control')),
  );
  expect(kept).toEqual([
    'no-cache',
    'no-cache',
    ...assetsOf(explorer()).map(() => 'public, max-age=31536000, immutable'),
  ]);
});

it('assets come compressed, and are then what they are', async () => {
  for (const path of assetsOf(explorer())) {
    const encodings = ['br', 'gzip'].map(async (encoding) => {
      const answer = await get(path, { 'accept-encoding': encoding });
      return [answer.headers.get('content-encoding'), answer.text];
    });
    const plain = readFileSync(fromRoot(`dist/web${path}`));
    expect(await Promise.all(encodings)).toEqual(['br', 'gzip'].map((encoding) => [encoding, plain.toString()]));
    expect(gunzipSync(readFileSync(fromRoot(`dist/web${path}.gz`)))).toEqual(plain);
  }
});

it('the first load is at most 150 kB gzipped', () => {
  const sizes = [explorer(), ...assetsOf(explorer()).map((path) => readFileSync(fromRoot(`dist/web${path}`)))].map(
    (bytes) => gzipSync(bytes, { level: 9 }).length,
  );
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(150_000);
});
