/** kill -9 in the middle of an ingest: what was acknowledged is there once, nothing is there by half, and the ingest goes on. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { extract } from '../../src/extract/extract.js';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { openEngine } from '../../src/graph/open.js';
import { BATCH, writeRecords } from '../../src/graph/write.js';
import { prepare, readBytes, SEED_LISTING } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { readListing } from '../../src/ingest/listing.js';
import { probe, withEngine } from '../conformance/kit.js';
import { ended, runProgram, spawnProgram, startProgram } from '../program.js';
import { neo4jToStop, neo4jUnderTest, openEmbedded, openEmptyNeo4j, settingsOf } from '../testkit.js';
import { get, KEY, post, serving, until } from './serving.js';

/** How often each is killed: 2 in every run of the tests, 20 by `npm run test:kill`. */
const ROUNDS = Number(process.env['STEMMA_KILL_ROUNDS'] ?? '2');
const SIZE = 6;

/** Milliseconds that a read may take: what ends an ingest here is to be the kill alone. */
const PATIENCE = 60_000;

const documents = readListing('seed', readBytes(SEED_LISTING)).documents.slice(0, 48);
const BATCHES = Array.from({ length: Math.ceil(documents.length / SIZE) }, (_, i) =>
  documents.slice(i * SIZE, (i + 1) * SIZE),
);

const INGEST = 'mutation ($documents: [DocumentInput!]!) { ingest(documents: $documents) { stored { facts } } }';

/** Sends the batches one after the other until one is not acknowledged; gives how many were. `acknowledged` is told of each. */
async function ingest(url: string, acknowledged: (batches: number) => void = () => undefined): Promise<number> {
  for (const [i, batch] of BATCHES.entries()) {
    const documents = batch.map(({ title, text }) => ({ title, text }));
    try {
      const { data } = (await post(url, INGEST, { documents })) as { data?: { ingest: { stored: unknown[] } } | null };
      if (data?.ingest.stored.length !== batch.length) return i;
    } catch {
      return i;
    }
    acknowledged(i + 1);
  }
  return BATCHES.length;
}

/** Kills after so many acknowledged batches, at least two, and a moment in which the next one is under way. */
function killingAfter(batches: number, kill: () => void): (acknowledged: number) => void {
  let before = performance.now();
  return (acknowledged) => {
    const took = performance.now() - before;
    before += took;
    if (acknowledged === batches) setTimeout(kill, Math.random() * took);
  };
}

/** The first is not told: it takes longer than the others, as the extractor is loaded for it. */
const anyBatch = (): number => 2 + Math.floor(Math.random() * (BATCHES.length - 3));

const READ = probe<{ id: string }>('MATCH (d:Document) RETURN d.id AS id ORDER BY id LIMIT 10000');
const FACTS = probe<{ document: string; facts: number; unlike: number }>(
  'MATCH (:Entity)-[r]->(:Entity) WHERE r.fact IS NOT NULL RETURN r.document AS document, count(r) AS facts, count(DISTINCT r.fact) AS unlike ORDER BY document LIMIT 10000',
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
    expect(await serving(engine, ingest, PATIENCE)).toBe(BATCHES.length);
    return { checksum: await graphOf(engine).checksum(), facts: await factsIn(engine) };
  });
});

const rounds = Array.from({ length: ROUNDS }, (_, i) => i + 1);

/** Kills the server in mid-ingest, looks at what it left, and goes on with the ingest in this process. */
async function killServer(environment: Readonly<Record<string, string>>, open: () => Promise<Engine>): Promise<void> {
  const settings = { ...environment, STEMMA_API_KEY: KEY, STEMMA_DEADLINE: String(PATIENCE) };
  const { url, process: server } = await startProgram(['serve'], settings);
  const killed: Promise<unknown>[] = [];
  const acknowledged = await ingest(
    url,
    killingAfter(anyBatch(), () => killed.push(ended(server, 'SIGKILL'))),
  );
  await (killed[0] ?? ended(server, 'SIGKILL'));
  expect(killed).toHaveLength(1);
  expect(acknowledged).toBeLessThan(BATCHES.length);
  await withEngine(open, async (engine) => {
    await expectSound(engine, acknowledged);
    expect(await serving(engine, ingest, PATIENCE)).toBe(BATCHES.length);
    expect(await graphOf(engine).checksum()).toBe(whole.checksum);
  });
}

it.each(rounds)(
  'round %i: the server on the embedded engine is killed in mid-ingest',
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'stemma-kill-'));
    await killServer({ STEMMA_DATA: data, NEO4J_URI: '' }, () => openEngine({ dataDirectory: data, neo4j: null }));
    rmSync(data, { recursive: true });
  },
  240_000,
);

/** A listing of which the command makes three transactions, each document with a claim of its own. */
const LISTING = Array.from(
  { length: 3 * BATCH },
  (_, i) =>
    `Study ${i} of small students\n\nWe distill BERT into Student${i}Net. ${'Nothing else is said. '.repeat(14)}`,
).join('\n\n');

/** What the command leaves that nobody disturbs. */
let undisturbed: typeof whole;
beforeAll(async () => {
  const { documents: listed } = readListing('listing', new TextEncoder().encode(LISTING));
  const { records } = prepare({ name: 'listing', documents: listed, rejections: [] }, readKnowledge(), { extract });
  undisturbed = await withEngine(openEmbedded, async (engine) => {
    await writeRecords(engine, records, new Date().toISOString());
    return { checksum: await graphOf(engine).checksum(), facts: await factsIn(engine) };
  });
});

/** Kills the command's own ingest between its first and its last transaction, and runs it again. */
async function killCommand(
  environment: Readonly<Record<string, string>>,
  open: () => Promise<Engine>,
  begun: () => Promise<boolean>,
): Promise<void> {
  const { checksum, facts: all } = undisturbed;
  expect(all.size).toBe(3 * BATCH);
  const directory = mkdtempSync(join(tmpdir(), 'stemma-kill-'));
  const listing = join(directory, 'listing.txt');
  writeFileSync(listing, LISTING);
  const command = spawnProgram(['ingest', listing], environment);
  await until(begun);
  await pause(Math.random() * 500);
  expect(command.exitCode).toBeNull();
  await ended(command, 'SIGKILL');
  await withEngine(open, async (engine) => {
    const stored = (await engine.read(READ, {})).map(({ id }) => id);
    expect(stored.length % BATCH).toBe(0);
    const facts = await factsIn(engine);
    expect(facts).toEqual(new Map([...all].filter(([id]) => stored.includes(id))));
    expect(await graphOf(engine).check()).toEqual([]);
  });
  expect(await runProgram(['ingest', listing], environment, directory)).toMatchObject({ code: 0, err: '' });
  await withEngine(open, async (engine) => {
    expect(await factsIn(engine)).toEqual(all);
    expect([await graphOf(engine).checksum(), await graphOf(engine).check()]).toEqual([checksum, []]);
  });
  rmSync(directory, { recursive: true });
}

it.each(rounds)(
  'round %i: the command that ingests into the embedded engine is killed half-way',
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'stemma-kill-'));
    const open = () => openEngine({ dataDirectory: data, neo4j: null });
    await (await open()).close();
    const commit = () => Promise.resolve(readFileSync(join(data, 'acknowledged'), 'utf8'));
    const before = await commit();
    await killCommand({ STEMMA_DATA: data, NEO4J_URI: '' }, open, async () => (await commit()) !== before);
    rmSync(data, { recursive: true });
  },
  240_000,
);

describe.skipIf(neo4jUnderTest === null)('the command (Neo4j)', () => {
  const uri = neo4jUnderTest ?? '';
  it.each(rounds)(
    'round %i: the command that ingests into Neo4j is killed half-way',
    () =>
      withEngine(openEmptyNeo4j, (watching) =>
        killCommand(
          { NEO4J_URI: uri },
          () => openEngine({ dataDirectory: '', neo4j: settingsOf(uri) }),
          async () => (await watching.read(READ, {})).length > 0,
        ),
      ),
    600_000,
  );
});

describe.skipIf(neo4jUnderTest === null)('the server (Neo4j)', () => {
  const uri = neo4jUnderTest ?? '';
  it.each(rounds)(
    'round %i: the server on Neo4j is killed in mid-ingest',
    async () => {
      await (await openEmptyNeo4j()).close();
      await killServer({ NEO4J_URI: uri }, () => openEngine({ dataDirectory: '', neo4j: settingsOf(uri) }));
    },
    240_000,
  );
});

describe.skipIf(neo4jToStop === null)('the database (Neo4j)', () => {
  it.each(rounds)(
    'round %i: Neo4j is killed in mid-ingest, under a server that goes on',
    () =>
      withEngine(openEmptyNeo4j, (engine) =>
        serving(
          engine,
          async (url) => {
            const acknowledged = await ingest(
              url,
              killingAfter(anyBatch(), () => void neo4jToStop?.kill()),
            );
            expect(acknowledged).toBeLessThan(BATCHES.length);
            await neo4jToStop?.start();
            await until(async () => (await get(`${url}/readyz`))[0] === 200);
            await expectSound(engine, acknowledged);
            expect(await ingest(url)).toBe(BATCHES.length);
            expect(await graphOf(engine).checksum()).toBe(whole.checksum);
          },
          PATIENCE,
        ),
      ),
    600_000,
  );
});
