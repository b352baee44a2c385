/** From files to graph records: read → extract → identify, each stage pure, then write. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { reasonOf, StemmaError } from '../errors.js';
import { fromPackage } from '../files.js';
import type { Engine } from '../graph/engine.js';
import { writeMeta, writeRecords } from '../graph/write.js';
import type { Document, Fact, Rejection } from '../model.js';
import { ENTITY_KINDS, KINDS } from '../ontology.js';
import type { Curation } from './curated.js';
import { curatedFacts, readCuration } from './curated.js';
import type { GraphRecords, Reading } from './identify.js';
import { identifyAll } from './identify.js';
import { readListing } from './listing.js';
import type { Term, Vocabulary } from './vocabulary.js';
import { vocabularyOf } from './vocabulary.js';

/** What people know beforehand: curated facts and the vocabulary. */
export interface Knowledge {
  /** by title */
  curations: ReadonlyMap<string, Curation>;
  vocabulary: Vocabulary;
  rejections: Rejection[];
  /** SHA-256 of all files it was read from */
  digest: string;
}

const TermFile = z.array(
  z.strictObject({
    kind: z.enum(['Paper', 'Technique', 'Dataset', 'Model', 'Repo']),
    name: z.string().trim().min(1),
    aliases: z.array(z.string().trim().min(1)).default([]),
    description: z.string().trim().min(1).optional(),
  }),
);

const yamlFiles = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => /\.ya?ml$/.test(file))
        .sort()
        .map((file) => join(directory, file))
    : [];

/** The seed's own listing. */
export const SEED_LISTING = fromPackage('seed', 'huggingface-papers-distillation.txt');

/** Reads the curations and the vocabulary under a directory laid out like `seed/`. */
export function readKnowledge(directory: string = fromPackage('seed')): Knowledge {
  const hash = createHash('sha256');
  const load = (path: string): string => {
    const source = readFileSync(path, 'utf8');
    hash.update(`${basename(path)}\n${source}\n`);
    return source;
  };
  const rejections: Rejection[] = [];
  const curations = new Map<string, Curation>();
  for (const path of yamlFiles(join(directory, 'curated'))) {
    const file = basename(path);
    const { curation, rejections: wrong } = readCuration(file, load(path));
    rejections.push(...wrong);
    const other = curation && curations.get(curation.title);
    if (other) rejections.push({ file, line: 1, reason: `${other.file} curates the same document; join the two files` });
    else if (curation) curations.set(curation.title, curation);
  }
  const terms = yamlFiles(join(directory, 'vocabulary')).flatMap((path) => readTerms(basename(path), load(path), rejections));
  const names = [...curations.values()].flatMap(({ mentions }) => mentions.filter(({ local }) => local !== true));
  const { vocabulary, conflicts } = vocabularyOf(terms, names);
  return { curations, vocabulary, rejections: [...rejections, ...conflicts], digest: hash.digest('hex') };
}

function readTerms(file: string, source: string, rejections: Rejection[]): Term[] {
  try {
    const terms = TermFile.parse(parse(source));
    const kinds = new Map(KINDS.map((kind) => [ENTITY_KINDS[kind].label as string, kind]));
    return terms.map(({ kind, description, ...term }) => ({
      ...term,
      kind: kinds.get(kind) ?? 'TECHNIQUE',
      description: description ?? null,
    }));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : reasonOf(error);
    rejections.push({ file, line: null, reason });
    return [];
  }
}

/** Everything that the stages made of a file. */
export interface Ingest {
  documents: Document[];
  facts: Fact[];
  records: GraphRecords;
  rejections: Rejection[];
}

/** read → extract → identify for one listing; nothing is written. */
export function prepare(file: string, bytes: Uint8Array, knowledge: Knowledge): Ingest {
  const { documents, rejections } = readListing(file, bytes);
  const readings: Reading[] = documents.map((document) => {
    const curation = knowledge.curations.get(document.title);
    if (!curation) return { document, methods: ['IMPORTED', 'CURATED'], facts: [], mentions: [] };
    const curated = curatedFacts(curation, document);
    rejections.push(...curated.rejections);
    return { document, methods: ['IMPORTED', 'CURATED'], facts: curated.facts, mentions: curation.mentions };
  });
  return {
    documents,
    facts: readings.flatMap(({ facts }) => facts),
    records: identifyAll(readings, knowledge.vocabulary),
    rejections,
  };
}

/** The bytes of a file. @throws BAD_USER_INPUT when it cannot be read */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new StemmaError('BAD_USER_INPUT', `${file} cannot be read (${reasonOf(error)}); give the path of a listing`, {}, { cause: error });
  }
}

/** Which seed a graph was loaded from is remembered under this name. */
export const SEED_META = 'seed';

/** What identifies the seed that this program brings. */
export const seedDigest = (knowledge: Knowledge): string =>
  createHash('sha256').update(knowledge.digest).update(readBytes(SEED_LISTING)).digest('hex');

/** Writes the seed: the listing with its curated facts. */
export async function loadSeed(engine: Engine, knowledge: Knowledge, progress: (documents: number, of: number) => void): Promise<Ingest> {
  const ingest = prepare(basename(SEED_LISTING), readBytes(SEED_LISTING), knowledge);
  await writeRecords(engine, ingest.records, new Date().toISOString(), (documents) => {
    progress(documents, ingest.documents.length);
  });
  await writeMeta(engine, SEED_META, seedDigest(knowledge));
  return ingest;
}
