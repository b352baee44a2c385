/** The entity that was clicked, with the best connected of what is around it. */
import { ENTITY_KINDS } from '../../../ontology.js';
import { EntityLink } from '../ui.js';
import type { MapGraph } from './graph.js';
import { around, type View } from './view.js';

export function Card({ graph, view, close }: { graph: MapGraph; view: View; close: () => void }) {
  if (view.selected === null) return null;
  if (!graph.hasNode(view.selected)) return <p className="map-card">{view.selected} is not on the map.</p>;
  const { label, kind, degree } = graph.getNodeAttributes(view.selected);
  const near = [...around(graph, view.selected, view)]
    .filter((id) => id !== view.selected)
    .sort((a, b) => graph.getNodeAttribute(b, 'degree') - graph.getNodeAttribute(a, 'degree'));
  return (
    <section className="map-card" aria-label={label}>
      <EntityLink id={view.selected} kind={kind} name={label} />
      <p>
        {ENTITY_KINDS[kind].label}, related to {degree.toLocaleString('en')} others
      </p>
      <ul>
        {near.slice(0, 6).map((id) => (
          <li key={id}>
            <EntityLink id={id} kind={graph.getNodeAttribute(id, 'kind')} name={graph.getNodeAttribute(id, 'label')} />
          </li>
        ))}
      </ul>
      {near.length > 6 && <p>and {(near.length - 6).toLocaleString('en')} more</p>}
      <button onClick={close}>Close</button>
    </section>
  );
}
