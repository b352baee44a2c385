import { ENTITY_KINDS, KINDS, type EntityKind } from '../../../ontology.js';
import { OntologyCountsDocument, OntologyDocument, type OntologyQuery } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { KindIcon } from '../kinds.js';
import { Answered, AsGraphql, Heading } from '../ui.js';
import './ontology.css';

type Rule = OntologyQuery['ontology'][number];

export default function OntologyPage() {
  const asked = useAnswer(OntologyDocument, {});
  const counts = useAnswer(OntologyCountsDocument, {}).answer?.stats.types;
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
        {({ ontology }) => (
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
                  <Row key={rule.type} rule={rule} count={counts?.find(({ type }) => type === rule.type)?.count} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answered>
    </article>
  );
}

interface Line {
  sources: readonly EntityKind[];
  targets: readonly EntityKind[];
}

/** What a relation joins: every source with every target in one line, else each pair in a line of its own. */
function linesOf({ endpoints }: Rule): Line[] {
  const [sources, targets] = [endpoints.map(({ source }) => source), endpoints.map(({ target }) => target)];
  if (new Set(sources).size * new Set(targets).size === endpoints.length) return [{ sources, targets }];
  return endpoints.map(({ source, target }) => ({ sources: [source], targets: [target] }));
}

function Row({ rule, count }: { rule: Rule; count: number | undefined }) {
  const { type, verb, inverse, means, lineage, sourceField, targetField } = rule;
  const [first, ...others] = linesOf(rule);
  if (!first) return null;
  const rowSpan = 1 + others.length;
  const from = ({ sources }: Line) => <Kinds kinds={sources} ancestor={lineage === 'FORWARD'} />;
  const to = ({ targets }: Line) => <Kinds kinds={targets} ancestor={lineage === 'REVERSE'} />;
  return (
    <>
      <tr id={type}>
        <td>{from(first)}</td>
        <th scope="row" rowSpan={rowSpan}>
          <span className="verb">{verb}</span>
          <Arrow lineage={lineage} />
          <span className="inverse">{inverse}</span>
        </th>
        <td>{to(first)}</td>
        <td rowSpan={rowSpan}>
          {means}
          <br />
          <code>{type}</code>
        </td>
        <td rowSpan={rowSpan}>
          <code>{sourceField}</code>
          <br />
          <code>{targetField}</code>
        </td>
        <td className="number" rowSpan={rowSpan}>
          {count?.toLocaleString('en') ?? '…'}
        </td>
      </tr>
      {others.map((line) => (
        <tr key={line.sources.join()}>
          <td>{from(line)}</td>
          <td>{to(line)}</td>
        </tr>
      ))}
    </>
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
