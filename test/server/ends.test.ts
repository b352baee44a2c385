/** The program ends: with a database that accepts and is silent, and on a store that holds half of a backup. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { writeMeta } from '../../src/graph/meta.js';
import { openEngine } from '../../src/graph/open.js';
import { RESTORE_META } from '../../src/graph/restore.js';
import { linesOf } from '../../src/files.js';
import { ended, runProgram, startProgram } from '../program.js';

const directory = mkdtempSync(join(tmpdir(), 'stemma-'));

let silent: Server;
let uri = '';
const sockets = new Set<Socket>();
beforeAll(async () => {
  silent = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  uri = `bolt://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
});

it('a command ends once it has said that the database is silent', async () => {
  const { code, out, err } = await runProgram(['stats'], { NEO4J_URI: uri, NEO4J_PASSWORD: 'x' }, directory);
  expect([code, out]).toEqual([3, '']);
  expect(err).toMatch(/^stemma: /);
});

it('a server ends when it is told to, while its database is silent', async () => {
  const { process: server } = await startProgram(['serve'], { NEO4J_URI: uri, NEO4J_PASSWORD: 'x' });
  const from = Date.now();
  expect(await ended(server, 'SIGTERM')).toBe(0);
  expect(Date.now() - from).toBeLessThan(10_000);
});

it('nothing is added to half of a backup, nor taken for a whole one', async () => {
  const environment = { STEMMA_DATA: join(directory, 'half'), NEO4J_URI: '' };
  const engine = await openEngine(readConfig(environment));
  await writeMeta(engine, RESTORE_META, 'under way');
  await engine.close();
  for (const args of [['backup', join(directory, 'backup.jsonl')], ['seed'], ['check', '--repair']])
    expect(await runProgram(args, environment, directory)).toMatchObject({
      code: 3,
      err: expect.stringContaining('a restore into this store was cut off; run stemma restore again') as string,
    });
});

it('a line of a file ends at a line feed alone', async () => {
  const file = join(directory, 'lines');
  writeFileSync(file, 'one\u2028more\r\ntwo\n\nthree');
  const lines: string[] = [];
  for await (const line of linesOf(file)) lines.push(line);
  expect(lines).toEqual(['one\u2028more', 'two', '', 'three']);
});
