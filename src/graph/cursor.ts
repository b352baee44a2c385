/** Keyset cursors and the pages they cut. */
import { createHash } from 'node:crypto';
import { badInput } from '../errors.js';

type Key = string | number | null;

/** One page of a list: its items with their cursors, whether more follow, and the size of the whole list on demand. */
export interface Page<T> {
  items: { readonly cursor: string; item: T }[];
  hasNextPage: boolean;
  /** Whether the page starts behind a cursor. */
  hasPreviousPage: boolean;
  count: () => Promise<number>;
}

/** What a page is asked with. */
export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

const hashOf = (query: unknown): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 8);

/** Cursors of one list; most of them nobody asks for. */
function cursorsOf(query: unknown): (keys: readonly Key[]) => string {
  let hash: string | undefined;
  return (keys) => Buffer.from(JSON.stringify([(hash ??= hashOf(query)), ...keys])).toString('base64url');
}

/** The sort keys behind which a page starts, null at the beginning. @throws BAD_USER_INPUT for a foreign cursor. */
export function keysAfter(query: unknown, after: string | null | undefined, length: number): Key[] | null {
  if (after === null || after === undefined) return null;
  const refused = badInput('after', 'this cursor is not one of this query; use the endCursor of its previous page');
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(after, 'base64url').toString('utf8'));
  } catch {
    throw refused;
  }
  if (!Array.isArray(decoded) || decoded.length !== length + 1 || decoded[0] !== hashOf(query)) throw refused;
  const keys: unknown[] = decoded.slice(1);
  if (!keys.every((key): key is Key => key === null || typeof key === 'string' || typeof key === 'number'))
    throw refused;
  return keys;
}

/** `first` within 1…100. @throws BAD_USER_INPUT */
export const pageSize = (first: number | null | undefined, fallback = 20): number =>
  inRange('first', first ?? fallback, 1, 100);

/** A whole number within bounds. @throws BAD_USER_INPUT naming the argument. */
export function inRange(argument: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most)
    throw badInput(argument, `must be a whole number from ${String(least)} to ${String(most)}, not ${String(value)}`);
  return value;
}

/** A page from one row more than it shows. */
export const pageOf = <Row, T>(
  query: unknown,
  rows: readonly Row[],
  {
    size,
    after,
    keys,
    item,
    count,
  }: {
    size: number;
    after: string | null | undefined;
    /** What the list is ordered by, in that order. */
    keys: (row: Row) => readonly Key[];
    item: (row: Row) => T;
    count: () => Promise<number>;
  },
): Page<T> => {
  const cursorOf = cursorsOf(query);
  return {
    items: rows.slice(0, size).map((row) => ({
      get cursor() {
        return cursorOf(keys(row));
      },
      item: item(row),
    })),
    hasNextPage: rows.length > size,
    hasPreviousPage: after !== null && after !== undefined,
    count,
  };
};
