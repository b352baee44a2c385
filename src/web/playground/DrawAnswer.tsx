/** A button that draws the answer in front: any answer with entities in it, and the relations between them. */
import '../explorer/tokens.css';
import { useGraphiQL } from '@graphiql/react';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Graph, GraphNode } from '../drawing/graph.js';
import { pathOf } from '../explorer/router.js';
import { graphIn } from './answerGraph.js';

const GraphDrawing = lazy(async () => ({ default: (await import('../drawing/GraphDrawing.js')).GraphDrawing }));
const GraphTable = lazy(async () => ({ default: (await import('../drawing/GraphTable.js')).GraphTable }));

const hrefOf = (id: string): string => pathOf('/e/', id);

/** What the text of an answer says; null before there is one, and for what is no answer. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function DrawAnswer() {
  const answer = useGraphiQL(({ responseEditor }) => responseEditor);
  const dialog = useRef<HTMLDialogElement>(null);
  const [graph, setGraph] = useState<Graph | null>(null);
  const [asTable, setAsTable] = useState(false);
  const draw = () => {
    setGraph(graphIn(parsed(answer?.getValue() ?? '')));
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
        <header className="draw-head">
          <h2>The answer, drawn</h2>
          <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            As a table
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        {graph && <Drawn graph={graph} asTable={asTable} />}
      </dialog>
    </>
  );
}

const linkOf = ({ id, name }: GraphNode) => <a href={hrefOf(id)}>{name}</a>;

function Drawn({ graph, asTable }: { graph: Graph; asTable: boolean }) {
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
      {asTable ? (
        <GraphTable {...{ graph, linkOf }} />
      ) : (
        <GraphDrawing
          nodes={graph.nodes}
          edges={graph.edges}
          label="The answer"
          {...{ hrefOf, linkOf, open, pinned }}
          onFollow={(id) => location.assign(hrefOf(id))}
          onOpen={(bundle) => setOpen(new Set([...open, bundle]))}
          onPin={setPinned}
        />
      )}
    </Suspense>
  );
}
