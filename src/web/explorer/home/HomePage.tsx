import { ENTITY_KINDS } from '../../../ontology.js';
import { HomeDocument, HomeWholeDocument, type HomeQuery, type HomeWholeQuery } from '../../generated/graphql.js';
import { useAnswer, type Asked } from '../ask.js';
import { ExportLinks } from '../ExportLinks.js';
import { KindIcon } from '../kinds.js';
import { Link, type PageProps } from '../router.js';
import { Results } from '../search/Results.js';
import { Answered, EntityLink, Heading } from '../ui.js';
import { EXAMPLES } from './examples.js';
import './home.css';

export function HomePage({ route }: PageProps) {
  const text = route.search.get('q')?.trim() ?? '';
  return text ? <Results route={route} text={text} /> : <Home />;
}

const ABOUT = [...new Set(EXAMPLES.flatMap(({ about }) => about))];

function Home() {
  const asked = useAnswer(HomeDocument, { examples: ABOUT });
  const whole = useAnswer(HomeWholeDocument, {});
  return (
    <article className="page home">
      <Heading title="Stemma">The family tree of machine-learning research</Heading>
      <p className="lead">
        Papers, techniques, datasets, models and code repositories, and how they descend from each other. Every relation
        can show the sentence that says so.
      </p>
      <Answered asked={asked}>
        {({ stats, nodes }) => (
          <>
            <Counts stats={stats} whole={whole.answer?.stats} />
            {stats.documents === 0 ? <Empty /> : <Begin whole={whole} held={nodes.map((node) => node?.id)} />}
          </>
        )}
      </Answered>
    </article>
  );
}

const Empty = () => (
  <p>
    The graph is empty. <code>npx stemma seed</code> loads what comes with Stemma, <code>npx stemma ingest</code> your
    own texts.
  </p>
);

type Whole = HomeWholeQuery['stats'];

/** What goes through the whole graph comes later where the graph is large, to the place that is kept for it. */
function Counts({ stats, whole }: { stats: HomeQuery['stats']; whole: Whole | undefined }) {
  return (
    <ul className="counts">
      {stats.kinds.map(({ kind, count }) => (
        <li key={kind} data-kind={kind}>
          <KindIcon kind={kind} /> <strong>{count.toLocaleString('en')}</strong>{' '}
          {`${ENTITY_KINDS[kind].label.toLowerCase()}s`}
        </li>
      ))}
      <li>
        <strong>{whole?.relations.toLocaleString('en') ?? '…'}</strong> relations, stated by{' '}
        <strong>{whole?.facts.toLocaleString('en') ?? '…'}</strong> facts from{' '}
        <strong>{stats.documents.toLocaleString('en')}</strong> documents
      </li>
    </ul>
  );
}

const WaysIn = () => (
  <>
    <h2>Other ways in</h2>
    <dl className="ways-in">
      <dt>
        <Link to="/map">Map</Link>
      </dt>
      <dd>everything at once, by kind and by community</dd>
      <dt>
        <Link to="/ontology">Ontology</Link>
      </dt>
      <dd>which relations there are, and which end is the ancestor</dd>
      <dt>
        <a href="/playground">Playground</a>
      </dt>
      <dd>ask in GraphQL, from examples, and draw what comes</dd>
      <dt>Exports</dt>
      <dd>
        all of it, for other tools
        <ExportLinks />
      </dd>
    </dl>
  </>
);

function Begin({ whole, held }: { whole: Asked<HomeWholeQuery>; held: readonly (string | undefined)[] }) {
  const examples = EXAMPLES.filter(({ about }) => about.every((id) => held.includes(id)));
  return (
    <div className="begin">
      <section>
        {examples.length > 0 && (
          <>
            <h2>Questions to begin with</h2>
            <ul className="questions">
              {examples.map(({ question, to }) => (
                <li key={to}>
                  <Link to={to}>{question}</Link>
                </li>
              ))}
            </ul>
          </>
        )}
        <WaysIn />
      </section>
      <section>
        <h2>Most connected</h2>
        <Answered asked={whole}>{({ stats }) => <MostConnected those={stats.mostConnected} />}</Answered>
      </section>
    </div>
  );
}

function MostConnected({ those }: { those: Whole['mostConnected'] }) {
  const most = those[0]?.neighbors ?? 1;
  return (
    <ol className="connected">
      {those.map(({ entity, neighbors }) => (
        <li key={entity.id} data-kind={entity.kind}>
          <EntityLink {...entity} />
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width={(neighbors / most) * 100} height="6" />
          </svg>
          <span title="related entities">{neighbors}</span>
        </li>
      ))}
    </ol>
  );
}
