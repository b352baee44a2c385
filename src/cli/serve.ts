/** `stemma start` and `stemma serve`: the server, and a store made ready for it, as soon as its database is there. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../config.js';
import { StemmaError } from '../errors.js';
import type { Engine } from '../graph/engine.js';
import { graphOf } from '../graph/graph.js';
import { engineOf } from '../graph/open.js';
import { readerOf } from '../graph/reader.js';
import { countDocuments } from '../graph/stats.js';
import { SEED_LOADING, SEED_META, seedDigest } from '../ingest/ingest.js';
import { startServer } from '../server.js';
import { announce } from './ask.js';
import { complain, print } from './output.js';
import { loadInto, refuseHalfRestored, refuseWhileServed, summary } from './store.js';

interface ServeOptions {
  /** Whether a store that holds nothing gets the seed. */
  load: boolean;
  landmarks?: boolean;
}

/** Says what the store holds, after loading the seed into a store that holds nothing. */
async function holdings(engine: Engine, landmarks: boolean): Promise<string> {
  const graph = graphOf(engine);
  const seed = await graph.findMeta(SEED_META);
  if (seed === SEED_LOADING || (await graph.isEmpty())) {
    const from = performance.now();
    const { documents, entities, facts } = summary(await loadInto(engine, landmarks));
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    return `loaded the seed in ${seconds} s: ${String(documents)} documents, ${String(entities)} entities, ${String(facts)} facts`;
  }
  if (seed !== null && seed !== seedDigest())
    print('this version brings a newer seed than the store has; stop the server and load it with: npx stemma seed');
  return `the store holds ${String(await countDocuments(readerOf(engine, {})))} documents`;
}

/** Milliseconds between two looks for a database that is away, and how long a server may keep to itself that it lives. */
const LOOK_EVERY = 1_000;
const LISTEN_AFTER = 10_000;

const isAway = (error: unknown): error is StemmaError =>
  error instanceof StemmaError && (error.code === 'SERVICE_UNAVAILABLE' || error.code === 'DEADLINE_EXCEEDED');

interface Preparation {
  /** Why the store is not ready, null when it is. */
  unready: () => string | null;
  /** Ends with the first attempt, whether the database was there or not. */
  tried: Promise<void>;
  ready: Promise<void>;
}

/** Prepares a store, where its database may be away again and again until it is there. */
function preparing(prepare: () => Promise<void>, mayBeAway: boolean, stopped: AbortSignal): Preparation {
  let unready: string | null = 'the store is being prepared';
  const attempt = async (): Promise<boolean> => {
    try {
      await prepare();
      unready = null;
    } catch (error) {
      if (!mayBeAway || !isAway(error)) throw error;
      if (unready !== error.message && !stopped.aborted) complain(`stemma: ${error.message}`);
      unready = error.message;
    }
    return unready === null;
  };
  const first = attempt();
  const tried = first.then(() => undefined);
  const ready = (async () => {
    for (let done = await first; !done && !stopped.aborted; done = await attempt())
      await pause(LOOK_EVERY, undefined, { signal: stopped }).catch(() => undefined);
  })();
  // Whoever does not wait for one of them need not hear that it failed.
  for (const promise of [tried, ready]) promise.catch(() => undefined);
  return { unready: () => unready, tried, ready };
}

const signalled = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        resolve();
      });
  });

/** Serves until SIGTERM or SIGINT, then answers what is connected and ends. */
export async function serveCommand(config: Config, { load, landmarks = true }: ServeOptions): Promise<void> {
  await refuseWhileServed(config);
  const engine = engineOf(config);
  const stopping = new AbortController();
  const prepare = async (): Promise<void> => {
    await engine.schema();
    await refuseHalfRestored(engine);
    if (load) print(await holdings(engine, landmarks));
    await engine.warm();
  };
  try {
    const store = preparing(prepare, config.neo4j !== null, stopping.signal);
    await (config.neo4j ? Promise.race([store.tried, pause(LISTEN_AFTER, undefined, { ref: false })]) : store.ready);
    const server = await startServer(engine, config, store.unready);
    const takeBack = announce(config, server);
    const where = config.neo4j ? new URL(config.neo4j.uri).host : config.dataDirectory;
    const end = signalled();
    try {
      print(
        `Stemma answers at ${server.url} (playground: ${server.url}/playground, GraphQL: ${server.url}/graphql; data: ${where})`,
      );
      await Promise.race([end, store.ready.then(() => end)]);
    } finally {
      takeBack();
      await server.stop();
    }
  } finally {
    stopping.abort();
    await engine.close();
  }
}
