/**
 * The Neo4j driver, kept in working order: every piece of work has a deadline, connections to a server that fell
 * silent are thrown away, and while the database is away one probe a second looks for it and calls fail at once.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import type { Driver, Neo4jError, Session } from 'neo4j-driver';
import { StemmaError } from '../errors.js';
import type { CallOptions } from './engine.js';
import { withinDeadline } from './engine.js';

export interface Neo4jSettings {
  /** `bolt://` one server, `neo4j://` a cluster, each with `+s` for TLS */
  uri: string;
  user: string;
  password: string;
  /** null for the server's default database */
  database: string | null;
  /** connections to one server at most */
  poolSize: number;
  /** path of the certificates, in PEM, that sign the server's; null for those the system trusts */
  certificates: string | null;
}

type Mode = 'READ' | 'WRITE';

export interface Sessions {
  /**
   * Runs work in a session of its own.
   * @throws DEADLINE_EXCEEDED when it is late, SERVICE_UNAVAILABLE when the database is away
   */
  use<T>(what: string, mode: Mode, options: CallOptions, work: (session: Session) => Promise<T>): Promise<T>;
  /** What is under way is given up: the driver would leave it unanswered. */
  close(): Promise<void>;
}

/**
 * Milliseconds: how long a call waits for a free connection, and, less than that, for a new one; a session for its
 * end; a probe for its answer, less than which a server takes that is not there.
 */
const ACQUIRE = 3_000;
const CONNECT = 1_500;
const RELEASE = 2_000;
const PROBE = 2_000;

/** Milliseconds between two probes; a refused password is asked about rarely, or Neo4j locks the user. */
const PROBE_EVERY = 1_000;
const LOGIN_EVERY = 10_000;

/** Milliseconds that a write whose transaction was lost is run again. */
const RETRY = 15_000;

const AWAY =
  /ServiceUnavailable|SessionExpired|Security\.|DatabaseNotFound|DatabaseUnavailable|NotALeader|InvalidBookmark|TransientError|DatabaseError\.(Transaction|Database)/;
const LATE = /\.Transaction\.((Transaction)?(TimedOut|Terminated)|LockClientStopped)/;

/** Whether the server gave a statement up because its time was over. */
export const isLate = (error: unknown): boolean => error instanceof neo4j.Neo4jError && LATE.test(error.code);

/** What only the message tells apart, as `N/A` is the code of whatever the driver itself has to say. */
const isForeign = ({ code, message }: Neo4jError): boolean =>
  code === 'N/A' && /responded HTTP|Bolt protocol version|versions of the protocol/.test(message);

/** How many connections were in use when none was to be had in time; null where something else went wrong. */
function inUse({ code, message }: Neo4jError): number | null {
  const active = /acquisition timed out.*Active conn count = (\d+)/.exec(message)?.[1];
  return code === 'N/A' && active !== undefined ? Number(active) : null;
}

const openDriver = ({ uri, user, password, certificates }: Neo4jSettings, maxConnectionPoolSize: number): Driver =>
  neo4j.driver(uri, neo4j.auth.basic(user, password), {
    disableLosslessIntegers: true,
    // All at once: every statement has a limit, and what it finds is read whole.
    fetchSize: -1,
    maxConnectionPoolSize,
    connectionAcquisitionTimeout: ACQUIRE,
    connectionTimeout: CONNECT,
    maxTransactionRetryTime: RETRY,
    userAgent: 'stemma',
    telemetryDisabled: true,
    ...(certificates === null
      ? {}
      : {
          encrypted: true,
          trust: 'TRUST_CUSTOM_CA_SIGNED_CERTIFICATES' as const,
          trustedCertificates: [certificates],
        }),
  });

const unavailable = (settings: Neo4jSettings, reason: string, cause: unknown): StemmaError =>
  new StemmaError('SERVICE_UNAVAILABLE', `Neo4j at ${new URL(settings.uri).host} ${reason}`, {}, { cause });

const SILENT = 'accepts connections but does not answer; check that the server is not stopped or overloaded';

/** What a thrown error of the driver means to a client; a defect stays what it is. */
function translated(error: unknown, settings: Neo4jSettings): unknown {
  if (error instanceof StemmaError || !(error instanceof neo4j.Neo4jError)) return error;
  if (isLate(error))
    return new StemmaError(
      'DEADLINE_EXCEEDED',
      'the database gave the statement up at its deadline',
      {},
      { cause: error },
    );
  const active = inUse(error);
  if (active !== null && active < settings.poolSize) return unavailable(settings, SILENT, error);
  if (active !== null)
    return unavailable(
      settings,
      `is asked too much: all ${settings.poolSize} connections are busy; ask again, or raise NEO4J_POOL_SIZE`,
      error,
    );
  if (error.code.includes('ForbiddenOnReadOnlyDatabase'))
    return unavailable(
      settings,
      `cannot be written to (${error.message}); where it belongs to a cluster, NEO4J_URI must begin with neo4j://`,
      error,
    );
  if (!AWAY.test(error.code) && !isForeign(error)) return error;
  const reason = /Caused by: (.+)$/.exec(error.message)?.[1] ?? error.message;
  return unavailable(
    settings,
    `cannot answer (${reason}); check NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, NEO4J_DATABASE and that the server runs`,
    error,
  );
}

const isRefusedLogin = ({ cause }: StemmaError): boolean =>
  cause instanceof neo4j.Neo4jError && cause.code.includes('Security.');

/** Whether a promise settles in time; it never rejects. */
async function settlesWithin(milliseconds: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(resolve, milliseconds, false)));
  const settled = promise.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A driver with the number of sessions it has open; a retired one gets no more, and closes with the last. */
interface Lane {
  driver: Driver;
  open: number;
  retired: boolean;
}

/** Sessions of one database. It connects on the first use; `returned` is told when the database is back after an outage. */
export function openSessions(settings: Neo4jSettings, returned: () => void): Sessions {
  const { database, poolSize } = settings;
  /** What was written, so that whoever reads next waits for it. */
  let bookmarkManager = neo4j.bookmarkManager();
  const closing = new AbortController();
  // Every call listens to it.
  setMaxListeners(0, closing.signal);
  const newLane = (): Lane => ({ driver: openDriver(settings, poolSize), open: 0, retired: false });
  let lane = newLane();
  /** Why calls fail at once, null while the database answers. */
  let outage: StemmaError | null = null;
  let watching = false;

  const closeWhenUnused = ({ driver, open, retired }: Lane): void => {
    if (retired && open === 0) void settlesWithin(RELEASE, driver.close());
  };
  const retire = (old: Lane): void => {
    old.retired = true;
    if (lane === old) lane = newLane();
    closeWhenUnused(old);
  };
  const sessionOf = (driver: Driver, defaultAccessMode: Mode): Session =>
    driver.session({ defaultAccessMode, bookmarkManager, ...(database === null ? {} : { database }) });
  /** A session that does not even close is one with a server that is silent: its driver is thrown away. */
  const release = async (used: Lane, session: Session): Promise<void> => {
    const released = await settlesWithin(RELEASE, session.close());
    used.open--;
    if (released) closeWhenUnused(used);
    else retire(used);
  };

  /** Why the database cannot be asked for what was written, null when it can; on a connection of its own. */
  const probe = async (): Promise<StemmaError | null> => {
    const driver = openDriver(settings, 1);
    const session = sessionOf(driver, 'READ');
    try {
      await withinDeadline('probe', { deadline: PROBE, signal: closing.signal }, session.run('RETURN 1'));
      return null;
    } catch (error) {
      const told = translated(error, settings);
      if (!(told instanceof StemmaError)) return null;
      if (told.code === 'SERVICE_UNAVAILABLE') return told;
      return unavailable(settings, SILENT, error);
    } finally {
      void settlesWithin(RELEASE, driver.close());
    }
  };

  /** Once a call has failed: looks whether the database is there, again and again until it is. */
  const watch = async (): Promise<void> => {
    if (watching) return;
    watching = true;
    for (;;) {
      const found = await probe();
      if (closing.signal.aborted) return;
      if (found === null) break;
      if (outage === null) {
        retire(lane);
        // What comes back may be another database, in which nobody will ever find what this one had written.
        bookmarkManager = neo4j.bookmarkManager();
      }
      outage = found;
      const every = (isRefusedLogin(found) ? LOGIN_EVERY : PROBE_EVERY) * (0.9 + 0.2 * Math.random());
      await pause(every, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
    }
    watching = false;
    if (outage !== null) returned();
    outage = null;
  };

  return {
    async use(what, mode, options, work) {
      if (outage !== null) throw outage;
      const used = lane;
      used.open++;
      const session = sessionOf(used.driver, mode);
      try {
        return await withinDeadline(what, { ...options, signal: options.signal ?? closing.signal }, work(session));
      } catch (error) {
        const told = translated(error, settings);
        if (told instanceof StemmaError && !options.signal?.aborted && !closing.signal.aborted) void watch();
        throw told;
      } finally {
        void release(used, session);
      }
    },
    async close() {
      closing.abort();
      await settlesWithin(RELEASE, lane.driver.close());
    },
  };
}
