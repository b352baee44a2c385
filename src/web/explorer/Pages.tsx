/** A list of any length: a page, and a button that puts the next page below it. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { TypedDocumentString } from '../generated/graphql.js';
import { useAnswer } from './ask.js';
import { Answered, Waiting } from './ui.js';

interface PageInfo {
  hasNextPage: boolean;
  endCursor?: string | null;
}

interface PagesProps<Answer, Variables> {
  document: TypedDocumentString<Answer, Variables & { after: string | null }>;
  /** All but `after`; give another key when they change. */
  variables: Variables;
  pageOf: (answer: Answer) => PageInfo | undefined;
  /** Draws one page. */
  children: (answer: Answer) => ReactNode;
}

export function Pages<Answer, Variables>(props: PagesProps<Answer, Variables>) {
  return <PageAfter {...props} after={null} />;
}

function PageAfter<Answer, Variables>({ after, ...props }: PagesProps<Answer, Variables> & { after: string | null }) {
  const { document, variables, pageOf, children } = props;
  const asked = useAnswer(document, { ...variables, after });
  const [more, setMore] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const arrived = asked.answer !== undefined;
  useEffect(() => {
    // The button that had the focus is gone; reading goes on where the new page begins.
    if (after !== null && arrived) page.current?.focus({ preventScroll: true });
  }, [after, arrived]);
  return (
    <Answered asked={asked} waiting={<Waiting lines={after === null ? 8 : 3} />}>
      {(answer) => {
        const { hasNextPage, endCursor } = pageOf(answer) ?? { hasNextPage: false };
        return (
          <>
            <div ref={page} tabIndex={-1} className="more-page">
              {children(answer)}
            </div>
            {hasNextPage && !more && (
              <button className="more" onClick={() => setMore(true)}>
                Show more
              </button>
            )}
            {more && <PageAfter {...props} after={endCursor ?? null} />}
          </>
        );
      }}
    </Answered>
  );
}
