/** Relations of one type on one side of an entity, as a sentence would name them: what it uses, what uses it. */
import { RELATION_TYPES, ruleOf, type RelationType } from '../../../ontology.js';
import {
  RelationsOfTypeDocument,
  type Direction,
  type EntityPageQuery,
  type StepFragment,
} from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { Proofs } from '../facts/Proofs.js';
import { Pages } from '../Pages.js';
import { changed, Link, type Route } from '../router.js';
import { Answered, EntityLink, Waiting } from '../ui.js';

type Counts = NonNullable<EntityPageQuery['entity']>['relationCounts'];

export interface Group {
  key: string;
  type: RelationType;
  direction: Direction;
  /** How many there are in all. */
  count: number;
  /** Those that are here. */
  steps: StepFragment[];
}

/** Groups in the order of the ontology; counts are those given, or of what is here. */
export const groupsOf = (counts: Counts, steps: readonly StepFragment[]): Group[] =>
  RELATION_TYPES.flatMap((type) =>
    (['OUT', 'IN'] as const).flatMap((direction): Group[] => {
      const here = steps.filter((step) => step.relation.type === type && step.direction === direction);
      const given = counts.find((count) => count.type === type && count.direction === direction);
      const count = given?.count ?? here.length;
      return count > 0 ? [{ key: `${type}-${direction}`, type, direction, count, steps: here }] : [];
    }),
  );

/** How many a group shows before all are asked for. */
const SHORT = 8;

interface RelationGroupProps {
  /** id of the entity */
  of: string;
  group: Group;
  route: Route;
  within: string | undefined;
  level?: 'h2' | 'h3';
}

export function RelationGroup({ of, group, route, within, level: Title = 'h2' }: RelationGroupProps) {
  const { key, type, direction, count, steps } = group;
  const { verb, inverse } = ruleOf(type);
  const opened = route.search.get('all')?.split(' ') ?? [];
  const isOpen = opened.includes(key) || count <= SHORT;
  return (
    <section className="relation-group">
      <Title className="relation-title">
        {direction === 'OUT' ? verb : inverse} <span className="count">{count}</span>
      </Title>
      {isOpen && steps.length < count ? (
        <Pages
          document={RelationsOfTypeDocument}
          variables={{ id: of, type, direction }}
          pageOf={({ entity }) => entity?.relations.pageInfo}
        >
          {({ entity }) => <Steps steps={entity?.relations.edges ?? []} within={within} />}
        </Pages>
      ) : steps.length < Math.min(SHORT, count) ? (
        <Beginning of={of} group={group} within={within} />
      ) : (
        <Steps steps={isOpen ? steps : steps.slice(0, SHORT)} within={within} />
      )}
      {!isOpen && (
        <Link className="button" replace to={changed(route, { all: [...opened, key].join(' ') })}>
          Show all {count}
        </Link>
      )}
    </section>
  );
}

/** What a group shows before all are asked for, where the page's own answer holds too little of it. */
function Beginning({ of, group: { type, direction }, within }: Pick<RelationGroupProps, 'of' | 'group' | 'within'>) {
  const asked = useAnswer(RelationsOfTypeDocument, { id: of, type, direction, first: SHORT, after: null });
  return (
    <Answered asked={asked} waiting={<Waiting lines={SHORT} />}>
      {({ entity }) => <Steps steps={entity?.relations.edges ?? []} within={within} />}
    </Answered>
  );
}

function Steps({ steps, within }: { steps: readonly StepFragment[]; within: string | undefined }) {
  return (
    <ul className="relation-list">
      {steps.map(({ node, relation }) => (
        <li key={relation.id}>
          <EntityLink {...node} />
          {relation.via && <span className="aside">{relation.via}</span>}
          {relation.results.length > 0 && (
            <span className="aside">{relation.results.map(({ metric, raw }) => `${metric} ${raw}`).join(', ')}</span>
          )}
          {relation.results.length === 0 && (
            <Proofs proofs={relation.evidence} count={relation.evidenceCount} within={within} named={node.id} />
          )}
        </li>
      ))}
    </ul>
  );
}
