/** Reads what people say by hand in a request: a fact with its source, or what an entity is. */
import { confidenceIn } from '../checks.js';
import { badInput } from '../errors.js';
import { metricName, numberOf } from '../metrics.js';
import type { Document, IdentifiedFact, Score } from '../model.js';
import { contentOf } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { forbids } from '../ontology.js';
import type { GraphRecords } from './identify.js';
import { factId, hashOf } from './identify.js';
import type { Called } from './mentions.js';
import { entityMention } from './mentions.js';
import { refusesText, refusesUrl, TEXT_MAX, TITLE_MAX } from './request.js';

type Maybe<T> = T | null | undefined;

/** Which entity somebody means: by an id, or by a kind and a name. */
export interface MeantInput {
  id?: Maybe<string>;
  kind?: Maybe<EntityKind>;
  name?: Maybe<string>;
}

/** A fact as a request brings it. */
export interface FactInput {
  type: RelationType;
  from: MeantInput;
  to: MeantInput;
  source: { title: string; url?: Maybe<string | URL> };
  text?: Maybe<string>;
  quote?: Maybe<string>;
  /** 0…1, 1 where it is left out */
  confidence?: Maybe<number>;
  via?: Maybe<string>;
  result?: Maybe<{ metric: string; raw: string; value?: Maybe<number>; unit?: Maybe<string>; setting?: Maybe<string> }>;
}

/** What a request says of an entity. */
export interface EntityInput extends MeantInput {
  aliases?: Maybe<readonly string[]>;
  description?: Maybe<string>;
  url?: Maybe<string | URL>;
}

/** An entity that was meant, with what it is called. */
export interface Meant {
  kind: EntityKind;
  called: Called;
  names: readonly string[];
}

/** How long a name may be, and a description, in UTF-16 units; how many aliases somebody may give. */
const NAME_MAX = 500;
const DESCRIPTION_MAX = 2_000;
const ALIASES_MAX = 100;

/** Documents of what is said of entities begin so; the id of the entity follows. */
export const ENTRY = 'entry:';

/** A text as it is given. @throws BAD_USER_INPUT naming the argument */
function checked(argument: string, text: string, most: number): string {
  const reason = refusesText(text, most);
  if (reason !== null) throw badInput(argument, reason);
  return text;
}

/** A text without space around it, null where none is given. @throws BAD_USER_INPUT */
const optional = (argument: string, name: Maybe<string>, most = NAME_MAX): string | null =>
  name === null || name === undefined ? null : checked(argument, name, most).trim();

function urlIn(argument: string, given: Maybe<string | URL>): string | null {
  if (!given) return null;
  const url = String(given);
  const reason = refusesUrl(url);
  if (reason !== null) throw badInput(argument, reason);
  return url;
}

/** Which entity is meant. @throws BAD_USER_INPUT unless it is either an id, or a kind and a name */
export function meantBy(argument: string, input: MeantInput): { id: string } | { kind: EntityKind; name: string } {
  const { id = null, kind = null } = input;
  const name = optional(`${argument}.name`, input.name);
  if (id !== null && kind === null && name === null) return { id };
  if (id === null && kind !== null && name !== null) return { kind, name };
  throw badInput(argument, 'give either an id, or a kind and a name');
}

/** The number that a fact reports. @throws BAD_USER_INPUT */
function scoreIn({ type, result }: FactInput): Score | null {
  if (!result) return null;
  if (type !== 'EVALUATED_ON') throw badInput('fact.result', `only EVALUATED_ON has a result, not ${type}`);
  const at = (field: string): string => `fact.result.${field}`;
  const metric = metricName(checked(at('metric'), result.metric, NAME_MAX).trim());
  const raw = checked(at('raw'), result.raw, NAME_MAX).trim();
  const written = numberOf(raw);
  const value = result.value ?? written;
  if (value !== null && Math.abs(value) > Number.MAX_SAFE_INTEGER) throw badInput(at('value'), 'is too large a number');
  if (written !== null && value !== written) throw badInput(at('value'), `is ${String(value)}, but raw is ${raw}`);
  return {
    ...{ metric, raw, value },
    unit: optional(at('unit'), result.unit),
    setting: optional(at('setting'), result.setting),
  };
}

/** The passage that says so, and where in it. @throws BAD_USER_INPUT for a quote that is no part of its text */
function passageIn({ text: given, quote: words }: FactInput): { text: string; quote: string; at: number } | null {
  const text = given ?? null;
  const quote = words ?? null;
  if (quote === null && text !== null) throw badInput('fact.quote', 'give the words of the text that say so');
  if (quote === null) return null;
  checked('fact.quote', quote, TEXT_MAX);
  const whole = text === null ? quote : checked('fact.text', text, TEXT_MAX);
  const at = whole.indexOf(quote);
  if (at < 0) throw badInput('fact.quote', 'is not in the text; copy it exactly');
  return { text: whole, quote, at };
}

/** A claim that is well formed; which entities it joins is not known yet. */
export interface Claimed extends Pick<IdentifiedFact, 'type' | 'confidence' | 'via' | 'score'> {
  source: { title: string; url: string | null };
  passage: ReturnType<typeof passageIn>;
}

/** What a request claims of the two ends. @throws BAD_USER_INPUT naming the field that is wrong */
export function claimIn(input: FactInput): Claimed {
  const { type, source } = input;
  const via = optional('fact.via', input.via);
  if (via !== null && type !== 'DERIVED_FROM') throw badInput('fact.via', `only DERIVED_FROM has it, not ${type}`);
  return {
    ...{ type, via },
    source: {
      title: checked('fact.source.title', source.title, TITLE_MAX),
      url: urlIn('fact.source.url', source.url),
    },
    passage: passageIn(input),
    confidence: confidenceIn('fact.confidence', input.confidence, 1),
    score: scoreIn(input),
  };
}

const documentOf = (of: Pick<Document, 'id' | 'title' | 'text' | 'url'>): Document => ({
  ...of, publishedOn: null, year: null, arxivId: null, isPaper: false,
}); // prettier-ignore

/** All that one document says, of its only reading. */
const recordsOf = (document: Document, rest: Pick<GraphRecords, 'mentions' | 'facts'>): GraphRecords => ({
  documents: [document],
  readings: [{ document: document.id, method: 'CURATED' }],
  ...rest,
});

/**
 * A claim about two entities as a document of its own, whose id follows from what is claimed and from the source: said
 * again with another passage or confidence it replaces what it said.
 * @throws BAD_USER_INPUT where the ontology forbids it
 */
export function assertionOf(claimed: Claimed, from: Meant, to: Meant): GraphRecords & { fact: IdentifiedFact } {
  const { source, passage, type, confidence, via, score } = claimed;
  const forbidden = forbids(type, from.kind, to.kind);
  if (forbidden !== null) throw badInput('fact.type', forbidden);
  const ends = [from, to].map(({ called }) => called.id);
  if (from.called.id === to.called.id)
    throw badInput('fact.to', `an entity cannot relate to itself (${from.called.id})`);
  const { metric, raw, unit, setting } = score ?? {};
  const id = `assertion:${hashOf([type, ...ends, source.title, source.url, metric, raw, unit, setting])}`;
  const document = documentOf({ id, ...source, text: passage?.text ?? null });
  const start = passage && (contentOf(document)?.length ?? 0) - passage.text.length + passage.at;
  const stated = {
    ...{ type, from: from.called.id, to: to.called.id, document: id },
    ...{ quote: passage?.quote ?? null, start, end: passage && start !== null ? start + passage.quote.length : null },
    ...{ method: 'CURATED' as const, confidence, via, score },
  };
  const fact = { ...stated, fact: factId(stated) };
  const mentions = [from, to].map(({ kind, called, names }) =>
    entityMention({ ownText: false, document, method: 'CURATED', kind, identity: called, names: new Set(names) }),
  );
  return { ...recordsOf(document, { mentions, facts: [fact] }), fact };
}

/** What somebody says of an entity, in words that are well formed. */
export interface Said {
  aliases: string[];
  description: string | null;
  url: string | null;
}

/** What a request says of an entity. @throws BAD_USER_INPUT naming the field that is wrong */
export function saidIn(input: EntityInput): Said {
  const aliases = input.aliases ?? [];
  if (aliases.length > ALIASES_MAX)
    throw badInput('entity.aliases', `give at most ${String(ALIASES_MAX)}, not ${String(aliases.length)}`);
  return {
    aliases: aliases.map((alias) => checked('entity.aliases', alias, NAME_MAX).trim()),
    description: optional('entity.description', input.description, DESCRIPTION_MAX),
    url: urlIn('entity.url', input.url),
  };
}

/** What is said of an entity as a document of its own, whose text and address are the description and the page that are given. */
export function entryOf({ kind, called, names }: Meant, { aliases, description, url }: Said): GraphRecords {
  const document = documentOf({ id: ENTRY + called.id, title: called.name, text: description, url });
  const identity = { ...called, description: description ?? called.description, url: url ?? called.url };
  const mention = entityMention({
    ...{ ownText: false, document, method: 'CURATED', kind, identity },
    ...{ names: new Set([...names, ...aliases]), ids: aliases },
  });
  return recordsOf(document, { mentions: [mention], facts: [] });
}
