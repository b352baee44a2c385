/** The command that stores listings, on a store that holds nothing. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runProgram } from '../program.js';

const directory = mkdtempSync(join(tmpdir(), 'stemma-ingest-'));
const stemma = (...args: string[]) => runProgram(args, { STEMMA_DATA: join(directory, 'data') }, directory);

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

it('stores the good records of a broken listing and names the others by line', async () => {
  const file = join(directory, 'broken.txt');
  writeFileSync(
    file,
    `First title\n\n${'An abstract. '.repeat(30)}\n\nA title alone\n\nSecond title\n\n${'Text. '.repeat(60)}\n`,
  );
  const { code, out, err } = await stemma('ingest', file);
  expect(code).toBe(2);
  expect(out).toBe('broken.txt: 2 documents, 2 entities, 0 facts; 1 rejected\n');
  expect(err).toContain(`rejected ${file}:5: the title "A title alone" has no abstract after it`);

  const letters = join(directory, 'rejected.jsonl');
  expect(await stemma('ingest', file, '--rejected', letters)).toMatchObject({ code: 2, out });
  const kept = readFileSync(letters, 'utf8');
  expect(JSON.parse(kept)).toMatchObject({ file, line: 5, record: 'A title alone' });
  writeFileSync(
    letters,
    kept.replace('"A title alone"}', `${JSON.stringify(`A title alone\n\n${'More. '.repeat(60)}`)}}`),
  );
  expect(await stemma('ingest', letters, '--rejected', letters)).toEqual({
    code: 0,
    out: 'rejected.jsonl: 1 documents, 1 entities, 0 facts; 0 rejected\n',
    err: '',
  });
  expect(existsSync(letters)).toBe(false);
}, 120_000);

it('notices a name that may mean two things, and stores it', async () => {
  const knowledge = join(directory, 'knowledge');
  mkdirSync(join(knowledge, 'curated'), { recursive: true });
  const text = 'We present DCD in an abstract. '.repeat(12).trim();
  const titles = ['A paper of one', 'A paper of two'];
  for (const [i, title] of titles.entries())
    writeFileSync(
      join(knowledge, 'curated', `${String(i)}.yaml`),
      `document: ${title}\nentities: [{ kind: Technique, name: DCD }]\nfacts: [{ type: INTRODUCES, to: DCD, quote: We present DCD }]\n`,
    );
  const file = join(directory, 'two.txt');
  writeFileSync(file, titles.map((title) => `${title}\n\n${text}\n`).join('\n'));
  const { code, err } = await stemma('ingest', file, '--knowledge', knowledge);
  expect([code, err]).toEqual([
    0,
    'notice: "DCD" is introduced by "A paper of one" and "A paper of two" and is one entity, technique:dcd; where they mean two things, mark it `local: true` (A paper of one; A paper of two)\n',
  ]);
}, 120_000);

it('names a file that is not there, and ends with 2', async () => {
  const { code, err } = await stemma('ingest', 'nowhere.txt');
  expect(code).toBe(2);
  expect(err).toMatch(/^stemma: nowhere.txt cannot be read/);
});
