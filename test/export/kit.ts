/** What the tests of the formats share: selections in memory, hostile text, what a reader should find. */
import fc from 'fast-check';
import { attributesOf, columnsOf, edgeId } from '../../src/export/columns.js';
import type { ExportNode, Selection } from '../../src/export/select.js';
import type { Supported } from '../../src/graph/export.js';
import type { EntityKind, RelationType } from '../../src/ontology.js';
import { KINDS, RELATION_TYPES } from '../../src/ontology.js';

/** A selection of what is in memory, in pages of three. */
export function selectionOf(
  nodes: readonly ExportNode[],
  edges: readonly Supported[],
  title = 'A tiny graph',
): Selection {
  async function* paged<T>(items: readonly T[]): AsyncGenerator<T[]> {
    for (let i = 0; i < items.length; i += 3) yield await Promise.resolve(items.slice(i, i + 3));
  }
  return {
    title,
    complete: true,
    truncatedBy: [],
    columns: columnsOf(null),
    nodes: () => paged(nodes),
    edges: () => paged(edges),
  };
}

export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

export const nodeOf = (kind: EntityKind, slug: string, extra: Partial<ExportNode> = {}): ExportNode => ({
  id: `${kind.toLowerCase()}:${slug}`, kind, name: slug, aliases: [], description: null, url: null,
  publishedOn: null, year: null, arxivId: null, depth: null, neighbors: null, ...extra,
}); // prettier-ignore

export const edgeOf = (source: ExportNode, type: RelationType, target: ExportNode, extra: Partial<Supported> = {}): Supported => ({
  source: source.id, type, target: target.id, confidence: 1, evidence: 1, quote: null, document: 'document:d', via: null, ...extra,
}); // prettier-ignore

/** Text that breaks writers which paste instead of escaping. */
export const HOSTILE = [
  '"', "'", '\\', 'back\\slash\\', '"quoted" \\"twice\\"', ']]>', '<![CDATA[x]]>', '<!-- -->', '<img src=x onerror=alert(1)>',
  '&amp; &#60; &', 'two\nlines\r\nand\ta tab', '\u0000\u0001\u0008\u000B\u001F\u007F', '\uFFFE', '\uD800', '😀 emoji 👩‍🔬',
  'עברית \u202Eright to left', '=cmd|\' /C calc\'!A0', '+1', '-1', '@SUM(A1)', ' leading and trailing ', '1. list', '- list',
  '`code` **bold** _it_', '%%{init: {}}%%', 'end', '#quot; #35;', ';', '|', '{}', '[]', '()', 'a,b;c', '__proto__', '@id', '\u2028',
]; // prettier-ignore

const anyText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }));
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

const anyNode: fc.Arbitrary<ExportNode> = fc.record({
  kind: fc.constantFrom(...KINDS),
  id: fc.string({ unit: fc.constantFrom(...'abc019-./:'), minLength: 1, maxLength: 12 }),
  name: anyText,
  aliases: fc.array(anyText, { maxLength: 3 }),
  description: orNull(anyText),
  url: orNull(fc.webUrl()),
  publishedOn: orNull(fc.constant('2024-02-29')),
  year: orNull(fc.integer({ min: 1900, max: 2100 })),
  arxivId: orNull(fc.constant('2405.14867')),
  depth: orNull(fc.nat(20)),
  neighbors: orNull(fc.nat(1000)),
}).map((node) => ({ ...node, id: `${node.kind.toLowerCase()}:${node.id}` })); // prettier-ignore

/** Any graph of up to eight nodes whose texts are hostile. */
export const anyGraph: fc.Arbitrary<{ nodes: ExportNode[]; edges: Supported[] }> = fc
  .uniqueArray(anyNode, { selector: ({ id }) => id, minLength: 1, maxLength: 8 })
  .chain((nodes) => {
    const end = fc.constantFrom(...nodes.map(({ id }) => id));
    const anyEdge: fc.Arbitrary<Supported> = fc.record({
      source: end, target: end, type: fc.constantFrom(...RELATION_TYPES), confidence: fc.constantFrom(0, 0.25, 0.9, 1),
      evidence: fc.integer({ min: 1, max: 1000 }), quote: orNull(anyText), document: fc.constant('document:d'), via: orNull(anyText),
    }); // prettier-ignore
    return fc.record({
      nodes: fc.constant(nodes),
      edges: fc.uniqueArray(anyEdge, { selector: edgeId, maxLength: 12 }),
    });
  });

/** What a reader of a format should find, every text passed through `read` first. */
export function expected(
  { nodes, edges }: { nodes: readonly ExportNode[]; edges: readonly Supported[] },
  read = (text: string): string => text,
) {
  const through = (attributes: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [
        name,
        typeof value === 'string'
          ? read(value)
          : Array.isArray(value)
            ? (JSON.parse(read(JSON.stringify(value))) as string[])
            : value,
      ]),
    );
  return {
    nodes: nodes.map((node) => ({ id: node.id, ...through(attributesOf(columnsOf(null).nodes, node)) })),
    edges: edges.map((edge) => ({
      id: edgeId(edge), source: edge.source, target: edge.target, ...through(attributesOf(columnsOf(null).edges, edge)),
    })), // prettier-ignore
  };
}
