/**
 * How fast the extractor is: µs of CPU time an abstract by stage, abstracts a second, peak memory. Of several rounds
 * over all documents the quickest counts, as other programs slow a machine down and nothing makes it faster; it takes
 * some 3,000 documents until all is compiled.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { extract } from '../src/extract/extract.js';
import { readingOf } from '../src/extract/reading.js';
import { identifyAll } from '../src/ingest/identify.js';
import { SEED_LISTING } from '../src/ingest/ingest.js';
import { readKnowledge } from '../src/ingest/knowledge.js';
import { readListing } from '../src/ingest/listing.js';
import type { Document } from '../src/model.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '40' }, json: { type: 'boolean', default: false } },
});
const files = positionals.length > 0 ? positionals : [SEED_LISTING];
const documents = files.flatMap((file) => readListing(file, readFileSync(file)).documents);
const { vocabulary } = readKnowledge();

const read = (document: Document) => ({ document, methods: [], ...extract(document, vocabulary) });
const readings = documents.map(read);

/** What is done to every document, one stage holding the one before it; `identity` begins at what was read. */
const STAGES: Record<string, (at: number) => unknown> = {
  'words and tags': (at) => documents[at] && readingOf(documents[at]),
  'words to facts': (at) => documents[at] && extract(documents[at], vocabulary),
  identity: (at) => identifyAll(readings.slice(at, at + 1), vocabulary),
};

/** µs of CPU time for each document. */
function timed(stage: (at: number) => unknown): number {
  const from = process.cpuUsage();
  for (const at of documents.keys()) stage(at);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / documents.length;
}

const best = new Map<string, number>();
for (let round = 0; round < Number(options.rounds); round++)
  for (const [name, stage] of Object.entries(STAGES))
    best.set(name, Math.min(best.get(name) ?? Infinity, timed(stage)));

const words = best.get('words and tags') ?? 0;
const whole = best.get('words to facts') ?? 0;
const figures = {
  documents: documents.length,
  microseconds: {
    'words and tags': Math.round(words),
    rules: Math.round(whole - words),
    identity: Math.round(best.get('identity') ?? 0),
  },
  abstractsPerSecond: Math.round(1e6 / whole),
  peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
};
if (options.json) console.log(JSON.stringify(figures, null, 2));
else {
  for (const [stage, time] of Object.entries(figures.microseconds))
    console.log(`${stage.padEnd(16)}${String(time).padStart(5)} µs an abstract`);
  console.log(`${String(figures.abstractsPerSecond)} abstracts a second of one core's time are extracted from`);
  console.log(`${String(figures.peakMegabytes)} MB at most, vocabulary and language model among them`);
}
