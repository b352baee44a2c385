/** Code repositories in a text: `https://github.com/OWNER/NAME` in whatever spelling. */
import { repoOf } from '../ingest/external.js';

export interface RepoSpan {
  url: string;
  /** UTF-16 offsets of the address in the text. */
  start: number;
  end: number;
}

/** An address ends before a space, a bracket, or a second address that follows without one. */
const ADDRESS =
  /(?:https?:\s?\/\/)?(?:www\.)?git(?:hub|lab)\.com\/[\w.-]+\/[\w.-]+?(?=https?:|[.,;:!?]*(?:[^\w.-]|$))/giu;

/** Every repository once, where it is first named. */
export function reposIn(text: string): RepoSpan[] {
  if (!/\.com\//i.test(text)) return [];
  const found = new Map<string, RepoSpan>();
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(/[.,;:]+$/, '');
    const repo = repoOf(address.replace(/\s/g, ''));
    if (repo && !found.has(repo.id))
      found.set(repo.id, { url: repo.url, start: match.index, end: match.index + address.length });
  }
  return [...found.values()];
}
