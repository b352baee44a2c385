/** The executable schema: the SDL of schema/ with its resolvers. */
import { readdirSync, readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { gateOf } from './auth.js';
import type { Config } from './config.js';
import { fromPackage } from './files.js';
import type { Engine } from './graph/engine.js';
import type { Graph } from './graph/graph.js';
import { graphOf } from './graph/graph.js';
import type { Knowledge } from './ingest/knowledge.js';
import { readKnowledge } from './ingest/knowledge.js';
import { resolvers } from './resolvers.js';

/** What a resolver has: the graph, bound to its request, and what writing to it takes. */
export interface Context {
  graph: Graph;
  /** Lets a mutation pass. @throws UNAUTHENTICATED, FORBIDDEN */
  admit: () => void;
  /** What people know beforehand; read when it is first asked for. */
  knowledge: () => Knowledge;
}

/** Makes the context of each request from its Authorization header. */
export function contextsOf(
  engine: Engine,
  { deadline, apiKey }: Pick<Config, 'deadline' | 'apiKey'>,
): (authorization: string | undefined) => Context {
  const gate = gateOf(apiKey);
  let read: Knowledge | null = null;
  return (authorization) => ({
    graph: graphOf(engine, { deadline, together: true }),
    admit: () => {
      gate(authorization);
    },
    knowledge: () => (read ??= readKnowledge()),
  });
}

/** The SDL, all files of schema/ in the order of their names. */
export const sdl = (): string =>
  readdirSync(fromPackage('schema'))
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => readFileSync(fromPackage('schema', file), 'utf8'))
    .join('\n');

export const buildApi = (): GraphQLSchema =>
  makeExecutableSchema({
    typeDefs: sdl(),
    resolvers: resolvers as Parameters<typeof makeExecutableSchema>[0]['resolvers'] & object,
  });
