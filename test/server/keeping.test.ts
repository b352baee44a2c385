/** Backups that cannot be written or read: a sentence that names the file and says what to do, and nothing half left. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEngine } from '../../src/graph/open.js';
import { probe, smallDisk, withEngine } from '../conformance/kit.js';
import { runProgram } from '../program.js';

const directory = mkdtempSync(join(tmpdir(), 'stemma-keeping-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** Three megabytes, more than the disk of the test. */
const FILL = probe('UNWIND range(1, 3000) AS i CREATE (:Document {id: toString(i), title: $text})');

const environment = { STEMMA_DATA: join(directory, 'data'), NEO4J_URI: '' };
const run = (...args: string[]) => runProgram(args, environment, directory);

beforeAll(() =>
  withEngine(
    () => openEngine({ dataDirectory: environment.STEMMA_DATA, neo4j: null }),
    (engine) => engine.write([{ statement: FILL, params: { text: 'x'.repeat(1_000) } }]),
  ),
);

it('a backup whose disk is full says so and leaves nothing, the older one beside it stays', async (context) => {
  const place = join(directory, 'disk');
  mkdirSync(place);
  if (smallDisk(place) === null) context.skip('needs the right to mount a small disk');
  try {
    const file = join(place, 'graph.jsonl');
    writeFileSync(file, 'an older backup');
    expect(await run('backup', file)).toEqual({
      code: 2,
      out: '',
      err: `stemma: ${file} cannot be written to its end (ENOSPC: no space left on device, write), so nothing of it was left; make room there, or give a path on another disk\n`,
    });
    expect(readdirSync(place)).toEqual(['graph.jsonl']);
  } finally {
    execFileSync('umount', ['-l', place]);
  }
});

// The memory of a process is a file whose beginning nobody can read.
it.skipIf(!existsSync('/proc/self/mem'))('a backup that cannot be read is named, and nothing is written', async () => {
  const empty = { ...environment, STEMMA_DATA: join(directory, 'empty') };
  const { code, err } = await runProgram(['restore', '/proc/self/mem'], empty, directory);
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(
      /^stemma: \/proc\/self\/mem cannot be read \(EIO: .+\); give the path of a file that can be\n$/,
    ),
  ]);
  expect((await runProgram(['stats', '--json'], empty, directory)).out).toContain('"documents": 0');
});
