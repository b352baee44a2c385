import { EndsDocument, PathsDocument, type PathsQueryVariables } from '../../generated/graphql.js';
import { useAnswer } from '../ask.js';
import { changed, Link, navigate, withSearch, type PageProps, type Route } from '../router.js';
import { Combobox } from '../search/Combobox.js';
import { Answered, AsGraphql, Heading } from '../ui.js';
import { Ways, WAYS_MAX } from './Ways.js';
import './path.css';

/** Confidences to choose from: every fact, those of public knowledge too, those with a quote that a person read. */
const CONFIDENCES = ['0.5', '0.9', '1'];

export default function PathPage({ route }: PageProps) {
  const { search } = route;
  const [from, to] = [search.get('from') ?? '', search.get('to') ?? ''];
  const ids = [from, to].filter((id) => id !== '');
  const { answer } = useAnswer(EndsDocument, ids.length > 0 ? { ids } : null);
  const nameOf = (id: string) => answer?.nodes.find((node) => node && 'id' in node && node.id === id)?.name ?? id;
  const least = search.get('confidence');
  const question: PathsQueryVariables = {
    from,
    to,
    directed: search.get('directed') === '1',
    minConfidence: least ? Number(least) : null,
    first: WAYS_MAX,
  };
  const title = from && to && answer ? `${nameOf(from)} to ${nameOf(to)}` : 'Path';
  return (
    <article className="page path">
      <Heading title={title}>How are two things connected?</Heading>
      <form className="controls" onSubmit={(event) => event.preventDefault()}>
        <div className="ends">
          <End route={route} side="from" label="From" name={from && nameOf(from)} />
          <Link
            className="button swap"
            replace
            to={withSearch('/path', { ...Object.fromEntries(search), from: to, to: from, way: null })}
            aria-label="Swap the two ends"
          >
            ⇄
          </Link>
          <End route={route} side="to" label="To" name={to && nameOf(to)} />
        </div>
        <Filters route={route} question={question} />
      </form>
      {from && to ? (
        <Found route={route} question={question} />
      ) : (
        <p>Choose two things; every step comes with its sentence.</p>
      )}
    </article>
  );
}

function Filters({ route, question }: { route: Route; question: PathsQueryVariables }) {
  const set = (parameters: Record<string, string | null>) =>
    navigate(changed(route, { ...parameters, way: null }), { replace: true });
  return (
    <div className="filters">
      <label>
        <input
          type="checkbox"
          checked={question.directed === true}
          onChange={({ target }) => set({ directed: target.checked ? '1' : null })}
        />
        Follow relations only in their direction
      </label>
      <label>
        Confidence
        <select
          value={route.search.get('confidence') ?? ''}
          onChange={({ target }) => set({ confidence: target.value })}
        >
          <option value="">any</option>
          {CONFIDENCES.map((value) => (
            <option key={value} value={value}>
              {value === '1' ? '1 only' : `${value} or more`}
            </option>
          ))}
        </select>
      </label>
      {question.from && question.to && <AsGraphql document={PathsDocument} variables={question} />}
    </div>
  );
}

interface EndProps {
  route: Route;
  side: 'from' | 'to';
  label: string;
  name: string;
}

function End({ route, side, label, name }: EndProps) {
  return (
    <div className="end">
      <span aria-hidden="true">{label}</span>
      <Combobox
        label={label}
        placeholder="Name of a paper, technique, model …"
        initial={name}
        onPick={(picked) => navigate(changed(route, { [side]: picked.id, way: null }))}
      />
    </div>
  );
}

function Found({ route, question }: { route: Route; question: PathsQueryVariables }) {
  const asked = useAnswer(PathsDocument, question);
  return (
    <Answered asked={asked}>
      {({ paths }) =>
        paths && paths.length > 0 ? (
          <Ways route={route} ways={paths} />
        ) : (
          <p className="empty">
            No way of at most 6 steps joins them
            {question.directed || question.minConfidence
              ? ' under these conditions; loosen them above.'
              : '; they may belong to parts of the graph that do not touch.'}
          </p>
        )
      }
    </Answered>
  );
}
