/** The engine port: what the graph asks of a database, and the closed set of statements it may send. */
import { StemmaError } from '../errors.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { ENTITY_KINDS } from '../ontology.js';

/** The two engines speak one Cypher but for the few fragments that carry a text for each. */
export type Dialect = 'embedded' | 'neo4j';
export const DIALECTS: readonly Dialect[] = ['embedded', 'neo4j'];

/** A piece of Cypher that is fixed at build time. */
export interface Fragment {
  readonly text: Readonly<Record<Dialect, string>>;
}

/** A whole statement; `Row` is the shape of its result rows, keyed by the columns it returns. */
export interface Statement<Row = unknown> extends Fragment {
  readonly name: string;
  /** Only the type: never set. */
  readonly row?: Row;
}

type Part = Fragment | number;

const assemble = (dialect: Dialect, texts: readonly string[], parts: readonly Part[]): string =>
  texts
    .map((text, i) => {
      const part = parts[i];
      if (part === undefined) return text;
      return text + (typeof part === 'number' ? String(part) : part.text[dialect]);
    })
    .join('')
    .trim();

/** A fragment of Cypher: `` cypher`ORDER BY n.id` ``. Only fragments and numbers can be put into it. */
export const cypher = (texts: TemplateStringsArray, ...parts: Part[]): Fragment => ({
  text: { embedded: assemble('embedded', texts, parts), neo4j: assemble('neo4j', texts, parts) },
});

/** A fragment that the two engines spell differently. */
export const spelled = (embedded: Fragment, neo4j: Fragment): Fragment => ({
  text: { embedded: embedded.text.embedded, neo4j: neo4j.text.neo4j },
});

const fixed = (text: string): Fragment => ({ text: { embedded: text, neo4j: text } });
export const relationType = (type: RelationType): Fragment => fixed(type);
/** Any of these types. */
export const relationTypes = (types: readonly RelationType[]): Fragment => fixed(types.join('|'));
export const kindLabel = (kind: EntityKind): Fragment => fixed(ENTITY_KINDS[kind].label);

const closedSet = new Map<string, Statement>();

/** Defines a statement of the closed set: `` statement<Row>('entities.byId')`MATCH …` ``. A name can be taken only once. */
export const statement =
  <Row>(name: string) =>
  (texts: TemplateStringsArray, ...parts: Part[]): Statement<Row> => {
    if (closedSet.has(name)) throw new Error(`statement ${name} is defined twice`);
    const body = cypher(texts, ...parts);
    const titled: Statement<Row> = {
      name,
      text: { embedded: `// ${name}\n${body.text.embedded}`, neo4j: `// ${name}\n${body.text.neo4j}` },
    };
    closedSet.set(name, titled);
    return titled;
  };

/** Every statement the program can send, by name. */
export const statements = (): ReadonlyMap<string, Statement> => closedSet;

/** Whether a statement changes the graph. */
export const changes = ({ text }: Statement): boolean => /\b(MERGE|CREATE|SET|DELETE|REMOVE)\b/.test(text.neo4j);

export type Params = Readonly<Record<string, unknown>>;

/** One statement of a write, with its parameters. */
export interface Write {
  statement: Statement;
  params: Params;
}

/** Milliseconds that a call may take when it does not say: a read, and a write. */
export const DEADLINE = 10_000;
export const WRITE_DEADLINE = 60_000;

export interface CallOptions {
  /** Milliseconds until the call fails with DEADLINE_EXCEEDED; 10,000 for a read and 60,000 for a write when left out. */
  deadline?: number;
  signal?: AbortSignal;
}

/** What a text search asks for. All tokens are `[a-z0-9]+`. */
export interface TextQuery {
  /** A hit satisfies every group: it has the word, or at least `need` of the trigrams. */
  groups: readonly { word: string; grams: readonly string[]; need: number }[];
  /** What has it comes first; never required. */
  boost: string;
  /** A hit has one of these; any where empty. */
  kinds: readonly string[];
}

export interface Hit {
  id: string;
  name: string;
  /** Higher is better; comparable within one engine only. */
  score: number;
}

export interface EngineStatus {
  engine: Dialect;
  version: string;
  /** Where the data is: a directory or a URI without credentials. */
  location: string;
  /** The version of the schema that the store is at, 0 where it has none yet. */
  schemaVersion: number;
  /** Names of indexes and constraints that the schema asks for and the store lacks. */
  missingIndexes: string[];
  /** What stands in the place of others, or cannot be used, each in a sentence that says what to do. */
  wrongIndexes: string[];
}

/**
 * A database. Every call ends by its deadline: with rows, or with a `StemmaError`
 * (DEADLINE_EXCEEDED, SERVICE_UNAVAILABLE), or with the engine's own error, which is a defect.
 */
export interface Engine {
  readonly dialect: Dialect;
  read<Row>(statement: Statement<Row>, params: Params, options?: CallOptions): Promise<Row[]>;
  /** One transaction: all of it or nothing. It holds no reads, so it can be run again. */
  write(writes: readonly Write[], options?: CallOptions): Promise<void>;
  /** At most `limit` hits, ordered by (score descending, id). */
  search(query: TextQuery, limit: number, options?: CallOptions): Promise<Hit[]>;
  /**
   * Brings the store to this program's version of the schema: makes constraints and indexes that are missing, and
   * waits until they are online. @throws STORE_TOO_NEW for a store of a newer program
   */
  schema(): Promise<void>;
  /** Has every statement planned, so that the first who asks does not wait for it; changes nothing. */
  warm(): Promise<void>;
  status(): Promise<EngineStatus>;
  close(): Promise<void>;
}

/** Ends a call at its deadline or when its signal fires; `abandon` is told, so that the engine can drop the call. */
export async function withinDeadline<T>(
  what: string,
  { deadline = DEADLINE, signal }: CallOptions,
  call: Promise<T>,
  abandon: () => void = () => undefined,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = (reason: string): void => {
      abandon();
      reject(new StemmaError('DEADLINE_EXCEEDED', reason));
    };
    timer = setTimeout(() => {
      giveUp(`${what} took longer than ${String(deadline)} ms; ask for less or raise the deadline`);
    }, deadline);
    onAbort = () => {
      giveUp(`${what} was given up by the caller`);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
  call.catch(() => undefined);
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}

/** What a hit of `search` must contain; the same test on both engines, so that hits are the same set on both. */
export const SATISFIES_GROUPS = cypher`all(g IN $groups WHERE n.tokens CONTAINS g.word OR size([t IN g.grams WHERE n.tokens CONTAINS t]) >= g.need) AND (size($kinds) = 0 OR any(k IN $kinds WHERE n.tokens CONTAINS k))`;

/** What having the token `boost` adds to a score where the engine cannot weigh it: such a hit comes before all others. */
export const BOOST = cypher`CASE WHEN n.tokens CONTAINS $boost THEN 1000 ELSE 0 END`;

const padded = (token: string): string => ` ${token} `;

/** The parameters of `SATISFIES_GROUPS` and `BOOST`. */
export const groupParams = ({ groups, boost, kinds }: TextQuery): Params => ({
  groups: groups.map(({ word, grams, need }) => ({ word: padded(word), grams: grams.map(padded), need })),
  kinds: kinds.map(padded),
  boost: padded(boost),
});
