/** The Neo4j engine: reads routed to readers, writes retried by the driver, every statement planned before it is needed. */
import neo4j from 'neo4j-driver';
import type { ManagedTransaction, QueryResult, Session } from 'neo4j-driver';
import type { Neo4jSettings } from './driver.js';
import { isLate, openSessions } from './driver.js';
import type { Engine, Hit, Params, Statement, TextQuery, Write } from './engine.js';
import { changes, DEADLINE, groupParams, SATISFIES_GROUPS, statement, statements, WRITE_DEADLINE } from './engine.js';
import type { FoundIndex } from './schema.js';
import { formOf, indexFaults, INDEXES, settleSchema, versionOf } from './schema.js';

const HITS = statement<Hit>('search.neo4j')`
CALL db.index.fulltext.queryNodes('entity_tokens', $lucene) YIELD node AS n, score
WHERE ${SATISFIES_GROUPS}
WITH n, score ORDER BY score DESC, n.id LIMIT $limit
RETURN n.id AS id, n.name AS name, score ORDER BY score DESC, id`;

/** What the index itself finds best: neither the other hits nor what they contain is looked at. */
const BEST = statement<Hit & { least: number; found: number }>('search.neo4j.best')`
CALL db.index.fulltext.queryNodes('entity_tokens', $lucene, {limit: $most}) YIELD node AS n, score
WITH n, score LIMIT $most WITH collect([n, score]) AS hits, min(score) AS least, count(n) AS found
UNWIND hits AS hit WITH hit[0] AS n, hit[1] AS score, least, found ORDER BY score DESC, n.id LIMIT $limit
RETURN n.id AS id, n.name AS name, score, least, found ORDER BY score DESC, id`;

/** How many hits of one score may stand where a page ends before all hits are looked at. */
const TIES = 200;

/** How many hits a page needs at most; whoever asks for more asks for all. */
const PAGE_MAX = 101;

/** Whether the index can be asked for all that a hit must have: of trigrams it knows all or any. */
const isExact = ({ groups }: TextQuery): boolean => groups.every(({ grams, need }) => need >= grams.length);

/** A whole name weighs more than any number of words and trigrams. */
const WHOLE_NAME = '^100000';

/** Tokens are `[a-z0-9]+`, so nothing in them can be Lucene syntax. */
const lucene = ({ groups, boost, kinds }: TextQuery): string => {
  const required = groups.map(({ word, grams, need }) => {
    const all = need === grams.length ? `(${grams.map((gram) => `+${gram}`).join(' ')})` : grams.join(' ');
    return `+(${word} ${grams.length > 0 ? all : ''})`;
  });
  return [...required, boost + WHOLE_NAME, ...(kinds.length > 0 ? [`+(${kinds.join(' ')})`] : [])].join(' ');
};

/** LIMIT wants integers and JavaScript numbers travel as floats: top-level integers become Neo4j integers. */
const withIntegers = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      Number.isSafeInteger(value) ? neo4j.int(value as number) : value,
    ]),
  );

const sentTexts = new WeakMap<Statement, string>();

/** What writes begins at indexes however much there is, so a graph that grows need not have it planned anew. */
const SAME_PLAN = 'CYPHER replan=skip ';

/**
 * Parameters travel as one map: Neo4j plans a text anew for every type and every order of size of its parameters,
 * which takes longer than most answers, but a map is always the same to it.
 */
export function sentText(sent: Statement): string {
  const known = sentTexts.get(sent);
  if (known !== undefined) return known;
  const text = (changes(sent) ? SAME_PLAN : '') + sent.text.neo4j.replace(/\$(\w+)/g, '$$p.$1');
  sentTexts.set(sent, text);
  return text;
}

/** Rows by the names of their columns; the driver's own records look every name up anew. */
function rowsOf<Row>({ records }: QueryResult): Row[] {
  const columns = records[0]?.keys ?? [];
  return records.map((record) => {
    const row: Record<PropertyKey, unknown> = {};
    for (let i = 0; i < columns.length; i++) row[columns[i] ?? i] = record.get(i);
    return row as Row;
  });
}

/** The driver writes down where each statement was sent from, which costs a twentieth of a look-up and tells less than its name. */
function untraced<T>(send: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return send();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Runs a read, once more when its connection was lost on the way: reading twice changes nothing. */
async function readIn(session: Session, sent: Statement, params: Params, timeout: number): Promise<QueryResult> {
  const run = () => untraced(() => session.run(sentText(sent), { p: withIntegers(params) }, { timeout }));
  try {
    return await run();
  } catch (error) {
    if (!neo4j.isRetryableError(error)) throw error;
    return run();
  }
}

/** Whether something that a write had found was deleted by another before it came to its turn. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof neo4j.Neo4jError && error.code === 'Neo.ClientError.Statement.EntityNotFound';

/** How often a write is begun in all that others overtake: what it looks for again it makes again. */
const TRIES = 3;

/** Runs a write, again where its connection was lost, which the driver sees to, or where it was overtaken. */
async function writeIn(session: Session, writes: readonly Write[], timeout: number, tries = TRIES): Promise<void> {
  const run = async (transaction: ManagedTransaction): Promise<void> => {
    for (const { statement: sent, params } of writes)
      await transaction.run(sentText(sent), { p: withIntegers(params) });
  };
  try {
    await session.executeWrite(run, { timeout });
  } catch (error) {
    if (tries === 1 || !isOvertaken(error)) throw error;
    await writeIn(session, writes, timeout, tries - 1);
  }
}

/** Milliseconds that one statement may take when it is run for its plan alone. */
const WARM = 1_000;

const LISTED = `SHOW INDEXES YIELD name, type, state, labelsOrTypes, properties, owningConstraint, options
WHERE labelsOrTypes IS NOT NULL RETURN name, CASE WHEN owningConstraint IS NULL THEN type ELSE 'UNIQUE' END AS type, state,
  labelsOrTypes, properties, options.indexConfig['fulltext.analyzer'] AS analyzer`;

interface ListedIndex {
  name: string;
  type: string;
  state: string;
  labelsOrTypes: string[];
  properties: string[];
  /** null where it is no full text index */
  analyzer: string | null;
}

const foundOf = ({ name, type, state, labelsOrTypes, properties, analyzer }: ListedIndex): FoundIndex => {
  const form = formOf(type, labelsOrTypes.join('|'), properties);
  return { name, state, form: analyzer === null ? form : `${form} ${analyzer}` };
};

const STATUS_DEADLINE = 3_000;
const SCHEMA_DEADLINE = 120_000;

/** How many statements are planned at the same time. */
const WARM_LANES = 3;

/** Parameters with which a read finds nothing: every value is missing but what LIMIT, SKIP and the text index want. */
const nothing = ({ text }: Statement): Params => ({
  lucene: 'wnothing',
  ...Object.fromEntries(
    [...text.neo4j.matchAll(/(?:LIMIT|SKIP) \$(\w+)/g)].map(([, name = '']) => [name, neo4j.int(1)]),
  ),
});

/** Has the server plan a statement; one that reads is run, so that all it needs is loaded. */
async function warmIn(session: Session, sent: Statement): Promise<void> {
  const [prefix, p] = changes(sent) ? ['EXPLAIN ', {}] : ['', nothing(sent)];
  try {
    await session.run(prefix + sentText(sent), { p }, { timeout: WARM });
  } catch (error) {
    // What reads the whole graph is planned by then.
    if (!isLate(error)) throw error;
  }
}

/** A Neo4j server or cluster. It connects on the first call. */
export function openNeo4j(settings: Neo4jSettings): Engine {
  const sessions = openSessions(settings, () => void warm().catch(() => undefined));

  /** Every statement of the closed set, those of the other engine left out. */
  async function warm(): Promise<void> {
    const waiting = [...statements().values()].filter(({ name }) => !name.startsWith('search.embedded')).values();
    const lane = (): Promise<void> =>
      sessions.use('warm-up', 'READ', { deadline: 300_000 }, async (session) => {
        for (const next of waiting) await warmIn(session, next);
      });
    await Promise.all(Array.from({ length: WARM_LANES }, lane));
  }

  return {
    dialect: 'neo4j',
    read: <Row>(...[sent, params, options = {}]: Parameters<Engine['read']>) =>
      sessions.use(sent.name, 'READ', options, async (session) =>
        rowsOf<Row>(await readIn(session, sent, params, options.deadline ?? DEADLINE)),
      ),
    write: (writes, options = {}) => {
      const timeout = options.deadline ?? WRITE_DEADLINE;
      return sessions.use('write', 'WRITE', { ...options, deadline: timeout }, (session) =>
        writeIn(session, writes, timeout),
      );
    },
    async search(query, limit, options = {}) {
      const params = { lucene: lucene(query), limit };
      const most = limit + TIES;
      const best = isExact(query) && limit <= PAGE_MAX ? await this.read(BEST, { ...params, most }, options) : null;
      const last = best?.at(-1);
      if (best && (!last || last.found < most || last.score > last.least))
        return best.map(({ id, name, score }) => ({ id, name, score }));
      return this.read(HITS, { ...params, ...groupParams(query) }, options);
    },
    schema() {
      return settleSchema(this, () =>
        sessions.use('schema', 'WRITE', { deadline: SCHEMA_DEADLINE }, async (session) => {
          for (const { ddl } of INDEXES.neo4j) await session.run(ddl);
          await session.run('CALL db.awaitIndexes($seconds)', { seconds: neo4j.int(SCHEMA_DEADLINE / 1_000 - 10) });
        }),
      );
    },
    warm,
    async status() {
      const [version, found] = await sessions.use('status', 'READ', { deadline: STATUS_DEADLINE }, async (session) => {
        const server = await session.run('CALL dbms.components() YIELD versions RETURN versions[0] AS version');
        return [String(server.records[0]?.get('version')), rowsOf<ListedIndex>(await session.run(LISTED))];
      });
      const location = new URL(settings.uri).host;
      return {
        engine: 'neo4j',
        version,
        location,
        schemaVersion: await versionOf(this),
        ...indexFaults('neo4j', found.map(foundOf)),
      };
    },
    close: () => sessions.close(),
  };
}
