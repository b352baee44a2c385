/** The same as a drawing, as tables: every node and every relation, with all that supports it. */
import './drawing.css';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ENTITY_KINDS, ruleOf } from '../../ontology.js';
import type { Graph, GraphEdge, GraphNode } from './graph.js';
import { standingOf, sureness } from './sentence.js';

const ROWS = 100;

interface GraphTableProps {
  graph: Graph;
  linkOf: (node: GraphNode) => ReactNode;
  /** Where a node stands, such as `2 steps up`; left out where that means nothing. */
  placeOf?: (node: GraphNode) => string;
  /** What can be done at a node that leads further. */
  actionOf?: (node: GraphNode) => ReactNode;
}

export function GraphTable({ graph, linkOf, placeOf, actionOf }: GraphTableProps) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const link = (id: string) => {
    const node = nodes.get(id);
    return node ? linkOf(node) : id;
  };
  return (
    <div className="graph-table">
      <Rows
        caption="Entities"
        columns={['Kind', 'Name', ...(placeOf ? ['Place'] : []), ...(actionOf ? ['Leads further'] : [])]}
        rows={graph.nodes.map((node) => ({
          id: node.id,
          cells: [
            ENTITY_KINDS[node.kind].label,
            linkOf(node),
            ...(placeOf ? [placeOf(node)] : []),
            ...(actionOf ? [node.frontier ? actionOf(node) : ''] : []),
          ],
        }))}
      />
      <Rows
        caption="Relations"
        columns={['From', 'Relation', 'To', 'Said by']}
        rows={graph.edges.map((edge) => ({
          id: edge.id,
          cells: [link(edge.source), verbOf(edge), link(edge.target), <Support key="support" {...{ edge, linkOf }} />],
        }))}
      />
    </div>
  );
}

const verbOf = ({ type, via }: GraphEdge): string => ruleOf(type).verb + (via ? ` (${via})` : '');

function Support({ edge, linkOf }: Pick<GraphTableProps, 'linkOf'> & { edge: GraphEdge }) {
  const { evidence = [], confidence } = edge;
  if (evidence.length === 0) return sureness(confidence);
  return evidence.map((fact, i) => {
    const standing = standingOf(fact);
    return (
      <p key={i}>
        {fact.quote && <q>{fact.quote}</q>} {fact.source ? linkOf(fact.source) : fact.document.title}{' '}
        {standing && `(${standing})`}
        {!fact.quote && !fact.document.title && 'without a quote'}
      </p>
    );
  });
}

interface RowsProps {
  caption: string;
  columns: string[];
  rows: { id: string; cells: ReactNode[] }[];
}

function Rows({ caption, columns, rows }: RowsProps) {
  const [shown, setShown] = useState(ROWS);
  return (
    <section aria-label={caption}>
      <table>
        <caption>
          {caption}: {rows.length.toLocaleString('en')}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map(({ id, cells }) => (
            <tr key={id}>
              {cells.map((cell, i) => (
                <td key={columns[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <button type="button" onClick={() => setShown(shown + ROWS)}>
          Show {Math.min(ROWS, rows.length - shown)} more
        </button>
      )}
    </section>
  );
}
