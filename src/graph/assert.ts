/** What people say by hand: facts with their sources, names and descriptions of entities; each is a document of its own. */
import { ambiguous, badInput, notFound, StemmaError } from '../errors.js';
import type { EntityInput, FactInput, Meant, MeantInput } from '../ingest/assertion.js';
import { assertionOf, claimIn, entryOf, meantBy, saidIn } from '../ingest/assertion.js';
import { externalId, keyOf, lookupKey } from '../ingest/external.js';
import { identifyAlone } from '../ingest/identify.js';
import type { Identity } from '../ingest/identify.js';
import type { Vocabulary } from '../ingest/vocabulary.js';
import type { Entity, IdentifiedFact, StoredFact } from '../model.js';
import type { EntityKind } from '../ontology.js';
import { kindOfId, RELATION_TYPES } from '../ontology.js';
import type { Author } from './audit.js';
import { statement } from './engine.js';
import { findAnswering, findEntities, meaningsOf } from './entities.js';
import type { Reader } from './reader.js';
import type { FactRow } from './relations.js';
import { FACT_COLUMNS, factOf } from './relations.js';
import type { Deciding, Retraction } from './retract.js';
import { retractionOf } from './retract.js';
import { writeBatch } from './write.js';

/** Who speaks, and the vocabulary by which names are identified. */
export interface Speaking {
  vocabulary: Vocabulary;
  by: Author;
}

const FACT = statement<FactRow>('assert.fact')`
MATCH (a:Entity {id: $from})-[r]->(b:Entity {id: $to}) WHERE type(r) IN $types AND r.fact = $fact
RETURN ${FACT_COLUMNS} LIMIT 1`;

/** What an entry said before counts no more, also where the entry says the same in other words now. */
const ANEW = statement('assert.anew')`
MATCH (d:Document {id: $document})-[:MENTIONS]->(e:Entity) MERGE (d)-[:FORGETS]->(e)`;

/** The keys by which a name of a kind may be looked up. */
const keysOf = (kind: EntityKind, name: string): string[] =>
  [lookupKey(name), keyOf(kind, name)].filter((key) => key !== '');

const namedBy = (kind: EntityKind, name: string, identity: Identity): Meant => ({
  kind,
  called: identity,
  names: [identity.name, name, ...identity.spellings],
});

/** An entity that is stored, in the words that mean it everywhere; where its name means another one, by its id alone. */
function stored({ id, name }: Entity, vocabulary: Vocabulary): Meant {
  const kind = kindOfId(id) ?? 'PAPER';
  const identity = identifyAlone({ kind, name, aliases: [] }, vocabulary);
  if (identity.id === id) return namedBy(kind, name, { ...identity, name });
  const external = externalId(kind, id.slice(id.indexOf(':') + 1));
  const called = { id, name, description: null, url: external?.url ?? null, key: external?.key ?? '' };
  return { kind, called, names: [name] };
}

/** Whoever names an entity so says that it is called so, unless that is its name in another spelling, or an external id. */
const alsoCalled = (name: string, meant: Meant): Meant =>
  externalId(meant.kind, name) !== null || lookupKey(name) === lookupKey(meant.called.name)
    ? meant
    : { ...meant, names: [...meant.names, name] };

/** The entity that a kind and a name mean: the one that is found by it, else the one that it makes. */
async function named(
  reader: Reader,
  argument: string,
  { kind, name }: { kind: EntityKind; name: string },
  vocabulary: Vocabulary,
): Promise<Meant> {
  const identity = identifyAlone({ kind, name, aliases: [] }, vocabulary);
  const meanings = await meaningsOf(reader, keysOf(kind, name), kind);
  const ids = [...new Set([...meanings.map(({ id }) => id), identity.id])];
  const found = (await findEntities(reader, ids)).filter((entity) => entity !== null);
  const [only, ...others] = found;
  if (others.length > 0) throw ambiguous(argument, name, found.map(({ id }) => id).sort(), 'give the id of one');
  if (only) return alsoCalled(name, stored(only, vocabulary));
  if (kind === 'REPO' && externalId(kind, name) === null)
    throw badInput(argument, 'give the address of the repository, as in https://github.com/OWNER/NAME');
  return namedBy(kind, name, identity);
}

/** @throws NOT_FOUND for an unknown id, AMBIGUOUS for a name that means several, BAD_USER_INPUT */
async function entityIn(reader: Reader, argument: string, input: MeantInput, vocabulary: Vocabulary): Promise<Meant> {
  const meant = meantBy(argument, input);
  if ('name' in meant) return named(reader, `${argument}.name`, meant, vocabulary);
  const [entity] = await findAnswering(reader, [meant.id]);
  if (!entity) throw notFound(`${argument}.id`, meant.id);
  return stored(entity, vocabulary);
}

const overruled = ({ fact, reason }: Retraction): StemmaError =>
  new StemmaError(
    'BAD_USER_INPUT',
    `fact: this was retracted (${JSON.stringify(reason)}); undoRetraction(fact: "${fact}") takes that back`,
    { argument: 'fact', fact },
  );

/** @throws BAD_USER_INPUT where the claim is retracted */
async function refuseRetracted(reader: Reader, fact: IdentifiedFact): Promise<void> {
  const retraction = await retractionOf(reader, fact);
  if (retraction) throw overruled(retraction);
}

/**
 * Stores a fact that somebody asserts, with its source. Idempotent.
 * @throws BAD_USER_INPUT naming what is wrong, NOT_FOUND, AMBIGUOUS
 */
export async function assertFact(
  { engine, reader, options }: Deciding,
  input: FactInput,
  { vocabulary, by }: Speaking,
): Promise<StoredFact> {
  const claimed = claimIn(input);
  const from = await entityIn(reader, 'fact.from', input.from, vocabulary);
  const to = await entityIn(reader, 'fact.to', input.to, vocabulary);
  const { fact, ...records } = assertionOf(claimed, from, to);
  await refuseRetracted(reader, fact);
  await writeBatch(engine, records, { by, action: 'assert', subjects: [fact.fact], ...options });
  const [row] = await reader.read(FACT, { ...fact, types: RELATION_TYPES });
  if (row) return factOf(row);
  await refuseRetracted(reader, fact);
  throw notFound('fact', fact.fact);
}

/** @throws AMBIGUOUS for a name that means another entity, stored or known to the vocabulary */
async function refuseTaken(
  reader: Reader,
  { kind, called }: Meant,
  names: readonly (readonly [argument: string, name: string])[],
  vocabulary: Vocabulary,
): Promise<void> {
  const keys = names.flatMap(([, name]) => keysOf(kind, name));
  const meanings = await meaningsOf(reader, [...new Set(keys)], kind);
  for (const [argument, name] of names) {
    const { id, term } = identifyAlone({ kind, name, aliases: [] }, vocabulary);
    const meant = meanings.filter(({ key }) => keysOf(kind, name).includes(key)).map((meaning) => meaning.id);
    const others = [...new Set([...meant, ...(term ? [id] : [])])].filter((other) => other !== called.id).sort();
    if (others.length > 0) throw ambiguous(argument, name, others, `it cannot mean ${called.id} as well; leave it out`);
  }
}

/**
 * Stores what somebody says of an entity, which is made where it is new; what was said by hand of it before is replaced.
 * @throws BAD_USER_INPUT naming what is wrong, NOT_FOUND, AMBIGUOUS
 */
export async function upsertEntity(
  { engine, reader, options }: Deciding,
  input: EntityInput,
  { vocabulary, by }: Speaking,
): Promise<Entity> {
  const said = saidIn(input);
  const meant = await entityIn(reader, 'entity', input, vocabulary);
  const { id } = meant.called;
  const page = said.url !== null && externalId(meant.kind, said.url) ? [['entity.url', said.url] as const] : [];
  const names = [...said.aliases.map((alias) => ['entity.aliases', alias] as const), ...page];
  await refuseTaken(reader, meant, names, vocabulary);
  const records = entryOf(meant, said);
  const before = [{ statement: ANEW, params: { document: records.documents[0]?.id } }];
  await writeBatch(engine, records, { by, action: 'upsert', subjects: [id], before, ...options });
  const [entity] = await findEntities(reader, [id]);
  if (!entity) throw notFound('entity', id);
  return entity;
}
