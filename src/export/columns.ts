/** The attributes that entities and relations carry in every format. */
import type { Supported } from '../graph/export.js';
import { tripleKey } from '../graph/walk.js';
import type { ExportNode } from './select.js';

type Value = string | number | readonly string[] | null;

/** One attribute. A `list` is JSON in formats that know only scalars. */
export interface Column<Item = never> {
  name: string;
  type: 'string' | 'integer' | 'double' | 'list';
  /** null where the item lacks it */
  of: (item: Item) => Value;
}

/** What nodes can have beside their `id`. */
const NODE_COLUMNS: readonly Column<ExportNode>[] = [
  { name: 'kind', type: 'string', of: ({ kind }) => kind },
  { name: 'name', type: 'string', of: ({ name }) => name },
  { name: 'aliases', type: 'list', of: ({ aliases }) => (aliases.length > 0 ? aliases : null) },
  { name: 'description', type: 'string', of: ({ description }) => description },
  { name: 'url', type: 'string', of: ({ url }) => url },
  { name: 'publishedOn', type: 'string', of: ({ publishedOn }) => publishedOn },
  { name: 'year', type: 'integer', of: ({ year }) => year },
  { name: 'arxivId', type: 'string', of: ({ arxivId }) => arxivId },
  { name: 'depth', type: 'integer', of: ({ depth }) => depth },
  { name: 'neighbors', type: 'integer', of: ({ neighbors }) => neighbors },
];

/** What edges can have beside their `id`, `source` and `target`. */
const EDGE_COLUMNS: readonly Column<Supported>[] = [
  { name: 'type', type: 'string', of: ({ type }) => type },
  { name: 'confidence', type: 'double', of: ({ confidence }) => confidence },
  { name: 'evidence', type: 'integer', of: ({ evidence }) => evidence },
  { name: 'quote', type: 'string', of: ({ quote }) => quote },
  { name: 'document', type: 'string', of: ({ document }) => document },
  { name: 'via', type: 'string', of: ({ via }) => via },
];

/** The attributes of an export. */
export interface Columns {
  nodes: readonly Column<ExportNode>[];
  edges: readonly Column<Supported>[];
}

/** The names of all attributes that there are. */
export const ATTRIBUTES: readonly string[] = [...NODE_COLUMNS, ...EDGE_COLUMNS].map(({ name }) => name);

/** The attributes of these names; null for all. */
export const columnsOf = (names: readonly string[] | null): Columns => ({
  nodes: NODE_COLUMNS.filter(({ name }) => names?.includes(name) ?? true),
  edges: EDGE_COLUMNS.filter(({ name }) => names?.includes(name) ?? true),
});

export const edgeId = tripleKey;

/** The attributes that an item has, by name. */
export const attributesOf = <Item>(columns: readonly Column<Item>[], item: Item): Record<string, Value> =>
  Object.fromEntries(
    columns.flatMap(({ name, of }): [string, Value][] => {
      const value = of(item);
      return value === null ? [] : [[name, value]];
    }),
  );

/** A value in a format that knows only scalars, null where there is none. */
export const scalar = (value: Value): string | null =>
  value === null || typeof value === 'string'
    ? value
    : typeof value === 'number'
      ? String(value)
      : JSON.stringify(value);
