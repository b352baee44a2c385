/** The command line with a language model as the extractor. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Ended } from '../program.js';
import { runProgram } from '../program.js';
import type { Reply } from './chat.js';
import { says, sends, startChat } from './chat.js';

const stops: (() => void)[] = [];
let directory = '';

const text = 'We propose Lanternfish, a network. '.padEnd(320, 'It is small. ').trim();
const fact = {
  type: 'INTRODUCES',
  from: { kind: 'PAPER', name: 'this paper' },
  to: { kind: 'MODEL', name: 'Lanternfish' },
  quote: 'We propose Lanternfish',
  confidence: 0.7,
};
const answer = { entities: [], facts: [fact, { ...fact, quote: 'We never said so' }] };

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stemma-llm-cli-'));
  writeFileSync(join(directory, 'one.txt'), `Dim teachers\n\n${text}\n`);
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  rmSync(directory, { recursive: true, force: true });
});

async function stemma(reply: Reply, ...args: string[]): Promise<Ended & { asked: number }> {
  const chat = await startChat(reply);
  stops.push(chat.stop);
  const environment = {
    STEMMA_DATA: join(directory, 'data'),
    STEMMA_LLM_CACHE: join(directory, 'answers'),
    STEMMA_LLM_URL: chat.url,
    STEMMA_LLM_MODEL: 'small-1',
    STEMMA_LLM_KEY: 'sk-secret',
  };
  return { ...(await runProgram(args, environment, directory)), asked: chat.asked.length };
}

it('prints what a model reads, says what it cost and what was rejected, and does not ask twice', async () => {
  const rejected = 'rejected 1 of 2 facts: 1 quote not in the text';
  const out = 'Dim teachers\n  this paper introduces Lanternfish (0.70)\n    “We propose Lanternfish”\n';
  expect(await stemma(says(answer, 50), 'extract', 'one.txt', '--extractor', 'llm')).toEqual({
    code: 0, out, err: `small-1: 1 calls, 50 tokens, 0 answers kept from before; ${rejected}\n`, asked: 1,
  }); // prettier-ignore
  expect(await stemma(sends(500, ''), 'extract', 'one.txt', '--extractor', 'llm')).toEqual({
    code: 0, out, err: `small-1: 0 calls, 0 tokens, 1 answers kept from before; ${rejected}\n`, asked: 0,
  }); // prettier-ignore
}, 120_000);

it('keeps what was extracted before when a model cannot read a document, and ends with 2', async () => {
  const stored = await stemma(says(answer, 50), 'ingest', 'one.txt', '--extractor', 'llm');
  expect([stored.code, stored.out]).toEqual([0, 'one.txt: 1 documents, 2 entities, 1 facts; 0 rejected\n']);
  const before = await stemma(says(answer), 'stats', '--checksum');
  rmSync(join(directory, 'answers'), { recursive: true });
  const failed = await stemma(sends(401, { error: 'sk-secret is no key' }), 'ingest', 'one.txt', '--extractor', 'llm');
  expect(failed).toMatchObject({ code: 2, out: 'one.txt: 1 documents, 1 entities, 0 facts; 1 rejected\n', asked: 1 });
  expect(failed.err).toContain('rejected one.txt: "Dim teachers" was not read by small-1: it answers 401: … is no key');
  expect(failed.err).not.toContain('sk-secret');
  expect((await stemma(says(answer), 'stats', '--checksum')).out).toBe(before.out);
}, 240_000);
