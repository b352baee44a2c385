import { ENTITY_KINDS, KINDS, type EntityKind } from '../../../ontology.js';
import { OntologyDocument, type OntologyQuery } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { KindIcon } from '../kinds.js';
import { Answered, AsGraphql, Heading } from '../ui.js';
import './ontology.css';

type Rule = OntologyQuery['ontology'][number];

export default function OntologyPage() {
  const asked = useAnswer(OntologyDocument, {});
  return (
    <article className="page ontology">
      <Heading title="Ontology">What the graph can say</Heading>
      <p>
        Five kinds of things and the relations between them. Where a relation carries descent, its ancestor is marked:
        lineages walk these relations, whichever way they point.{' '}
        <AsGraphql document={OntologyDocument} variables={{}} />
      </p>
      <dl className="kinds">
        {KINDS.map((kind) => (
          <div key={kind} data-kind={kind}>
            <dt>
              <KindIcon kind={kind} /> {ENTITY_KINDS[kind].label}
            </dt>
            <dd>{ENTITY_KINDS[kind].means}</dd>
          </div>
        ))}
      </dl>
      <Answered asked={asked}>
        {({ ontology, stats }) => (
          <div className="table-wrap" role="region" aria-label="Relations" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">From</th>
                  <th scope="col">Relation</th>
                  <th scope="col">To</th>
                  <th scope="col">Means, of what it starts at</th>
                  <th scope="col">Fields</th>
                  <th scope="col" className="number">
                    Count
                  </th>
                </tr>
              </thead>
              <tbody>
                {ontology.map((rule) => (
                  <Row
                    key={rule.type}
                    rule={rule}
                    count={stats.types.find(({ type }) => type === rule.type)?.count ?? 0}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answered>
    </article>
  );
}

function Row({ rule, count }: { rule: Rule; count: number }) {
  const { type, verb, inverse, means, lineage, endpoints, sourceField, targetField } = rule;
  return (
    <tr id={type}>
      <td>
        <Kinds kinds={endpoints.map(({ source }) => source)} ancestor={lineage === 'FORWARD'} />
      </td>
      <th scope="row">
        <span className="verb">{verb}</span>
        <Arrow lineage={lineage} />
        <span className="inverse">{inverse}</span>
      </th>
      <td>
        <Kinds kinds={endpoints.map(({ target }) => target)} ancestor={lineage === 'REVERSE'} />
      </td>
      <td>
        {means}
        <br />
        <code>{type}</code>
      </td>
      <td>
        <code>{sourceField}</code>
        <br />
        <code>{targetField}</code>
      </td>
      <td className="number">{count.toLocaleString('en')}</td>
    </tr>
  );
}

function Kinds({ kinds, ancestor }: { kinds: readonly EntityKind[]; ancestor: boolean }) {
  const own = KINDS.filter((kind) => kinds.includes(kind));
  return (
    <>
      <ul className="ends">
        {own.map((kind) => (
          <li key={kind}>
            <KindIcon kind={kind} /> {ENTITY_KINDS[kind].label}
          </li>
        ))}
      </ul>
      {ancestor && <span className="ancestor">ancestor</span>}
    </>
  );
}

/** Points from source to target; drawn through where descent follows it, dashed where it carries none. */
function Arrow({ lineage }: { lineage: Rule['lineage'] }) {
  return (
    <svg className="arrow" viewBox="0 0 120 12" aria-hidden="true" data-lineage={lineage ?? 'NONE'}>
      <line x1="2" y1="6" x2="110" y2="6" />
      <path d="M108 1.5L117 6l-9 4.5" />
    </svg>
  );
}
