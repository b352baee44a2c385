/** Decides which entity a mention is: a pure function of the mention, its document's own names and the vocabulary. */
import { createHash } from 'node:crypto';
import type { Document, Fact, IdentifiedFact, Mention, Method } from '../model.js';
import type { EntityKind } from '../ontology.js';
import type { ExternalId } from './external.js';
import { externalId, keyOf } from './external.js';
import type { Called, EntityMention, Met } from './mentions.js';
import { entityMention } from './mentions.js';
import { nameKey, slug } from './names.js';
import type { Term, Vocabulary } from './vocabulary.js';

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

const paperId = (title: string): string => `paper:${slug(title)}`;
export const documentId = (title: string): string => `document:${slug(title)}`;

/** What decided which entity a mention is. */
export type Rule = 'external id' | 'document' | 'vocabulary' | 'name';

/** Which entity a mention is, what it is called, and the spellings the vocabulary adds. */
export interface Identity extends Called {
  spellings: readonly string[];
  rule: Rule;
  /** The term that decided, null where none did. */
  term: Term | null;
}

const idOf = (kind: EntityKind, rest: string): string => `${kind.toLowerCase()}:${rest}`;

/**
 * The identity of a mention. External ids decide first, then the acronyms of the document, then the vocabulary,
 * then the key of the name alone; the spelling never matters.
 */
export function identify(mention: Mention, reading: Reading, vocabulary: Vocabulary): Identity {
  const { kind, description = null, url = null } = mention;
  if (kind === 'PAPER') return identifyPaper(mention, reading.document, vocabulary);
  const external = externalId(kind, mention.name);
  const own = external ? mention : ownNameOf(mention, reading.mentions);
  const key = external?.key ?? nameKey(own.name);
  const page = url !== null && externalId(kind, url) ? url : null;
  const made = { key, description, url, spellings: [], term: null };
  if (own.local === true)
    return {
      ...made,
      id: idOf(kind, `${slug(own.name)}-${slug(reading.document.title)}`),
      name: own.name,
      rule: 'document',
    };
  const term = kind === 'REPO' && external ? null : termOf(kind, [page, own.name], vocabulary);
  if (term)
    return {
      ...made,
      ...{ id: idOf(kind, slug(term.name)), name: term.name, spellings: term.aliases, term },
      description: description ?? term.description,
      rule: external ? 'external id' : 'vocabulary',
    };
  if (external) return { ...made, ...externally(kind, external), url: external.url, rule: 'external id' };
  return { ...made, id: idOf(kind, key), name: own.name, rule: nameKey(mention.name) === key ? 'name' : 'document' };
}

/** The identity of a name that stands alone, in no document. */
export const identifyAlone = (mention: Mention, vocabulary: Vocabulary): Identity =>
  identify(mention, { document: NOWHERE, methods: [], facts: [], mentions: [] }, vocabulary);

const NOWHERE: Document = {
  id: '', title: '', text: null, url: null, publishedOn: null, year: null, arxivId: null, isPaper: false,
}; // prettier-ignore

/** A paper is the one that the vocabulary knows by its external id or its title; else its title is its id. */
function identifyPaper({ name, ...mention }: Mention, document: Document, vocabulary: Vocabulary): Identity {
  const { external, title } = paperOf(name, document);
  const { description = null, url = external?.url ?? null } = mention;
  const made = { key: external?.key ?? nameKey(title ?? name), description, url, spellings: [] };
  const term = termOf('PAPER', [external?.key ?? null, title], vocabulary);
  if (term)
    return { ...made, id: paperId(term.name), name: term.name, rule: external ? 'external id' : 'vocabulary', term };
  if (title !== null) return { ...made, id: paperId(title), name: title, rule: 'name', term };
  return { ...made, ...externally('PAPER', external), rule: 'external id', term };
}

/** What a name says of a paper: its title or its external id; of the document's own paper both. */
function paperOf(
  name: string,
  { isPaper, title, arxivId, url }: Document,
): { external: ExternalId | null; title: string } | { external: ExternalId; title: null } {
  const named = externalId('PAPER', name);
  const documents = isPaper ? externalId('PAPER', arxivId ?? url ?? '') : null;
  const own = isPaper && (named ? named.key === documents?.key : nameKey(name) === nameKey(title));
  if (own) return { external: documents && { ...documents, url: url ?? documents.url }, title };
  return named ? { external: named, title: null } : { external: null, title: name };
}

/** A repository is its address, everything else is called by its kind and the id. */
const externally = (kind: EntityKind, { key, name, url }: ExternalId): Pick<Identity, 'id' | 'name' | 'spellings'> =>
  kind === 'REPO'
    ? { id: key, name, spellings: [url] }
    : { id: idOf(kind, key.replace('hf:datasets/', 'hf:')), name, spellings: [] };

/** The term that one of the keys and names of a mention finds, the first of them first. */
function termOf(
  kind: EntityKind,
  spellings: readonly (string | null | undefined)[],
  vocabulary: Vocabulary,
): Term | null {
  for (const spelling of spellings) {
    const term = spelling ? vocabulary.find(kind, spelling) : null;
    if (term) return term;
  }
  return null;
}
/** In its own document an acronym means what the document says it means. */
function ownNameOf(mention: Mention, declared: readonly Mention[]): Mention {
  const key = keyOf(mention.kind, mention.name);
  const named = declared.filter(({ kind }) => kind === mention.kind).sort((a, b) => (a.name < b.name ? -1 : 1));
  return (
    named.find(({ name }) => name === mention.name) ??
    named.find(({ name }) => keyOf(mention.kind, name) === key) ??
    named.find(({ aliases }) => aliases.some((alias) => keyOf(mention.kind, alias) === key)) ??
    mention
  );
}

/** The smaller of two texts, so that no order of mentions shows; null only where both are. */
const least = (a: string | null, b: string | null): string | null => (a === null || (b !== null && b < a) ? b : a);

/** What identifies parts that are compared as they are; a part that is missing is null. */
export const hashOf = (parts: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('hex')
    .slice(0, 32);

/** The hash that identifies a fact: what is claimed, by which document and method, from which span, with which result. */
export const factId = (fact: Omit<IdentifiedFact, 'fact'>): string => {
  const { type, from, to, document, method, start, end, score } = fact;
  return hashOf([
    ...[type, from, to, document, method, start, end],
    ...[score?.metric, score?.raw, score?.unit, score?.setting],
  ]);
};

/** Of two spellings of one fact the more confident one stays; ties are broken by what else they say. */
const weight = ({ confidence, via, score }: Omit<IdentifiedFact, 'fact'>): string =>
  JSON.stringify([confidence.toFixed(12), via, score]);

/** Turns readings into graph records: canonical ids, aliases, no duplicates, in an order that no input order changes. */
export function identifyAll(readings: readonly Reading[], vocabulary: Vocabulary): GraphRecords {
  const mentions = new Map<string, Met>();
  const facts = new Map<string, IdentifiedFact>();
  const byId = [...readings].sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
  for (const reading of byId) {
    const { document } = reading;
    const paper: Mention = { kind: 'PAPER', name: document.title, aliases: [] };
    const own = document.isPaper ? identify(paper, reading, vocabulary).id : null;
    const meet = (mention: Mention, method: Method): string => {
      const identity = identify(mention, reading, vocabulary);
      const at = `${document.id} ${method} ${identity.id}`;
      const before = mentions.get(at);
      const folded = {
        ...identity,
        name: least(identity.name, before?.identity.name ?? null) ?? identity.name,
        description: least(identity.description, before?.identity.description ?? null),
        url: least(identity.url, before?.identity.url ?? null),
      };
      const names = before?.names ?? new Set();
      for (const name of [identity.name, mention.name, ...mention.aliases, ...identity.spellings]) names.add(name);
      const ownText = identity.id === own && method === 'IMPORTED';
      mentions.set(at, { ownText, document, method, kind: mention.kind, identity: folded, names });
      return identity.id;
    };
    if (document.isPaper) meet(paper, 'IMPORTED');
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
    mentions: [...mentions.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, met]) => entityMention(met)),
    facts: [...facts.values()].sort((a, b) => (a.fact < b.fact ? -1 : 1)),
  };
}
