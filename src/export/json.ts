/** The two JSON formats: Cytoscape, and node-link as D3 and NetworkX read it. */
import type { RelationType } from '../ontology.js';
import { each } from './chunks.js';
import { attributesOf, edgeId } from './columns.js';
import type { Selection } from './select.js';

const about = ({ title, complete, truncatedBy }: Selection): string =>
  JSON.stringify({ name: title, complete, truncatedBy });

const nodeTexts = ({ columns, nodes }: Selection, wrap: (data: object) => object): AsyncGenerator<string> =>
  each(nodes(), (node) => JSON.stringify(wrap({ id: node.id, ...attributesOf(columns.nodes, node) })), ',\n');

const edgeTexts = (
  { columns, edges }: Selection,
  wrap: (data: object, type: RelationType) => object,
): AsyncGenerator<string> =>
  each(
    edges(),
    (edge) => {
      const { source, target, type } = edge;
      return JSON.stringify(wrap({ id: edgeId(edge), source, target, ...attributesOf(columns.edges, edge) }, type));
    },
    ',\n',
  );

/** Cytoscape.js JSON, which Cytoscape Desktop opens too. https://js.cytoscape.org/#notation/elements-json */
export async function* cytoscape(selection: Selection): AsyncGenerator<string> {
  yield `{"format_version":"1.0","generated_by":"stemma","target_cytoscapejs_version":"~3","data":${about(selection)},\n"elements":{"nodes":[\n`;
  yield* nodeTexts(selection, (data) => ({ data }));
  yield '\n],"edges":[\n';
  // `interaction` is where Cytoscape Desktop looks for the type of an edge.
  yield* edgeTexts(selection, (data, type) => ({ data: { ...data, interaction: type } }));
  yield '\n]}}\n';
}

/** Node-link JSON: `nodes` and `links` for D3; with `key` also a multigraph for NetworkX's node_link_graph. */
export async function* d3(selection: Selection): AsyncGenerator<string> {
  yield `{"directed":true,"multigraph":true,"graph":${about(selection)},\n"nodes":[\n`;
  yield* nodeTexts(selection, (data) => data);
  yield '\n],"links":[\n';
  yield* edgeTexts(selection, (data, type) => ({ ...data, key: type }));
  yield '\n]}\n';
}
