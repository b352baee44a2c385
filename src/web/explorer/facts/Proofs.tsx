/** The words that support a relation, and where they stand. */
import type { ProofFragment } from '../../generated/graphql.js';
import { EntityLink, Marked } from '../ui.js';
import { useFactFocus } from './focus.js';
import './facts.css';

interface ProofsProps {
  proofs: readonly ProofFragment[];
  /** How many there are in all. */
  count: number;
  /** id of the paper whose own page this is: its quotes stand beside its text, so they need no sentence around them */
  within?: string | undefined;
  /** id of an entity that is named just above, so that its name need not come again as the source */
  named?: string | undefined;
}

/** The first sentence in full, the others on demand. */
export function Proofs({ proofs, count, ...where }: ProofsProps) {
  const [first, ...rest] = proofs;
  if (!first) return null;
  const missing = count - proofs.length;
  return (
    <>
      <Proof proof={first} {...where} />
      {rest.length > 0 && (
        <details className="more-proofs">
          <summary>
            {count - 1} more {count === 2 ? 'sentence' : 'sentences'}
          </summary>
          {rest.map((proof) => (
            <Proof key={proof.id} proof={proof} {...where} />
          ))}
          {missing > 0 && <p className="aside">and {missing} that the API gives</p>}
        </details>
      )}
    </>
  );
}

interface ProofProps extends Pick<ProofsProps, 'within' | 'named'> {
  proof: ProofFragment;
}

export function Proof({ proof, within, named }: ProofProps) {
  const { id, quote, context, document, source, method, confidence } = proof;
  const own = within !== undefined && source?.id === within;
  const start = context && quote ? context.indexOf(quote) : -1;
  const words =
    context && quote && start >= 0 && !own ? (
      <Marked text={context} marks={[{ start, end: start + quote.length }]} />
    ) : (
      quote
    );
  return (
    <figure className="proof" {...useFactFocus([id])}>
      {quote ? <blockquote>{words}</blockquote> : <p className="aside">Public knowledge, not quoted from a text.</p>}
      <figcaption>
        {!own &&
          !(source && source.id === named) &&
          (source ? <EntityLink {...source} /> : <Reference {...document} />)}
        {method !== 'CURATED' && <span>{method.toLowerCase()}</span>}
        {confidence < 1 && <span>confidence {confidence}</span>}
      </figcaption>
    </figure>
  );
}

const Reference = ({ title, url }: ProofFragment['document']) =>
  url ? <a href={url}>{title}</a> : <span>{title}</span>;
