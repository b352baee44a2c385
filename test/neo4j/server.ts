/**
 * A real Neo4j for the tests, without Docker: jars from Maven, one JVM, Bolt on a free loopback port, its state in one
 * directory, so that a test in another process than the one that started it can stop, freeze and start it.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openSessions } from '../../src/graph/driver.js';

/** Which Neo4j, and the Java it runs on: 5.x needs 17 or newer, 2026.x needs 21 or newer. */
const VERSION = process.env['NEO4J_VERSION'] ?? '5.26.25';
const JAVA = process.env['JAVA'] ?? 'java';

/** The password that every server of the tests has. */
export const PASSWORD = 'stemma-tests';

export interface TestServer {
  uri: string;
  /** The directory of its state. */
  home: string;
  /** kill -9; the data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, and waits until Bolt answers. */
  start(): Promise<void>;
  /** SIGSTOP: it keeps its connections and says nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
  /** The same at once, for a process that has no time left to wait. */
  discard(): void;
}

/** The jars, fetched by Maven once and kept in the user's cache. */
function jars(): string {
  const directory = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'stemma-test-neo4j', VERSION);
  if (existsSync(directory)) return directory;
  console.log(`fetching Neo4j ${VERSION} by Maven, about 130 MB, once`);
  const pom = fileURLToPath(new URL('pom.xml', import.meta.url));
  const part = `${directory}.${String(process.pid)}`;
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${part}`, `-Dneo4j.version=${VERSION}`];
  execFileSync('mvn', ['-q', '-B', '-f', pom, ...goal], { stdio: ['ignore', 'ignore', 'inherit'] });
  renameSync(part, directory);
  return directory;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

const configuration = (port: number, more: string): string => `server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:${String(port)}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
db.tx_log.preallocate=false
dbms.cypher.min_replan_interval=1h
${more}`;

const OPENS = ['java.base/java.nio', 'java.base/java.io', 'java.base/sun.nio.ch'];

/** Where a gigabyte of memory can be had as a disk the tests wait less for it; a killed process loses nothing there. */
function place(): string {
  const { bavail, bsize } = existsSync('/dev/shm') ? statfsSync('/dev/shm') : { bavail: 0, bsize: 0 };
  return bavail * bsize > 4e9 ? '/dev/shm' : tmpdir();
}

function lives(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The server whose state is in a directory. */
export function serverIn(home: string): TestServer {
  const port = Number(readFileSync(join(home, 'port'), 'utf8'));
  const pid = (): number => Number(readFileSync(join(home, 'pid'), 'utf8'));
  const ended = async (): Promise<void> => {
    while (lives(pid())) await pause(50);
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (lives(pid())) process.kill(pid(), signal);
    await ended();
  };
  const run = (): void => {
    const main = VERSION.startsWith('5.') ? 'CommunityEntryPoint' : 'Neo4jCommunity';
    const log = openSync(join(home, 'logs', 'jvm.log'), 'a');
    // It outlives the process that starts it, and belongs to the directory.
    const server = spawn(
      JAVA,
      ['-Xms256m', '-Xmx1g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1',
        ...OPENS.map((module) => `--add-opens=${module}=ALL-UNNAMED`), '-cp', join(jars(), '*'),
        `org.neo4j.server.${main}`, `--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`],
      { stdio: ['ignore', log, log], detached: true },
    ); // prettier-ignore
    server.unref();
    writeFileSync(join(home, 'pid'), String(server.pid));
  };
  const stop = async (): Promise<void> => {
    await end('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  };
  const start = async (): Promise<void> => {
    await ended();
    run();
    for (let tries = 0; tries < 900 && lives(pid()); tries++) {
      if (await answers(port)) return;
      await pause(100);
    }
    const logs = readdirSync(join(home, 'logs')).map((file) =>
      readFileSync(join(home, 'logs', file), 'utf8').slice(-2_000),
    );
    throw new Error(`Neo4j ${VERSION} did not start (it needs Java: 17 for 5.x, 21 for 2026.x)\n${logs.join('\n')}`);
  };
  return {
    uri: `bolt://127.0.0.1:${String(port)}`,
    home,
    kill: () => end('SIGKILL'),
    start,
    freeze: () => process.kill(pid(), 'SIGSTOP'),
    thaw: () => process.kill(pid(), 'SIGCONT'),
    stop,
    discard: () => {
      if (lives(pid())) process.kill(pid(), 'SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Neo4j lets nobody in before its first password is another one. */
async function setPassword(uri: string): Promise<void> {
  const first = { user: 'neo4j', password: 'neo4j', database: 'system', poolSize: 1, certificates: null };
  const sessions = openSessions({ uri, ...first }, () => undefined);
  const text = 'ALTER CURRENT USER SET PASSWORD FROM $old TO $new';
  await sessions.use('password', 'WRITE', { deadline: 60_000 }, (session) =>
    session.run(text, { old: 'neo4j', new: PASSWORD }),
  );
  await sessions.close();
}

/**
 * Starts a server with an empty database and waits, at most 90 s, until Bolt answers.
 * @param settings further lines of its configuration
 */
export async function startNeo4j(settings = ''): Promise<TestServer> {
  jars();
  const home = mkdtempSync(join(place(), 'stemma-neo4j-'));
  const port = await freePort();
  for (const part of ['conf', 'data', 'logs']) mkdirSync(join(home, part));
  writeFileSync(join(home, 'conf', 'neo4j.conf'), configuration(port, settings));
  writeFileSync(join(home, 'port'), String(port));
  writeFileSync(join(home, 'pid'), '0');
  const server = serverIn(home);
  try {
    await server.start();
    await setPassword(server.uri);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}
