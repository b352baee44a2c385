/** The two JSON formats: Cytoscape, and node-link as D3 and NetworkX read it. */
import type { Supported } from '../graph/export.js';
import { each } from './chunks.js';
import { attributesOf, EDGE_COLUMNS, edgeId, NODE_COLUMNS } from './columns.js';
import type { ExportNode, Selection } from './select.js';

const about = ({ title, complete, truncatedBy }: Selection): string =>
  JSON.stringify({ name: title, complete, truncatedBy });

const nodeData = (node: ExportNode) => ({ id: node.id, ...attributesOf(NODE_COLUMNS, node) });
const edgeData = (edge: Supported) => ({
  id: edgeId(edge),
  source: edge.source,
  target: edge.target,
  ...attributesOf(EDGE_COLUMNS, edge),
});

/** Cytoscape.js JSON, which Cytoscape Desktop opens too. https://js.cytoscape.org/#notation/elements-json */
export async function* cytoscape(selection: Selection): AsyncGenerator<string> {
  yield `{"format_version":"1.0","generated_by":"stemma","target_cytoscapejs_version":"~3","data":${about(selection)},\n"elements":{"nodes":[\n`;
  yield* each(selection.nodes(), (node) => JSON.stringify({ data: nodeData(node) }), ',\n');
  yield '\n],"edges":[\n';
  yield* each(
    selection.edges(),
    // `interaction` is where Cytoscape Desktop looks for the type of an edge.
    (edge) => JSON.stringify({ data: { ...edgeData(edge), interaction: edge.type } }),
    ',\n',
  );
  yield '\n]}}\n';
}

/** Node-link JSON: `nodes` and `links` for D3; with `key` also a multigraph for NetworkX's node_link_graph. */
export async function* d3(selection: Selection): AsyncGenerator<string> {
  yield `{"directed":true,"multigraph":true,"graph":${about(selection)},\n"nodes":[\n`;
  yield* each(selection.nodes(), (node) => JSON.stringify(nodeData(node)), ',\n');
  yield '\n],"links":[\n';
  yield* each(selection.edges(), (edge) => JSON.stringify({ ...edgeData(edge), key: edge.type }), ',\n');
  yield '\n]}\n';
}
