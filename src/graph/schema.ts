/** The schema of a store: its indexes and constraints on each engine, and the version of its form. */
import { StemmaError } from '../errors.js';
import { ENTITY_KINDS, KINDS, RELATION_TYPES } from '../ontology.js';
import type { CallOptions, Dialect, Engine } from './engine.js';
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
  ddl: string;
}

const index = (name: string, on: string): Index => ({ name, ddl: `CREATE INDEX ${name} IF NOT EXISTS FOR ${on}` });
const unique = (name: string, label: string, keys: string): Index => ({
  name,
  ddl: `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE ${keys} IS UNIQUE`,
});

/** What is looked up by its id, each id once. */
const IDENTIFIED = ['Entity', 'Document', 'Meta', 'Audit'];

/** The embedded engine does not look up by constraints, so every one has an index beside it; it does not sort by indexes. */
const EMBEDDED: readonly Index[] = [
  ...IDENTIFIED.flatMap((label) => [
    index(`${label.toLowerCase()}_id`, `(n:${label}) ON (n.id)`),
    unique(`${label.toLowerCase()}_id_unique`, label, 'n.id'),
  ]),
  index('name_key', '(n:Name) ON (n.key)'),
];

const NEO4J: readonly Index[] = [
  ...IDENTIFIED.map((label) => unique(`${label.toLowerCase()}_id`, label, 'n.id')),
  unique('name_key_kind', 'Name', '(n.key, n.kind)'),
  index('name_key', '(n:Name) ON (n.key)'),
  ...KINDS.map((kind) => ENTITY_KINDS[kind].label).map((label) =>
    index(`${label.toLowerCase()}_name`, `(n:${label}) ON (n.name, n.id)`),
  ),
  index('paper_published', '(n:Paper) ON (n.publishedOn, n.id)'),
  // What starts or ends at an entity, in the order of the other end, however much it is.
  ...RELATION_TYPES.flatMap((type) => [
    index(`${type.toLowerCase()}_out`, `()-[r:${type}]-() ON (r.source, r.targetName, r.target)`),
    index(`${type.toLowerCase()}_in`, `()-[r:${type}]-() ON (r.target, r.sourceName, r.source)`),
  ]),
  {
    name: 'entity_tokens',
    ddl: "CREATE FULLTEXT INDEX entity_tokens IF NOT EXISTS FOR (n:Entity) ON EACH [n.tokens] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
  },
];

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
