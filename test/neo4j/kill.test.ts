/** kill -9 in the middle of an ingest: what was acknowledged is there once, nothing is there by half, and the ingest goes on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { openNeo4j } from '../../src/graph/neo4j.js';
import { openEngine } from '../../src/graph/open.js';
import { readBytes, SEED_LISTING } from '../../src/ingest/ingest.js';
import { readListing } from '../../src/ingest/listing.js';
import { startServer } from '../../src/server.js';
import { probe, withEngine } from '../conformance/kit.js';
import { ended, startProgram } from '../program.js';
import { openEmbedded, settingsOf } from '../testkit.js';
import type { TestServer } from './server.js';
import { startNeo4j } from './server.js';

/** How often each is killed: 2 in every run of the tests, 20 by `npm run test:kill`. */
const ROUNDS = Number(process.env['STEMMA_KILL_ROUNDS'] ?? '2');
const KEY = 'key-of-the-tests';
const SIZE = 12;

const { documents } = readListing('seed', readBytes(SEED_LISTING));
const BATCHES = Array.from({ length: Math.ceil(documents.length / SIZE) }, (_, i) =>
  documents.slice(i * SIZE, (i + 1) * SIZE),
);

const INGEST = 'mutation ($documents: [DocumentInput!]!) { ingest(documents: $documents) { stored { facts } } }';

/** Sends the batches one after the other until one is not acknowledged; gives how many were. `acknowledged` is told of each. */
async function ingest(url: string, acknowledged: (batches: number) => void = () => undefined): Promise<number> {
  for (const [i, batch] of BATCHES.entries()) {
    const inputs = batch.map(({ title, text }) => ({ title, text }));
    try {
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
        body: JSON.stringify({ query: INGEST, variables: { documents: inputs } }),
      });
      const { data } = (await answer.json()) as { data?: { ingest: { stored: unknown[] } } | null };
      if (data?.ingest.stored.length !== batch.length) return i;
    } catch {
      return i;
    }
    acknowledged(i + 1);
  }
  return BATCHES.length;
}

const config = readConfig({ PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent', STEMMA_API_KEY: KEY });

/** Serves an engine in this process for as long as `use` takes. */
async function serving<T>(engine: Engine, use: (url: string) => Promise<T>): Promise<T> {
  const server = await startServer(engine, config);
  try {
    return await use(server.url);
  } finally {
    await server.stop();
  }
}

/** Kills after so many acknowledged batches and a moment, so that it falls anywhere in what comes next. */
function killingAfter(batches: number, kill: () => void): (acknowledged: number) => void {
  return (acknowledged) => {
    if (acknowledged === batches) setTimeout(kill, Math.random() * 300);
  };
}

const anyBatch = (): number => 1 + Math.floor(Math.random() * (BATCHES.length - 2));

const READ = probe<{ id: string }>('MATCH (d:Document) RETURN d.id AS id ORDER BY id LIMIT 1000');
const FACTS = probe<{ document: string; facts: number; unlike: number }>(
  'MATCH (:Entity)-[r]->(:Entity) WHERE r.fact IS NOT NULL RETURN r.document AS document, count(r) AS facts, count(DISTINCT r.fact) AS unlike ORDER BY document LIMIT 1000',
);

/** What an ingest that nobody disturbs leaves. */
let whole: { checksum: string; facts: Map<string, number> };

const factsIn = async (engine: Engine): Promise<Map<string, number>> => {
  const rows = await engine.read(FACTS, {});
  expect(rows.filter(({ facts, unlike }) => facts !== unlike)).toEqual([]);
  return new Map(rows.map(({ document, facts }) => [document, facts]));
};

/** Whole batches, all acknowledged ones among them, each document with all its facts, and nothing that breaks a rule. */
async function expectSound(engine: Engine, acknowledged: number): Promise<void> {
  const stored = new Set((await engine.read(READ, {})).map(({ id }) => id));
  const facts = await factsIn(engine);
  const held = BATCHES.map((batch) => batch.filter(({ id }) => stored.has(id)).length);
  expect(held.filter((count, i) => count !== 0 && count !== BATCHES[i]?.length)).toEqual([]);
  expect(held.slice(0, acknowledged).filter((count) => count === 0)).toEqual([]);
  for (const id of stored) expect([id, facts.get(id)]).toEqual([id, whole.facts.get(id)]);
  expect(await graphOf(engine).check()).toEqual([]);
}

beforeAll(async () => {
  whole = await withEngine(openEmbedded, async (engine) => {
    await serving(engine, (url) => ingest(url));
    return { checksum: await graphOf(engine).checksum(), facts: await factsIn(engine) };
  });
});

const rounds = Array.from({ length: ROUNDS }, (_, i) => i + 1);

it.each(rounds)(
  'round %i: the server on the embedded engine is killed in mid-ingest',
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'stemma-kill-'));
    const { url, process: server } = await startProgram(['serve'], {
    STEMMA_DATA: data, NEO4J_URI: '', STEMMA_API_KEY: KEY,
  }); // prettier-ignore
    const killed: Promise<unknown>[] = [];
    const acknowledged = await ingest(
      url,
      killingAfter(anyBatch(), () => killed.push(ended(server, 'SIGKILL'))),
    );
    await Promise.all(killed);
    expect(acknowledged).toBeLessThan(BATCHES.length);
    await withEngine(
      () => openEngine({ dataDirectory: data, neo4j: null }),
      async (engine) => {
        await expectSound(engine, acknowledged);
        await serving(engine, (again) => ingest(again));
        expect(await graphOf(engine).checksum()).toBe(whole.checksum);
      },
    );
    rmSync(data, { recursive: true });
  },
  240_000,
);

describe.skipIf(process.env['STEMMA_TEST_NEO4J'] !== '1')('Neo4j', () => {
  let neo4j: TestServer;
  beforeAll(async () => {
    neo4j = await startNeo4j();
  }, 120_000);
  afterAll(() => neo4j.stop());

  it.each(rounds)(
    'round %i: Neo4j is killed in mid-ingest, under a server that goes on',
    async () => {
      await withEngine(
        () => Promise.resolve(openNeo4j(settingsOf(neo4j.uri))),
        async (engine) => {
          await engine.schema();
          await engine.write([{ statement: probe('MATCH (n) WHERE NOT n:Meta DETACH DELETE n'), params: {} }]);
          await serving(engine, async (url) => {
            const acknowledged = await ingest(
              url,
              killingAfter(anyBatch(), () => void neo4j.kill()),
            );
            expect(acknowledged).toBeLessThan(BATCHES.length);
            await neo4j.start();
            for (let tries = 0; (await fetch(`${url}/readyz`)).status !== 200 && tries < 100; tries++) await pause(200);
            await expectSound(engine, acknowledged);
            expect(await ingest(url)).toBe(BATCHES.length);
            expect(await graphOf(engine).checksum()).toBe(whole.checksum);
          });
        },
      );
    },
    600_000,
  );
});
