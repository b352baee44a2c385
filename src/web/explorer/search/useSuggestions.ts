import { useEffect, useState } from 'react';
import type { EntityKind } from '../../../ontology.js';
import { SuggestDocument, type SuggestQuery } from '../../generated/graphql.js';
import { ask, AskError } from '../ask.js';

/** How long typing must rest before it is asked about, in ms. */
const REST = 120;

export type Suggestion = SuggestQuery['search']['nodes'][number];

interface Suggestions {
  /** The text that they answer; while more is typed it is not yet the one in the box. */
  text: string;
  nodes: Suggestion[];
  totalCount: number;
}

/**
 * What a text may mean, at most 8. While more is typed the earlier suggestions stay; what is no longer of interest
 * is aborted. null until there is something to show.
 */
export function useSuggestions(text: string, kinds: readonly EntityKind[] | undefined): Suggestions | null {
  const [found, setFound] = useState<Suggestions | null>(null);
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === '') {
      setFound(null);
      return;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      ask(SuggestDocument, { text: wanted, kinds: kinds && [...kinds] }, controller.signal).then(
        ({ search }) => setFound({ text: wanted, ...search }),
        (error: unknown) => {
          if (error instanceof AskError) setFound(null);
        },
      );
    }, REST);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [wanted, kinds]);
  return wanted === '' ? null : found;
}
