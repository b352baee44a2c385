import type { EntityKind, RelationType } from './ontology.js';

/** How a fact came to be known. */
export type Method = 'CURATED' | 'EXTRACTED' | 'IMPORTED';

/** What was read: a title and a text as they came. `content` of a document is `title + "\n\n" + text`. */
export interface Document {
  /** Unique, readable, stable: `document:<slug of the title>` unless the source brings its own. */
  id: string;
  title: string;
  /** null for a document known by reference only; it can carry no quotes. */
  text: string | null;
  /** http or https. */
  url: string | null;
  /** ISO day `YYYY-MM-DD`. */
  publishedOn: string | null;
  year: number | null;
  /** As in `2405.14867`, without version. */
  arxivId: string | null;
  /** Whether the document is a paper; a model card or a project page is none. */
  isPaper: boolean;
}

/** A thing as one document names it, before identity is decided. */
export interface Mention {
  kind: EntityKind;
  /** The name the document's curator or extractor chose; for a Repo its URL, for a Paper its title. */
  name: string;
  /** Every other surface form in the same document. */
  aliases: readonly string[];
  description?: string;
  url?: string;
  /** The thing is this document's own: its id carries the paper's slug, however common its name is. */
  local?: boolean;
}

/** One result of an evaluation. */
export interface Score {
  metric: string;
  /** null where `raw` is not a plain number. */
  value: number | null;
  /** The number as it stands in the text. */
  raw: string;
  unit: string | null;
  setting: string | null;
}

/** What every form of a fact has in common, before and after identity is decided. */
interface Claim {
  type: RelationType;
  /** id of the document that asserts it */
  document: string;
  /** Exact substring of the document's content, null where the document has no text. */
  quote: string | null;
  /** UTF-16 offsets of the quote in the content, null without a quote. */
  start: number | null;
  end: number | null;
  method: Method;
  /** 0…1 */
  confidence: number;
  /** Only for DERIVED_FROM: finetune, adapter, merge, quantized, pruned … */
  via: string | null;
  /** Only for EVALUATED_ON, one fact a result. */
  score: Score | null;
}

/** One relation between two mentions, asserted by one document. */
export interface Fact extends Claim {
  from: Mention;
  to: Mention;
}

/** A fact whose ends are entities: `fact` is the hash that makes writing it twice change nothing. */
export interface IdentifiedFact extends Claim {
  fact: string;
  /** entity ids */
  from: string;
  to: string;
}

/** A fact as the graph keeps it. */
export interface StoredFact extends IdentifiedFact {
  /** ISO timestamp of the first time the fact was written. */
  recordedAt: string;
}

/** All facts of one (source, type, target), as the API shows them. */
export interface Relation {
  type: RelationType;
  /** entity ids */
  source: string;
  target: string;
  /** The highest confidence of its facts. */
  confidence: number;
}

/** A node of the graph: the fold of all its mentions. Its kind is the first part of its id. */
export interface Entity {
  id: string;
  name: string;
  /** Surface forms other than the name, sorted. */
  aliases: string[];
  description: string | null;
  url: string | null;
  /** Papers only; null elsewhere and where unknown. */
  abstract: string | null;
  publishedOn: string | null;
  year: number | null;
  arxivId: string | null;
}

/** Input that was not taken, and why. */
export interface Rejection {
  file: string;
  /** 1-based line in the file, null where the whole file is meant. */
  line: number | null;
  /** Names what is wrong and what to do. */
  reason: string;
  /** What was not taken, as it stands in the file; left out where that is not a record of it. */
  record?: string;
}

/** What quotes are offsets of; null for a document without text. */
export const contentOf = ({ title, text }: Pick<Document, 'title' | 'text'>): string | null =>
  text === null ? null : `${title}\n\n${text}`;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The whole sentences around the quote of a fact, null without a quote. */
export function contextOf(
  { start, end }: Pick<Fact, 'start' | 'end'>,
  document: Pick<Document, 'title' | 'text'>,
): string | null {
  const content = contentOf(document);
  if (content === null || start === null || end === null) return null;
  const around = [...sentences.segment(content)].filter(
    ({ index, segment }) => index < end && index + segment.length > start,
  );
  return around
    .map(({ segment }) => segment)
    .join('')
    .trim();
}
