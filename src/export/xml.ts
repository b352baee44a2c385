/** The two XML formats: GraphML and GEXF. */
import type { Supported } from '../graph/export.js';
import { each } from './chunks.js';
import type { Column } from './columns.js';
import { edgeId, scalar } from './columns.js';
import type { ExportNode, Selection } from './select.js';

/** XML has no way to write these at all: control characters and halves of surrogate pairs. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text for elements and attributes alike; white space that a parser would make another stays what it is. */
const escaped = (text: string): string =>
  text
    .replace(ILLEGAL, '\uFFFD')
    .replace(/[&<>"'\t\n\r\u0085\u2028]/g, (sign) => ESCAPES[sign] ?? `&#${String(sign.charCodeAt(0))};`);

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

const summary = ({ title, complete, truncatedBy }: Selection): string =>
  escaped(complete ? title : `${title} (not complete: ${truncatedBy.join(', ')})`);

/** One element for each attribute that the item has; `at` is the position of its column. */
const values = <Item>(
  columns: readonly Column<Item>[],
  item: Item,
  element: (at: number, value: string) => string,
): string =>
  columns
    .map(({ of }, at) => {
      const value = scalar(of(item));
      return value === null ? '' : element(at, escaped(value));
    })
    .join('');

const GRAPHML_TYPES = { string: 'string', integer: 'int', double: 'double', list: 'string' };

const graphmlKeys = (columns: readonly Pick<Column, 'name' | 'type'>[], on: 'node' | 'edge'): string =>
  columns
    .map(
      ({ name, type }, at) =>
        `<key id="${on}${String(at)}" for="${on}" attr.name="${name}" attr.type="${GRAPHML_TYPES[type]}"/>\n`,
    )
    .join('');

const data = (on: 'node' | 'edge') => (at: number, value: string) => `<data key="${on}${String(at)}">${value}</data>`;

/** GraphML 1.0. http://graphml.graphdrawing.org */
export async function* graphml(selection: Selection): AsyncGenerator<string> {
  yield `${HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n<desc>${summary(selection)}</desc>\n`;
  yield `${graphmlKeys(selection.columns.nodes, 'node')}${graphmlKeys(selection.columns.edges, 'edge')}<graph edgedefault="directed">\n`;
  yield* each(
    selection.nodes(),
    (node: ExportNode) =>
      `<node id="${escaped(node.id)}">${values(selection.columns.nodes, node, data('node'))}</node>\n`,
  );
  yield* each(
    selection.edges(),
    (edge: Supported) =>
      `<edge id="${escaped(edgeId(edge))}" source="${escaped(edge.source)}" target="${escaped(edge.target)}">${values(selection.columns.edges, edge, data('edge'))}</edge>\n`,
  );
  yield '</graph>\n</graphml>\n';
}

const GEXF_TYPES = { string: 'string', integer: 'integer', double: 'double', list: 'string' };

const gexfAttributes = (columns: readonly Pick<Column, 'name' | 'type'>[], on: 'node' | 'edge'): string =>
  `<attributes class="${on}">\n${columns
    .map(({ name, type }, at) => `<attribute id="${String(at)}" title="${name}" type="${GEXF_TYPES[type]}"/>\n`)
    .join('')}</attributes>\n`;

const attvalue = (at: number, value: string): string => `<attvalue for="${String(at)}" value="${value}"/>`;

/** GEXF 1.3. https://gexf.net */
export async function* gexf(selection: Selection): AsyncGenerator<string> {
  yield `${HEAD}<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<meta><creator>Stemma</creator><description>${summary(selection)}</description></meta>\n`;
  yield `<graph defaultedgetype="directed">\n${gexfAttributes(selection.columns.nodes, 'node')}${gexfAttributes(selection.columns.edges, 'edge')}<nodes>\n`;
  yield* each(
    selection.nodes(),
    (node: ExportNode) =>
      `<node id="${escaped(node.id)}" label="${escaped(node.name)}"><attvalues>${values(selection.columns.nodes, node, attvalue)}</attvalues></node>\n`,
  );
  yield '</nodes>\n<edges>\n';
  yield* each(
    selection.edges(),
    // Only edges of unlike kinds may lie between the same two nodes.
    (edge: Supported) =>
      `<edge id="${escaped(edgeId(edge))}" source="${escaped(edge.source)}" target="${escaped(edge.target)}" kind="${edge.type}" label="${edge.type}"><attvalues>${values(selection.columns.edges, edge, attvalue)}</attvalues></edge>\n`,
  );
  yield '</edges>\n</graph>\n</gexf>\n';
}
