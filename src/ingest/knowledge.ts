/** Reads what people know beforehand: curated facts, the vocabulary, landmarks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StemmaError } from '../errors.js';
import { fromPackage } from '../files.js';
import type { Rejection } from '../model.js';
import type { Curation } from './curated.js';
import { readCuration } from './curated.js';
import { documentId } from './identify.js';
import type { Reading } from './identify.js';
import { readLandmarks } from './landmarks.js';
import { readTerms } from './terms.js';
import type { Vocabulary } from './vocabulary.js';
import { vocabularyOf } from './vocabulary.js';

/** What people know beforehand: curated facts and the vocabulary. */
export interface Knowledge {
  /** by the id that a document has by its title */
  curations: ReadonlyMap<string, Curation>;
  vocabulary: Vocabulary;
  /** Facts of public knowledge, each with its document. */
  landmarks: Reading[];
  rejections: Rejection[];
}

/** What people curated of the document that has a title, in whatever case; null where nobody did. */
export const curationOf = ({ curations }: Pick<Knowledge, 'curations'>, title: string): Curation | null =>
  curations.get(documentId(title)) ?? null;

/** The YAML files of a folder, by name. */
export const yamlFiles = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory)
        .filter((file) => /\.ya?ml$/.test(file))
        .sort()
        .map((file) => join(directory, file))
    : [];

/** Reads the curations, the vocabulary and the landmarks under a directory laid out like `seed/`. */
export function readKnowledge(directory: string = fromPackage('seed')): Knowledge {
  if (!existsSync(directory))
    throw new StemmaError(
      'BAD_USER_INPUT',
      `${directory} is no directory; it must hold curated/ and may hold vocabulary/ and landmarks/`,
    );
  const load = (path: string): string => readFileSync(path, 'utf8');
  const rejections: Rejection[] = [];
  const curations = new Map<string, Curation>();
  for (const path of yamlFiles(join(directory, 'curated'))) {
    const file = basename(path);
    const { curation, rejections: wrong } = readCuration(file, load(path));
    rejections.push(...wrong);
    const other = curation && curations.get(documentId(curation.title));
    if (other)
      rejections.push({ file, line: 1, reason: `${other.file} curates the same document; join the two files` });
    else if (curation) curations.set(documentId(curation.title), curation);
  }
  const terms = yamlFiles(join(directory, 'vocabulary')).flatMap((path) => {
    const { terms: read, rejections: wrong } = readTerms(basename(path), load(path));
    rejections.push(...wrong);
    return read;
  });
  const landmarks: Reading[] = [];
  for (const path of yamlFiles(join(directory, 'landmarks'))) {
    const file = basename(path);
    const { readings, rejections: wrong } = readLandmarks(file, load(path));
    rejections.push(...wrong);
    for (const reading of readings)
      if (!landmarks.some(({ document }) => document.id === reading.document.id)) landmarks.push(reading);
      else
        rejections.push({
          file,
          line: null,
          reason: `${JSON.stringify(reading.document.title)} is a landmark already; join the two`,
        });
  }
  const mentions = [...[...curations.values()], ...landmarks].flatMap((source) => source.mentions);
  const names = mentions.filter(({ local }) => local !== true);
  const { vocabulary, conflicts } = vocabularyOf(terms, [...names, ...papersOf(curations, landmarks)]);
  return { curations, vocabulary, landmarks, rejections: [...rejections, ...conflicts] };
}

/** The papers that are known, by title and arXiv id, so that whoever names one by either means the same. */
const papersOf = (curations: ReadonlyMap<string, Curation>, landmarks: readonly Reading[]) =>
  [
    ...[...curations.values()].map(({ title }) => ({ title, arxivId: null })),
    ...landmarks.flatMap(({ document }) => (document.isPaper ? [document] : [])),
  ].map(({ title, arxivId }) => ({ kind: 'PAPER' as const, name: title, ids: arxivId === null ? [] : [arxivId] }));
