/** What a client and an operator see while Neo4j itself is killed, frozen, refuses the login or runs out of disk, and after. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Neo4jSettings } from '../../src/graph/driver.js';
import { openSessions } from '../../src/graph/driver.js';
import { graphOf } from '../../src/graph/graph.js';
import { openNeo4j } from '../../src/graph/neo4j.js';
import { withEngine } from '../conformance/kit.js';
import { ended, startProgram } from '../program.js';
import { neo4jToStop, openEmptyNeo4j, settingsOf, writeTriples } from '../testkit.js';
import { startNeo4j } from './server.js';
import { DEADLINE, get, post, serving, until } from './serving.js';

const DOCUMENTS = '{ stats { documents } }';
const ROOT = '{ node(id: "model:none") { id } }';

/** What is shown while the database is away: alive, not ready and why, and a typed error in time. */
async function expectAway(url: string, why: RegExp): Promise<void> {
  const from = Date.now();
  const code = expect.stringMatching(/^(SERVICE_UNAVAILABLE|DEADLINE_EXCEEDED)$/) as string;
  expect(await post(url, DOCUMENTS)).toMatchObject({ data: null, errors: [{ extensions: { code } }] });
  expect(Date.now() - from).toBeLessThan(DEADLINE + 1_500);
  expect(await get(`${url}/healthz`)).toMatchObject([200, { status: 'alive' }]);
  await until(async () => (await get(`${url}/readyz`))[0] === 503);
  const reason = expect.stringMatching(why) as string;
  expect(await get(`${url}/readyz`)).toMatchObject([503, { status: 'not ready', reason }]);
}

/** Milliseconds until queries are answered. */
const untilBack = (url: string): Promise<number> =>
  until(async () => JSON.stringify(await post(url, ROOT)).startsWith('{"data"'));

const isReady = async (url: string): Promise<boolean> => (await get(`${url}/readyz`))[0] === 200;

/** Waits until a database that was started answers whoever asks it first: it listens before that. */
async function untilThere(settings: Neo4jSettings): Promise<void> {
  const sessions = openSessions(settings, () => undefined);
  const asks = () => sessions.use('look', 'READ', { deadline: 2_000 }, (session) => session.run('RETURN 1'));
  await until(() =>
    asks().then(
      () => true,
      () => false,
    ),
  );
  await sessions.close();
}

/** Does something in the database that knows users. */
async function administer(settings: Neo4jSettings, text: string, params: Record<string, string>): Promise<void> {
  const sessions = openSessions({ ...settings, database: 'system' }, () => undefined);
  await sessions.use('users', 'WRITE', {}, (session) => session.run(text, params));
  await sessions.close();
}

const GUEST = { user: 'guest', password: 'not-the-password' };

describe.skipIf(neo4jToStop === null)('outages (Neo4j)', () => {
  const neo4j = neo4jToStop;
  const settings = settingsOf(neo4j?.uri ?? 'bolt://localhost');

  it.each([
    ['killed', /cannot answer \(/, () => neo4j?.kill(), () => neo4j?.start()],
    ['frozen', /accepts connections but does not answer/, () => neo4j?.freeze(), () => neo4j?.thaw()],
  ] as const)(
    'Neo4j is %s under a server, which says so and works again by itself within 5 s of its return',
    (_, why, begin, end) =>
      withEngine(openEmptyNeo4j, (engine) =>
        serving(engine, async (url) => {
          await untilBack(url);
          await begin();
          try {
            await expectAway(url, why);
          } finally {
            await end();
          }
          await untilThere(settings);
          expect(await untilBack(url)).toBeLessThan(5_000);
          await until(() => isReady(url));
        }),
      ),
    240_000,
  );

  it('a login that Neo4j refuses is said to be one, asked about every 10 s only, and never shown; it is used once it is right', async () => {
    await administer(settings, 'CREATE OR REPLACE USER guest SET PASSWORD $password CHANGE NOT REQUIRED', {
      password: 'another-password',
    });
    const { url, process: server } = await startProgram(['serve'], {
      NEO4J_URI: settings.uri, NEO4J_USER: GUEST.user, NEO4J_PASSWORD: GUEST.password, STEMMA_LOG: 'debug', STEMMA_DEADLINE: String(DEADLINE),
    }); // prettier-ignore
    let said = '';
    for (const stream of [server.stdout, server.stderr])
      stream?.on('data', (data: Buffer) => {
        said += data.toString();
      });
    try {
      await expectAway(url, /cannot answer \(.*unauthorized/);
      said += JSON.stringify(await get(`${url}/readyz`)) + JSON.stringify(await post(url, DOCUMENTS));
      await administer(settings, 'ALTER USER guest SET PASSWORD $password CHANGE NOT REQUIRED', GUEST);
      expect(await untilBack(url)).toBeLessThan(13_000);
    } finally {
      const from = Date.now();
      expect(await ended(server, 'SIGTERM')).toBe(0);
      // It has just begun to prepare its store, which nobody waits for now.
      expect(Date.now() - from).toBeLessThan(10_000);
    }
    expect(said).not.toContain(GUEST.password);
    await administer(settings, 'DROP USER guest', {});
  }, 240_000);
});

/** A disk of some megabytes at a directory, null where this machine does not let us have one. */
function smallDisk(directory: string, megabytes: number): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', directory], { stdio: 'ignore' });
    return directory;
  } catch {
    return null;
  }
}

describe.skipIf(neo4jToStop === null)('a full disk (Neo4j)', () => {
  it('a write that Neo4j has no room for is refused, not acknowledged; with room and a restart of Neo4j it is taken', async (context) => {
    const disk = smallDisk(mkdtempSync(join(tmpdir(), 'stemma-disk-')), 64);
    if (disk === null) {
      context.skip('needs the right to mount a small disk');
      return;
    }
    const neo4j = await startNeo4j(`server.directories.data=${disk}\n`);
    try {
      await withEngine(
        () => Promise.resolve(openNeo4j({ ...settingsOf(neo4j.uri) })),
        async (engine) => {
          await engine.schema();
          let stored = 0;
          const write = () =>
            writeTriples(
              engine,
              [['model:a', 'EXTENDS', 'model:b', { quote: 'x'.repeat(2_000_000) }]],
              `Document ${String(stored)}`,
            );
          const full = async (): Promise<unknown> => {
            for (;;)
              try {
                await write();
                stored++;
              } catch (error) {
                return error;
              }
          };
          expect(await full()).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
          await serving(engine, async (url) => {
            await expectAway(url, /^Neo4j at /);
            execFileSync('mount', ['-o', 'remount,size=512m', disk]);
            await neo4j.kill();
            await neo4j.start();
            await untilBack(url);
            // What Neo4j has logged before it failed is there after its restart, although it was not acknowledged.
            const { documents } = await graphOf(engine).stats();
            expect([stored, stored + 1]).toContain(documents);
            expect(await graphOf(engine).check()).toEqual([]);
            await write();
          });
        },
      );
    } finally {
      await neo4j.stop();
      execFileSync('umount', ['-l', disk]);
      rmSync(disk, { recursive: true });
    }
  }, 400_000);
});
