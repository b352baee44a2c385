/** A document as the extractor reads it: its words, its acronyms, its own sentences. */
import type { Document } from '../model.js';
import { contentOf } from '../model.js';
import type { Acronym } from './acronyms.js';
import { acronymsIn } from './acronyms.js';
import { OWN, OWN_NOUNS } from './cues.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import { sentencesOf } from './language.js';

export interface Reading {
  document: Document;
  content: string;
  /** The first `titles` sentences are the title. */
  sentences: Sentence[];
  titles: number;
  acronyms: Acronym[];
}

const TITLE_MAX = 500;
const URL = /https?:\s?\/\/[^\s<>"')\]}]+|www\.[^\s<>"')\]}]+/giu;

/** Addresses are no words; the full stop after one still ends its sentence. */
const withoutUrls = (text: string): string =>
  text.replace(URL, (url) => (url.endsWith('.') ? `${' '.repeat(url.length - 1)}.` : ' '.repeat(url.length)));

/** What LaTeX and Markdown put around words, as spaces, so that every offset stays. */
const MARKUP =
  /\\(?:href|url|textbf|textit|texttt|emph|mathbf|mathrm|mathcal|text|rm|bf|it|em)(?![a-z])|\\(?=[%&_#$])|[{}$~*]/gu;
const withoutMarkup = (text: string): string => text.replace(MARKUP, (mark) => ' '.repeat(mark.length));

/** A title in capitals throughout says nothing by them. */
const calm = (title: string): string => (/\p{Ll}/u.test(title) ? title : title.toLowerCase());

export function readingOf(document: Document): Reading | null {
  const content = contentOf(document);
  if (content === null) return null;
  const title = sentencesOf(withoutUrls(calm(document.title).slice(0, TITLE_MAX)));
  const shift = document.title.length + 2;
  const text = withoutMarkup(withoutUrls(content.slice(shift, shift + 20_000)));
  const body = sentencesOf(text, shift);
  const acronyms = acronymsIn(content.slice(0, shift + 20_000));
  return { document, content, sentences: [title.flat(), ...body], titles: 1, acronyms };
}

const owned = new WeakMap<Sentence, number>();

/** Where a sentence first speaks of the paper's own work; -1 where it does not. Asked of a sentence many times, it is read once. */
export function ownAt(words: Sentence): number {
  const before = owned.get(words);
  if (before !== undefined) return before;
  const at = readOwn(words);
  owned.set(words, at);
  return at;
}

function readOwn(words: Sentence): number {
  return words.findIndex(({ lower }, i) => {
    if (OWN.has(lower)) return true;
    if (lower === 'proposed' && wordAt(words, i - 1).lower === 'the') return true;
    return lower === 'this' && OWN_NOUNS.has(wordAt(words, i + 1).lower) && wordAt(words, i + 1).lower !== 'model';
  });
}
