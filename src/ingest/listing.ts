/** Reads a listing, piece by piece: titles and abstracts as blocks between blank lines, behind an optional header. */
import type { Document, Rejection } from '../model.js';
import { documentId } from './identify.js';
import { linesOf, refusalOf, textOf } from './text.js';

const TITLE_MAX = 200;
const ABSTRACT_MIN = 300;

interface Block {
  /** 1-based line of its first character. */
  line: number;
  text: string;
}

const isTitle = ({ text }: Block): boolean => text.length <= TITLE_MAX && !text.endsWith('.');
const isAbstract = ({ text }: Block): boolean => text.length >= ABSTRACT_MIN;

/** The documents of a listing, and what was not taken, in its order, as `entriesOf` gives them one by one. */
export function readListing(file: string, bytes: Uint8Array): { documents: Document[]; rejections: Rejection[] } {
  const refused = refusalOf(file, [bytes]);
  const entries = refused === null ? [...entriesOf(file, [bytes])] : [refused];
  return {
    documents: entries.filter((entry) => 'title' in entry),
    rejections: entries.filter((entry) => 'reason' in entry),
  };
}

/**
 * The documents of a listing, in its order, and what was not taken. A title without its abstract, an abstract
 * without its title, a repeated title and a record with NUL are one rejection each and shift nothing. Of what was read
 * only the ids and lines of documents are kept.
 */
export function* entriesOf(file: string, chunks: Iterable<Uint8Array>): Generator<Document | Rejection> {
  const lineOf = new Map<string, number>();
  let begun = false;
  for (const [block, next] of pairsOf(blocksOf(linesOf(textOf(chunks))))) {
    const isRecord = isTitle(block) && next !== null && isAbstract(next);
    begun ||= isRecord;
    if (!begun) continue;
    const taken = isRecord ? documentOf(block.text, next.text) : orphanReason(block);
    const reason = typeof taken === 'string' ? taken : refuses(block, taken, lineOf.get(taken.id));
    const record = isRecord ? `${block.text}\n\n${next.text}` : block.text;
    if (reason !== null) yield { file, line: block.line, reason, record };
    else if (typeof taken !== 'string') {
      lineOf.set(taken.id, block.line);
      yield taken;
    }
  }
  if (!begun) yield { file, line: null, reason: NOTHING_FOUND };
}

const NOTHING_FOUND = `no title (at most ${String(TITLE_MAX)} characters, no final full stop) followed by an abstract (at least ${String(ABSTRACT_MIN)} characters) was found`;

/** Every block with the one behind it, but for abstracts that belong to the title before them. */
function* pairsOf(blocks: Iterable<Block>): Generator<[Block, Block | null]> {
  let before: Block | null = null;
  for (const block of blocks) {
    if (before !== null) yield [before, block];
    before = before !== null && isTitle(before) && isAbstract(block) ? null : block;
  }
  if (before !== null) yield [before, null];
}

/** Why a document is not taken, null where it is. @param first the line at which its title stood before */
function refuses({ text }: Block, document: Document, first: number | undefined): string | null {
  if (first !== undefined) return `the title ${shown(text)} stands at line ${String(first)} already`;
  const whole = `${document.title}${document.text ?? ''}`;
  return whole.includes('\0') ? 'the record contains NUL characters; remove them' : null;
}

const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);

const orphanReason = (block: Block): string => {
  if (isTitle(block)) return `the title ${shown(block.text)} has no abstract after it`;
  return isAbstract(block)
    ? `the abstract ${shown(block.text)} has no title before it`
    : `${shown(block.text)} is neither a title (at most ${String(TITLE_MAX)} characters, no final full stop) nor an abstract (at least ${String(ABSTRACT_MIN)} characters)`;
};

const documentOf = (title: string, text: string): Document => {
  const oneLine = title.replace(/\s*\n\s*/g, ' ');
  return {
    id: documentId(oneLine),
    title: oneLine,
    text,
    url: null,
    publishedOn: null,
    year: null,
    arxivId: null,
    isPaper: true,
  };
};

function* blocksOf(lines: Iterable<string>): Generator<Block> {
  let open: Block | null = null;
  let number = 0;
  for (const raw of lines) {
    number++;
    const line = raw.trim();
    if (line === '' && open) yield open;
    if (line === '') open = null;
    else if (open) open.text += `\n${line}`;
    else open = { line: number, text: line };
  }
  if (open) yield open;
}
