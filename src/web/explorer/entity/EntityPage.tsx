import { useMemo, useState } from 'react';
import { EntityPageDocument, type EntityPageQuery } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { FactFocusContext } from '../facts/focus.js';
import { Scores } from '../facts/Scores.js';
import { Link, pathOf, type PageProps, type Route } from '../router.js';
import { Answered, Heading } from '../ui.js';
import { Abstract, QuotedText } from './Abstract.js';
import { EntityHead } from './EntityHead.js';
import { groupsOf, RelationGroup, type Group } from './RelationGroup.js';
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
  const groups = groupsOf(entity.relationCounts, edges);
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
          {groups.map((group) => (
            <RelationGroup key={group.key} of={entity.id} group={group} route={route} within={within} />
          ))}
          <Results entity={entity} groups={groups} />
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

/** The numbers among the relations that are here, and where those of the others are. */
function Results({ entity, groups }: { entity: EntityAnswer; groups: readonly Group[] }) {
  const evaluations = groups.filter(({ type }) => type === 'EVALUATED_ON');
  const scores = evaluations.flatMap(({ steps }) => steps.flatMap(({ relation }) => relation.results));
  const missing = evaluations.reduce((sum, { count, steps }) => sum + count - steps.length, 0);
  if (scores.length === 0 && missing === 0) return null;
  const isDataset = entity.kind === 'DATASET';
  return (
    <section>
      <h2>Results</h2>
      {missing > 0 && (
        <p className="aside">
          Of the first 100 relations; {missing} more {missing === 1 ? 'evaluation is' : 'evaluations are'}{' '}
          {isDataset ? <Link to={pathOf('/d/', entity.id)}>in the table of all results</Link> : 'listed above'}.
        </p>
      )}
      {scores.length > 0 && (
        <Scores
          scores={scores}
          columns={isDataset ? ['subject', 'metric'] : ['dataset', 'metric']}
          caption={<span className="visually-hidden">Results</span>}
          {...(entity.__typename === 'Paper' && { within: entity.id })}
        />
      )}
    </section>
  );
}
