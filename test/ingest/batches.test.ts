import { expect, it } from 'vitest';
import { extract } from '../../src/extract/extract.js';
import { graphOf } from '../../src/graph/graph.js';
import { writeRecords } from '../../src/graph/write.js';
import { surveyed } from '../../src/ingest/batches.js';
import { Conflicts } from '../../src/ingest/conflicts.js';
import { prepare, prepareListing, readBytes, SEED_LISTING } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { readListing } from '../../src/ingest/listing.js';
import { onBothEngines } from '../testkit.js';

const { vocabulary } = readKnowledge();
// Nobody curated anything here, so that everything is extracted, and there is something to notice.
const knowledge = { curations: new Map<string, never>(), vocabulary, rejections: [], landmarks: [] };
const bytes = readBytes(SEED_LISTING);
/** Thirty documents, two that introduce one name, and a title without its abstract. */
const text = new TextDecoder().decode(bytes);
const end = text.indexOf(readListing('seed', bytes).documents[30]?.title ?? '');
const namesakes = ['Of one', 'Of two'].map((title) => `${title}\n\n${'We propose FooNet, a network. '.repeat(12)}\n\n`);
const head = text.slice(0, end) + namesakes.join('');
const broken = new TextEncoder().encode(`${head}A title without its abstract\n`);

/** The listing in pieces of so many bytes. */
const listing = (size: number) => ({
  name: 'seed',
  *chunks() {
    for (let at = 0; at < broken.length; at += size) yield broken.subarray(at, at + size);
  },
});

/** What a listing says when it is read in batches of so many documents. */
function read(size: number, bytesAtATime: number) {
  const { documents, batches } = surveyed(listing(bytesAtATime));
  const conflicts = new Conflicts();
  const ingests = [...batches(size)].map((source) => prepare(source, knowledge, { extract }));
  for (const { readings, records } of ingests) conflicts.add(readings, records);
  return {
    documents,
    mentions: ingests.flatMap(({ records }) => records.mentions.map((mention) => JSON.stringify(mention))).sort(),
    facts: ingests.flatMap(({ records }) => records.facts.map((fact) => JSON.stringify(fact))).sort(),
    rejections: ingests.flatMap(({ rejections }) => rejections),
    notices: conflicts.all(),
    entities: conflicts.size,
  };
}

it('says the same in batches of one document, of seven and in one, however its bytes come', () => {
  const whole = read(Infinity, broken.length);
  const reason = 'the title "A title without its abstract" has no abstract after it';
  const line = head.split('\n').length;
  expect(whole).toMatchObject({ documents: 32, rejections: [{ file: 'seed', line, reason }] });
  expect([whole.facts.length > 200, whole.entities > 200, whole.notices.length > 0]).toEqual([true, true, true]);
  for (const [size, bytesAtATime] of [
    [1, 1000],
    [7, 4096],
    [200, 7],
  ] as const)
    // prettier-ignore
    expect(read(size, bytesAtATime)).toEqual(whole);
}, 60_000);

onBothEngines('batches', (open) => {
  it('leave one graph, however many documents each of them has', async () => {
    const checksums: string[] = [];
    for (const size of [1, 7, Infinity]) {
      const engine = await open();
      for (const source of surveyed(listing(4096)).batches(size))
        await writeRecords(engine, prepare(source, knowledge, { extract }).records, '2026-01-01T00:00:00.000Z');
      checksums.push(await graphOf(engine).checksum());
      await engine.close();
    }
    expect(checksums).toEqual(checksums.map(() => checksums[0]));
  }, 120_000);
});

it('says what the listing says as one piece', () => {
  const { records } = prepareListing('seed', broken, knowledge, { extract });
  expect(read(7, 4096).facts).toEqual(records.facts.map((fact) => JSON.stringify(fact)).sort());
});

it('takes nothing of a file whose end is no text', () => {
  const latin = new Uint8Array([...bytes, 0xe9, 0x20]);
  const { documents, batches } = surveyed({
    name: 'l.txt',
    chunks: () => [latin.subarray(0, 50_000), latin.subarray(50_000)],
  });
  const line = new TextDecoder().decode(bytes).split('\n').length;
  const reason = 'the file is not UTF-8 (Latin-1?); convert it with: iconv -f LATIN1 -t UTF-8';
  expect([documents, [...batches(10)]]).toEqual([
    0,
    [{ name: 'l.txt', documents: [], rejections: [{ file: 'l.txt', line, reason }] }],
  ]);
});
