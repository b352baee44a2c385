/** From files to graph records: read → extract → identify, each stage pure, then write. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { badInput, reasonOf, StemmaError } from '../errors.js';
import { fromPackage } from '../files.js';
import type { Engine } from '../graph/engine.js';
import { writeMeta } from '../graph/meta.js';
import { writeRecords } from '../graph/write.js';
import type { Document, Fact, Mention, Method, Rejection } from '../model.js';
import type { Listing } from './batches.js';
import { curatedFacts } from './curated.js';
import type { GraphRecords, Reading } from './identify.js';
import { identifyAll } from './identify.js';
import type { Knowledge } from './knowledge.js';
import { curationOf, yamlFiles } from './knowledge.js';
import { readListing } from './listing.js';
import type { DocumentInput, RejectedDocument } from './request.js';
import { readRequest } from './request.js';
import type { Vocabulary } from './vocabulary.js';

/** Everything that the stages made of a file. */
export interface Ingest {
  /** What each document says, before identity is decided. */
  readings: Reading[];
  records: GraphRecords;
  rejections: Rejection[];
}

/** What a source gave: documents whose text may come from anywhere, and what was not taken. */
export interface Source {
  /** What the documents came in: a file, a request. */
  name: string;
  documents: readonly Document[];
  rejections: readonly Rejection[];
}

/**
 * Turns a document into facts, all of method EXTRACTED, and everything that it names; null where it could not be read,
 * so that what was extracted from it before stays.
 */
export type Extractor = (document: Document, vocabulary: Vocabulary) => { facts: Fact[]; mentions: Mention[] } | null;

export interface PrepareOptions {
  /** Readings that come along with the source. */
  alongside?: readonly Reading[];
  /** Reads the documents that nobody curated; without it they keep what was extracted from them before. */
  extract?: Extractor | null;
}

/** A curated document is not extracted from, so what was extracted from it before goes. */
const METHODS: readonly Method[] = ['IMPORTED', 'CURATED', 'EXTRACTED'];

/** The reading of one document: what its curation says where its title has one, else what is extracted from it. */
function readingOf(
  document: Document,
  knowledge: Knowledge,
  extract: Extractor | null,
): { reading: Reading; rejections: Rejection[] } {
  const curation = curationOf(knowledge, document.title);
  // What is no paper says nothing of a paper that it would be.
  const said = (facts: Fact[]): Fact[] => facts.filter(({ from }) => document.isPaper || from.kind !== 'PAPER');
  if (curation) {
    const { facts, rejections } = curatedFacts(curation, document);
    return { reading: { document, methods: METHODS, facts: said(facts), mentions: curation.mentions }, rejections };
  }
  const extracted = extract?.(document, knowledge.vocabulary);
  const reading: Reading = extracted
    ? { document, methods: METHODS, facts: said(extracted.facts), mentions: extracted.mentions }
    : { document, methods: ['IMPORTED', 'CURATED'], facts: [], mentions: [] };
  return { reading, rejections: [] };
}

/** extract → identify for the documents of one source, with readings that come along; nothing is written. */
export function prepare(
  source: Source,
  knowledge: Knowledge,
  { alongside = [], extract = null }: PrepareOptions = {},
): Ingest {
  const read = source.documents.map((document) => readingOf(document, knowledge, extract));
  const own = new Set(source.documents.map(({ id }) => id));
  const doubled = alongside.filter(({ document }) => own.has(document.id));
  const readings = [
    ...read.map(({ reading }) => reading),
    ...alongside.filter(({ document }) => !own.has(document.id)),
  ];
  return {
    readings,
    records: identifyAll(readings, knowledge.vocabulary),
    rejections: [
      ...source.rejections,
      ...read.flatMap(({ rejections }) => rejections),
      ...doubled.map(({ document }) => ({
        file: source.name,
        line: null,
        reason: `${JSON.stringify(document.title)} is in the listing and a landmark; keep the listing's`,
      })),
    ],
  };
}

/** read → extract → identify for one listing; nothing is written. */
export const prepareListing = (
  file: string,
  bytes: Uint8Array,
  knowledge: Knowledge,
  options: PrepareOptions = {},
): Ingest => prepare({ name: file, ...readListing(file, bytes) }, knowledge, options);

/** The extractor by rules. It brings a language model of 4 MB, so it is loaded where it is needed only. */
export const loadExtractor = async (): Promise<Extractor> => (await import('../extract/extract.js')).extract;

/** What became of the documents of a request. */
export interface Ingested {
  /** In the order of the request. */
  stored: StoredReading[];
  rejected: RejectedDocument[];
}

/** A document that was stored with what it says. */
export interface StoredReading {
  /** document id */
  document: string;
  /** How many entities it mentions, the paper it is among them. */
  entities: number;
  facts: number;
  /** Why curated facts about it were not taken, such as a quote that is not in this text. */
  rejectedFacts: string[];
}

/** How many documents one request may bring. */
const DOCUMENTS_MAX = 100;

/**
 * read → extract → identify → write for the documents of one request; what is taken is one transaction.
 * @throws BAD_USER_INPUT for more than 100 documents
 */
export async function ingestRequest(
  inputs: readonly DocumentInput[],
  knowledge: Knowledge,
  write: (records: GraphRecords) => Promise<void>,
): Promise<Ingested> {
  if (inputs.length > DOCUMENTS_MAX)
    throw badInput('documents', `give at most ${String(DOCUMENTS_MAX)}, not ${String(inputs.length)}`);
  const { documents, rejected } = readRequest(inputs);
  const extract = await loadExtractor();
  const ingests = documents.map((document) =>
    prepare({ name: 'request', documents: [document], rejections: [] }, knowledge, { extract }),
  );
  const all = ingests.map(({ records }) => records);
  if (documents.length > 0)
    await write({
      documents,
      readings: all.flatMap(({ readings }) => readings),
      mentions: all.flatMap(({ mentions }) => mentions),
      facts: all.flatMap(({ facts }) => facts),
    });
  const stored = ingests.map(({ records, rejections }, i) => ({
    document: documents[i]?.id ?? '',
    entities: new Set(records.mentions.map(({ id }) => id)).size,
    facts: records.facts.length,
    rejectedFacts: rejections.map(({ reason }) => reason),
  }));
  return { stored, rejected };
}

/** The seed's own listing. */
export const SEED_LISTING = fromPackage('seed', 'huggingface-papers-distillation.txt');

/** @throws BAD_USER_INPUT when a file cannot be read */
function tried<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new StemmaError(
      'BAD_USER_INPUT',
      `${file} cannot be read (${reasonOf(error)}); give the path of a listing`,
      {},
      { cause: error },
    );
  }
}

/** The bytes of a file. @throws BAD_USER_INPUT when it cannot be read */
export const readBytes = (file: string): Uint8Array => tried(file, () => readFileSync(file));

/** A file as a listing; what can be read only once, such as a pipe, is read at once. @throws BAD_USER_INPUT when it cannot be read */
export function openListing(file: string): Listing {
  if (tried(file, () => statSync(file)).isFile()) return { name: file, chunks: () => chunksOf(file) };
  const bytes = readBytes(file);
  return { name: file, chunks: () => [bytes] };
}

const CHUNK_BYTES = 1 << 16;

function* chunksOf(file: string): Generator<Uint8Array> {
  const opened = tried(file, () => openSync(file, 'r'));
  try {
    for (;;) {
      const chunk = new Uint8Array(CHUNK_BYTES);
      const length = tried(file, () => readSync(opened, chunk, 0, CHUNK_BYTES, null));
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    closeSync(opened);
  }
}

/** Stands for the seed while it is being loaded: a load that was cut off is taken up at the next start. */
export const SEED_LOADING = 'loading';

/** Which seed a graph was loaded from is remembered under this name. */
export const SEED_META = 'seed';

/** What identifies the seed that this program brings: a hash of its files, which are not parsed for it. */
export function seedDigest(): string {
  const hash = createHash('sha256');
  const folders = ['curated', 'vocabulary', 'landmarks'].map((folder) => fromPackage('seed', folder));
  for (const path of [SEED_LISTING, ...folders.flatMap(yamlFiles)]) hash.update(basename(path)).update(readBytes(path));
  return hash.digest('hex');
}

export interface SeedOptions {
  /** Whether facts of public knowledge are loaded beside what the listing says. */
  landmarks: boolean;
  /** Told how many documents are durable, of how many. */
  progress: (documents: number, of: number) => void;
}

/** Writes the seed: the listing with its curated facts, and the landmarks. */
export async function loadSeed(
  engine: Engine,
  knowledge: Knowledge,
  { landmarks, progress }: SeedOptions,
): Promise<Ingest> {
  const known = landmarks ? knowledge.landmarks : [];
  const ingest = prepareListing(basename(SEED_LISTING), readBytes(SEED_LISTING), knowledge, { alongside: known });
  await writeMeta(engine, SEED_META, SEED_LOADING);
  await writeRecords(engine, ingest.records, new Date().toISOString(), (documents) => {
    progress(documents, ingest.readings.length);
  });
  await writeMeta(engine, SEED_META, seedDigest());
  return ingest;
}
