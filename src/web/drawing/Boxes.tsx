/** The boxes of a drawing: nodes, which are links, and bundles, which open. */
import { ENTITY_KINDS } from '../../ontology.js';
import { KindLines } from '../explorer/kinds.js';
import type { BundleBox, NodeBox } from './layout.js';
import { NAME_STEP } from './layout.js';
import type { Box } from './place.js';

const ICON = 16;

/** A line with the space that the break took; none behind a hyphen. */
const spaced = (line: string): string => (/[-/_]$/.test(line) ? line : `${line} `);

/** What a node is called: as it is written in its box, and in full where that is cut. */
function calledOf({ node: { kind, name }, text }: NodeBox): string {
  const seen = text.map(spaced).join('').trim();
  return `${ENTITY_KINDS[kind].label} ${seen === name ? name : `${seen}: ${name}`}`;
}

function Name({ box: { x, y, height, text }, indent }: { box: Box; indent: number }) {
  const first = y + height / 2 - ((text.length - 1) * NAME_STEP) / 2 + 4.2;
  return (
    <text className="box-name">
      {text.map((line, i) => (
        <tspan key={i} x={x + indent} y={first + i * NAME_STEP}>
          {i < text.length - 1 ? spaced(line) : line}
        </tspan>
      ))}
    </text>
  );
}

interface NodeProps {
  box: NodeBox;
  /** Whether it stands back behind what is pointed at. */
  faint: boolean;
  isRoot: boolean;
  href: string;
  onFollow: (id: string) => void;
}

export function NodeShape({ box, isRoot, href, faint, onFollow }: NodeProps) {
  const { id, x, y, width, height, node } = box;
  return (
    <a
      className="node"
      href={href}
      data-kind={node.kind}
      data-id={id}
      data-root={isRoot || undefined}
      data-faint={faint || undefined}
      aria-current={isRoot || undefined}
      aria-label={calledOf(box)}
      onDragStart={(event) => event.preventDefault()}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onFollow(id);
      }}
    >
      <rect className="box" x={x} y={y} width={width} height={height} rx={5} />
      <g transform={`translate(${x + 7} ${y + (height - ICON) / 2})`}>
        <KindLines kind={node.kind} />
      </g>
      <Name box={box} indent={ICON + 14} />
    </a>
  );
}

/** The button at a node that leads further than the answer goes, on the side where it leads. */
export function ExpandButton({ box, left, onExpand }: { box: NodeBox; left: boolean; onExpand: (id: string) => void }) {
  const x = left ? box.x : box.x + box.width;
  const y = box.y + box.height / 2;
  return (
    <g
      className="expand"
      role="button"
      tabIndex={0}
      aria-label={`Expand ${box.node.name}`}
      data-expand={box.id}
      onClick={() => onExpand(box.id)}
      onKeyDown={pressing(() => onExpand(box.id))}
    >
      <title>Leads further: expand here</title>
      <circle cx={x} cy={y} r={12} className="expand-reach" data-screen-only />
      <circle cx={x} cy={y} r={7.5} className="expand-button" />
      <path d={`M${x - 3.8} ${y}h7.6M${x} ${y - 3.8}v7.6`} className="expand-plus" />
    </g>
  );
}

interface BundleProps {
  box: BundleBox;
  /** Name of the node that it hangs from. */
  hub: string;
  faint: boolean;
  onOpen: (id: string) => void;
}

export function BundleShape({ box, hub, faint, onOpen }: BundleProps) {
  const { id, x, y, width, height } = box;
  return (
    <g
      className="bundle"
      data-id={id}
      data-faint={faint || undefined}
      role="button"
      tabIndex={0}
      aria-label={`${box.text.join(' ')} at ${hub}: show them`}
      onClick={() => onOpen(id)}
      onKeyDown={pressing(() => onOpen(id))}
    >
      <rect className="box" x={x + 4} y={y + 4} width={width} height={height} rx={5} />
      <rect className="box" x={x} y={y} width={width} height={height} rx={5} />
      <Name box={box} indent={12} />
    </g>
  );
}

/** Enter and Space do what a click does. */
export const pressing = (act: () => void) => (event: { key: string; preventDefault: () => void }) => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  act();
};
