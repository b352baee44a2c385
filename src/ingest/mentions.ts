/** An entity as a document mentions it, with all by which it is looked up and found. */
import type { Document, Method } from '../model.js';
import type { EntityKind } from '../ontology.js';
import { externalId, lookupKey } from './external.js';
import { nameTokens, textTokens } from './names.js';

/** An entity as one reading of one document mentions it; the graph folds all of them into one node. */
export interface EntityMention {
  document: string;
  method: Method;
  id: string;
  name: string;
  /** Every surface form, the name among them, sorted. */
  names: string[];
  /** The keys under which the entity can be looked up by name or external id, sorted. */
  keys: string[];
  description: string | null;
  url: string | null;
  abstract: string | null;
  publishedOn: string | null;
  year: number | null;
  arxivId: string | null;
  /** Search tokens, sorted. */
  tokens: string[];
}

/** Which entity is meant, and what it is called. */
export interface Called {
  id: string;
  name: string;
  description: string | null;
  url: string | null;
  /** What was compared: the key of an external id or of a name. */
  key: string;
}

/** An entity as a document is known to mention it; its text is read once, when all of that is known. */
export interface Met {
  /** Whether it is the paper that the document is, as imported: what the document says of itself is said once. */
  ownText: boolean;
  document: Document;
  method: Method;
  kind: EntityKind;
  identity: Called;
  names: Set<string>;
  /** What may be its external ids beside its name, key and address. */
  ids?: readonly string[];
}

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

/** The keys of what else an entity is known by, beside its names. */
const externalKeys = (kind: EntityKind, ids: readonly (string | null)[]): string[] =>
  ids.flatMap((id) => (id === null ? [] : (externalId(kind, id)?.key ?? [])));

/** The mention in the form in which it is kept. */
export function entityMention({
  ownText,
  document,
  method,
  kind,
  identity,
  names: met,
  ids: others = [],
}: Met): EntityMention {
  const { id, name, description, url, key } = identity;
  const names = sorted(met);
  const described = [description ?? '', ownText ? (document.text ?? '') : ''].join(' ');
  // `owner/name` alone would be one of GitHub, wherever it is.
  const ids = [
    kind === 'REPO' ? null : name,
    key,
    url,
    ...others,
    ...(ownText ? [document.arxivId, document.url] : []),
  ];
  return {
    document: document.id,
    method,
    id,
    name,
    names,
    keys: sorted([...names.map(lookupKey), ...externalKeys(kind, ids)].filter((one) => one !== '')),
    description,
    url: url ?? (ownText ? document.url : null),
    abstract: ownText ? document.text : null,
    publishedOn: ownText ? document.publishedOn : null,
    year: ownText ? document.year : null,
    arxivId: ownText ? document.arxivId : null,
    tokens: sorted([`x${kind.toLowerCase()}`, ...names.flatMap(nameTokens), ...textTokens(described)]),
  };
}
