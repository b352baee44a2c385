/** Servers that are measured: each a process of its own, asked over one connection that stays open. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export interface Contender {
  name: 'stemma' | 'bare' | 'peer';
  port: number;
  pid: number;
  stop(): Promise<void>;
}

const TICKS_PER_SECOND = 100;

/** Milliseconds of processor time that a process of this machine has used; Linux only, 0 elsewhere. */
export function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** Megabytes that a process holds in memory now, and at most so far. */
export function memoryOf(pid: number): { now: number; most: number } {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  const of = (field: string): number => Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
  return { now: of('VmRSS'), most: of('VmHWM') };
}

const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });

export interface Answer {
  status: number;
  text: string;
}

/** Asks a server of this machine. @throws when the connection fails */
export const ask = (port: number, path: string, body: string | null): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers =
      body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asked = request({ agent, port, path, host: '127.0.0.1', method: body === null ? 'GET' : 'POST', headers });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
    });
    asked.end(body);
  });

/** What a contender is asked to see whether it is ready: a path, and what is posted there. */
const PROBES: Record<Contender['name'], [path: string, body: string | null]> = {
  stemma: ['/readyz', null],
  bare: ['/readyz', null],
  peer: ['/', JSON.stringify({ query: '{ __typename }' })],
};

/** Starts a server and waits, at most two minutes, until it says that it is ready. */
async function start(
  name: Contender['name'],
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Contender> {
  const port = Number(environment['PORT']);
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = (): Promise<boolean> => ask(port, ...PROBES[name]).then(({ status }) => status === 200, () => false); // prettier-ignore
  for (let tries = 0; !(await ready()); tries++) {
    if (child.exitCode !== null || tries > 1_200) {
      child.kill();
      throw new Error(`${name} did not start; is port ${String(port)} free?`);
    }
    await pause(100);
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { name, port, pid: child.pid ?? 0, stop };
}

/** This program as it was built, on the engine that the environment names. */
export const startStemma = (port: number, environment: NodeJS.ProcessEnv): Promise<Contender> =>
  start('stemma', [fromHere('../../dist/cli.js'), 'serve'], {
    PORT: String(port),
    NODE_ENV: 'production',
    STEMMA_RATE_LIMIT: '0',
    ...environment,
  });

/** Hand-written Cypher behind a bare HTTP server. */
export const startBare = (port: number): Promise<Contender> =>
  start('bare', ['--import', 'tsx', fromHere('bare.ts')], { PORT: String(port), NODE_ENV: 'production' });

/** @neo4j/graphql, which is installed in a directory. */
export const startPeer = (port: number, directory: string): Promise<Contender> =>
  start('peer', ['--import', 'tsx', fromHere('peer.ts'), directory], {
    PORT: String(port),
    NODE_ENV: 'production',
  });
