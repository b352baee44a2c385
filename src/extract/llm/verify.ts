/** What of an answer is kept: nothing is believed that the document does not bear out. */
import { nameKey } from '../../ingest/names.js';
import type { Vocabulary } from '../../ingest/vocabulary.js';
import type { Document, Fact, Mention, Score } from '../../model.js';
import type { RelationType } from '../../ontology.js';
import { forbids, KINDS, RELATION_TYPES } from '../../ontology.js';
import type { Answer } from './answer.js';
import { escaped, hasNumber, namesIn } from './occurs.js';
import { AnsweredFact, THIS_PAPER } from './schema.js';
import type { Thing } from './things.js';
import { Things } from './things.js';

/** The most that is believed of a language model: less than of public knowledge, which has 0.9, or of a curator. */
const CONFIDENCE_MAX = 0.8;

/** Why facts are rejected, as one and as many. */
export const REASONS = {
  cut: ['fact cut off', 'facts cut off'],
  shape: ['fact of the wrong shape', 'facts of the wrong shape'],
  relation: ['unknown relation', 'unknown relations'],
  kind: ['unknown kind', 'unknown kinds'],
  quote: ['quote not in the text', 'quotes not in the text'],
  name: ['name not in the text', 'names not in the text'],
  speaker: ['fact of another paper', 'facts of other papers'],
  forbidden: ['relation between kinds that it cannot join', 'relations between kinds that they cannot join'],
  itself: ['relation of a thing to itself', 'relations of things to themselves'],
  silent: ['quote that names neither end', 'quotes that name neither end'],
  result: ['number not in its quote', 'numbers not in their quotes'],
  metric: ['metric not in the text', 'metrics not in the text'],
  misplaced: ['result or form on a relation that has none', 'results or forms on relations that have none'],
  double: ['fact said twice', 'facts said twice'],
} as const satisfies Record<string, readonly [string, string]>;

export type Reason = keyof typeof REASONS;

/** What a document was read as, and what was not believed. */
export interface Verified {
  facts: Fact[];
  mentions: Mention[];
  /** How many facts the answer states, with the one that was begun when it was cut off. */
  stated: number;
  rejected: Map<Reason, number>;
}

/** The facts of an answer that its document bears out. Pure. */
export function verify(answer: Answer, document: Document, content: string, vocabulary: Vocabulary): Verified {
  const things = new Things(answer.entities, content, vocabulary);
  const facts = new Map<string, Fact>();
  const rejected = new Map<Reason, number>();
  const reject = (reason: Reason): unknown => rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
  for (const stated of answer.facts) {
    const fact = factOf(stated, { document, content, things });
    if (typeof fact === 'string') reject(fact);
    else if (facts.has(claimOf(fact))) reject('double');
    else facts.set(claimOf(fact), fact);
  }
  if (answer.cut) reject('cut');
  return {
    facts: [...facts.values()].sort((a, b) => (a.start ?? 0) - (b.start ?? 0) || (a.end ?? 0) - (b.end ?? 0)),
    mentions: things.all().map(mentionOf),
    stated: answer.facts.length + (answer.cut ? 1 : 0),
    rejected,
  };
}

const mentionOf = ({ kind, name, spellings }: Thing): Mention => ({
  kind,
  name,
  aliases: spellings.filter((spelling) => spelling !== name),
});

const claimOf = ({ type, from, to, start, end, score }: Fact): string =>
  JSON.stringify([type, from.kind, from.name, to.kind, to.name, start, end, score?.metric, score?.raw, score?.setting]);

interface Place {
  document: Document;
  content: string;
  things: Things;
}

/** One fact of an answer, or why it is not believed. */
function factOf(stated: unknown, { document, content, things }: Place): Fact | Reason {
  const { data } = AnsweredFact.safeParse(stated);
  if (!data) return 'shape';
  const type = RELATION_TYPES.find((each) => each === data.type);
  if (!type) return 'relation';
  const from = endOf(data.from, document, things);
  const to = endOf(data.to, document, things);
  if (from === null || to === null) return 'name';
  if (from === 'kind' || to === 'kind') return 'kind';
  if (from.kind === 'PAPER' && from.name !== document.title) return 'speaker';
  if (from.kind === to.kind && from.name === to.name) return 'itself';
  if (forbids(type, from.kind, to.kind) !== null) return 'forbidden';
  const span = spanOf(data.quote, content);
  if (!span) return 'quote';
  const quote = content.slice(span.start, span.end);
  if (![from, to].some(({ spellings }) => spellings.some(namesIn(quote)))) return 'silent';
  const score = scoreOf(data, type, quote, things);
  if (typeof score === 'string') return score;
  const confidence = Math.min(CONFIDENCE_MAX, Math.max(0, data.confidence));
  return {
    type, from: mentionOf(from), to: mentionOf(to), document: document.id, quote, ...span,
    method: 'EXTRACTED', confidence, via: data.via ?? null, score,
  }; // prettier-ignore
}

/** The thing that an end names, null where the text does not name it. */
function endOf({ kind, name }: AnsweredFact['from'], document: Document, things: Things): Thing | 'kind' | null {
  const known = KINDS.find((each) => each === kind);
  if (!known) return 'kind';
  if (known !== 'PAPER' || (name !== THIS_PAPER && nameKey(name) !== nameKey(document.title)))
    return things.find(known, name);
  return { kind: known, name: document.title, spellings: [] };
}

/** Where a quote stands in the content; a line break may stand for a space, nothing else may differ. */
function spanOf(quote: string, content: string): { start: number; end: number } | null {
  if (quote.trim() === '') return null;
  const start = content.indexOf(quote);
  if (start >= 0) return { start, end: start + quote.length };
  const found = new RegExp(quote.trim().split(/\s+/).map(escaped).join('\\s+'), 'u').exec(content);
  return found ? { start: found.index, end: found.index + found[0].length } : null;
}

/** The result of a fact, null where it has none; or why it is not believed. */
function scoreOf(
  { via, result }: AnsweredFact,
  type: RelationType,
  quote: string,
  things: Things,
): Score | null | Reason {
  if (typeof via === 'string' && type !== 'DERIVED_FROM') return 'misplaced';
  if (!result) return null;
  if (type !== 'EVALUATED_ON') return 'misplaced';
  const { metric, raw, unit = null, setting = null } = result;
  if (!hasNumber(quote, raw)) return 'result';
  if (!things.isNamed(metric)) return 'metric';
  const value = Number(raw.replace(/\s?%$/, '').replaceAll(',', ''));
  return { metric, raw, value: Number.isNaN(value) ? null : value, unit, setting };
}
