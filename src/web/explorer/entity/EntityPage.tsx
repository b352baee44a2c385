import { useMemo, useState } from 'react';
import { EntityPageDocument, type EntityPageQuery } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { FactFocusContext } from '../facts/focus.js';
import { Scores } from '../facts/Scores.js';
import type { PageProps, Route } from '../router.js';
import { Answered, Heading } from '../ui.js';
import { Abstract, QuotedText } from './Abstract.js';
import { EntityHead } from './EntityHead.js';
import { groupsOf, RelationGroup } from './RelationGroup.js';
import { quotesIn, saidIn } from './said.js';
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
  const paper = entity.__typename === 'Paper' ? entity : null;
  const within = paper?.id;
  const scores = edges.flatMap(({ relation }) => relation.results);
  const said = useMemo(() => (paper ? saidIn(paper.id, paper.facts.edges) : []), [paper]);
  const quotes = useMemo(() => {
    const facts = paper?.facts.edges.map(({ node }) => node) ?? [];
    // Quotes count from the start of the title, a blank line before the text.
    const offset = entity.name.length + 2;
    return { title: quotesIn(entity.name, 0, facts), text: quotesIn(paper?.abstract ?? '', offset, facts) };
  }, [entity, paper]);
  return (
    <FactFocusContext value={focus}>
      <EntityHead entity={entity}>
        <QuotedText text={entity.name} quotes={quotes.title} />
      </EntityHead>
      <div className={paper?.abstract ? 'beside' : ''}>
        {paper?.abstract && (
          <Abstract text={paper.abstract} quotes={quotes.text} partial={paper.facts.pageInfo.hasNextPage} />
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
