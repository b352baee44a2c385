/** The schema of a store: its indexes and constraints on each engine, and the version of its form. */
import { StemmaError } from '../errors.js';
import type { RelationType } from '../ontology.js';
import { ENTITY_KINDS, KINDS, RELATION_TYPES } from '../ontology.js';
import type { CallOptions, Dialect, Engine, EngineStatus } from './engine.js';
import { readMeta, writeMeta } from './meta.js';
import { readerOf } from './reader.js';
import { nameEnds } from './repair.js';

/** Raised when what stores hold changes its form. A store without a version is older than all versions. */
export const SCHEMA_VERSION = 2;

/** The version is remembered under this name. */
export const SCHEMA_META = 'schema';

/** An index or constraint, by the name that the engine lists it under, and how it is made where it is missing. */
interface Index {
  name: string;
  /** What it is and of what, in the words of `formOf`. */
  form: string;
  ddl: string;
}

/** An index or constraint that a store has. */
export interface FoundIndex {
  name: string;
  form: string;
  /** `ONLINE` where it can be used. */
  state: string;
}

export const formOf = (type: string, of: string, keys: readonly string[]): string =>
  `${type} ${of}(${keys.join(', ')})`;

const keysOf = (of: string, keys: readonly string[]): string => keys.map((key) => `${of}.${key}`).join(', ');
const index = (name: string, label: string, ...keys: string[]): Index => ({
  name,
  form: formOf('RANGE', label, keys),
  ddl: `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${label}) ON (${keysOf('n', keys)})`,
});
const relationIndex = (name: string, type: RelationType, ...keys: string[]): Index => ({
  name,
  form: formOf('RANGE', type, keys),
  ddl: `CREATE INDEX ${name} IF NOT EXISTS FOR ()-[r:${type}]-() ON (${keysOf('r', keys)})`,
});
const unique = (name: string, label: string, ...keys: string[]): Index => ({
  name,
  form: formOf('UNIQUE', label, keys),
  ddl: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE (${keysOf('n', keys)}) IS UNIQUE`,
});

/** What is looked up by its id, each id once. */
const IDENTIFIED = ['Entity', 'Document', 'Meta', 'Audit'];

/** The embedded engine does not look up by constraints, so every one has an index beside it; it does not sort by indexes. */
const EMBEDDED: readonly Index[] = [
  ...IDENTIFIED.flatMap((label) => [
    index(`${label.toLowerCase()}_id`, label, 'id'),
    unique(`${label.toLowerCase()}_id_unique`, label, 'id'),
  ]),
  index('name_key', 'Name', 'key'),
];

const NEO4J: readonly Index[] = [
  ...IDENTIFIED.map((label) => unique(`${label.toLowerCase()}_id`, label, 'id')),
  unique('name_key_kind', 'Name', 'key', 'kind'),
  index('name_key', 'Name', 'key'),
  ...KINDS.map((kind) => ENTITY_KINDS[kind].label).map((label) =>
    index(`${label.toLowerCase()}_name`, label, 'name', 'id'),
  ),
  index('paper_published', 'Paper', 'publishedOn', 'id'),
  // What starts or ends at an entity, in the order of the other end, however much it is.
  ...RELATION_TYPES.flatMap((type) => [
    relationIndex(`${type.toLowerCase()}_out`, type, 'source', 'targetName', 'target'),
    relationIndex(`${type.toLowerCase()}_in`, type, 'target', 'sourceName', 'source'),
  ]),
  {
    name: 'entity_tokens',
    form: 'FULLTEXT Entity(tokens) whitespace',
    ddl: "CREATE FULLTEXT INDEX entity_tokens IF NOT EXISTS FOR (n:Entity) ON EACH [n.tokens] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
  },
];

/** What a store lacks of its engine's indexes, by name; and what stands in the place of one, with what to do. */
export function indexFaults(
  dialect: Dialect,
  found: readonly FoundIndex[],
): Pick<EngineStatus, 'missingIndexes' | 'wrongIndexes'> {
  const missingIndexes: string[] = [];
  const wrongIndexes: string[] = [];
  const anew = (name: string, { form }: FoundIndex): string =>
    dialect === 'embedded'
      ? 'make a backup, and restore it into another directory'
      : `run DROP ${form.startsWith('UNIQUE') ? 'CONSTRAINT' : 'INDEX'} ${name}, then the next start or seed makes it`;
  for (const { name, form } of INDEXES[dialect]) {
    const own = found.filter((one) => one.name === name);
    // One that somebody made by another name serves as well, but a full text index is asked by its name.
    const alike =
      own.find((one) => one.form === form) ?? found.find((one) => one.form === form && !form.startsWith('FULLTEXT'));
    if (alike && alike.state !== 'ONLINE')
      wrongIndexes.push(
        `${name} is ${alike.state}; wait until it is built, or where it has failed ${anew(alike.name, alike)}`,
      );
    if (alike) continue;
    if (own[0]) wrongIndexes.push(`${name} is ${own[0].form} and should be ${form}; ${anew(name, own[0])}`);
    else missingIndexes.push(name);
  }
  return { missingIndexes, wrongIndexes };
}

export const INDEXES: Readonly<Record<Dialect, readonly Index[]>> = { embedded: EMBEDDED, neo4j: NEO4J };

/** Milliseconds for the first question of all, which a cold Neo4j may need long for. */
const FIRST = 60_000;

/** The version that a store is at, 0 where it has none. */
export const versionOf = async (engine: Engine, options: CallOptions = {}): Promise<number> =>
  Number((await readMeta(readerOf(engine, options), SCHEMA_META)) ?? 0);

/**
 * Brings a store to the version of this program, in place; `make` makes what is missing of `INDEXES`.
 * @throws STORE_TOO_NEW for a store that a newer program has written, which stays untouched
 */
export async function settleSchema(engine: Engine, make: () => Promise<void>): Promise<void> {
  const version = await versionOf(engine, { deadline: FIRST });
  if (version > SCHEMA_VERSION)
    throw new StemmaError(
      'STORE_TOO_NEW',
      `the store is at version ${version} of the schema and this program knows version ${SCHEMA_VERSION}; run the newer program that wrote it, or use another store`,
    );
  await make();
  // Since version 2 facts carry the names of their ends.
  if (version < 2) await nameEnds(engine);
  if (version < SCHEMA_VERSION) await writeMeta(engine, SCHEMA_META, String(SCHEMA_VERSION));
}
