/** `stemma doctor` on a store that lacks something: it says what, and what to do, and changes nothing. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { examine } from '../../src/cli/doctor.js';
import { readConfig } from '../../src/config.js';
import { writeMeta } from '../../src/graph/meta.js';
import { engineOf } from '../../src/graph/open.js';
import type { Engine } from '../../src/graph/engine.js';
import { SCHEMA_META, SCHEMA_VERSION } from '../../src/graph/schema.js';
import { probe, withEngine } from '../conformance/kit.js';
import { neo4jUnderTest, openEmptyNeo4j, writeTriples } from '../testkit.js';

const directory = mkdtempSync(join(tmpdir(), 'stemma-doctor-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const DROP = { statement: probe('DROP INDEX name_key'), params: {} };
const OTHER = { statement: probe('CREATE INDEX name_key FOR (n:Name) ON (n.kind)'), params: {} };

/** What doctor says of the store, step by step. */
async function expectFindings(environment: Record<string, string>): Promise<void> {
  const config = readConfig({ ...process.env, PORT: '0', ...environment });
  const change = (make: (engine: Engine) => Promise<void>) => withEngine(() => Promise.resolve(engineOf(config)), make);
  const said = async () =>
    (await examine(config))
      .filter(({ what }) => what === 'schema' || what === 'indexes')
      .map(({ what, ok, says }) => `${ok ? 'ok' : 'BAD'} ${what}: ${says}`);
  const version = `ok schema: version ${SCHEMA_VERSION}`;
  await change((engine) => engine.schema());
  expect(await said()).toEqual([version, 'ok indexes: all online']);
  await change((engine) => engine.write([DROP]));
  const missing = 'BAD indexes: missing: name_key; the next start or seed makes them';
  expect([await said(), await said()]).toEqual(Array(2).fill([version, missing]));
  await change((engine) => engine.write([OTHER]));
  const todo = config.neo4j
    ? 'run DROP INDEX name_key, then the next start or seed makes it'
    : 'make a backup, and restore it into another directory';
  const other = `BAD indexes: name_key is RANGE Name(kind) and should be RANGE Name(key); ${todo}`;
  expect(await said()).toEqual([version, other]);
  await change((engine) => engine.write([DROP]));
  await change((engine) => engine.schema());
  await change((engine) => writeMeta(engine, SCHEMA_META, String(SCHEMA_VERSION + 1)));
  const newer = `BAD schema: version ${SCHEMA_VERSION + 1}; this program knows ${SCHEMA_VERSION}, run a newer one`;
  expect(await said()).toEqual([newer, 'ok indexes: all online']);
  await change((engine) => writeMeta(engine, SCHEMA_META, '0'));
  expect(await said()).toEqual(['ok schema: none yet; the next start or seed makes it']);
  await change((engine) => writeTriples(engine, [['model:a', 'EXTENDS', 'model:b']]));
  await change((engine) => engine.write([DROP]));
  const older = 'ok schema: version 0, of an older program; the next start or seed brings it up to date';
  expect(await said()).toEqual([older, missing]);
}

it('shows the version and what is missing (embedded)', () => expectFindings({ STEMMA_DATA: directory, NEO4J_URI: '' }));

it('makes no store where there is none, and says so', async () => {
  const nowhere = join(directory, 'not', 'yet');
  const findings = await examine(readConfig({ ...process.env, PORT: '0', NEO4J_URI: '', STEMMA_DATA: nowhere }));
  expect(findings.filter(({ what }) => what === 'engine' || what === 'disk')).toEqual([
    { what: 'disk', ok: true, says: expect.stringMatching(/^\d+ MB free for .+yet$/) as string },
    { what: 'engine', ok: true, says: `embedded; no store in ${nowhere} yet, the next start or seed makes it` },
  ]);
  expect(existsSync(join(directory, 'not'))).toBe(false);
});

describe.skipIf(neo4jUnderTest === null)('doctor (Neo4j)', () => {
  it('shows the version and what is missing', async () => {
    await (await openEmptyNeo4j()).close();
    await expectFindings({ STEMMA_DATA: directory, NEO4J_URI: neo4jUnderTest ?? '' });
  });
});
