import { ENTITY_KINDS } from '../../../ontology.js';
import { HomeDocument, type HomeQuery } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { KindIcon } from '../kinds.js';
import type { PageProps } from '../router.js';
import { Results } from '../search/Results.js';
import { Answered, Heading } from '../ui.js';
import './home.css';

export function HomePage({ route }: PageProps) {
  const text = route.search.get('q')?.trim() ?? '';
  return text ? <Results route={route} text={text} /> : <Home />;
}

function Home() {
  const asked = useAnswer(HomeDocument, {});
  return (
    <article className="page home">
      <Heading title="Stemma">The family tree of machine-learning research</Heading>
      <p className="lead">
        Papers, techniques, datasets, models and code repositories, and how they descend from each other. Every relation
        can show the sentence that says so.
      </p>
      <Answered asked={asked}>{({ stats }) => <Counts stats={stats} />}</Answered>
    </article>
  );
}

function Counts({ stats }: { stats: HomeQuery['stats'] }) {
  return (
    <ul className="counts">
      {stats.kinds.map(({ kind, count }) => (
        <li key={kind} data-kind={kind}>
          <KindIcon kind={kind} />
          <strong>{count.toLocaleString('en')}</strong> {`${ENTITY_KINDS[kind].label.toLowerCase()}s`}
        </li>
      ))}
      <li>
        <strong>{stats.relations.toLocaleString('en')}</strong> relations, stated by{' '}
        <strong>{stats.facts.toLocaleString('en')}</strong> facts from{' '}
        <strong>{stats.documents.toLocaleString('en')}</strong> documents
      </li>
    </ul>
  );
}
