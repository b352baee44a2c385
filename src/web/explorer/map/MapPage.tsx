/** The map of the whole graph: communities, filters, search, the card of an entity; the same as a table. */
import { useMemo, useState, type ReactNode } from 'react';
import { ENTITY_KINDS, KINDS, RELATION_TYPES, ruleOf, type EntityKind } from '../../../ontology.js';
import { MapDocument } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { KindIcon } from '../kinds.js';
import { changed, Link, navigate, type PageProps, type Route } from '../router.js';
import { Answered, EntityLink, Heading } from '../ui.js';
import { Canvas } from './Canvas.js';
import { Card } from './Card.js';
import { thinned, type Loaded, type MapGraph } from './graph.js';
import './map.css';
import { useMap } from './useMap.js';
import { found, parameterOf, viewOf, type View } from './view.js';

export default function MapPage({ route }: PageProps) {
  const { asked, progress } = useMap();
  const waiting = (
    <div className="map-waiting">
      <label>
        {progress === 0 ? 'Reading the graph' : 'Laying it out'}
        <progress {...(progress > 0 && { value: progress })} />
      </label>
    </div>
  );
  return (
    <article className="map">
      <Heading title="Map">Map</Heading>
      <Answered asked={asked} waiting={waiting}>
        {(loaded) => <Shown {...{ loaded, progress, route }} />}
      </Answered>
    </article>
  );
}

/** However slowly it moves, so many are drawn. */
const LEAST = 250;

interface ShownProps {
  loaded: Loaded;
  /** of the layout, from 0 to 1 */
  progress: number;
  route: Route;
}

function Shown({ loaded, progress, route }: ShownProps) {
  const { graph, complete } = loaded;
  const counted = useAnswer(MapDocument, complete ? null : {}).answer?.stats.entities;
  const [most, setMost] = useState(Infinity);
  const [isWhole, setWhole] = useState(false);
  const total = (complete ? graph.order : counted)?.toLocaleString('en') ?? 'all';
  const key = route.search.toString();
  // Only what changes the drawing makes a new view; the camera does not.
  const view = useMemo(() => viewOf(route), [key.replace(/(^|&)camera=[^&]*/, '')]);
  const drawn = useMemo(() => thinned(graph, most, view.selected), [graph, most, view.selected]);
  const go: Go = (parameters, options) => navigate(changed(route, parameters), options);
  const select = (id: string | null): void => {
    if (id !== view.selected) go({ e: id });
  };
  return (
    <div className="map-page">
      <aside className="map-side" aria-label="Filters and legend">
        <p className="map-counts">
          {drawn.order.toLocaleString('en')} entities, {drawn.size.toLocaleString('en')} links
          {(drawn !== graph || !complete) && `: the best connected of ${total}`} ·{' '}
          <Link to={changed(route, { view: view.table ? null : 'table' })}>
            {view.table ? 'Show as map' : 'Show as table'}
          </Link>
        </p>
        <Find graph={graph} view={view} go={go} />
        <Card graph={graph} view={view} close={() => select(null)} />
        <Filters loaded={loaded} view={view} go={go} />
        {drawn !== graph && (
          <p className="map-note" role="status">
            As many as move smoothly here.{' '}
            <button
              onClick={() => {
                setWhole(true);
                setMost(Infinity);
              }}
            >
              Draw {graph.order.toLocaleString('en')}
            </button>
          </p>
        )}
      </aside>
      {view.table ? (
        <Table graph={graph} view={view} />
      ) : (
        <Canvas
          graph={drawn}
          view={view}
          progress={progress}
          camera={route.search.get('camera')}
          told={{
            select,
            slow: () => {
              // A layout that moves takes its time from the pictures.
              if (!isWhole && progress === 1) setMost(Math.max(LEAST, Math.ceil(drawn.order / 2)));
            },
            camera: (camera) => go({ camera }, { replace: true }),
          }}
        />
      )}
    </div>
  );
}

/** Changes the address: a step for the back button, unless it replaces the one before. */
type Go = (parameters: Record<string, string | null>, options?: { replace: boolean }) => void;

function Find({ graph, view, go }: { graph: MapGraph; view: View; go: Go }) {
  const count = view.text === '' ? null : found(graph, view).length;
  return (
    <form
      className="map-find"
      role="search"
      aria-label="On the map"
      onSubmit={(event) => {
        event.preventDefault();
        const [best] = found(graph, view);
        if (best !== undefined) go({ e: best, camera: null });
      }}
    >
      <label>
        <span>Highlight names with</span>
        <input
          type="search"
          defaultValue={view.text}
          onChange={(event) => go({ find: event.target.value, e: null }, { replace: true })}
        />
      </label>
      <output>{count !== null && `${count.toLocaleString('en')} found`}</output>
    </form>
  );
}

function Check({ checked, toggle, children }: { checked: boolean; toggle: () => void; children: ReactNode }) {
  return (
    <label className="map-check">
      <input type="checkbox" checked={checked} onChange={toggle} />
      {children}
    </label>
  );
}

const toggled = <Value,>(set: ReadonlySet<Value>, value: Value): Set<Value> => {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
};

/** How many communities have a button. */
const COMMUNITIES = 8;

function Filters({ loaded: { graph, communities }, view, go }: { loaded: Loaded; view: View; go: Go }) {
  const types = useMemo(() => {
    const present = new Set(graph.mapEdges((_, edge) => edge.types).flat());
    return RELATION_TYPES.filter((type) => present.has(type));
  }, [graph]);
  const count = (kind: EntityKind): number => graph.filterNodes((_, node) => node.kind === kind).length;
  return (
    <>
      <fieldset>
        <legend>Kinds</legend>
        {KINDS.map((kind) => (
          <Check
            key={kind}
            checked={view.kinds.has(kind)}
            toggle={() => go({ kinds: parameterOf(toggled(view.kinds, kind), KINDS) })}
          >
            <span className="map-kind" data-kind={kind}>
              <KindIcon kind={kind} />
            </span>
            {ENTITY_KINDS[kind].label} <small>{count(kind).toLocaleString('en')}</small>
          </Check>
        ))}
      </fieldset>
      <fieldset>
        <legend>Communities</legend>
        {communities.slice(0, COMMUNITIES).map(({ name, size }, community) => (
          <button
            key={community}
            aria-pressed={view.community === community}
            onClick={() => go({ community: view.community === community ? null : String(community), camera: null })}
          >
            {name} <small>{size.toLocaleString('en')}</small>
          </button>
        ))}
      </fieldset>
      <details open={view.relations.size < RELATION_TYPES.length}>
        <summary>Relations</summary>
        {types.map((type) => (
          <Check
            key={type}
            checked={view.relations.has(type)}
            toggle={() => go({ relations: parameterOf(toggled(view.relations, type), RELATION_TYPES) })}
          >
            {ruleOf(type).verb}
          </Check>
        ))}
      </details>
    </>
  );
}

/** How many rows the table shows, and how many more at a time. */
const ROWS = 100;

function Table({ graph, view }: { graph: MapGraph; view: View }) {
  const [shown, setShown] = useState(ROWS);
  const ids = found(graph, view);
  return (
    <div className="map-table" tabIndex={0} role="region" aria-label="Entities, the best connected first">
      <table>
        <thead>
          <tr>
            <th scope="col">Entity</th>
            <th scope="col">Kind</th>
            <th scope="col">Related to</th>
          </tr>
        </thead>
        <tbody>
          {ids.slice(0, shown).map((id) => {
            const { label, kind, degree } = graph.getNodeAttributes(id);
            return (
              <tr key={id}>
                <td>
                  <EntityLink id={id} kind={kind} name={label} />
                </td>
                <td>{ENTITY_KINDS[kind].label}</td>
                <td>{degree.toLocaleString('en')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {ids.length > shown && (
        <button onClick={() => setShown(shown + ROWS)}>Show more of {ids.length.toLocaleString('en')}</button>
      )}
    </div>
  );
}
