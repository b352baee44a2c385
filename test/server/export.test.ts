/** Exports over HTTP: what comes, under which name, what a client sees of an error before and after the first byte. */
import { request } from 'node:http';
import { MultiGraph } from 'graphology';
import graphmlReader from 'graphology-graphml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { StemmaError } from '../../src/errors.js';
import { FORMATS } from '../../src/export/formats.js';
import type { Engine } from '../../src/graph/engine.js';
import type { RunningServer } from '../../src/server.js';
import { startServer } from '../../src/server.js';
import { probe } from '../conformance/kit.js';
import { ask, counting, lineageOf, openEmbedded, packageFile, seeded, writeTriples } from '../testkit.js';

let engine: Engine;
let server: RunningServer;
const config = readConfig({ PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' });

beforeAll(async () => {
  engine = await seeded(await openEmbedded());
  server = await startServer(engine, config);
});

afterAll(async () => {
  await server.stop();
  await engine.close();
});

interface NodeLink {
  graph: object;
  nodes: { id: string; depth?: number }[];
  links: { id: string; source: string; type: string; target: string }[];
}

const get = async (path: string, from = server) => {
  const answer = await fetch(`${from.url}/export/${path}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const nodeLink = async (parameters: string): Promise<NodeLink> =>
  JSON.parse((await get(`d3?${parameters}`)).text) as NodeLink;

it.each(Object.entries(FORMATS))('%s comes as its type, under a name that says what it is', async (name, format) => {
  const { status, headers, text } = await get(`${name}?lineage=DMD2`);
  expect({
    status,
    type: headers.get('content-type'),
    name: headers.get('content-disposition'),
    complete: headers.get('x-stemma-complete'),
  }).toEqual({
    status: 200,
    type: `${format.type}; charset=utf-8`,
    name: `attachment; filename="what-dmd2-descends-from.${format.extension}"`,
    complete: 'true',
  });
  expect(text).toMatch(/Distribution Matching Distillation|technique:distribution-matching-distillation/);
});

it('the README lists every format', () => {
  const rows = [...packageFile('README.md').matchAll(/^\| `([a-z0-9-]+)` +\| `\.([a-z.]+)` +\|/gm)];
  expect(rows.map(([, name, extension]) => [name, extension])).toEqual(
    Object.entries(FORMATS).map(([name, { extension }]) => [name, extension]),
  );
});

it('the whole graph is read back by graphology with as many nodes and edges as the API counts', async () => {
  const graph = graphmlReader.parse(MultiGraph, (await get('graphml')).text);
  const { data } = await ask(engine, '{ stats { entities relations } }');
  expect({ entities: graph.order, relations: graph.size }).toEqual(data?.['stats']);
});

it('a lineage is that of the API: the same entities at the same depths, the same relations', async () => {
  const asked = 'direction=DOWNSTREAM&depth=2&limit=40&relations=IS_A,EXTENDS&kinds=technique&minConfidence=0.5';
  const { nodes, links } = await nodeLink(`lineage=technique:knowledge-distillation&${asked}`);
  const lineage = await lineageOf(engine, 'technique:knowledge-distillation', {
    direction: 'DOWNSTREAM', depth: 2, limit: 40, relations: ['IS_A', 'EXTENDS'], kinds: ['TECHNIQUE'], minConfidence: 0.5,
  }); // prettier-ignore
  expect(nodes.map(({ depth, id }) => `${String(depth)} ${id}`)).toEqual(lineage.nodes);
  expect(links.map(({ id }) => id)).toEqual(lineage.edges);
});

it('what is cut off says so', async () => {
  const { headers, text } = await get('d3?lineage=technique:knowledge-distillation&direction=DOWNSTREAM&depth=1');
  expect([headers.get('x-stemma-complete'), headers.get('x-stemma-truncated-by')]).toEqual(['false', 'DEPTH']);
  expect((JSON.parse(text) as NodeLink).graph).toEqual({
    name: 'What descends from knowledge distillation',
    complete: false,
    truncatedBy: ['DEPTH'],
  });
});

it('a neighbourhood of several entities is that of the API', async () => {
  const { nodes, links } = await nodeLink('neighborhood=DMD2&neighborhood=technique:hyper-sd&depth=1');
  const { data } = await ask(
    engine,
    '{ neighborhood(of: ["technique:dmd2", "technique:hyper-sd"]) { nodes { id } edges { id } } }',
  );
  expect({ nodes: nodes.map(({ id }) => ({ id })), edges: links.map(({ id }) => ({ id })) }).toEqual(
    data?.['neighborhood'],
  );
});

it('a search has its hits, best first, and the relations between them', async () => {
  const { nodes, links } = await nodeLink('search=distribution+matching&kinds=TECHNIQUE&limit=5');
  const { data } = await ask(
    engine,
    '{ search(text: "distribution matching", kinds: [TECHNIQUE], first: 5) { nodes { id } } }',
  );
  expect({ nodes: nodes.map(({ id }) => ({ id })) }).toEqual(data?.['search']);
  expect(links.map(({ id }) => id)).toContain('technique:dmd2 EXTENDS technique:distribution-matching-distillation');
});

it('only the kinds and relations asked for are in a whole graph', async () => {
  const { nodes, links } = await nodeLink('kinds=MODEL&relations=DISTILLS_INTO');
  expect(new Set(nodes.map(({ id }) => id.split(':')[0]))).toEqual(new Set(['model']));
  expect(new Set(links.map(({ type }) => type))).toEqual(new Set(['DISTILLS_INTO']));
});

const REFUSED: [path: string, status: number, error: { code: string; argument?: string }][] = [
  ['svg', 404, { code: 'NOT_FOUND', argument: 'format' }],
  ['toString', 404, { code: 'NOT_FOUND', argument: 'format' }],
  ['d3?lineage=nothing', 404, { code: 'NOT_FOUND', argument: 'lineage' }],
  ['d3?neighborhood=DMD2&neighborhood=nothing', 404, { code: 'NOT_FOUND', argument: 'neighborhood' }],
  ['d3?lineage=DMD2&search=DMD2', 400, { code: 'BAD_USER_INPUT', argument: 'search' }],
  ['d3?lineage=DMD2&lineage=DMD', 400, { code: 'BAD_USER_INPUT', argument: 'lineage' }],
  ['d3?lineage=DMD2&depth=21', 400, { code: 'BAD_USER_INPUT', argument: 'depth' }],
  ['d3?lineage=DMD2&depth=deep', 400, { code: 'BAD_USER_INPUT', argument: 'depth' }],
  ['d3?lineage=DMD2&direction=SIDEWAYS', 400, { code: 'BAD_USER_INPUT', argument: 'direction' }],
  ['d3?relations=USES,LOVES', 400, { code: 'BAD_USER_INPUT', argument: 'relations' }],
  ['d3?connected=10001', 400, { code: 'BAD_USER_INPUT', argument: 'connected' }],
  ['d3?connected=', 400, { code: 'BAD_USER_INPUT', argument: 'connected' }],
  ['d3?connected=5&limit=3', 400, { code: 'BAD_USER_INPUT', argument: 'limit' }],
  ['d3?attributes=colour', 400, { code: 'BAD_USER_INPUT', argument: 'attributes' }],
  ['d3?kinds=AUTHOR', 400, { code: 'BAD_USER_INPUT', argument: 'kinds' }],
  ['d3?minConfidence=2', 400, { code: 'BAD_USER_INPUT', argument: 'minConfidence' }],
  ['d3?depth=2', 400, { code: 'BAD_USER_INPUT', argument: 'depth' }],
  ['d3?search=DMD&limit=1001', 400, { code: 'BAD_USER_INPUT', argument: 'limit' }],
  ['d3?search=%21', 400, { code: 'BAD_USER_INPUT', argument: 'text' }],
  ['d3?__proto__=1', 400, { code: 'BAD_USER_INPUT', argument: '__proto__' }],
];

it.each(REFUSED)('%s is refused in JSON with %i', async (path, status, extensions) => {
  const answer = await get(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8']);
  expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions }] });
});

it('a name that means several is refused with their ids', async () => {
  const own = await openEmbedded();
  await writeTriples(own, [['technique:twin', 'USES', 'dataset:twin']]);
  const other = await startServer(own, config);
  const { status, text } = await get('d3?lineage=twin', other);
  await other.stop();
  await own.close();
  expect([status, JSON.parse(text)]).toMatchObject([
    409,
    { errors: [{ extensions: { code: 'AMBIGUOUS', ids: ['dataset:twin', 'technique:twin'] } }] },
  ]);
});

/** A server whose engine fails from the given read on. */
const failing = (statement: string, from: number, error: Error): Promise<RunningServer> => {
  let reads = 0;
  return startServer(
    {
      ...engine,
      read: (asked, ...rest) =>
        asked.name === statement && ++reads >= from ? Promise.reject(error) : engine.read(asked, ...rest),
    },
    config,
  );
};

it('a database that does not answer is an error in JSON, and a defect shows nothing of itself', async () => {
  const gone = await failing('export.entities', 1, new StemmaError('SERVICE_UNAVAILABLE', 'the database is gone'));
  const broken = await failing('export.entities', 1, new Error('MATCH (secret)'));
  const answers = [await get('d3', gone), await get('d3', broken)];
  await gone.stop();
  await broken.stop();
  expect(answers.map(({ status, text }) => [status, JSON.parse(text) as unknown])).toEqual([
    [503, { errors: [{ message: 'the database is gone', extensions: { code: 'SERVICE_UNAVAILABLE' } }] }],
    [500, { errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }],
  ]);
});

it('a failure in the middle breaks the connection off, so that nobody takes the half for the whole', async () => {
  const other = await failing('export.facts', 1, new Error('lost'));
  const answer = await fetch(`${other.url}/export/graphml`);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow('terminated');
  await other.stop();
});

it('stops reading when the client is gone, and reads no further than it is asked to', async () => {
  const own = await openEmbedded();
  const create = probe(
    'UNWIND $rows AS row CREATE (n:Entity:Model {id: row.id, name: row.id, description: row.text, aliases: []})',
  );
  const text = 'A long description. '.repeat(20);
  for (let i = 0; i < 60_000; i += 5_000) {
    const rows = Array.from({ length: 5_000 }, (_, j) => ({ id: `model:n${String(i + j)}`, text }));
    await own.write([{ statement: create, params: { rows } }]);
  }
  const counted = counting(own);
  const other = await startServer(counted.engine, config);
  await new Promise<void>((resolve, reject) => {
    const sent = request(`${other.url}/export/jsonld`, (answer) => {
      // Nothing is taken: what fits into the buffers between is all that the server may have read.
      answer.once('readable', () =>
        setTimeout(() => {
          sent.destroy();
          setTimeout(resolve, 500);
        }, 2_000),
      );
    });
    sent.once('error', reject).end();
  });
  const read = counted.sent.length;
  await other.stop();
  await own.close();
  expect(new Set(counted.sent)).toEqual(new Set(['export.entities']));
  expect(read).toBeLessThan(10);
  expect(counted.sent.length).toBe(read);
}, 120_000);
