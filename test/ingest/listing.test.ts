import { expect, it } from 'vitest';
import { readBytes, SEED_LISTING } from '../../src/ingest/ingest.js';
import { readListing } from '../../src/ingest/listing.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const abstract = (about: string): string =>
  `We study ${about}. ${'It works well on every benchmark we tried. '.repeat(8)}`.trim();
const listing = (...blocks: string[]): string => `${blocks.join('\n\n')}\n`;
const A = ['Paper A', abstract('A')] as const;
const B = ['Paper B', abstract('B')] as const;

/** What a listing says, short: titles, and rejections as `line: reason`. */
const read = (input: string | Uint8Array) => {
  const { documents, rejections } = readListing('l.txt', typeof input === 'string' ? bytes(input) : input);
  return {
    titles: documents.map(({ title }) => title),
    rejections: rejections.map(({ line, reason }) => `${String(line)}: ${reason}`),
  };
};

it('reads the 84 documents of the seed behind its header and rejects nothing', () => {
  const { documents, rejections } = readListing('seed', readBytes(SEED_LISTING));
  expect(rejections).toEqual([]);
  expect(documents).toHaveLength(84);
  expect(documents[0]).toMatchObject({
    id: 'document:dynamic-contrastive-distillation-for-image-text-retrieval',
    title: 'Dynamic Contrastive Distillation for Image-Text Retrieval',
    text: expect.stringMatching(/^Although the vision-and-language pretraining \(VLP\)/) as string,
  });
  expect(new Set(documents.map(({ id }) => id)).size).toBe(84);
});

it('keeps every text of the seed as it stands in the file', () => {
  const source = new TextDecoder().decode(readBytes(SEED_LISTING));
  const { documents } = readListing('seed', bytes(source));
  for (const { title, text } of documents) expect(source).toContain(`${title}\n\n${text ?? ''}`);
});

it('takes each pair of a title and an abstract as one document', () => {
  expect(readListing('l.txt', bytes(listing(...A)))).toEqual({
    documents: [
      {
        id: 'document:paper-a',
        title: 'Paper A',
        text: A[1],
        url: null,
        publishedOn: null,
        year: null,
        arxivId: null,
        isPaper: true,
      },
    ],
    rejections: [],
  });
});

it('ignores a header, needs none, and takes any number of blank lines', () => {
  const documents = { titles: ['Paper A', 'Paper B'], rejections: [] };
  expect(read(listing(...A, ...B))).toEqual(documents);
  expect(read(listing('new', 'Subscribe now.', 'Mar 14', ...A, ...B))).toEqual(documents);
  expect(read(listing(abstract('what a header says'), ...A, ...B))).toEqual(documents);
  expect(read(`\n\n${listing(...A)}\n \t \n\n${listing(...B)}\n\n`)).toEqual(documents);
});

it('rejects a title without abstract in the middle once and shifts nothing', () => {
  expect(read(listing(...A, 'Paper without text', ...B))).toEqual({
    titles: ['Paper A', 'Paper B'],
    rejections: ['5: the title "Paper without text" has no abstract after it'],
  });
});

it('rejects a title without abstract at the end', () => {
  expect(read(listing(...A, 'Paper without text'))).toEqual({
    titles: ['Paper A'],
    rejections: ['5: the title "Paper without text" has no abstract after it'],
  });
});

it('rejects an abstract without title once and shifts nothing', () => {
  const { titles, rejections } = read(listing(...A, abstract('nothing'), ...B));
  expect(titles).toEqual(['Paper A', 'Paper B']);
  expect(rejections).toEqual([expect.stringMatching(/^5: the abstract "We study nothing.* has no title before it$/)]);
});

it('rejects a block that is neither a title nor an abstract', () => {
  const { titles, rejections } = read(listing(...A, 'A sentence.', ...B));
  expect(titles).toEqual(['Paper A', 'Paper B']);
  expect(rejections).toEqual([
    '5: "A sentence." is neither a title (at most 200 characters, no final full stop) nor an abstract (at least 300 characters)',
  ]);
});

it('draws the lines at 200 and 300 characters', () => {
  const pair = (title: number, text: number) => read(listing(...A, 't'.repeat(title), 'x'.repeat(text))).titles.length;
  expect([pair(200, 300), pair(201, 300), pair(200, 299)]).toEqual([2, 1, 1]);
});

it('takes the first of two papers with one title, however it is written', () => {
  expect(read(listing(...A, ...B, 'PAPER-A', abstract('something else')))).toEqual({
    titles: ['Paper A', 'Paper B'],
    rejections: ['9: the title "PAPER-A" stands at line 1 already'],
  });
});

it('reads CRLF, CR and a byte order mark like plain text', () => {
  const plain = listing('new', ...A, 'Paper without text', ...B);
  const expected = readListing('l.txt', bytes(plain));
  for (const written of [plain.replaceAll('\n', '\r\n'), plain.replaceAll('\n', '\r'), `\uFEFF${plain}`])
    expect(readListing('l.txt', bytes(written))).toEqual(expected);
});

it('keeps the lines of an abstract and joins those of a title', () => {
  const lines = abstract('A').split(/(?<=\.) /);
  const { documents } = readListing('l.txt', bytes(listing('Paper\nA', lines.join('\n'))));
  expect(documents).toMatchObject([{ title: 'Paper A', text: lines.join('\n') }]);
});

it('says that an empty file is empty', () => {
  expect(read('')).toEqual({ titles: [], rejections: ['null: the file is empty'] });
});

it('says what a file lacks that holds no pair', () => {
  const reason =
    'null: no title (at most 200 characters, no final full stop) followed by an abstract (at least 300 characters) was found';
  for (const text of ['one\n\ntwo\n\nthree', ' \n\n', '\uFEFF', A[1]])
    expect(read(text)).toEqual({ titles: [], rejections: [reason] });
});

it('says how to convert UTF-16, with a byte order mark and without', () => {
  const little = Buffer.from(`\uFEFF${listing(...A)}`, 'utf16le');
  const expected = {
    titles: [],
    rejections: ['1: the file is UTF-16, not UTF-8; convert it with: iconv -f UTF-16 -t UTF-8'],
  };
  expect(read(little)).toEqual(expected);
  expect(read(little.subarray(2))).toEqual(expected);
  expect(read(Buffer.from(little).swap16())).toEqual(expected);
});

it('names the line at which a file stops being UTF-8', () => {
  expect(read(Buffer.from(listing(...A, 'Réseau', abstract('B')), 'latin1'))).toEqual({
    titles: [],
    rejections: ['5: the file is not UTF-8 (Latin-1?); convert it with: iconv -f LATIN1 -t UTF-8'],
  });
});

it('rejects the one record that contains NUL', () => {
  expect(read(listing(...A, 'Paper N', `${abstract('N')}\0`, ...B))).toEqual({
    titles: ['Paper A', 'Paper B'],
    rejections: ['5: the record contains NUL characters; remove them'],
  });
});
