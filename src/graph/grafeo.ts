/** The embedded engine: @grafeo-db/js in this process, its file in one directory that one process holds. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import grafeo from '@grafeo-db/js';
import type { GrafeoDB, Transaction } from '@grafeo-db/js';
import { reasonOf, StemmaError } from '../errors.js';
import type { Engine, Fragment, Hit } from './engine.js';
import { BOOST, cypher, groupParams, SATISFIES_GROUPS, statement, withinDeadline, WRITE_DEADLINE } from './engine.js';
import type { FoundIndex } from './schema.js';
import { formOf, indexFaults, INDEXES, settleSchema, versionOf } from './schema.js';
import { acknowledge, damaged, forgetRemoved, missingCommits, refusal, storeFile } from './storeFiles.js';

/** How many text matches are weighed for one search. */
const CANDIDATES = 10_000;

/** More than there are entities. */
const ALL = 10_000_000;

const hitsAmong = (name: string, among: Fragment) => statement<{
  node: number;
  id: string;
  name: string;
  boost: number;
}>(name)`
MATCH (n:Entity) WHERE ${among} ${SATISFIES_GROUPS}
RETURN id(n) AS node, n.id AS id, n.name AS name, ${BOOST} AS boost ORDER BY n.id LIMIT $limit`;

const HITS = hitsAmong('search.embedded', cypher`id(n) IN $nodes AND`);

/** What the best matches crowded out, such as one kind beside very many of another: every entity is looked at. */
const CROWDED_OUT = hitsAmong('search.embedded.crowdedOut', cypher``);

/**
 * Opens the store in `directory`, made when it is not there; null keeps everything in memory.
 * @throws StemmaError STORE_IN_USE when another process holds it, SERVICE_UNAVAILABLE when it cannot be opened.
 */
export function openGrafeo(directory: string | null): Engine {
  const db = openStore(directory);
  let queue: Promise<unknown> = Promise.resolve();
  /** Writers to one node conflict in this engine, so writes go one after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  return {
    dialect: 'embedded',
    read: async <Row>(...[{ name, text }, params, options = {}]: Parameters<Engine['read']>) =>
      withinDeadline(
        name,
        options,
        db.executeCypher(text.embedded, params).then((result) => result.toArray() as Row[]),
      ),
    write: (writes, options = {}) => {
      const late = new AbortController();
      let begin: () => void = () => undefined;
      const turn = new Promise<void>((resolve) => (begin = resolve));
      // A running statement cannot be cancelled: a late write is undone when it ends, before the next one begins.
      const written = inTurn(async () => {
        begin();
        const transaction = db.beginTransaction();
        try {
          for (const { statement: sent, params } of writes) {
            late.signal.throwIfAborted();
            await transaction.executeCypher(sent.text.embedded, params);
          }
          late.signal.throwIfAborted();
          transaction.commit();
        } catch (error) {
          undo(transaction);
          throw told(error, directory);
        }
        if (directory !== null) keep(directory, db.currentEpoch());
      });
      const ended = (): Promise<void> =>
        withinDeadline('write', { deadline: WRITE_DEADLINE, ...options }, written, () => {
          late.abort();
        });
      // Who gives no deadline waits for the writes before this one as long as they take.
      return options.deadline === undefined && !options.signal ? turn.then(ended) : ended();
    },
    async search(query, limit, options = {}) {
      const { groups, boost } = query;
      const words = [boost, ...groups.flatMap(({ word, grams }) => [word, ...grams])].join(' ');
      const scoresOf = async (most: number): Promise<Map<number, number>> => {
        const found = await withinDeadline('text search', options, db.textSearch('Entity', 'tokens', words, most));
        return new Map(found.map(([node = 0, score = 0]) => [node, score]));
      };
      let scores = await scoresOf(CANDIDATES);
      const params = { ...groupParams(query), nodes: [...scores.keys()], limit: ALL };
      let hits = await this.read(HITS, params, options);
      if (hits.length < limit && scores.size === CANDIDATES)
        [scores, hits] = [await scoresOf(ALL), await this.read(CROWDED_OUT, params, options)];
      return hits
        .map(({ node, id, name, boost: first }): Hit => ({ id, name, score: (scores.get(node) ?? 0) + first }))
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
    },
    schema() {
      return settleSchema(this, () =>
        inTurn(async () => {
          for (const { ddl } of INDEXES.embedded) await db.executeCypher(ddl);
          await db.createTextIndex('Entity', 'tokens');
        }),
      );
    },
    // Planning takes this engine no time worth saving.
    warm: () => Promise.resolve(),
    async status() {
      const { missingIndexes, wrongIndexes } = indexFaults('embedded', await indexesOf(db));
      const location = directory ?? 'memory';
      return {
        engine: 'embedded',
        version: db.version(),
        location,
        schemaVersion: await versionOf(this),
        missingIndexes: (await hasTextIndex(db)) ? missingIndexes : [...missingIndexes, 'entity_tokens'],
        wrongIndexes,
      };
    },
    async close() {
      await queue;
      db.close();
    },
  };
}

/** The text index has no name of its own, so it is asked for something. */
const hasTextIndex = (db: GrafeoDB): Promise<boolean> =>
  db.textSearch('Entity', 'tokens', 'w', 1).then(
    () => true,
    () => false,
  );

/** The other indexes and the constraints of a store. */
async function indexesOf(db: GrafeoDB): Promise<FoundIndex[]> {
  type Listed = { name: string; label: string; property?: string; properties?: string };
  const [indexes = [], constraints = []] = await Promise.all(
    ['SHOW INDEXES', 'SHOW CONSTRAINTS'].map(async (show) => (await db.executeCypher(show)).toArray() as Listed[]),
  );
  const state = 'ONLINE';
  return [
    ...indexes.map(({ name, label, property = '' }) => ({ name, state, form: formOf('RANGE', label, [property]) })),
    ...constraints.map(({ name, label, properties = '' }) => ({
      name,
      state,
      form: formOf('UNIQUE', label, [properties]),
    })),
  ];
}

/** Rolls a transaction back, unless its failed commit has done so. */
function undo(transaction: Transaction): void {
  try {
    transaction.rollback();
  } catch {
    // There is nothing left to undo.
  }
}

/** What a failed write means: a full disk is no defect. Anything else stays what it is. */
function told(error: unknown, directory: string | null): unknown {
  if (!/No space left|os error 28\b|os error 122\b/.test(reasonOf(error))) return error;
  const message = `the disk that holds ${String(directory)} is full, so nothing was written; make room, then write again`;
  return new StemmaError('SERVICE_UNAVAILABLE', message, {}, { cause: error });
}

/** Makes a commit last. @throws SERVICE_UNAVAILABLE where the disk fails, so that the write is not acknowledged */
function keep(directory: string, commit: bigint): void {
  try {
    acknowledge(directory, commit);
  } catch (error) {
    const message = `what was written to ${directory} may not last (${reasonOf(error)}); see to that disk, then write it again`;
    throw new StemmaError('SERVICE_UNAVAILABLE', message, {}, { cause: error });
  }
}

function openStore(directory: string | null): GrafeoDB {
  if (directory === null) return grafeo.GrafeoDB.create();
  try {
    mkdirSync(directory, { recursive: true });
    // Without it a directory that cannot be written looks like a store that somebody else holds.
    accessSync(directory, constants.W_OK);
    forgetRemoved(directory);
    const db = grafeo.GrafeoDB.create(storeFile(directory));
    const missing = missingCommits(directory, db.currentEpoch());
    if (missing === 0n) return db;
    db.close();
    throw damaged(
      directory,
      `${String(missing)} writes that were acknowledged are missing, so a file was cut or removed`,
    );
  } catch (error) {
    throw refusal(directory, error);
  }
}
