/** How a command asks: the server that holds the store, or the store itself, with the same GraphQL. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphql } from 'graphql';
import { buildApi } from '../api.js';
import type { Config } from '../config.js';
import { StemmaError } from '../errors.js';
import { graphOf } from '../graph/graph.js';
import { openEngine } from '../graph/open.js';

/** One error of an answer, as a client sees it. */
export interface AnswerError {
  message: string;
  extensions?: Record<string, unknown>;
}

export interface Asker {
  /** The data of an answer. @throws StemmaError with the code and message of its first error */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The address of the server that answers, null where the store is read directly. */
  server: string | null;
  close(): Promise<void>;
}

const addressFile = ({ dataDirectory }: Config): string => join(dataDirectory, 'server.json');

/** Lets commands find the server that holds the embedded store. Returns how to take it back. */
export function announce(config: Config, { url, instance }: { url: string; instance: string }): () => void {
  if (config.neo4j) return () => undefined;
  writeFileSync(addressFile(config), `${JSON.stringify({ url, instance })}\n`);
  return () => {
    rmSync(addressFile(config), { force: true });
  };
}

/** The server that holds the embedded store now, null where none does. */
export async function runningServer(config: Config): Promise<string | null> {
  if (config.neo4j) return null;
  try {
    const { url, instance } = JSON.parse(readFileSync(addressFile(config), 'utf8')) as Record<string, string>;
    const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(2_000) });
    const health = (await answer.json()) as { instance?: string };
    return health.instance === instance ? (url ?? null) : null;
  } catch {
    return null;
  }
}

/** A way to ask: the running server where there is one, else the engine of the configuration. */
export async function openAsker(config: Config): Promise<Asker> {
  const server = await runningServer(config);
  if (server !== null)
    return { server, ask: (query, variables) => askServer(server, query, variables), close: () => Promise.resolve() };
  const engine = await openEngine(config);
  const schema = buildApi();
  return {
    server: null,
    ask: async <Data>(source: string, variableValues: Record<string, unknown> = {}) => {
      const contextValue = { graph: graphOf(engine, { deadline: config.deadline, together: true }) };
      const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
      const original = errors?.[0]?.originalError;
      if (original instanceof StemmaError) throw original;
      return dataOf<Data>(data, errors);
    },
    close: () => engine.close(),
  };
}

async function askServer<Data>(server: string, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const response = await fetch(new URL('/graphql', server), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(120_000),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: AnswerError[] };
  return dataOf<Data>(data, errors);
}

function dataOf<Data>(data: unknown, errors: readonly AnswerError[] | undefined): Data {
  const [first] = errors ?? [];
  if (!first) return data as Data;
  throw errorOf(first);
}

/** An error of a server's answer, as it was before it was sent. */
export function errorOf({ message, extensions = {} }: AnswerError): StemmaError {
  const { code = 'BAD_USER_INPUT', ...details } = extensions;
  return new StemmaError(code as StemmaError['code'], message, details);
}
