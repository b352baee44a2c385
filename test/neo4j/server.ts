/** A real Neo4j for the tests, without Docker: jars from Maven, one JVM, Bolt on a free loopback port. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '5.26.25';

export interface TestServer {
  uri: string;
  /** kill -9; the data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data after `kill`, and waits until Bolt answers. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
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

const CONFIGURATION = (port: number): string => `dbms.security.auth_enabled=false
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:${String(port)}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=256m
`;

const OPENS = ['java.base/java.nio', 'java.base/java.io', 'java.base/sun.nio.ch'];

/** Starts a server with an empty database and waits, at most 90 s, until Bolt answers. */
export async function startNeo4j(): Promise<TestServer> {
  const lib = jars();
  const home = mkdtempSync(join(tmpdir(), 'stemma-neo4j-'));
  const port = await freePort();
  for (const part of ['conf', 'data', 'logs']) mkdirSync(join(home, part));
  writeFileSync(join(home, 'conf', 'neo4j.conf'), CONFIGURATION(port));
  let server: ChildProcess;
  let exited = Promise.resolve();
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    server.kill(signal);
    await exited;
  };
  const stop = async (): Promise<void> => {
    await end('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  };
  const start = async (): Promise<void> => {
    await exited;
    server = spawn(
      'java',
      ['-Xms256m', '-Xmx1g', ...OPENS.map((module) => `--add-opens=${module}=ALL-UNNAMED`), '-cp', join(lib, '*'),
        'org.neo4j.server.CommunityEntryPoint', `--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`],
      { stdio: 'ignore' },
    ); // prettier-ignore
    exited = new Promise((resolve) =>
      server.once('exit', () => {
        resolve();
      }),
    );
    for (let tries = 0; tries < 900; tries++) {
      if (server.exitCode !== null) break;
      if (await answers(port)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const logs = readdirSync(join(home, 'logs')).map((file) =>
      readFileSync(join(home, 'logs', file), 'utf8').slice(-2_000),
    );
    await stop();
    throw new Error(`Neo4j ${VERSION} did not start (Java 17 and Maven are needed)\n${logs.join('\n')}`);
  };
  await start();
  return { uri: `bolt://127.0.0.1:${String(port)}`, kill: () => end('SIGKILL'), start, stop };
}
