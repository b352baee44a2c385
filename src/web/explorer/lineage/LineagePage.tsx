/** What an entity descends from and what descends from it: drawn, or as tables. */
import './lineage.css';
import { useCallback, useMemo } from 'react';
import { GraphDrawing } from '../../drawing/GraphDrawing.js';
import type { GraphEdge, GraphNode } from '../../drawing/graph.js';
import { GraphTable } from '../../drawing/GraphTable.js';
import { changed, Link, navigate, pathOf, withSearch } from '../router.js';
import type { PageProps } from '../router.js';
import { Answered, EntityLink, Heading } from '../ui.js';
import { Completeness } from './Completeness.js';
import { ControlsForm } from './ControlsForm.js';
import { controlsOf, elsewhere, parametersOf } from './controls.js';
import type { Controls } from './controls.js';
import type { Lineage } from './join.js';
import { useLineage } from './useLineage.js';

export default function LineagePage({ route, id }: PageProps) {
  const controls = useMemo(() => controlsOf(route.search), [route.search]);
  const { failures, ...asked } = useLineage(id, controls);
  const name = asked.answer?.root.name ?? id;
  const onChange = (changes: Partial<Controls>) => navigate(changed(route, parametersOf(changes)));
  return (
    <article className="page lineage">
      <Heading title={`Lineage of ${name}`}>
        Lineage of {asked.answer ? <EntityLink {...asked.answer.root} /> : id}
      </Heading>
      <ControlsForm of={id} {...{ controls, onChange }} />
      {failures.map((failure) => (
        <p key={failure} role="alert">
          {failure}
        </p>
      ))}
      <Answered asked={asked} waiting={<div className="lineage-waiting" aria-hidden="true" />}>
        {(lineage) => <Shown {...{ lineage, controls, onChange, route }} />}
      </Answered>
    </article>
  );
}

interface ShownProps {
  lineage: Lineage;
  controls: Controls;
  route: PageProps['route'];
  onChange: (changes: Partial<Controls>) => void;
}

function Shown({ lineage, controls, route, onChange }: ShownProps) {
  const { nodes, edges } = useMemo(() => graphOf(lineage), [lineage]);
  const places = useMemo(() => placesOf(lineage), [lineage]);
  // Looking at another part of it changes neither what is open nor where things lead.
  const opened = controls.open.join(' ');
  const open = useMemo(() => new Set(controls.open), [opened]);
  const asked = JSON.stringify(elsewhere(controls));
  const hrefOf = useCallback((node: string) => withSearch(pathOf('/lineage/', node), elsewhere(controls)), [asked]);
  const replace = (changes: Partial<Controls>) => navigate(changed(route, parametersOf(changes)), { replace: true });
  const onExpand = (node: string) => onChange({ expand: [...controls.expand, node] });
  const linkOf = (node: GraphNode) => <EntityLink {...node} />;
  const actionOf = (node: GraphNode) => (
    <button type="button" onClick={() => onExpand(node.id)}>
      Expand here
    </button>
  );
  const completeness = <Completeness {...{ lineage, controls, onChange }} />;
  if (controls.view === 'table')
    return (
      <>
        {completeness}
        <GraphTable graph={{ nodes, edges }} {...{ linkOf, actionOf }} placeOf={({ id }) => places.get(id) ?? ''} />
      </>
    );
  return (
    <GraphDrawing
      {...{ nodes, edges, hrefOf, linkOf, open, onExpand }}
      root={lineage.root.id}
      label={`Lineage of ${lineage.root.name}`}
      onFollow={(node) => navigate(hrefOf(node))}
      onOpen={(bundle) => onChange({ open: [...controls.open, bundle] })}
      pinned={controls.at}
      onPin={(at) => replace({ at })}
      remembered={{ seen: controls.seen, tell: (seen) => replace({ seen }) }}
      actionsOf={(node) => (
        <>
          {node.id !== lineage.root.id && (
            <Link className="button" to={hrefOf(node.id)}>
              Centre here
            </Link>
          )}
          {node.frontier && actionOf(node)}
        </>
      )}
    >
      {completeness}
    </GraphDrawing>
  );
}

/** What a drawing needs of an answer, the nearest to the root first. */
function graphOf({ nodes, edges, frontier }: Lineage): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const further = new Set(frontier);
  return {
    nodes: nodes.map(({ entity }) => ({ ...entity, frontier: further.has(entity.id) })),
    edges: edges.map((edge) => ({ ...edge, source: edge.source.id, target: edge.target.id })),
  };
}

const WAYS = { UPSTREAM: 'up', DOWNSTREAM: 'down', BOTH: 'both ways' };

const placesOf = ({ nodes }: Lineage): Map<string, string> =>
  new Map(
    nodes.map(({ entity, depth, direction }) => [
      entity.id,
      depth === 0 ? 'root' : `${depth} ${depth === 1 ? 'step' : 'steps'} ${WAYS[direction]}`,
    ]),
  );
