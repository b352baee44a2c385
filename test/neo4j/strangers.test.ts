/** What is said of an address where no Neo4j answers, or one that refuses; the servers are doubles, so no Neo4j is needed. */
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { openNeo4j } from '../../src/graph/neo4j.js';
import { probe, withEngine } from '../conformance/kit.js';
import { settingsOf } from '../testkit.js';
import { BEGIN, bookmarksIn, RUN } from './cluster.js';
import type { Double } from './double.js';
import { BOOKMARK, listen, startDouble } from './double.js';

const ONE = probe<{ one: number }>('RETURN 1 AS one LIMIT 1');
const MAKE = { statement: probe('MERGE (n:Entity {id: $id})'), params: { id: 'model:a' } };

/** Asks an engine at a server, and closes both. */
async function at(started: Promise<Double>, use: (engine: Engine) => Promise<void>): Promise<void> {
  const server = await started;
  try {
    await withEngine(() => Promise.resolve(openNeo4j(settingsOf(server.uri))), use);
  } finally {
    server.close();
  }
}

const away = (why: string) => ({
  code: 'SERVICE_UNAVAILABLE',
  message: expect.stringMatching(new RegExp(`^Neo4j at 127\\.0\\.0\\.1:\\d+ ${why}`)) as string,
});

const answering = (bytes: Buffer | string) => (client: Socket) => {
  client.once('data', () => client.write(bytes));
};

it.each([
  ['a web server', answering('HTTP/1.1 400 Bad Request\r\n\r\n'), 'cannot answer \\(Server responded HTTP'],
  ['Bolt of a version yet to come', answering(Buffer.from([0, 0, 0, 99])), 'cannot answer \\(Unknown Bolt protocol version'],
  ['nothing at all', () => undefined, 'accepts connections but does not answer; check that'],
])('where %s answers, reads and writes are SERVICE_UNAVAILABLE with that reason', (_, greet, why) =>
  at(listen(greet), async (engine) => {
    const calls = await Promise.allSettled([engine.read(ONE, {}), engine.write([MAKE])]);
    expect(calls).toMatchObject(Array(2).fill({ status: 'rejected', reason: away(why) }));
  }),
); // prettier-ignore

it('a write to a server that only reads is SERVICE_UNAVAILABLE, naming the scheme that finds the writer; reads are answered', () =>
  at(
    startDouble((signature) =>
      signature === BEGIN ? { code: 'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase' } : undefined,
    ),
    async (engine) => {
      await expect(engine.write([MAKE])).rejects.toMatchObject(
        away('cannot be written to \\(The test says so\\.\\).+neo4j://'),
      );
      expect(await engine.read(ONE, {})).toEqual([]);
    },
  ));

it('a write that another overtakes, which deletes what it had found, is begun anew, three times at most', async () => {
  let overtaken = 2;
  let begun = 0;
  const answers = (signature: number) => {
    if (signature === BEGIN) begun++;
    return signature === RUN && overtaken-- > 0 ? { code: 'Neo.ClientError.Statement.EntityNotFound' } : undefined;
  };
  await at(startDouble(answers), async (engine) => {
    await engine.write([MAKE]);
    expect(begun).toBe(3);
    overtaken = Infinity;
    await expect(engine.write([MAKE])).rejects.toMatchObject({ code: 'Neo.ClientError.Statement.EntityNotFound' });
    expect(begun).toBe(6);
  });
});

it.each([
  ['refuses', { code: 'Neo.ClientError.Transaction.InvalidBookmark' }],
  ['waits for ever for', 'silence'],
] as const)('what was written before is forgotten once the database %s it, as one made anew does', (_, answer) => {
  let anew = false;
  const answers = (signature: number, payload: Buffer) =>
    anew && [BEGIN, RUN].includes(signature) && bookmarksIn(payload).includes(BOOKMARK) ? answer : undefined;
  return at(startDouble(answers), async (engine) => {
    await engine.write([MAKE]);
    anew = true;
    const code = expect.stringMatching(/^(SERVICE_UNAVAILABLE|DEADLINE_EXCEEDED)$/) as string;
    await expect(engine.read(ONE, {}, { deadline: 500 })).rejects.toMatchObject({ code });
    await pause(4_500);
    expect(await engine.read(ONE, {}, { deadline: 500 })).toEqual([]);
  });
});
