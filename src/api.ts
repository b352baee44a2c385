/** The executable schema: the SDL of schema/ with its resolvers. */
import { readdirSync, readFileSync } from 'node:fs';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLSchema } from 'graphql';
import { fromPackage } from './files.js';
import type { Graph } from './graph/graph.js';
import { resolvers } from './resolvers.js';

/** What a resolver has: the graph, bound to its request. */
export interface Context {
  graph: Graph;
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
