/** Reads a listing: titles and abstracts as blocks between blank lines, behind an optional header. */
import type { Document, Rejection } from '../model.js';
import { documentId } from './identify.js';

const TITLE_MAX = 200;
const ABSTRACT_MIN = 300;

interface Block {
  /** 1-based line of its first character. */
  line: number;
  text: string;
}

const isTitle = ({ text }: Block): boolean => text.length <= TITLE_MAX && !text.endsWith('.');
const isAbstract = ({ text }: Block): boolean => text.length >= ABSTRACT_MIN;

/** The text of a file, or why it is none. */
function decode(file: string, bytes: Uint8Array): { text: string } | { rejection: Rejection } {
  const refuse = (line: number | null, reason: string): { rejection: Rejection } => ({
    rejection: { file, line, reason },
  });
  if (bytes.length === 0) return refuse(null, 'the file is empty');
  const [a, b] = bytes;
  const utf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  const zeros = bytes.subarray(0, 4096).filter((byte) => byte === 0).length;
  if (utf16 || zeros > Math.min(bytes.length, 4096) / 8)
    return refuse(1, 'the file is UTF-16, not UTF-8; convert it with: iconv -f UTF-16 -t UTF-8');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const lenient = new TextDecoder('utf-8').decode(bytes);
    const line = lenient.slice(0, lenient.indexOf('\uFFFD')).split('\n').length;
    return refuse(line, 'the file is not UTF-8 (Latin-1?); convert it with: iconv -f LATIN1 -t UTF-8');
  }
}

/**
 * The documents of a listing, in its order, and what was not taken. A title without its abstract, an abstract
 * without its title, a repeated title and a record with NUL are one rejection each and shift nothing.
 */
export function readListing(file: string, bytes: Uint8Array): { documents: Document[]; rejections: Rejection[] } {
  const decoded = decode(file, bytes);
  if ('rejection' in decoded) return { documents: [], rejections: [decoded.rejection] };
  const body = withoutHeader(blocksOf(decoded.text));
  if (body.length === 0) {
    const reason = `no title (at most ${String(TITLE_MAX)} characters, no final full stop) followed by an abstract (at least ${String(ABSTRACT_MIN)} characters) was found`;
    return { documents: [], rejections: [{ file, line: null, reason }] };
  }
  const documents: Document[] = [];
  const rejections: Rejection[] = [];
  const lineOf = new Map<string, number>();
  const reject = ({ line }: Block, reason: string): number => rejections.push({ file, line, reason });
  for (let i = 0; i < body.length; i++) {
    const block = body[i];
    const next = body[i + 1];
    if (!block) continue;
    if (!isTitle(block)) reject(block, orphanReason(block));
    else if (!next || !isAbstract(next)) reject(block, `the title ${shown(block.text)} has no abstract after it`);
    else {
      i++;
      const document = documentOf(block.text, next.text);
      const first = lineOf.get(document.id);
      if (first !== undefined) reject(block, `the title ${shown(block.text)} stands at line ${String(first)} already`);
      else if (`${document.title}${document.text ?? ''}`.includes('\0'))
        reject(block, 'the record contains NUL characters; remove them');
      else {
        lineOf.set(document.id, block.line);
        documents.push(document);
      }
    }
  }
  return { documents, rejections };
}

const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);

const orphanReason = (block: Block): string =>
  isAbstract(block)
    ? `the abstract ${shown(block.text)} has no title before it`
    : `${shown(block.text)} is neither a title (at most ${String(TITLE_MAX)} characters, no final full stop) nor an abstract (at least ${String(ABSTRACT_MIN)} characters)`;

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

/** From the first title that an abstract follows. */
const withoutHeader = (blocks: Block[]): Block[] => {
  const start = blocks.findIndex((block, i) => isTitle(block) && isAbstract(blocks[i + 1] ?? { line: 0, text: '' }));
  return start < 0 ? [] : blocks.slice(start);
};

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const [i, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trim();
    if (line === '') open = null;
    else if (open) open.text += `\n${line}`;
    else blocks.push((open = { line: i + 1, text: line }));
  }
  return blocks;
}
