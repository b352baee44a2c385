/** A listing, or dead letters, a batch at a time, so that a file of any length takes no more memory than its longest records. */
import type { Document, Rejection } from '../model.js';
import type { Source } from './ingest.js';
import { holdsLetters, mendedOf } from './letters.js';
import { entriesOf } from './listing.js';
import { refusalOf } from './text.js';

/** A file that can be read more than once. */
export interface Listing {
  name: string;
  /** Its bytes from the beginning, in pieces. */
  chunks: () => Iterable<Uint8Array>;
}

/** A listing that was gone through once: all of it is text, and so many documents are in it. */
export interface Surveyed {
  name: string;
  documents: number;
  /** Its documents and rejections in their order, at most `size` documents at a time; at least one source. */
  batches: (size: number) => Iterable<Source>;
}

/** Goes through a listing before anything is done with it: where its end is no text, its beginning is not taken either. */
export function surveyed({ name, chunks }: Listing): Surveyed {
  const refused = refusalOf(name, chunks());
  if (refused) return { name, documents: 0, batches: () => [{ name, documents: [], rejections: [refused] }] };
  const entries = holdsLetters(name) ? mendedOf : entriesOf;
  let documents = 0;
  for (const entry of entries(name, chunks())) if ('title' in entry) documents++;
  return { name, documents, batches: (size) => batchesOf(name, entries(name, chunks()), size) };
}

function* batchesOf(name: string, entries: Iterable<Document | Rejection>, size: number): Generator<Source> {
  let documents: Document[] = [];
  let rejections: Rejection[] = [];
  for (const entry of entries) {
    if ('reason' in entry) rejections.push(entry);
    else documents.push(entry);
    if (documents.length < size) continue;
    yield { name, documents, rejections };
    [documents, rejections] = [[], []];
  }
  yield { name, documents, rejections };
}
