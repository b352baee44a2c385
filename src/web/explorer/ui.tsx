/** What every page is made of. */
import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import type { EntityKind } from '../../ontology.js';
import type { TypedDocumentString } from '../generated/graphql.js';
import type { AskError, Asked } from './ask.js';
import { KindIcon } from './kinds.js';
import { hasNavigated, Link, pathOf, withSearch } from './router.js';

/** The one heading of a page; `title` names the browser's tab. Who navigates here goes on from it. */
export function Heading({ title, children }: { title: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (hasNavigated()) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = title === 'Stemma' ? title : `${title} · Stemma`;
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** Holds the place of what is still being asked. */
export function Waiting({ lines = 6 }: { lines?: number }) {
  return (
    <div className="page waiting" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="waiting-line" />
      ))}
    </div>
  );
}

const ADVICE: Record<string, string> = {
  NOT_FOUND: 'It may have another name here: search for it above.',
  DEADLINE_EXCEEDED: 'Ask for less, with a smaller depth or fewer relations, or try again.',
};

/** What went wrong, and what to do about it. */
function Problem({ error, again }: { error: AskError; again: () => void }) {
  return (
    <div className="problem" role="alert">
      <p>
        <strong>{error.message}</strong>
      </p>
      {ADVICE[error.code] && <p>{ADVICE[error.code]}</p>}
      <button onClick={again}>Try again</button>
    </div>
  );
}

/** Draws an answer, and until there is one that it is waited for or went wrong. */
export function Answered<Answer>({
  asked: { answer, error, again },
  waiting = <Waiting />,
  children,
}: {
  asked: Asked<Answer>;
  waiting?: ReactNode;
  children: (answer: Answer) => ReactNode;
}) {
  if (error) return <Problem error={error} again={again} />;
  return answer === undefined ? waiting : children(answer);
}

/** Opens what a page asks in the playground, to be changed and asked again. */
export function AsGraphql<Variables>({
  document,
  variables,
}: {
  document: TypedDocumentString<unknown, Variables>;
  variables: Variables;
}) {
  const question = { query: document.toString().trim(), variables: JSON.stringify(variables) };
  return (
    <a className="button" href={withSearch('/playground', question)}>
      As GraphQL
    </a>
  );
}

/** The name of an entity with the icon of its kind, leading to its page. */
export function EntityLink({ id, kind, name }: { id: string; kind: EntityKind; name: string }) {
  return (
    <Link to={pathOf('/e/', id)} className="entity-link" data-kind={kind}>
      <KindIcon kind={kind} />
      <span>{name}</span>
    </Link>
  );
}

interface Mark {
  start: number;
  end: number;
}

/** A text with stretches of it marked; marks are in order and do not overlap, in UTF-16 units. */
export function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  return (
    <>
      {marks.map(({ start, end }, index) => (
        <Fragment key={start}>
          {text.slice(marks[index - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(marks.at(-1)?.end ?? 0)}
    </>
  );
}
