/** Decides which entity a mention is: a pure function of the mention, its document's own names and the vocabulary. */
import { createHash } from 'node:crypto';
import type { Document, Fact, IdentifiedFact, Mention, Method } from '../model.js';
import { nameKey, nameTokens, slug, textTokens } from './names.js';
import type { Vocabulary } from './vocabulary.js';

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

/** What is written to the graph. `readings` name the sets of facts that the records replace. */
export interface GraphRecords {
  documents: Document[];
  readings: { document: string; method: Method }[];
  mentions: EntityMention[];
  facts: IdentifiedFact[];
}

/** A document with all facts that one or more methods read from it, before identity is decided. */
export interface Reading {
  document: Document;
  methods: readonly Method[];
  facts: readonly Fact[];
  /** Who the acronyms of this document belong to: every mention that declares aliases. */
  mentions: readonly Mention[];
}

const REPO =
  /^(?:(?:git\+)?(?:https?|ssh|git):\/\/|git@)?(?:[^@/]+@)?(?:www\.)?(github\.com|gitlab\.com)[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:[/?#].*)?$/i;

/** The canonical URL and name of a code repository in any of its spellings, or null when it is none. */
export function repoOf(text: string): { id: string; url: string; name: string } | null {
  const [, host, owner, name] = REPO.exec(text.trim().replace(/^[<([]{1,4}|[.,;:>)\]]{1,4}$/g, '')) ?? [];
  if (host === undefined || owner === undefined || name === undefined) return null;
  const path = `${owner}/${name}`;
  return {
    id: `repo:${host.toLowerCase()}/${path.toLowerCase()}`,
    url: `https://${host.toLowerCase()}/${path}`,
    name: path,
  };
}

const paperId = (title: string): string => `paper:${slug(title)}`;
export const documentId = (title: string): string => `document:${slug(title)}`;

const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

/** What a mention is called: its id, its canonical name, and the spellings the vocabulary adds. */
interface Identity {
  id: string;
  name: string;
  spellings: readonly string[];
  description: string | null;
  url: string | null;
}

/**
 * The identity of a mention. External ids decide first, then the acronyms of the document, then the vocabulary,
 * then the key of the name alone; the spelling never matters.
 */
export function identify(mention: Mention, reading: Reading, vocabulary: Vocabulary): Identity {
  const { kind, name, description = null, url = null } = mention;
  const repo = kind === 'REPO' ? repoOf(name) : null;
  if (repo) return { id: repo.id, name: repo.name, spellings: [repo.url], description, url: repo.url };
  if (kind === 'PAPER') return { id: paperId(name), name, spellings: [], description, url };
  const own = ownNameOf(mention, reading.mentions);
  const prefix = kind.toLowerCase();
  if (own.local === true)
    return {
      id: `${prefix}:${slug(own.name)}-${slug(reading.document.title)}`,
      name: own.name,
      spellings: [],
      description,
      url,
    };
  const term = vocabulary.find(kind, own.name);
  if (term)
    return {
      id: `${prefix}:${slug(term.name)}`,
      name: term.name,
      spellings: term.aliases,
      description: description ?? term.description,
      url,
    };
  return { id: `${prefix}:${nameKey(own.name)}`, name: own.name, spellings: [], description, url };
}

/** In its own document an acronym means what the document says it means. */
function ownNameOf(mention: Mention, declared: readonly Mention[]): Mention {
  const key = nameKey(mention.name);
  const named = declared.filter(({ kind }) => kind === mention.kind).sort((a, b) => (a.name < b.name ? -1 : 1));
  return (
    named.find(({ name }) => name === mention.name) ??
    named.find(({ name }) => nameKey(name) === key) ??
    named.find(({ aliases }) => aliases.some((alias) => nameKey(alias) === key)) ??
    mention
  );
}

/** The smaller of two texts, so that no order of mentions shows; null only where both are. */
const least = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a);

/** The key of a name or, for a repository, its external id. */
export const lookupKey = (name: string): string => repoOf(name)?.id ?? nameKey(name);

/** The hash that identifies a fact: what is claimed, by which document and method, from which span, with which result. */
const factId = (fact: Omit<IdentifiedFact, 'fact'>): string => {
  const { type, from, to, document, method, start, end, score } = fact;
  const claim = [type, from, to, document, method, start, end, score?.metric, score?.raw, score?.unit, score?.setting];
  return createHash('sha256')
    .update(JSON.stringify(claim.map((part) => part ?? null)))
    .digest('hex')
    .slice(0, 32);
};

/** Of two spellings of one fact the more confident one stays; ties are broken by what else they say. */
const weight = ({ confidence, via, score }: Omit<IdentifiedFact, 'fact'>): string =>
  JSON.stringify([confidence.toFixed(12), via, score]);

/** Turns readings into graph records: canonical ids, aliases, no duplicates, in an order that no input order changes. */
export function identifyAll(readings: readonly Reading[], vocabulary: Vocabulary): GraphRecords {
  const mentions = new Map<string, EntityMention>();
  const facts = new Map<string, IdentifiedFact>();
  const byId = [...readings].sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
  for (const reading of byId) {
    const { document } = reading;
    const meet = (mention: Mention, method: Method): string => {
      const identity = identify(mention, reading, vocabulary);
      const at = `${document.id} ${method} ${identity.id}`;
      const before = mentions.get(at);
      const names = [identity.name, mention.name, ...mention.aliases, ...identity.spellings, ...(before?.names ?? [])];
      const folded = {
        ...identity,
        name: least(identity.name, before?.name ?? null) ?? identity.name,
        description: least(identity.description, before?.description ?? null),
        url: least(identity.url, before?.url ?? null),
      };
      mentions.set(at, entityMention(document, method, folded, sorted(names)));
      return identity.id;
    };
    if (document.isPaper) meet({ kind: 'PAPER', name: document.title, aliases: [] }, 'IMPORTED');
    for (const fact of reading.facts) {
      const ends = { ...fact, from: meet(fact.from, fact.method), to: meet(fact.to, fact.method) };
      const id = factId(ends);
      const before = facts.get(id);
      if (!before || weight(before) < weight(ends)) facts.set(id, { ...ends, fact: id });
    }
  }
  return {
    documents: byId.map(({ document }) => document),
    readings: byId.flatMap(({ document, methods }) => methods.map((method) => ({ document: document.id, method }))),
    mentions: [...mentions.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, mention]) => mention),
    facts: [...facts.values()].sort((a, b) => (a.fact < b.fact ? -1 : 1)),
  };
}

function entityMention(document: Document, method: Method, identity: Identity, names: string[]): EntityMention {
  const { id, name, description, url } = identity;
  const own = id === paperId(document.title);
  const described = [description ?? '', own ? (document.text ?? '') : ''].join(' ');
  return {
    document: document.id,
    method,
    id,
    name,
    names,
    keys: sorted([...names, ...(own ? [document.arxivId ?? ''] : [])].map(lookupKey).filter((key) => key !== '')),
    description,
    url: url ?? (own ? document.url : null),
    abstract: own ? document.text : null,
    publishedOn: own ? document.publishedOn : null,
    year: own ? document.year : null,
    arxivId: own ? document.arxivId : null,
    tokens: sorted([`x${id.slice(0, id.indexOf(':'))}`, ...names.flatMap(nameTokens), ...textTokens(described)]),
  };
}
