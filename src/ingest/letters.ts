/** Dead letters: what was not taken, in a file that is read like a listing once it is mended. One JSON object a line. */
import { z } from 'zod';
import type { Document, Rejection } from '../model.js';
import { entriesOf } from './listing.js';
import { linesOf, textOf } from './text.js';

/** Whether a file holds dead letters rather than a listing. */
export const holdsLetters = (file: string): boolean => file.endsWith('.jsonl');

/** The line that keeps a rejection. */
export const letterOf = ({ file, line, reason, record }: Rejection): string =>
  JSON.stringify({ file, line, reason, record: record ?? null });

const Letter = z.object({
  file: z.string(),
  line: z.int().min(1).nullable(),
  reason: z.string(),
  record: z.string().nullable(),
});

/** The documents of mended dead letters, in their order, and what is still not taken: by the file and line it came from. */
export function* mendedOf(file: string, chunks: Iterable<Uint8Array>): Generator<Document | Rejection> {
  const seen = new Set<string>();
  let number = 0;
  for (const line of linesOf(textOf(chunks))) {
    number++;
    if (line.trim() !== '') yield* mended({ file, line: number, text: line }, seen);
  }
}

function* mended(at: { file: string; line: number; text: string }, seen: Set<string>): Generator<Document | Rejection> {
  const letter = letterIn(at.text);
  const { record, ...origin } = letter ?? { file: at.file, line: at.line, reason: NO_LETTER, record: at.text };
  if (record === null || letter === null) {
    yield { ...origin, ...(record === null ? {} : { record }) };
    return;
  }
  for (const entry of entriesOf(origin.file, [new TextEncoder().encode(record)])) {
    if ('reason' in entry) {
      const line = entry.line === null || origin.line === null ? null : origin.line + entry.line - 1;
      yield entry.line === null ? { ...origin, record } : { ...entry, line };
    } else if (seen.has(entry.id)) {
      yield { ...origin, reason: `the title ${JSON.stringify(entry.title)} stands in ${at.file} already`, record };
    } else {
      seen.add(entry.id);
      yield entry;
    }
  }
}

const NO_LETTER =
  'is no dead letter, which is an object with file, line, reason and record, as ingest --rejected writes it';

function letterIn(text: string): z.infer<typeof Letter> | null {
  try {
    return Letter.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
