/** What the lines and icons of a drawing mean; part of the picture when it is exported. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { ENTITY_KINDS, RELATION_TYPES, ruleOf } from '../../ontology.js';
import type { EntityKind, RelationType } from '../../ontology.js';
import { KindLines } from '../explorer/kinds.js';
import { alongArrow } from './graph.js';
import type { Layout } from './layout.js';
import type { Measure } from './text.js';

const SIZE = 11.5;
const ROW = 22;
const GAP = 20;
const SAMPLE = { relation: 40, kind: 22 };

type Entry = { text: string; kind?: EntityKind; type?: RelationType };

/** Only what the drawing has: how arrows read, the kinds, the relations in the order of the ontology. */
function entriesOf({ nodes, routes }: Layout): Entry[] {
  const kinds = new Set(nodes.map(({ node }) => node.kind));
  const types = new Set(routes.flatMap(({ line }) => line.relations.map(({ type }) => type)));
  const drawn = RELATION_TYPES.filter((type) => types.has(type));
  const descent = drawn.some((type) => ruleOf(type).lineage !== null);
  return [
    ...(descent ? [{ text: 'Arrows run from the ancestor to the descendant and read along the line:' }] : []),
    ...drawn.map((type) => ({ type, text: alongArrow(type) })),
    ...(Object.keys(ENTITY_KINDS) as EntityKind[])
      .filter((kind) => kinds.has(kind))
      .map((kind) => ({ kind, text: ENTITY_KINDS[kind].label })),
  ];
}

const sampleOf = (entry: Entry): number => (entry.type ? SAMPLE.relation : entry.kind ? SAMPLE.kind : 0);

/** Places entries one after the other, in rows of a width. */
function flowed(entries: readonly Entry[], width: number, measure: Measure) {
  let [x, y] = [0, 0];
  return entries.map((entry) => {
    const length = sampleOf(entry) + measure(entry.text, SIZE);
    if (x > 0 && x + length > width) [x, y] = [0, y + ROW];
    const at = { entry, x, y };
    x += length + GAP;
    return at;
  });
}

export function Legend({
  drawing,
  measure,
  picture,
}: {
  drawing: Layout;
  measure: Measure;
  picture: RefObject<SVGSVGElement | null>;
}) {
  const room = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(700);
  useLayoutEffect(() => {
    const element = room.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const placed = flowed(entriesOf(drawing), width, measure);
  const height = (placed.at(-1)?.y ?? 0) + ROW;
  return (
    <div className="legend" ref={room}>
      <svg ref={picture} role="img" aria-label="Legend" width={width} height={height}>
        {placed.map(({ entry, x, y }) => (
          <g key={entry.text} transform={`translate(${x} ${y})`}>
            {entry.type && (
              <g className="route" data-relation={entry.type}>
                <path className="route-line" d={`M0 ${ROW / 2}H26`} />
                <path className="route-arrow" d={`M33 ${ROW / 2}l-7 -3.6v7.2z`} />
              </g>
            )}
            {entry.kind && (
              <g className="node" data-kind={entry.kind} transform={`translate(0 ${ROW / 2 - 8})`}>
                <KindLines kind={entry.kind} />
              </g>
            )}
            <text className="legend-text" x={sampleOf(entry)} y={ROW / 2 + 4}>
              {entry.text}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
