/** What happens to calls while the network or the database fails, and how they work again; behind a proxy that fails on purpose. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { openNeo4j } from '../../src/graph/neo4j.js';
import { writeRecords } from '../../src/graph/write.js';
import { mentionOf, probe, recordsOf, withEngine } from '../conformance/kit.js';
import { neo4jUnderTest, openEmptyNeo4j, settingsOf } from '../testkit.js';
import type { Proxy } from './proxy.js';
import { startProxy } from './proxy.js';

const ONE = probe<{ one: number }>('RETURN 1 AS one LIMIT 1');
const HEAVY = probe('UNWIND range(1, 20000) AS a UNWIND range(1, 20000) AS b RETURN count(*) AS total LIMIT 1');
const HELD = probe<{ entities: number; facts: number }>(
  'MATCH (n:Entity) OPTIONAL MATCH (n)-[r]->(:Entity) WHERE r.fact IS NOT NULL RETURN count(DISTINCT n) AS entities, count(r) AS facts LIMIT 1',
);

const AWAY = { code: 'SERVICE_UNAVAILABLE', message: expect.stringMatching(/^Neo4j at 127\.0\.0\.1:\d+ /) as string };
const LATE = { code: 'DEADLINE_EXCEEDED' };

const RECORDS = recordsOf({
  title: 'Paper',
  facts: [
    [mentionOf('MODEL', 'Teacher'), 'DISTILLS_INTO', mentionOf('MODEL', 'Student')],
    [mentionOf('MODEL', 'Student'), 'EXTENDS', mentionOf('MODEL', 'Teacher')],
  ],
});

/** Milliseconds until a call succeeds, tried again and again for ten seconds. */
async function untilAnswered(engine: Engine): Promise<number> {
  const from = Date.now();
  for (;;) {
    try {
      await engine.read(ONE, {}, { deadline: 2_000 });
      return Date.now() - from;
    } catch (error) {
      if (Date.now() - from > 10_000) throw error;
      await pause(50);
    }
  }
}

describe.skipIf(neo4jUnderTest === null)('faults (Neo4j)', () => {
  let proxy: Proxy;
  let engine: Engine;
  beforeEach(async () => {
    await (await openEmptyNeo4j()).close();
    proxy = await startProxy(neo4jUnderTest ?? '');
    engine = openNeo4j({ ...settingsOf(proxy.uri), poolSize: 10 });
  });
  afterEach(async () => {
    await engine.close();
    await proxy.close();
  });

  it.each([
    ['BEGIN', 'before'],
    ['RUN', 'before'],
    ['PULL', 'before'],
    ['COMMIT', 'before'],
    ['COMMIT', 'after'],
  ] as const)(
    'a write whose connection is cut at %s, %s Neo4j answers, is acknowledged and done once',
    async (message, when) => {
      await engine.read(ONE, {});
      const cut = proxy.cutAt(message, when);
      await Promise.all([writeRecords(engine, RECORDS, '2026-01-01T00:00:00.000Z'), cut]);
      expect(await engine.read(HELD, {})).toEqual([{ entities: 3, facts: RECORDS.facts.length }]);
      expect(await graphOf(engine).check()).toEqual([]);
    },
  );

  it.each(['RUN', 'PULL'] as const)('a read whose connection is cut at %s is answered', async (message) => {
    await engine.read(ONE, {});
    const cut = proxy.cutAt(message, 'before');
    expect(await engine.read(ONE, {})).toEqual([{ one: 1 }]);
    await cut;
  });

  it('a database that falls silent: calls are late, then refused at once; it is asked again within 5 s of its return', async () => {
    await engine.read(ONE, {});
    proxy.mood = 'silent';
    const late = await Promise.allSettled(Array.from({ length: 5 }, () => engine.read(ONE, {}, { deadline: 500 })));
    for (const call of late) expect(call).toMatchObject({ status: 'rejected', reason: LATE });
    await pause(2_500);
    const from = Date.now();
    await expect(engine.read(ONE, {})).rejects.toMatchObject(AWAY);
    await expect(engine.write([{ statement: ONE, params: {} }])).rejects.toMatchObject(AWAY);
    await expect(engine.schema()).rejects.toMatchObject(AWAY);
    await expect(engine.status()).rejects.toMatchObject(AWAY);
    expect(Date.now() - from).toBeLessThan(200);
    proxy.mood = 'passing';
    expect(await untilAnswered(engine)).toBeLessThan(5_000);
  });

  it('connections that are lost without a word are thrown away, and others made', async () => {
    await Promise.all(Array.from({ length: 10 }, () => engine.read(ONE, {})));
    proxy.lose();
    const calls = await Promise.allSettled(Array.from({ length: 10 }, () => engine.read(ONE, {}, { deadline: 500 })));
    for (const call of calls) expect(call).toMatchObject({ status: 'rejected', reason: LATE });
    expect(await untilAnswered(engine)).toBeLessThan(5_000);
  });

  it('while the database refuses, calls fail at once and one probe a second looks for it; nobody storms it on its return', async () => {
    proxy.mood = 'refusing';
    await expect(engine.read(ONE, {})).rejects.toMatchObject(AWAY);
    await pause(500);
    const before = proxy.asked;
    const codes = new Set<string>();
    const asking = Array.from({ length: 100 }, async () => {
      const until = Date.now() + 6_000;
      while (Date.now() < until) {
        await pause(20);
        const answer = await engine.read(ONE, {}).catch((error: unknown) => error as { code: string });
        codes.add(Array.isArray(answer) ? 'answered' : answer.code);
      }
    });
    await pause(3_000);
    const probes = proxy.asked - before;
    proxy.mood = 'passing';
    await Promise.all(asking);
    expect([...codes]).toEqual(['SERVICE_UNAVAILABLE', 'answered']);
    expect(probes).toBeLessThanOrEqual(4);
    expect(proxy.open()).toBeLessThanOrEqual(10 + 3);
  });

  it('a pool that is used up says so within seconds, and the database does not count as away', async () => {
    const busy = Array.from({ length: 10 }, () => engine.read(HEAVY, {}, { deadline: 6_000 }));
    const ended = Promise.allSettled(busy);
    await pause(200);
    const from = Date.now();
    await expect(engine.read(ONE, {})).rejects.toMatchObject({
      ...AWAY,
      message: expect.stringContaining('all 10 connections are busy') as string,
    });
    expect(Date.now() - from).toBeLessThan(5_000);
    await ended;
    expect(await untilAnswered(engine)).toBeLessThan(5_000);
  });

  it('a database that is not there is named by its name', () =>
    withEngine(
      () => Promise.resolve(openNeo4j({ ...settingsOf(proxy.uri), database: 'nosuch' })),
      async (wrong) => {
        await expect(wrong.read(ONE, {})).rejects.toMatchObject({
          ...AWAY,
          message: expect.stringContaining('nosuch') as string,
        });
        await expect(wrong.status()).rejects.toMatchObject(AWAY);
      },
    ));
});
