import { useMemo, useState } from 'react';
import { EntityPageDocument, type EntityPageQuery, type StepFragment } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { FactFocusContext } from '../facts/focus.js';
import { Scores } from '../facts/Scores.js';
import type { PageProps, Route } from '../router.js';
import { Answered, Heading } from '../ui.js';
import { Abstract } from './Abstract.js';
import { EntityHead } from './EntityHead.js';
import { groupsOf, RelationGroup } from './RelationGroup.js';
import './entity.css';

type EntityAnswer = NonNullable<EntityPageQuery['entity']>;

export default function EntityPage({ route, id }: PageProps) {
  const asked = useAnswer(EntityPageDocument, { id });
  return (
    <article className="page entity">
      <Answered asked={asked}>
        {({ entity }) => (entity ? <Entity entity={entity} route={route} /> : <Unknown id={id} />)}
      </Answered>
    </article>
  );
}

const Unknown = ({ id }: { id: string }) => (
  <>
    <Heading title="Nothing has this id">Nothing has this id</Heading>
    <p>
      The graph holds no <code>{id}</code>. Search above for what it may be called here.
    </p>
  </>
);

function Entity({ entity, route }: { entity: EntityAnswer; route: Route }) {
  const [facts, look] = useState<readonly string[]>([]);
  const focus = useMemo(() => ({ facts, look }), [facts]);
  const { edges } = entity.relations;
  const isPaper = entity.__typename === 'Paper';
  const within = isPaper ? entity.id : undefined;
  const scores = edges.flatMap(({ relation }) => relation.results);
  const said = isPaper ? saidAbout(entity.id, entity.introduces.nodes) : [];
  return (
    <FactFocusContext value={focus}>
      <EntityHead entity={entity} />
      <div className={isPaper && entity.abstract ? 'beside' : ''}>
        {isPaper && entity.abstract && (
          <Abstract
            paper={entity.id}
            title={entity.name}
            text={entity.abstract}
            steps={[...edges, ...said.flatMap(({ steps }) => steps)]}
          />
        )}
        <div>
          {entity.relationCounts.length === 0 && <p>No document says anything about it.</p>}
          {groupsOf(entity.relationCounts, edges).map((group) => (
            <RelationGroup key={group.key} of={entity.id} group={group} route={route} within={within} />
          ))}
          {scores.length > 0 && (
            <section>
              <h2>Results</h2>
              <Scores
                scores={scores}
                columns={entity.kind === 'DATASET' ? ['subject', 'metric'] : ['dataset', 'metric']}
                caption={<span className="visually-hidden">Results</span>}
                {...(within && { within })}
              />
            </section>
          )}
          {said.map(({ about, steps }) => (
            <section key={about.id} className="said">
              <h2>What it says about {about.name}</h2>
              {groupsOf([], steps).map((group) => (
                <RelationGroup key={group.key} of={about.id} group={group} route={route} within={within} level="h3" />
              ))}
            </section>
          ))}
        </div>
      </div>
    </FactFocusContext>
  );
}

type Introduced = Extract<EntityAnswer, { __typename: 'Paper' }>['introduces']['nodes'][number];

/** What a paper states about each thing that it introduces, with its own sentences only. */
const saidAbout = (paper: string, introduced: readonly Introduced[]) =>
  introduced
    .map((about) => ({
      about,
      steps: about.relations.edges.flatMap((step): StepFragment[] => {
        const own = step.relation.evidence.filter(({ source }) => source?.id === paper);
        if (own.length === 0 || step.node.id === paper) return [];
        return [{ ...step, relation: { ...step.relation, evidence: own, evidenceCount: own.length } }];
      }),
    }))
    .filter(({ steps }) => steps.length > 0);
