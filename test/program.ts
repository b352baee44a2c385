/** The program as a process of its own, for tests that stop or kill it. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess, ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What Node runs, as its first arguments. */
const PROGRAM = ['--import', join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs'), join(root, 'src', 'cli.ts')];

/** How a command ended. */
export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs a command to its end. @param at where it runs */
export const runProgram = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  at: string,
): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, PORT: '0', NEO4J_URI: '', ...environment };
    execFile(process.execPath, [...PROGRAM, ...args], { cwd: at, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });

/** Starts a command, for who ends it; it is one process, so killing it kills it all. */
export const spawnProgram = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcessWithoutNullStreams => {
  const env = { ...process.env, PORT: '0', STEMMA_RATE_LIMIT: '0', ...environment };
  return spawn(process.execPath, [...PROGRAM, ...args], { cwd: root, env });
};

export interface RunningProgram {
  /** Where its server answers. */
  url: string;
  process: ChildProcess;
}

/** Starts a server command and waits until it says where it answers. */
export async function startProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const server = spawnProgram(args, environment);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    server.once('exit', () => {
      reject(new Error(`the server ended: ${said}`));
    });
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (data: Buffer) => {
        said += data.toString();
        const found = /answers at (\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
  });
  return { url, process: server };
}

/** Ends a process by a signal and gives its exit code, null where it was killed. */
export const ended = (server: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> =>
  new Promise((resolve) => {
    server.once('exit', resolve);
    server.kill(signal);
  });
