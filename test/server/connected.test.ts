/** Exports of the most connected, as the map reads them, and of chosen attributes. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { FORMATS } from '../../src/export/formats.js';
import type { Engine } from '../../src/graph/engine.js';
import type { RunningServer } from '../../src/server.js';
import { startServer } from '../../src/server.js';
import { ask, counting, openEmbedded, seeded } from '../testkit.js';

let engine: Engine;
let server: RunningServer;
let sent: string[];

beforeAll(async () => {
  engine = await seeded(await openEmbedded());
  const counted = counting(engine);
  sent = counted.sent;
  server = await startServer(counted.engine, readConfig({ PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' }));
});

afterAll(async () => {
  await server.stop();
  await engine.close();
});

interface NodeLink {
  graph: object;
  nodes: { id: string; neighbors?: number }[];
  links: { source: string; target: string }[];
}

const get = async (path: string) => (await fetch(`${server.url}/export/${path}`)).text();
const nodeLink = async (parameters: string): Promise<NodeLink> => JSON.parse(await get(`d3?${parameters}`)) as NodeLink;

it('the most connected are those of the API, with what is between them, and the rest is said to be missing', async () => {
  const { graph, nodes, links } = await nodeLink('connected=40');
  const { data } = await ask(engine, '{ stats { mostConnected(first: 40) { neighbors entity { id } } } }');
  const { mostConnected } = data?.['stats'] as { mostConnected: { neighbors: number; entity: { id: string } }[] };
  expect(nodes.map(({ id, neighbors }) => [id, neighbors])).toEqual(
    mostConnected.map(({ neighbors, entity }) => [entity.id, neighbors]),
  );
  expect(graph).toEqual({ name: 'The 40 most connected', complete: false, truncatedBy: ['NODES'] });
  const ids = new Set(nodes.map(({ id }) => id));
  const between = (await nodeLink('')).links.filter(({ source, target }) => ids.has(source) && ids.has(target));
  expect(links).toEqual(between);
});

it('the most connected of a kind by some relations, all of them where there are no more than asked for', async () => {
  const { graph, nodes, links } = await nodeLink('connected=10000&kinds=MODEL&relations=DISTILLS_INTO');
  const whole = await nodeLink('kinds=MODEL&relations=DISTILLS_INTO');
  expect(graph).toEqual(whole.graph);
  expect(nodes.map(({ id }) => id).sort()).toEqual(whole.nodes.map(({ id }) => id));
  expect(links).toEqual(whole.links);
});

it.each(Object.keys(FORMATS))('%s has no attributes but those asked for', async (name) => {
  const text = await get(`${name}?lineage=DMD2&attributes=name,type`);
  expect(text).not.toMatch(/We introduce DMD2|document:/);
  const { nodes, links } = await nodeLink('lineage=DMD2&attributes=name,type');
  expect(new Set(nodes.flatMap(Object.keys))).toEqual(new Set(['id', 'name']));
  expect(new Set(links.flatMap(Object.keys))).toEqual(new Set(['id', 'source', 'target', 'type', 'key']));
});

it('the most connected take a statement to be found, those without relations one more, each page of entities and of relations one', async () => {
  sent.splice(0);
  await nodeLink('connected=10000');
  expect(sent).toEqual(['degrees.most', 'export.entities', 'export.these', 'export.theirFacts']);
});
