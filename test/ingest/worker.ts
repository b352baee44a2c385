/** One of several workers: reads, curates and identifies its share of the seed's listing. */
import { parentPort, workerData } from 'node:worker_threads';
import { prepare, readBytes, SEED_LISTING } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { readListing } from '../../src/ingest/listing.js';

const { share, of } = workerData as { share: number; of: number };
const documents = readListing('seed', readBytes(SEED_LISTING)).documents.filter((_, i) => i % of === share);
parentPort?.postMessage(prepare({ name: 'seed', documents, rejections: [] }, readKnowledge()).records);
