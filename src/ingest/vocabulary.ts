/** The vocabulary: canonical names with their spellings, as data. */
import type { Rejection } from '../model.js';
import type { EntityKind } from '../ontology.js';
import { externalId, keyOf } from './external.js';
import { slug } from './names.js';

export interface Term {
  kind: EntityKind;
  name: string;
  /** Spellings that mean this thing in every document. */
  aliases: readonly string[];
  description: string | null;
  /** Whether its spellings are also ordinary words or other things' names, so that they alone do not show it. */
  ambiguous: boolean;
}

/** Which term a name of a kind means, everywhere. */
export interface Vocabulary {
  find(kind: EntityKind, name: string): Term | null;
  /** What the vocabulary's files define. */
  terms: readonly Term[];
  /** What curations and landmarks call by one name, without other spellings. */
  names: readonly Term[];
}

const place = (kind: EntityKind, name: string): string => `${kind} ${keyOf(kind, name)}`;

/**
 * Builds a vocabulary. `terms` are looked up by name and alias; `names` by their name and external ids only, so that
 * an acronym of one document never speaks for another. A term wins over a name; among equals the smallest name wins, whatever
 * the order of the input.
 * @returns also the aliases that two terms claim; neither has them.
 */
export function vocabularyOf(
  terms: readonly Term[],
  names: readonly { kind: EntityKind; name: string; ids?: readonly string[] }[] = [],
): { vocabulary: Vocabulary; conflicts: Rejection[] } {
  const byPlace = new Map<string, Term>();
  const claimed = new Map<string, Set<Term>>();
  for (const term of terms)
    for (const spelling of [term.name, ...term.aliases]) {
      const at = place(term.kind, spelling);
      claimed.set(at, (claimed.get(at) ?? new Set()).add(term));
    }
  const conflicts: Rejection[] = [];
  for (const [at, claimants] of claimed) {
    const [only, ...others] = [...claimants];
    if (only && others.length === 0) byPlace.set(at, only);
    else {
      const named = [...claimants].map(({ name }) => JSON.stringify(name)).join(' and ');
      conflicts.push({
        file: 'vocabulary',
        line: null,
        reason: `${at} is claimed by ${named}; keep it in one of them`,
      });
    }
  }
  const others: Term[] = [];
  // An id that others handed out says by itself what it means.
  const named = names.filter(({ kind, name }) => externalId(kind, name) === null);
  for (const { kind, name, ids = [] } of named.sort((a, b) =>
    slug(a.name) + a.name < slug(b.name) + b.name ? -1 : 1,
  )) {
    const term: Term = { kind, name, aliases: [], description: null, ambiguous: false };
    others.push(term);
    for (const at of [name, ...ids].map((spelling) => place(kind, spelling)))
      if (!claimed.has(at)) {
        claimed.set(at, new Set());
        byPlace.set(at, term);
      }
  }
  const find = (kind: EntityKind, name: string): Term | null => byPlace.get(place(kind, name)) ?? null;
  return { vocabulary: { find, terms, names: others }, conflicts };
}
