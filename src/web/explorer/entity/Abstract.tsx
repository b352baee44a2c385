import { useContext, useMemo } from 'react';
import type { StepFragment } from '../../generated/graphql.js';
import { FactFocusContext, useFactFocus } from '../facts/focus.js';
import { piecesOf, type Piece, type Quoted } from '../facts/spans.js';

interface AbstractProps {
  /** id */
  paper: string;
  title: string;
  text: string;
  /** Relations whose evidence may quote the text. */
  steps: readonly StepFragment[];
}

/** The abstract of a paper with everything marked that some fact quotes. */
export function Abstract({ paper, title, text, steps }: AbstractProps) {
  const pieces = useMemo(() => {
    // Quotes count from the start of the title, a blank line before the text.
    const offset = title.length + 2;
    const proofs = steps.flatMap(({ relation }) => [
      ...relation.evidence,
      ...relation.results.map(({ evidence }) => evidence),
    ]);
    const own = new Map<string, Quoted>();
    for (const { id, source, start, end, quote } of proofs)
      if (source?.id === paper && typeof start === 'number' && typeof end === 'number')
        if (text.slice(start - offset, end - offset) === quote)
          own.set(id, { id, start: start - offset, end: end - offset });
    return piecesOf(text, [...own.values()]);
  }, [paper, title, text, steps]);
  return (
    <section className="abstract" aria-label="Abstract" tabIndex={0}>
      <h2>Abstract</h2>
      <p>{pieces.map((piece, index) => (piece.facts.length > 0 ? <Words key={index} {...piece} /> : piece.text))}</p>
      <p className="aside">Marked is what a fact of this page quotes; point at either to see the other.</p>
    </section>
  );
}

function Words({ text, facts }: Piece) {
  const { facts: looked } = useContext(FactFocusContext);
  const strong = facts.some((id) => looked.includes(id));
  const { onMouseEnter, onMouseLeave } = useFactFocus(facts);
  return (
    <mark data-looked-at={strong || undefined} onMouseEnter={onMouseEnter} onMouseLeave={onMouseLeave}>
      {text}
    </mark>
  );
}
