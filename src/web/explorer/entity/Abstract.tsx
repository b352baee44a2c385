/** A paper's own words, with everything marked that some fact quotes. */
import { useContext, useMemo } from 'react';
import { FactFocusContext, useFactFocus } from '../facts/focus.js';
import { piecesOf, type Piece, type Quoted } from '../facts/spans.js';

interface AbstractProps {
  text: string;
  quotes: readonly Quoted[];
  /** Whether the paper states more than the page asked for. */
  partial: boolean;
}

export function Abstract({ text, quotes, partial }: AbstractProps) {
  return (
    <section className="abstract" aria-label="Abstract" tabIndex={0}>
      <h2>Abstract</h2>
      <p>
        <QuotedText text={text} quotes={quotes} />
      </p>
      <p className="aside">
        {partial ? 'Marked are the words of the first 100 facts' : 'Marked is what any fact quotes'}; point at either to
        see the other.
      </p>
    </section>
  );
}

export function QuotedText({ text, quotes }: { text: string; quotes: readonly Quoted[] }) {
  const pieces = useMemo(() => piecesOf(text, quotes), [text, quotes]);
  return pieces.map((piece, index) => (piece.facts.length > 0 ? <Words key={index} {...piece} /> : piece.text));
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
