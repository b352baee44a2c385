/** What the tests share: engines to test on, a small graph, the seed, a way to ask. */
import { readFileSync } from 'node:fs';
import neo4j from 'neo4j-driver';
import { graphql } from 'graphql';
import { describe, inject } from 'vitest';
import { buildApi } from '../src/api.js';
import { readConfig } from '../src/config.js';
import type { Neo4jSettings } from '../src/graph/driver.js';
import type { Engine } from '../src/graph/engine.js';
import type { RequestOptions } from '../src/graph/graph.js';
import { graphOf } from '../src/graph/graph.js';
import { openGrafeo } from '../src/graph/grafeo.js';
import type { LineageArgs } from '../src/graph/lineage.js';
import { openNeo4j } from '../src/graph/neo4j.js';
import { writeRecords } from '../src/graph/write.js';
import { identifyAll } from '../src/ingest/identify.js';
import type { Reading } from '../src/ingest/identify.js';
import { loadSeed } from '../src/ingest/ingest.js';
import { readKnowledge } from '../src/ingest/knowledge.js';
import { vocabularyOf } from '../src/ingest/vocabulary.js';
import type { Document, Fact, Mention } from '../src/model.js';
import { KINDS } from '../src/ontology.js';
import type { RelationType } from '../src/ontology.js';
import { serverIn } from './neo4j/server.js';

/** The Neo4j under test, null where there is none. */
export const neo4jUnderTest = inject('neo4jUri');

/** The same as a server that a test may stop, null where there is none, or it is somebody else's. */
export const neo4jToStop = ((home) => (home === null ? null : serverIn(home)))(inject('neo4jHome'));

/** How to reach a Neo4j at an address as the one under test is reached. */
export const settingsOf = (uri: string): Neo4jSettings => {
  const { neo4j: settings } = readConfig({ ...process.env, NEO4J_URI: uri });
  if (!settings) throw new Error(`${uri} is no address of a Neo4j`);
  return settings;
};

/** An empty embedded engine in memory. */
export async function openEmbedded(): Promise<Engine> {
  const engine = openGrafeo(null);
  await engine.schema();
  return engine;
}

/** How long a read may take where a test does not say, in ms: Neo4j plans each text when it is first asked. */
const PATIENCE = 60_000;

/** The Neo4j under test, emptied. */
export async function openEmptyNeo4j(): Promise<Engine> {
  const address = neo4jUnderTest ?? '';
  const settings = settingsOf(address);
  const driver = neo4j.driver(address, neo4j.auth.basic(settings.user, settings.password));
  await driver.executeQuery('MATCH (n) DETACH DELETE n');
  await driver.close();
  const engine = openNeo4j(settings);
  await engine.schema();
  return {
    ...engine,
    read: (statement, params, options) => engine.read(statement, params, { deadline: PATIENCE, ...options }),
    search: (query, limit, options) => engine.search(query, limit, { deadline: PATIENCE, ...options }),
  };
}

/** The same tests on both engines; those on Neo4j are skipped where there is none. `open` gives an empty engine. */
export function onBothEngines(title: string, tests: (open: () => Promise<Engine>) => void): void {
  describe(`${title} (embedded)`, () => {
    tests(openEmbedded);
  });
  describe.skipIf(neo4jUnderTest === null)(`${title} (Neo4j)`, () => {
    tests(openEmptyNeo4j);
  });
}

const knowledge = readKnowledge();

/** Loads the listing that the project ships, with its curated facts but without landmarks. */
export const seeded = async (engine: Engine): Promise<Engine> => {
  await loadSeed(engine, knowledge, { landmarks: false, progress: () => undefined });
  return engine;
};

const kindOfName = (name: string): Mention['kind'] => {
  const prefix = name.slice(0, name.indexOf(':')).toUpperCase();
  const kind = KINDS.find((known) => known === prefix);
  if (!kind) throw new Error(`${name} must begin with a kind, as in technique:a`);
  return kind;
};

export interface TinyFact {
  confidence?: number;
  quote?: string;
  metric?: string;
  value?: number;
  raw?: string;
  via?: string;
}

/**
 * Writes relations given as triples of ids: `['model:a', 'DISTILLS_INTO', 'model:b', { confidence: 0.5 }]`, all
 * asserted by one document. Ids are kinds and names, so names are lower case without spaces.
 */
export async function writeTriples(
  engine: Engine,
  triples: readonly (readonly [string, RelationType, string, TinyFact?])[],
  title = 'A tiny document',
): Promise<void> {
  const text = triples.map(([from, type, to, extra]) => extra?.quote ?? `${from} ${type} ${to}.`).join(' ');
  const document: Document = {
    id: `document:${title.toLowerCase().replaceAll(' ', '-')}`,
    title,
    text,
    url: null,
    publishedOn: null,
    year: null,
    arxivId: null,
    isPaper: true,
  };
  const content = `${title}\n\n${text}`;
  const mention = (id: string): Mention => ({ kind: kindOfName(id), name: id.slice(id.indexOf(':') + 1), aliases: [] });
  const facts = triples.map(([from, type, to, extra = {}]): Fact => {
    const quote = extra.quote ?? `${from} ${type} ${to}.`;
    const start = content.indexOf(quote);
    const { metric, value = null } = extra;
    const score =
      metric === undefined ? null : { metric, value, raw: extra.raw ?? String(value), unit: null, setting: null };
    return {
      type, from: mention(from), to: mention(to), document: document.id, quote, start, end: start + quote.length,
      method: 'CURATED', confidence: extra.confidence ?? 1, via: extra.via ?? null, score,
    }; // prettier-ignore
  });
  const reading: Reading = { document, methods: ['IMPORTED', 'CURATED'], facts, mentions: [] };
  const names = facts.flatMap(({ from, to }) => [from, to]);
  await writeRecords(engine, identifyAll([reading], vocabularyOf([], names).vocabulary), '2026-01-01T00:00:00.000Z');
}

const api = buildApi();

/** Asks the API in process. */
export async function ask(
  engine: Engine,
  source: string,
  variables: Record<string, unknown> = {},
  options: RequestOptions = {},
) {
  const { data, errors } = await graphql({
    schema: api,
    source,
    variableValues: variables,
    contextValue: { graph: graphOf(engine, options), admit: () => undefined, knowledge: () => knowledge },
  });
  // graphql-js makes objects without prototype; plain ones compare and print better.
  const plain = JSON.parse(JSON.stringify({ data, errors })) as {
    data: Answer;
    errors?: { message: string; path?: string[] }[];
  };
  return {
    ...plain,
    codes: errors?.map(({ originalError }) => (originalError as { code?: string } | undefined)?.code) ?? [],
  };
}

/** The data of an answer; a test that reaches into it says what it expects with `toEqual` or `toMatchObject`. */
export type Answer = Record<string, unknown> | null;

/** An engine that counts the statements sent through it. */
export function counting(engine: Engine): { engine: Engine; sent: string[] } {
  const sent: string[] = [];
  const counted: Engine = {
    ...engine,
    read: (statement, params, options) => {
      sent.push(statement.name);
      return engine.read(statement, params, options);
    },
    search: (query, limit, options) => {
      sent.push('search');
      return engine.search(query, limit, options);
    },
  };
  return { engine: counted, sent };
}

export const packageFile = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const LINEAGE = `query (
  $of: ID!, $direction: LineageDirection, $depth: Int, $relations: [RelationType!], $kinds: [EntityKind!],
  $minConfidence: Float, $limit: Int
) {
  lineage(
    of: $of, direction: $direction, depth: $depth, relations: $relations, kinds: $kinds, minConfidence: $minConfidence,
    limit: $limit
  ) { nodes { depth direction entity { id } } edges { id } complete truncatedBy frontier }
}`;

/** A lineage in few words: nodes as `depth id`, edges as `source TYPE target`. */
export async function lineageOf(engine: Engine, of: string, args: LineageArgs = {}) {
  const { data, errors } = await ask(engine, LINEAGE, { of, ...args });
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  const { nodes, edges, ...rest } = data?.['lineage'] as {
    nodes: { depth: number; direction: string; entity: { id: string } }[];
    edges: { id: string }[];
    complete: boolean;
    truncatedBy: string[];
    frontier: string[];
  };
  return {
    nodes: nodes.map(({ depth, entity }) => `${String(depth)} ${entity.id}`),
    edges: edges.map(({ id }) => id),
    ...rest,
  };
}
