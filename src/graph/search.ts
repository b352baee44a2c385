/** Full-text search over names, aliases, descriptions and abstracts. */
import { badInput } from '../errors.js';
import { queryWords, wholeNameToken } from '../ingest/names.js';
import type { Entity } from '../model.js';
import type { EntityKind } from '../ontology.js';
import type { Page, PageArgs } from './cursor.js';
import { keysAfter, pageOf, pageSize } from './cursor.js';
import type { Hit, TextQuery } from './engine.js';
import type { Reader } from './reader.js';

export interface SearchArgs extends PageArgs {
  text: string;
  kinds?: readonly EntityKind[] | null;
  /** Whether the total will be asked for too, so that all hits are found at once. */
  counted?: boolean;
}

/** One entity that a search found. */
export interface Found extends Hit {
  /** What was searched for. */
  text: string;
}

/** How many hits a search finds at most, over all its pages. */
const HITS_MAX = 1_000;

/** Of a word that is misspelt, this share of its trigrams must be right. */
const TYPO_SHARE = 0.5;

/** What a text must satisfy, and what it must where nothing does. */
function readingsOf(text: string, kinds: SearchArgs['kinds']): TextQuery[] {
  const words = queryWords(text);
  if (words.length === 0) throw badInput('text', 'has no letter or digit to search for');
  const common = { boost: wholeNameToken(text), kinds: (kinds ?? []).map((kind) => `x${kind.toLowerCase()}`) };
  const needing = (need: (grams: number) => number): TextQuery => ({
    ...common,
    groups: words.map(({ word, grams }) => ({ word, grams, need: Math.max(1, need(grams.length)) })),
  });
  return [needing((grams) => grams), needing((grams) => Math.ceil(grams * TYPO_SHARE))];
}

/**
 * Entities that have every word of the text, as a word anywhere or as a part of a name; if there are none, those
 * whose names come near. Ordered by (score, id), the best first.
 * @throws BAD_USER_INPUT for a text without letters or digits, or with more than 500 characters
 */
export async function search({ search: find }: Reader, { counted = false, ...args }: SearchArgs): Promise<Page<Found>> {
  const { text, kinds, after } = args;
  const size = pageSize(args.first);
  if (text.length > 500) throw badInput('text', `has ${String(text.length)} characters; at most 500 are searched for`);
  const readings = readingsOf(text, kinds);
  const hitsUpTo = async (limit: number): Promise<Hit[]> => {
    if (kinds?.length === 0) return [];
    for (const reading of readings) {
      const hits = await find(reading, limit);
      if (hits.length > 0) return hits;
    }
    return [];
  };
  const query = ['search', text, kinds ?? null];
  const behind = keysAfter(query, after, 2);
  // The first page needs no more than itself; where later ones begin is found among all.
  const limit = behind || counted ? HITS_MAX : size + 1;
  const hits = await hitsUpTo(limit);
  const [score, id] = behind ?? [Infinity, ''];
  const further = hits.filter((hit) => hit.score < Number(score) || (hit.score === score && hit.id > String(id)));
  return pageOf(query, further, {
    size,
    after,
    keys: (hit) => [hit.score, hit.id],
    item: (hit) => ({ ...hit, text }),
    count: async () => (hits.length < limit || limit === HITS_MAX ? hits : await hitsUpTo(HITS_MAX)).length,
  });
}

/** A piece of plain text with the places where the words of a query stand in it, as UTF-16 offsets. */
export interface Snippet {
  snippet: string;
  highlights: { start: number; end: number }[];
}

const SNIPPET_LENGTH = 240;

/** The piece of an entity's texts that shows best why it answers a query. */
export function snippetOf(entity: Entity, text: string): Snippet {
  const { name, aliases, description, abstract } = entity;
  const wanted = new Set(queryWords(text).map(({ word }) => word));
  const texts = [abstract, description, aliases.length > 0 ? `${name} (${aliases.join(', ')})` : name];
  const [best] = texts
    .flatMap((source) => (source === null ? [] : [bestWindow(source, wanted)]))
    .sort((a, b) => b.found - a.found);
  return best ? { snippet: best.snippet, highlights: best.highlights } : { snippet: name, highlights: [] };
}

function bestWindow(text: string, wanted: ReadonlySet<string>): Snippet & { found: number } {
  const all = [...text.matchAll(/[\p{L}\p{N}+#-]+|[\p{L}\p{N}]+/gu)].flatMap((match) =>
    matchesIn(match[0], match.index, wanted),
  );
  let from = 0;
  let most = -1;
  for (const { start } of all) {
    const inside = new Set(
      all.filter((hit) => hit.start >= start && hit.end <= start + SNIPPET_LENGTH - 40).map(({ word }) => word),
    );
    if (inside.size > most) [most, from] = [inside.size, start];
  }
  const begin = from < 40 ? 0 : text.lastIndexOf(' ', from - 20) + 1;
  const cut = begin + SNIPPET_LENGTH >= text.length ? text.length : text.lastIndexOf(' ', begin + SNIPPET_LENGTH);
  const end = cut <= from ? Math.min(text.length, begin + SNIPPET_LENGTH) : cut;
  const highlights = all
    .filter((hit) => hit.start >= begin && hit.end <= end)
    .map((hit) => ({ start: hit.start - begin, end: hit.end - begin }));
  return { snippet: text.slice(begin, end), highlights, found: Math.max(0, most) };
}

/** A written word answers as a whole, or by the parts between its hyphens. */
function matchesIn(
  written: string,
  at: number,
  wanted: ReadonlySet<string>,
): { start: number; end: number; word: string }[] {
  const answers = (part: string): string | undefined => {
    const found = queryWords(part);
    return found.length === 1
      ? [...wanted].find((word) => word === found[0]?.word || isPartOf(word, found[0]?.word ?? ''))
      : undefined;
  };
  return [...written.matchAll(/[^-]+/g)].flatMap(({ 0: part, index }) => {
    const word = answers(part);
    return word === undefined ? [] : [{ start: at + index, end: at + index + part.length, word }];
  });
}

const isPartOf = (word: string, written: string): boolean =>
  word.length > 3 && written.slice(1).includes(word.slice(1));
