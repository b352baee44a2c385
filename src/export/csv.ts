/** Two tables, one of entities and one of relations, as RFC 4180 writes them. */
import { each } from './chunks.js';
import type { Column } from './columns.js';
import { scalar } from './columns.js';
import type { Selection } from './select.js';

/** How a cell begins that a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;

/** A text that would run gets an apostrophe before it, which spreadsheets take for "this is text"; numbers are no texts. */
const cell = (value: string | null, type: Column['type']): string => {
  if (value === null) return '';
  const safe = type !== 'integer' && type !== 'double' && FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const row = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;

async function* table<Item>(
  columns: readonly Column<Item>[],
  pages: AsyncIterable<readonly Item[]>,
): AsyncGenerator<string> {
  yield row(columns.map(({ name }) => name));
  yield* each(pages, (item) => row(columns.map(({ type, of }) => cell(scalar(of(item)), type))));
}

/** One line an entity. */
export const csvNodes = ({ columns, nodes }: Selection): AsyncGenerator<string> =>
  table([{ name: 'id', type: 'string', of: ({ id }) => id }, ...columns.nodes], nodes());

/** One line a relation. */
export const csvEdges = ({ columns, edges }: Selection): AsyncGenerator<string> =>
  table(
    [
      { name: 'source', type: 'string', of: ({ source }) => source },
      { name: 'target', type: 'string', of: ({ target }) => target },
      ...columns.edges,
    ],
    edges(),
  );
