/** The Neo4j engine: one driver, reads routed to readers, writes retried by the driver, a deadline on every call. */
import neo4j from 'neo4j-driver';
import type { ManagedTransaction, Session } from 'neo4j-driver';
import { reasonOf, StemmaError } from '../errors.js';
import type { CallOptions, Engine, Params, TextQuery } from './engine.js';
import { BOOST, groupParams, SATISFIES_GROUPS, statement, withinDeadline } from './engine.js';

export interface Neo4jSettings {
  uri: string;
  user: string;
  password: string;
  /** null for the server's default database */
  database: string | null;
}

const INDEXES: readonly { name: string; ddl: string }[] = [
  { name: 'entity_id', ddl: 'CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE' },
  { name: 'document_id', ddl: 'CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE' },
  {
    name: 'name_key_kind',
    ddl: 'CREATE CONSTRAINT name_key_kind IF NOT EXISTS FOR (n:Name) REQUIRE (n.key, n.kind) IS UNIQUE',
  },
  { name: 'meta_id', ddl: 'CREATE CONSTRAINT meta_id IF NOT EXISTS FOR (n:Meta) REQUIRE n.id IS UNIQUE' },
  { name: 'audit_id', ddl: 'CREATE CONSTRAINT audit_id IF NOT EXISTS FOR (n:Audit) REQUIRE n.id IS UNIQUE' },
  { name: 'name_key', ddl: 'CREATE INDEX name_key IF NOT EXISTS FOR (n:Name) ON (n.key)' },
  ...['Paper', 'Technique', 'Dataset', 'Model', 'Repo'].map((label) => ({
    name: `${label.toLowerCase()}_name`,
    ddl: `CREATE INDEX ${label.toLowerCase()}_name IF NOT EXISTS FOR (n:${label}) ON (n.name, n.id)`,
  })),
  {
    name: 'entity_tokens',
    ddl: "CREATE FULLTEXT INDEX entity_tokens IF NOT EXISTS FOR (n:Entity) ON EACH [n.tokens] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
  },
];

const HITS = statement<{ id: string; score: number }>('search.neo4j')`
CALL db.index.fulltext.queryNodes('entity_tokens', $lucene) YIELD node AS n, score
WHERE ${SATISFIES_GROUPS}
RETURN n.id AS id, score + ${BOOST} AS score ORDER BY score DESC, id LIMIT $limit`;

/** Tokens are `[a-z0-9]+`, so nothing in them can be Lucene syntax. */
const lucene = ({ groups, boost, kinds }: TextQuery): string => {
  const required = groups.map(({ word, grams, need }) => {
    const all = need === grams.length ? `(${grams.map((gram) => `+${gram}`).join(' ')})` : grams.join(' ');
    return `+(${word} ${grams.length > 0 ? all : ''})`;
  });
  return [...required, boost, ...(kinds.length > 0 ? [`+(${kinds.join(' ')})`] : [])].join(' ');
};

/** LIMIT wants integers and JavaScript numbers travel as floats: top-level integers become Neo4j integers. */
const withIntegers = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      Number.isSafeInteger(value) ? neo4j.int(value as number) : value,
    ]),
  );

const unavailable =
  /ServiceUnavailable|SessionExpired|Unauthorized|DatabaseNotFound|DatabaseUnavailable|TransientError|^N\/A$/;

function translated(error: unknown, location: string): unknown {
  if (error instanceof StemmaError || !(error instanceof neo4j.Neo4jError) || !unavailable.test(error.code))
    return error;
  return new StemmaError(
    'SERVICE_UNAVAILABLE',
    `Neo4j at ${location} cannot answer (${reasonOf(error)}); check NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD and that the server runs`,
    {},
    { cause: error },
  );
}

/** A driver for one Neo4j server or cluster. It connects on the first call. */
export function openNeo4j({ uri, user, password, database }: Neo4jSettings): Engine {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
    disableLosslessIntegers: true,
    connectionAcquisitionTimeout: 5_000,
    connectionTimeout: 5_000,
    maxTransactionRetryTime: 15_000,
    userAgent: 'stemma',
  });
  const location = new URL(uri).host;
  const bookmarkManager = neo4j.bookmarkManager();
  const session = (defaultAccessMode: 'READ' | 'WRITE'): Session =>
    driver.session({ defaultAccessMode, bookmarkManager, ...(database === null ? {} : { database }) });

  const using = async <T>(
    what: string,
    mode: 'READ' | 'WRITE',
    options: CallOptions,
    work: (opened: Session) => Promise<T>,
  ): Promise<T> => {
    const opened = session(mode);
    const closing = (): void => void opened.close().catch(() => undefined);
    try {
      return await withinDeadline(what, options, work(opened));
    } catch (error) {
      throw translated(error, location);
    } finally {
      closing();
    }
  };

  return {
    dialect: 'neo4j',
    read: <Row>(...[{ name, text }, params, options = {}]: Parameters<Engine['read']>) =>
      using(name, 'READ', options, async (opened) => {
        const { records } = await opened.run(text.neo4j, withIntegers(params));
        return records.map((record) => record.toObject() as Row);
      }),
    write: (writes, options = {}) =>
      using('write', 'WRITE', { deadline: 60_000, ...options }, (opened) =>
        opened.executeWrite(async (transaction: ManagedTransaction) => {
          for (const {
            statement: { text },
            params,
          } of writes)
            await transaction.run(text.neo4j, withIntegers(params));
        }),
      ),
    search(query, limit, options = {}) {
      return this.read(HITS, { ...groupParams(query), lucene: lucene(query), limit }, options);
    },
    schema: () =>
      using('schema', 'WRITE', { deadline: 120_000 }, async (opened) => {
        for (const { ddl } of INDEXES) await opened.run(ddl);
        await opened.run('CALL db.awaitIndexes(100)');
      }),
    status: () =>
      using('status', 'READ', { deadline: 5_000 }, async (opened) => {
        const server = await opened.run('CALL dbms.components() YIELD name, versions RETURN versions[0] AS version');
        const online = await opened.run("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name");
        const names = new Set(online.records.map((record) => String(record.get('name'))));
        return {
          engine: 'neo4j',
          version: String(server.records[0]?.get('version')),
          location,
          missingIndexes: INDEXES.map(({ name }) => name).filter((name) => !names.has(name)),
        };
      }),
    close: () => driver.close(),
  };
}
