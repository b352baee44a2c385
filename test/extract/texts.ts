/** Texts that tests of the extractor invent, and what it makes of them. */
import { extract } from '../../src/extract/extract.js';
import { documentId } from '../../src/ingest/identify.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import type { Document } from '../../src/model.js';

/** The seed's. */
export const { vocabulary } = readKnowledge();

/** A paper of a title and a text. */
export const paper = (title: string, text: string): Document => ({
  id: documentId(title),
  title,
  text,
  url: null,
  publishedOn: null,
  year: null,
  arxivId: null,
  isPaper: true,
});

/** The facts of a text as sentences, each once, sorted. */
export function facts(title: string, text: string): string[] {
  const lines = extract(paper(title, text), vocabulary).facts.map(({ type, from, to, score }) => {
    const result = score ? ` ${score.metric} ${score.raw}${score.setting === null ? '' : ` (${score.setting})`}` : '';
    return `${from.kind === 'PAPER' ? 'paper' : from.name} ${type} ${to.name}${result}`;
  });
  return [...new Set(lines)].sort();
}

/** What the facts of a text name beside the paper, as `KIND name`, sorted. */
export function named(title: string, text: string): string[] {
  const ends = extract(paper(title, text), vocabulary).facts.flatMap(({ from, to }) => [from, to]);
  return [...new Set(ends.filter(({ kind }) => kind !== 'PAPER').map(({ kind, name }) => `${kind} ${name}`))].sort();
}
