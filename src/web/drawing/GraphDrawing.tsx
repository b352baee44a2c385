/** A graph drawn: panned, zoomed, read by pointing, exported. Needs the colours of `explorer/tokens.css`. */
import './drawing.css';
import { useMemo, useRef, useState } from 'react';
import type { FocusEvent, PointerEvent, ReactNode } from 'react';
import { middleOf, reveal, useAnchor } from './anchor.js';
import { Details } from './Details.js';
import type { GraphEdge, GraphNode } from './graph.js';
import { layout } from './layout.js';
import type { Layout } from './layout.js';
import { Legend } from './Legend.js';
import { measuredWidth } from './measured.js';
import { MiniMap } from './MiniMap.js';
import { Scene } from './Scene.js';
import { namesOf } from './sentence.js';
import { Tools } from './Tools.js';
import { useViewport } from './viewport.js';
import type { Remembered } from './viewport.js';

export interface GraphDrawingProps {
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
  /** The node that it is seen from: its ancestors stand left of it, its descendants right. Without it the first node is seen first. */
  root?: string;
  /** What is drawn, in words: the name of the drawing and of its files. */
  label: string;
  /** Where a node leads as a link; the same function as long as it leads there. */
  hrefOf: (node: string) => string;
  /** What a plain click on a node does. */
  onFollow: (node: string) => void;
  /** How the details name a node. */
  linkOf: (node: GraphNode) => ReactNode;
  /** What else the details offer at a node. */
  actionsOf?: (node: GraphNode) => ReactNode;
  /** Ids of open bundles, and what opens one. */
  open: ReadonlySet<string>;
  onOpen: (bundle: string) => void;
  /** The line whose details stay, and what pins another or, by null, none. */
  pinned: string | null;
  onPin: (line: string | null) => void;
  onExpand?: (node: string) => void;
  /** Which part was seen before, and what remembers another; the drawing opens on its root where nothing does. */
  remembered?: Remembered;
  /** Stands above the drawing. */
  children?: ReactNode;
}

const thingAt = ({ target }: { target: EventTarget }): string | null =>
  target instanceof Element ? (target.closest('[data-id]')?.getAttribute('data-id') ?? null) : null;

const FORGETFUL: Remembered = { seen: null, tell: () => undefined };

export function GraphDrawing(props: GraphDrawingProps) {
  const { nodes, edges, root, label, linkOf, open, pinned } = props;
  const drawing = useMemo(
    () => layout({ nodes, edges }, { root, open, measure: measuredWidth }),
    [nodes, edges, root, open],
  );
  const names = useMemo(() => namesOf(nodes), [nodes]);
  const viewport = useViewport(drawing, middleOf(drawing, root ?? nodes[0]?.id), props.remembered ?? FORGETFUL);
  const legend = useRef<SVGSVGElement>(null);
  const { hold } = useAnchor(drawing, root, viewport);
  const { pointed, lit, ...pointing } = usePointing(pinned, (thing) => reveal(middleOf(drawing, thing), viewport));
  const acts = useActs(props, hold);
  const { x, y, scale } = viewport.view;
  return (
    <div className="drawing">
      <div className="drawing-head">
        {props.children}
        <Tools {...{ drawing, viewport, label, legend }} />
      </div>
      <div className="drawing-stage">
        <svg
          ref={viewport.frame}
          className="drawing-frame"
          role="group"
          aria-label={`${label}. Arrow keys move the drawing, plus and minus zoom, 0 fits it in; on a line, arrow keys go to the next.`}
          tabIndex={0}
          {...viewport.handlers}
          {...pointing}
        >
          <g transform={`translate(${x} ${y}) scale(${scale})`}>
            <Scene {...{ drawing, names, root, lit, pinned, ...acts }} hrefOf={props.hrefOf} />
          </g>
        </svg>
        <MiniMap {...{ drawing, viewport }} />
      </div>
      <Details
        graph={{ nodes, edges }}
        {...{ drawing, linkOf, actionsOf: props.actionsOf, onOpen: acts.onOpen }}
        pointed={pinned ?? pointed}
      />
      <Legend drawing={drawing} measure={measuredWidth} picture={legend} />
      <LeftOut drawing={drawing} />
    </div>
  );
}

/**
 * What is done to single things, always by the same functions, so that the scene is drawn anew only when it changes.
 * What is opened or expanded is held in its place.
 */
function useActs(props: GraphDrawingProps, hold: (id: string) => void) {
  const latest = useRef(props);
  latest.current = props;
  const expands = props.onExpand !== undefined;
  return useMemo(
    () => ({
      onFollow: (node: string) => latest.current.onFollow(node),
      onOpen: (bundle: string) => {
        hold(bundle);
        latest.current.onOpen(bundle);
      },
      onExpand: expands
        ? (node: string) => {
            hold(node);
            latest.current.onExpand?.(node);
          }
        : undefined,
      onPin: (line: string) => latest.current.onPin(line === latest.current.pinned ? null : line),
    }),
    [hold, expands],
  );
}

/** What the pointer or the keyboard is at, and what it was at last; the keyboard's is to be revealed. */
function usePointing(pinned: string | null, onReached: (thing: string | null) => void) {
  const [pointed, setPointed] = useState<string | null>(null);
  const [lit, setLit] = useState<string | null>(null);
  const onPointerOver = (event: PointerEvent | FocusEvent) => {
    const thing = thingAt(event);
    setLit(thing);
    if (thing !== null && pinned === null) setPointed(thing);
  };
  const onFocus = (event: FocusEvent) => {
    onPointerOver(event);
    if (event.target.matches(':focus-visible')) onReached(thingAt(event));
  };
  const clear = () => setLit(null);
  return { pointed, lit, onPointerOver, onPointerLeave: clear, onFocus, onBlur: clear };
}

function LeftOut({ drawing: { linesLeftOut, nodesLeftOut } }: { drawing: Layout }) {
  if (linesLeftOut + nodesLeftOut === 0) return null;
  const counted = (count: number, one: string) => (count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`]);
  const what = [...counted(nodesLeftOut, 'node'), ...counted(linesLeftOut, 'line')].join(' and ');
  return <p className="left-out">Left out, to keep the drawing readable: {what}. The table has them.</p>;
}
