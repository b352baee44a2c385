/** The ways between two entities: each as a chain of names to choose from, the chosen one as sentences with quotes. */
import { ruleOf } from '../../../ontology.js';
import type { PathsQuery } from '../../generated/graphql.js';
import { Proofs } from '../facts/Proofs.js';
import { changed, Link, type Route } from '../router.js';
import { EntityLink } from '../ui.js';

type Way = NonNullable<PathsQuery['paths']>[number];

/** How many ways are asked for; where as many came there may be more, none of them shorter. */
export const WAYS_MAX = 6;

export function Ways({ route, ways }: { route: Route; ways: readonly Way[] }) {
  const wanted = Number(route.search.get('way') ?? '1') - 1;
  const way = ways[wanted] ?? ways[0];
  if (!way) return null;
  return (
    <>
      <Sentences way={way} />
      {ways.length > 1 && (
        <nav aria-label="Ways" className="ways">
          <h2>
            {ways.length < WAYS_MAX ? `All ${String(ways.length)} ways` : `The ${String(WAYS_MAX)} shortest ways`}
          </h2>
          <ol>
            {ways.map((other, index) => (
              <li key={other.nodes.map(({ id }) => id).join(' ')}>
                <Link
                  to={changed(route, { way: index === 0 ? null : String(index + 1) })}
                  aria-current={other === way ? 'true' : undefined}
                >
                  {chainOf(other)}
                </Link>{' '}
                <span className="aside">{stepsOf(other.length)}</span>
              </li>
            ))}
          </ol>
        </nav>
      )}
    </>
  );
}

/** The names along a way; each arrow points as its relation does. */
const chainOf = ({ nodes, steps }: Way): string =>
  nodes
    .map(({ id, name }, index) => {
      const before = steps[index - 1];
      return before ? `${before.source.id === id ? '←' : '→'} ${name}` : name;
    })
    .join(' ');

const stepsOf = (length: number): string => (length === 1 ? '1 step' : `${String(length)} steps`);

/** Each step reads on from the one before, so a relation against the way is told from its target's side. */
function Sentences({ way }: { way: Way }) {
  return (
    <section aria-label={`Way of ${stepsOf(way.length)}`}>
      <h2>{way.length === 0 ? 'They are one and the same' : `${stepsOf(way.length)} apart`}</h2>
      <ol className="chain">
        {way.steps.map((step, index) => {
          const [here, next] = [way.nodes[index], way.nodes[index + 1]];
          if (!here || !next) return null;
          const { verb, inverse } = ruleOf(step.type);
          return (
            <li key={step.id}>
              <p className="sentence">
                <EntityLink {...here} /> <em>{step.source.id === here.id ? verb : inverse}</em>{' '}
                {step.via && <span className="aside">({step.via})</span>} <EntityLink {...next} />
              </p>
              <Proofs proofs={step.evidence} count={step.evidenceCount} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
