/**
 * The peer of this program: @neo4j/graphql, which makes Cypher of each request, behind Apollo's own server, with as much
 * of the graph in its types as the questions ask of it. `NEO4J_URI=… PORT=… tsx bench/speed/peer.ts <directory>`: the
 * directory is one in which @neo4j/graphql, @apollo/server and neo4j-driver are installed, as this program needs none
 * of the first.
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from '../../src/config.js';

const TYPES = `
type Paper @node {
  id: ID! name: String! description: String url: String publishedOn: String year: Int
  uses: [Technique!]! @relationship(type: "USES", direction: OUT)
  evaluatedOn: [Dataset!]! @relationship(type: "EVALUATED_ON", direction: OUT)
}
type Technique @node { id: ID! name: String! usedBy: [Paper!]! @relationship(type: "USES", direction: IN) }
type Dataset @node { id: ID! name: String! evaluations: [Paper!]! @relationship(type: "EVALUATED_ON", direction: IN) }`;

/** What is used of the three packages. */
interface Packages {
  Neo4jGraphQL: new (options: { typeDefs: string; driver: unknown }) => { getSchema(): Promise<unknown> };
  ApolloServer: new (options: { schema: unknown }) => unknown;
  startStandaloneServer: (
    server: unknown,
    options: { listen: { port: number }; context: () => Promise<unknown> },
  ) => Promise<unknown>;
  default: { driver: (uri: string, auth: unknown) => unknown; auth: { basic: (...login: string[]) => unknown } };
}

const { port, neo4j: settings } = readConfig();
const [directory] = process.argv.slice(2);
if (!settings || directory === undefined) throw new Error('set NEO4J_URI, and name the directory of the packages');

const require = createRequire(join(resolve(directory), 'package.json'));
const load = async <Name extends keyof Packages>(from: string): Promise<Pick<Packages, Name>> =>
  (await import(pathToFileURL(require.resolve(from)).href)) as Pick<Packages, Name>;

const { Neo4jGraphQL } = await load<'Neo4jGraphQL'>('@neo4j/graphql');
const { ApolloServer } = await load<'ApolloServer'>('@apollo/server');
const { startStandaloneServer } = await load<'startStandaloneServer'>('@apollo/server/standalone');
const { default: neo4j } = await load<'default'>('neo4j-driver');

const driver = neo4j.driver(settings.uri, neo4j.auth.basic(settings.user, settings.password));
const sessionConfig = { database: settings.database ?? 'neo4j' };
const schema = await new Neo4jGraphQL({ typeDefs: TYPES, driver }).getSchema();
await startStandaloneServer(new ApolloServer({ schema }), {
  listen: { port },
  context: () => Promise.resolve({ executionContext: driver, sessionConfig }),
});
