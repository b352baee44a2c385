/** Files as text, piece by piece: what of them is UTF-8, and their lines. */
import type { Rejection } from '../model.js';

/** Why the bytes of a file are no text, null where they are. */
export function refusalOf(file: string, chunks: Iterable<Uint8Array>): Rejection | null {
  const refuse = (line: number | null, reason: string): Rejection => ({ file, line, reason });
  const strict = new TextDecoder('utf-8', { fatal: true });
  const lenient = new TextDecoder('utf-8');
  let line = 1;
  let first = true;
  try {
    for (const chunk of chunks) {
      if (first && isUtf16(chunk))
        return refuse(1, 'the file is UTF-16, not UTF-8; convert it with: iconv -f UTF-16 -t UTF-8');
      first &&= chunk.length === 0;
      const text = lenient.decode(chunk, { stream: true });
      const broken = text.indexOf('\uFFFD');
      line += text.slice(0, broken < 0 ? text.length : broken).split('\n').length - 1;
      strict.decode(chunk, { stream: true });
    }
    strict.decode();
  } catch {
    return refuse(line, 'the file is not UTF-8 (Latin-1?); convert it with: iconv -f LATIN1 -t UTF-8');
  }
  return first ? refuse(null, 'the file is empty') : null;
}

function isUtf16(chunk: Uint8Array): boolean {
  const [a, b] = chunk;
  const start = chunk.subarray(0, 4096);
  const zeros = start.filter((byte) => byte === 0).length;
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || zeros > start.length / 8;
}

/** The text of bytes that are UTF-8, without a byte order mark. */
export function* textOf(chunks: Iterable<Uint8Array>): Generator<string> {
  const decoder = new TextDecoder('utf-8');
  for (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The lines of a text, whatever ends them; the last has no end. */
export function* linesOf(pieces: Iterable<string>): Generator<string> {
  let rest = '';
  let held = '';
  for (const piece of pieces) {
    // A carriage return at the end of a piece may be half of what ends the line.
    const text = held + piece;
    held = text.endsWith('\r') ? '\r' : '';
    const [first = '', ...others] = text.slice(0, text.length - held.length).split(/\r\n|\n|\r/);
    rest += first;
    for (const line of others) {
      yield rest;
      rest = line;
    }
  }
  yield rest;
  if (held !== '') yield '';
}
