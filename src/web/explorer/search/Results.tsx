/** Everything that a search finds, best first, by kind where wanted. */
import { ENTITY_KINDS, KINDS, type EntityKind } from '../../../ontology.js';
import { SearchCountsDocument, SearchResultsDocument, type SearchResultsQuery } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { ExportMenu } from '../ExportLinks.js';
import { Pages } from '../Pages.js';
import { changed, Link, type Route } from '../router.js';
import { EntityLink, Heading, Marked } from '../ui.js';

export function Results({ route, text }: { route: Route; text: string }) {
  const kind = KINDS.find((known) => known === route.search.get('kind'));
  return (
    <article className="page">
      <Heading title={`“${text}”`}>Results for “{text}”</Heading>
      <KindFilter route={route} text={text} kind={kind} />
      <ExportMenu of={{ search: text, kinds: kind ?? null }} />
      <Pages
        key={`${text} ${kind ?? ''}`}
        document={SearchResultsDocument}
        variables={{ text, kinds: kind && [kind] }}
        pageOf={({ search }) => search.pageInfo}
      >
        {({ search }) =>
          search.edges.length === 0 ? (
            <p>Nothing has a name or text like this. Fewer or shorter words find more.</p>
          ) : (
            <ol className="results">
              {search.edges.map((edge) => (
                <Result key={edge.node.id} {...edge} />
              ))}
            </ol>
          )
        }
      </Pages>
    </article>
  );
}

function Result({ node, snippet, highlights }: SearchResultsQuery['search']['edges'][number]) {
  return (
    <li>
      <EntityLink {...node} />
      {snippet && snippet !== node.name && (
        <p>
          <Marked text={snippet} marks={highlights} />
        </p>
      )}
    </li>
  );
}

function KindFilter({ route, text, kind }: { route: Route; text: string; kind: EntityKind | undefined }) {
  const { answer } = useAnswer(SearchCountsDocument, { text });
  const choice = (value: EntityKind | null, label: string) => (
    <li key={label}>
      <Link to={changed(route, { kind: value })} aria-current={value === (kind ?? null) ? 'true' : undefined}>
        {label} <span className="count">{answer?.[value ?? 'all'].totalCount ?? '–'}</span>
      </Link>
    </li>
  );
  return (
    <nav aria-label="Kinds">
      <ul className="filter">
        {choice(null, 'All')}
        {KINDS.map((value) => choice(value, `${ENTITY_KINDS[value].label}s`))}
      </ul>
    </nav>
  );
}
