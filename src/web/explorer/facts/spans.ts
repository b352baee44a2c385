/** Stretches of a text that facts quote. Quotes overlap and repeat, so the text is cut at every end of one. */

export interface Quoted {
  /** id of the fact */
  id: string;
  /** UTF-16 units in the text; end is exclusive */
  start: number;
  end: number;
}

export interface Piece {
  text: string;
  /** The facts that quote this piece, none where nobody does. */
  facts: readonly string[];
}

/** The pieces of a text, in order; joined they are the text. Neighbours differ in their facts. */
export function piecesOf(text: string, quotes: readonly Quoted[]): Piece[] {
  const inside = quotes.filter(({ start, end }) => start >= 0 && end <= text.length && start < end);
  const cuts = [...new Set([0, text.length, ...inside.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] ?? 0;
    const facts = inside.filter((quote) => quote.start <= start && quote.end >= end).map(({ id }) => id);
    return { text: text.slice(start, end), facts };
  });
}
