/** Dead letters: what a listing brings that cannot be taken is kept, mended and read again, and nothing else is. */
import { expect, it } from 'vitest';
import { surveyed } from '../../src/ingest/batches.js';
import { letterOf } from '../../src/ingest/letters.js';
import type { Rejection } from '../../src/model.js';

const abstract = (about: string): string =>
  `We study ${about}. ${'It works on every benchmark we tried. '.repeat(9)}`.trim();
const titled = (i: number): string => `Paper number ${String(i)}`;

/** Titles and rejections of a file of this name and text. */
function read(name: string, text: string): { titles: string[]; rejections: Rejection[] } {
  const sources = [...surveyed({ name, chunks: () => [new TextEncoder().encode(text)] }).batches(7)];
  return {
    titles: sources.flatMap(({ documents }) => documents.map(({ title }) => title)),
    rejections: sources.flatMap(({ rejections }) => rejections),
  };
}

const lettersOf = (rejections: readonly Rejection[]): string => rejections.map((one) => `${letterOf(one)}\n`).join('');

/** 300 records of which every hundredth is broken: no abstract, NUL in it, a title that was there before. */
const broken = Array.from({ length: 300 }, (_, i) => {
  if (i === 99) return titled(i);
  if (i === 199) return `${titled(i)}\n\n${abstract('a\0b')}`;
  return i === 299 ? `${titled(0)}\n\n${abstract('the same')}` : `${titled(i)}\n\n${abstract(titled(i))}`;
}).join('\n\n');

/** What is wrong with the first two of them, in themselves. */
const ILL: Rejection[] = [
  {
    file: 'papers.txt',
    line: 397,
    reason: 'the title "Paper number 99" has no abstract after it',
    record: 'Paper number 99',
  },
  {
    file: 'papers.txt',
    line: 795,
    reason: 'the record contains NUL characters; remove them',
    record: `Paper number 199\n\n${abstract('a\0b')}`,
  },
];

it('of a listing with one broken record in a hundred the rest is taken; the broken ones are kept with line and reason', () => {
  const { titles, rejections } = read('papers.txt', broken);
  expect(titles).toHaveLength(297);
  const kept = lettersOf(rejections).trim().split('\n');
  expect(kept.map((line) => JSON.parse(line) as unknown)).toEqual([
    ...ILL,
    {
      file: 'papers.txt',
      line: 1195,
      reason: 'the title "Paper number 0" stands at line 1 already',
      record: `Paper number 0\n\n${abstract('the same')}`,
    },
  ]);
});

it('mended records are read like any others; what is still broken keeps the line that it came from', () => {
  const letters = lettersOf(read('papers.txt', broken).rejections);
  expect(read('rejected.jsonl', letters)).toEqual({ titles: ['Paper number 0'], rejections: ILL });
  const mended = letters
    .replace('"Paper number 99"}', `${JSON.stringify(`${titled(99)}\n\n${abstract('it')}`)}}`)
    .replace('\\u0000', ' ');
  expect(read('rejected.jsonl', mended)).toEqual({
    titles: ['Paper number 99', 'Paper number 199', 'Paper number 0'],
    rejections: [],
  });
});

it('a line that is no dead letter is rejected by its own line, and one without a record by what it came from', () => {
  const latin1 = { file: 'old.txt', line: 3, reason: 'the file is not UTF-8' };
  const record = `${titled(1)}\n\n${abstract('a')}`;
  const twice = letterOf({ ...latin1, record });
  expect(read('rejected.jsonl', `${letterOf(latin1)}\n\n{"file": 1}\nnot JSON\n${twice}\n${twice}\n`)).toEqual({
    titles: ['Paper number 1'],
    rejections: [
      latin1,
      {
        file: 'rejected.jsonl',
        line: 3,
        reason: expect.stringContaining('no dead letter') as string,
        record: '{"file": 1}',
      },
      {
        file: 'rejected.jsonl',
        line: 4,
        reason: expect.stringContaining('no dead letter') as string,
        record: 'not JSON',
      },
      {
        ...latin1,
        reason: 'the title "Paper number 1" stands in rejected.jsonl already',
        record,
      },
    ],
  });
});
