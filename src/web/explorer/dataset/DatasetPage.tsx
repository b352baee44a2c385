import { LOWER_IS_BETTER } from '../../../metrics.js';
import { DatasetDocument, LeaderboardDocument, type ScoreFragment } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { Scores } from '../facts/Scores.js';
import { KindIcon } from '../kinds.js';
import { Pages } from '../Pages.js';
import { changed, Link, pathOf, type PageProps } from '../router.js';
import { Answered, AsGraphql, Heading } from '../ui.js';
import { onceEach } from './once.js';
import { Plot } from './Plot.js';
import './dataset.css';

export default function DatasetPage({ route, id }: PageProps) {
  const asked = useAnswer(DatasetDocument, { id });
  const metric = route.search.get('metric');
  return (
    <article className="page dataset">
      <Answered asked={asked}>
        {({ entity }) =>
          entity ? (
            <>
              <p className="kind" data-kind={entity.kind}>
                <KindIcon kind={entity.kind} /> Results
              </p>
              <Heading title={`Results on ${entity.name}`}>{entity.name}</Heading>
              {entity.description && <p>{entity.description}</p>}
              <nav aria-label="This dataset">
                <Link className="button" to={pathOf('/e/', id)}>
                  About this dataset
                </Link>
                <AsGraphql document={LeaderboardDocument} variables={{ id, metric }} />
                {metric && (
                  <Link className="button" to={changed(route, { metric: null })}>
                    All metrics
                  </Link>
                )}
              </nav>
              <Pages
                key={metric}
                document={LeaderboardDocument}
                variables={{ id, metric }}
                pageOf={({ leaderboard }) => leaderboard?.pageInfo}
              >
                {({ leaderboard }) => <Metrics scores={leaderboard?.nodes ?? []} />}
              </Pages>
            </>
          ) : (
            <>
              <Heading title="No dataset has this id">No dataset has this id</Heading>
              <p>
                The graph holds no dataset <code>{id}</code>. Search above for what it may be called here.
              </p>
            </>
          )
        }
      </Answered>
    </article>
  );
}

const lower = new Set<string>(LOWER_IS_BETTER.map((name) => name.toLowerCase()));

/** One plot and one table for each metric, in the order of the leaderboard. */
function Metrics({ scores }: { scores: readonly ScoreFragment[] }) {
  if (scores.length === 0) return <p>No text gives a number for it.</p>;
  const once = onceEach(scores);
  const metrics = [...new Set(once.map(({ metric }) => metric))];
  return metrics.map((metric) => {
    const own = once.filter((score) => score.metric === metric);
    const better = lower.has(metric.toLowerCase()) ? 'lower' : 'higher';
    return (
      <section key={metric} className="metric">
        <h2>{metric}</h2>
        <Plot scores={own} metric={metric} better={better} />
        <Scores scores={own} columns={['subject']} caption={`${metric}, best first; ${better} is better`} />
      </section>
    );
  });
}
