/** Reads the documents of a request. */
import type { Document } from '../model.js';
import { documentId } from './identify.js';

/** How long a title and a text may be, in UTF-16 units. */
export const TITLE_MAX = 500;
export const TEXT_MAX = 100_000;

/** A document as a request brings it. */
export interface DocumentInput {
  id?: string | null | undefined;
  title: string;
  text: string;
  url?: string | URL | null | undefined;
  /** ISO day */
  publishedOn?: string | null | undefined;
  arxivId?: string | null | undefined;
  isPaper?: boolean | null | undefined;
}

/** Why a text of a request is not taken, null when it is. */
export function refusesText(text: string, most: number): string | null {
  if (text.trim() === '') return 'is empty';
  if (text.length > most) return `has ${String(text.length)} characters; at most ${String(most)} are taken`;
  if (text.includes('\0')) return 'contains NUL characters; remove them';
  const broken = /\p{Surrogate}/u.exec(text);
  return broken ? `has half a surrogate pair at ${String(broken.index)}; the text was cut or decoded wrongly` : null;
}

/** Why an address of a request is not taken, null when it is. */
export const refusesUrl = (url: string): string | null =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? null : 'must be an http or https address';

const refusesId = (id: string): string | null =>
  /^[^\s\p{C}]{1,300}$/u.test(id) ? null : 'must have 1 to 300 characters, none of them a space';

const ARXIV = /^(?:arxiv:)?(\d{4}\.\d{4,5})(?:v\d+)?$/i;

const refusesArxiv = (id: string): string | null => (ARXIV.test(id) ? null : 'must look like 2405.14867');

/** One document of a request, or why it is not taken. */
function documentOf(input: DocumentInput): Document | string {
  const { id = null, title, text, publishedOn = null, arxivId = null, isPaper } = input;
  const url = input.url ? String(input.url) : null;
  const wrong = Object.entries({
    title: refusesText(title, TITLE_MAX),
    text: refusesText(text, TEXT_MAX),
    id: id === null ? null : refusesId(id),
    url: url === null ? null : refusesUrl(url),
    arxivId: arxivId === null ? null : refusesArxiv(arxivId),
  }).find(([, reason]) => reason !== null);
  if (wrong) return `${wrong[0]}: ${String(wrong[1])}`;
  return {
    id: id ?? documentId(title),
    title,
    text,
    url,
    publishedOn,
    year: publishedOn === null ? null : Number(publishedOn.slice(0, 4)),
    arxivId: ARXIV.exec(arxivId ?? '')?.[1] ?? null,
    isPaper: isPaper ?? true,
  };
}

/** A document that was not taken. */
export interface RejectedDocument {
  /** Its place in the request, from 0. */
  index: number;
  title: string;
  /** Names the field that is wrong and what to do. */
  reason: string;
}

/** The documents of a request, in its order, and what was not taken. Of two with one id the first is taken. */
export function readRequest(inputs: readonly DocumentInput[]): { documents: Document[]; rejected: RejectedDocument[] } {
  const documents: Document[] = [];
  const rejected: RejectedDocument[] = [];
  const places = new Map<string, number>();
  for (const [index, input] of inputs.entries()) {
    const document = documentOf(input);
    const reject = (reason: string): number => rejected.push({ index, title: input.title.slice(0, 200), reason });
    if (typeof document === 'string') reject(document);
    else if (places.has(document.id))
      reject(`id: ${document.id} is the id of the document at ${String(places.get(document.id))} already`);
    else {
      places.set(document.id, index);
      documents.push(document);
    }
  }
  return { documents, rejected };
}
