/** Whether a lineage is all there is, and if not, why and how to go on. */
import type { Truncation } from '../../generated/graphql.js';
import type { Controls } from './controls.js';
import type { Lineage } from './join.js';

const WHY: Record<Truncation, (controls: Controls) => string> = {
  DEPTH: ({ depth }) => `stopped at depth ${depth}`,
  NODES: ({ limit }) => `stopped at ${limit.toLocaleString('en')} entities`,
  EDGES: ({ limit }) => `stopped at ${(4 * limit).toLocaleString('en')} relations`,
  DEADLINE: () => 'stopped because its time was up',
};

/** How to go on where an entity leads further. */
const HOW: Record<Controls['view'], string> = {
  drawing: 'marked +, or counted in a bundle',
  table: 'its row has Expand here',
};

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

interface CompletenessProps {
  lineage: Lineage;
  controls: Controls;
  onChange: (changes: Partial<Controls>) => void;
}

export function Completeness({ lineage, controls, onChange }: CompletenessProps) {
  const { nodes, edges, truncatedBy, frontier } = lineage;
  const much = `${counted(nodes.length, 'entity', 'entities')}, ${counted(edges.length, 'relation', 'relations')}`;
  if (truncatedBy.length === 0 && frontier.length === 0)
    return <p className="completeness">{much}; this is all there is under these filters.</p>;
  const why = truncatedBy.map((each) => WHY[each](controls)).join(', ');
  const further = counted(frontier.length, 'entity leads', 'entities lead');
  return (
    <p className="completeness" role="note">
      {much}; incomplete: {why || 'more lies behind'}.{' '}
      {frontier.length > 0 && `${further} further: ${HOW[controls.view]}. `}
      {truncatedBy.includes('DEPTH') && controls.depth < 20 && (
        <button type="button" onClick={() => onChange({ depth: controls.depth + 1 })}>
          One step deeper
        </button>
      )}
    </p>
  );
}
