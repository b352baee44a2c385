/** A button that draws the answer in front: any answer with entities in it, and the relations between them. */
import '../explorer/tokens.css';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Graph } from '../drawing/graph.js';
import { pathOf } from '../explorer/router.js';
import { graphIn } from './answerGraph.js';

const GraphDrawing = lazy(async () => ({ default: (await import('../drawing/GraphDrawing.js')).GraphDrawing }));

const hrefOf = (id: string): string => pathOf('/e/', id);

/** `latest` gives the answer that came last, undefined before there is one. */
export function DrawAnswer({ latest }: { latest: () => unknown }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [graph, setGraph] = useState<Graph | null>(null);
  const draw = () => {
    setGraph(graphIn(latest()));
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" className="graphiql-un-styled graphiql-toolbar-button draw-button" onClick={draw}>
        Draw
      </button>
      <dialog
        ref={dialog}
        className="draw-dialog"
        aria-label="The answer, drawn"
        onClose={() => setGraph(null)}
        // The editors behind it have shortcuts of their own.
        onKeyDown={(event) => event.stopPropagation()}
      >
        <button type="button" className="draw-close" onClick={() => dialog.current?.close()}>
          Close
        </button>
        {graph && <Drawn graph={graph} />}
      </dialog>
    </>
  );
}

function Drawn({ graph }: { graph: Graph }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [pinned, setPinned] = useState<string | null>(null);
  if (graph.nodes.length === 0)
    return (
      <p>
        The answer has nothing to draw. Ask first, and ask for the <code>id</code> and <code>name</code> of entities,
        and of relations for their <code>type</code>, <code>source {'{ id }'}</code> and <code>target {'{ id }'}</code>.
      </p>
    );
  return (
    <Suspense fallback={<p>Drawing …</p>}>
      <GraphDrawing
        nodes={graph.nodes}
        edges={graph.edges}
        label="The answer"
        hrefOf={hrefOf}
        onFollow={(id) => location.assign(hrefOf(id))}
        linkOf={({ id, name }) => <a href={hrefOf(id)}>{name}</a>}
        open={open}
        onOpen={(bundle) => setOpen(new Set([...open, bundle]))}
        pinned={pinned}
        onPin={setPinned}
      />
    </Suspense>
  );
}
