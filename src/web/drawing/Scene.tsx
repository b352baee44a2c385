/** Everything that is drawn of a layout, lines beneath boxes, in reading order for the keyboard. */
import { memo } from 'react';
import { BundleShape, ExpandButton, NodeShape } from './Boxes.js';
import type { Layout } from './layout.js';
import { Lines } from './Lines.js';
import type { Names } from './sentence.js';

export interface SceneProps {
  drawing: Layout;
  names: Names;
  root: string | undefined;
  /** Id of the node, bundle or line that stands out with its neighbours; null when all are equal. */
  lit: string | null;
  pinned: string | null;
  hrefOf: (node: string) => string;
  onFollow: (node: string) => void;
  onOpen: (bundle: string) => void;
  onPin: (line: string) => void;
  /** Asks what lies beyond a node of the frontier; left out where nothing can be asked. */
  onExpand?: ((node: string) => void) | undefined;
}

/** Ids of what belongs to the thing that is lit: itself, its lines, the boxes at their ends. */
function around({ routes }: Layout, lit: string): Set<string> {
  const lines = routes.flatMap(({ line }) => (line.id === lit || line.tail === lit || line.head === lit ? [line] : []));
  return new Set([lit, ...lines.flatMap(({ id, tail, head }) => [id, tail, head])]);
}

export const Scene = memo(function Scene(props: SceneProps) {
  const { drawing, names, root, lit, pinned, hrefOf, onFollow, onOpen, onPin, onExpand } = props;
  const near = lit === null ? null : around(drawing, lit);
  const faint = (id: string) => near !== null && !near.has(id);
  const center = drawing.nodes.find(({ id }) => id === root)?.x ?? 0;
  return (
    <>
      <Lines routes={drawing.routes} {...{ names, pinned, faint, onPin }} />
      {drawing.nodes.map((box) => (
        <NodeShape
          key={box.id}
          {...{ box, onFollow }}
          isRoot={box.id === root}
          href={hrefOf(box.id)}
          faint={faint(box.id)}
        />
      ))}
      {onExpand &&
        drawing.nodes
          .filter(({ node }) => node.frontier)
          .map((box) => <ExpandButton key={box.id} {...{ box, onExpand }} left={box.x < center} />)}
      {drawing.bundles.map((box) => (
        <BundleShape key={box.id} {...{ box, onOpen }} hub={names(box.bundle.hub)} faint={faint(box.id)} />
      ))}
    </>
  );
});
