/** What a document claims, collected fact by fact: nothing against the ontology, nothing twice. */
import type { Document, Fact, Mention, Score } from '../model.js';
import type { RelationType } from '../ontology.js';
import { forbids } from '../ontology.js';
import type { Rule } from './confidence.js';
import { confidenceOf } from './confidence.js';
import type { Thing } from './things.js';
import { mentionOf } from './things.js';

/** An end of a fact: a thing, or the paper itself. */
export type End = Thing | 'PAPER';

export interface Claim {
  type: RelationType;
  from: End;
  to: Thing;
  rule: Rule;
  /** UTF-16 offsets of the quote. */
  start: number;
  end: number;
  score?: Score;
}

const endId = (end: End): string => (end === 'PAPER' ? end : `${end.kind} ${end.name}`);

export class Claims {
  private readonly kept = new Map<string, Claim>();

  constructor(
    private readonly document: Document,
    private readonly content: string,
  ) {}

  /** Keeps a claim that the ontology allows; of equal ones the most certain, then the first. */
  add(claim: Claim): void {
    const { type, from, to, score } = claim;
    if (from === to || (from !== 'PAPER' && endId(from) === endId(to))) return;
    if (forbids(type, from === 'PAPER' ? 'PAPER' : from.kind, to.kind) !== null) return;
    const result = score ? `${score.metric} ${score.raw} ${score.setting ?? ''}` : '';
    const at = [type, endId(from), endId(to), result].join('\n');
    const before = this.kept.get(at);
    if (!before || confidenceOf(before.rule) < confidenceOf(claim.rule)) this.kept.set(at, claim);
  }

  /** Whether a thing is an end of any claim. */
  has(thing: Thing): boolean {
    for (const { from, to } of this.kept.values()) if (from === thing || to === thing) return true;
    return false;
  }

  /** The claims as facts; one without a result is left out where the same one has results. */
  facts(): Fact[] {
    const paper: Mention = { kind: 'PAPER', name: this.document.title, aliases: [] };
    const claims = [...this.kept.values()];
    const scored = new Set(claims.filter(({ score }) => score).map(({ from, to }) => `${endId(from)}\n${endId(to)}`));
    return claims
      .filter(
        ({ type, score, from, to }) =>
          type !== 'EVALUATED_ON' || score !== undefined || !scored.has(`${endId(from)}\n${endId(to)}`),
      )
      .map(({ type, from, to, rule, start, end, score }) => ({
        type,
        from: from === 'PAPER' ? paper : mentionOf(from),
        to: mentionOf(to),
        document: this.document.id,
        quote: this.content.slice(start, end),
        start,
        end,
        method: 'EXTRACTED' as const,
        confidence: confidenceOf(rule),
        via: null,
        score: score ?? null,
      }))
      .sort((a, b) => a.start - b.start || a.end - b.end);
  }
}
