/** Names that share their last word: `progressive and adversarial distillation` names two kinds of distillation. */
import { wordAt } from './language.js';
import type { Span } from './things.js';
import type { Found } from './unknown.js';
import { spanOf } from './unknown.js';

/** The known names whose last word stands only behind the name after them. */
export function ellipsesIn(found: Found, spans: readonly Span[]): Span[] {
  const { words, things } = found;
  return spans.flatMap((span): Span[] => {
    const { first, last, thing } = span;
    if (last - first < 2 || !/^(?:and|or)$/.test(wordAt(words, first - 1).lower)) return [];
    const at = first - 2;
    if (spans.some((other) => at >= other.first && at < other.last)) return [];
    const terms = things.index.termsOf(`${wordAt(words, at).lower} ${wordAt(words, last - 1).lower}`);
    const term = terms.find(({ kind }) => kind === thing.kind);
    return term ? [spanOf(found, things.ofTerm(term), { first: at, last: at + 1 })] : [];
  });
}
