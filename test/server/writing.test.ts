/** Writing over HTTP: who may, what becomes of each document, what is refused. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import type { RunningServer } from '../../src/server.js';
import { startServer } from '../../src/server.js';
import { openEmbedded, packageFile } from '../testkit.js';

const KEY = 'c29tZSBzZWNyZXQ=';
const settings = { PORT: '0', STEMMA_RATE_LIMIT: '0', STEMMA_LOG: 'silent' };
let engine: Engine;
let server: RunningServer;
let keyless: RunningServer;

beforeAll(async () => {
  engine = await openEmbedded();
  server = await startServer(engine, readConfig({ ...settings, STEMMA_API_KEY: KEY }));
  keyless = await startServer(engine, readConfig(settings));
});

afterAll(async () => {
  await Promise.all([server.stop(), keyless.stop()]);
  await engine.close();
});

interface Answered {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: { code: string; argument?: string } }[];
}

const send = async (body: string, headers: Record<string, string>, to = server) => {
  const answer = await fetch(`${to.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: answer.status, ...((await answer.json()) as Answered) };
};

const INGEST = `mutation ($documents: [DocumentInput!]!) { ingest(documents: $documents) {
  stored { document { id title text url } paper { id } entities facts rejectedFacts } rejected { index title reason } } }`;

const ingest = (documents: unknown, authorization: string | null = `Bearer ${KEY}`, to = server) =>
  send(
    JSON.stringify({ query: INGEST, variables: { documents } }),
    authorization === null ? {} : { authorization },
    to,
  );

const documentCount = async (): Promise<unknown> => (await send('{"query":"{ stats { documents } }"}', {})).data;

const TITLE = 'Improved Distribution Matching Distillation for Fast Image Synthesis';

it('refuses every mutation without the right key, and says what to send', async () => {
  const { data } = await send('{"query":"{ __schema { mutationType { fields { name } } } }"}', {});
  const { fields } = (data as { __schema: { mutationType: { fields: { name: string }[] } } }).__schema.mutationType;
  const calls = {
    ingest: 'ingest(documents: []) { stored { facts } }',
    assertFact:
      'assertFact(fact: { type: USES, from: { id: "x" }, to: { id: "y" }, source: { title: "z" } }) { evidence { id } }',
    upsertEntity: 'upsertEntity(entity: { kind: MODEL, name: "x" }) { id }',
    retractFact: 'retractFact(fact: "x", reason: "y") { id }',
    undoRetraction: 'undoRetraction(fact: "x") { id }',
  };
  expect(Object.keys(calls)).toEqual(fields.map(({ name }) => name));
  const missing = 'writing needs the key of this server: send it as "Authorization: Bearer <key>"';
  const wrong = 'the key in the Authorization header is not the one of this server (STEMMA_API_KEY)';
  for (const call of Object.values(calls)) {
    const body = JSON.stringify({ query: `mutation { ${call} }` });
    for (const [authorization, message] of [
      ['', missing],
      [`Basic ${KEY}`, missing],
      ['Bearer ', missing],
      ['Bearer wrong', wrong],
      [`Bearer ${KEY}x`, wrong],
    ] as const)
      expect(await send(body, { authorization })).toMatchObject({
        status: 200,
        errors: [{ message, extensions: { code: 'UNAUTHENTICATED' } }],
      });
    const { errors } = await send(body, { authorization: `Bearer ${KEY}` }, keyless);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(errors?.[0]?.message).toContain('set STEMMA_API_KEY');
  }
  expect(await documentCount()).toEqual({ stats: { documents: 0 } });
});

it('never writes by GET, key or not', async () => {
  const query = encodeURIComponent('mutation { undoRetraction(fact: "x") { id } }');
  const answer = await fetch(`${server.url}/graphql?query=${query}`, {
    headers: { authorization: `Bearer ${KEY}`, 'apollo-require-preflight': 'yes' },
  });
  expect(answer.status).toBe(405);
});

it('answers the example of the README as the README says', async () => {
  const [, body = '', answer = ''] =
    /curl[^\n]*Bearer[^']*'[^']*'[^']*'([^']*)'\n```\n\n```json\n([^`]*)```/.exec(packageFile('README.md')) ?? [];
  expect((await send(body, { authorization: `Bearer ${KEY}` })).data).toEqual(JSON.parse(answer));
});

it('stores the good documents of a request and says of each other why it is not taken', async () => {
  const good = {
    title: 'A good paper',
    text: 'It says little.',
    url: 'https://example.org/a',
    publishedOn: '2024-02-29',
  };
  const answer = await ingest([
    good,
    { title: ' ', text: 'x' },
    { title: 'x'.repeat(501), text: 'x' },
    { title: 'Long', text: 'x'.repeat(100_001) },
    { title: 'Null', text: 'a\0b' },
    { title: 'Half \ud800', text: 'x' },
    { title: 'Address', text: 'x', url: 'ftp://example.org' },
    { title: 'Id', text: 'x', id: 'a b' },
    { title: 'Preprint', text: 'x', arxivId: '12' },
    { title: 'a good PAPER', text: 'Again.' },
    { id: 'page:model', title: 'A model card', text: 'It says nothing.', isPaper: false },
  ]);
  const refused = (index: number, title: string, reason: string) => ({ index, title, reason });
  expect(answer.data).toEqual({
    ingest: {
      stored: [
        {
          document: { id: 'document:a-good-paper', title: good.title, text: good.text, url: good.url },
          paper: { id: 'paper:a-good-paper' },
          entities: 1,
          facts: 0,
          rejectedFacts: [],
        },
        {
          document: { id: 'page:model', title: 'A model card', text: 'It says nothing.', url: null },
          paper: null,
          entities: 0,
          facts: 0,
          rejectedFacts: [],
        },
      ],
      rejected: [
        refused(1, ' ', 'title: is empty'),
        refused(2, 'x'.repeat(200), 'title: has 501 characters; at most 500 are taken'),
        refused(3, 'Long', 'text: has 100001 characters; at most 100000 are taken'),
        refused(4, 'Null', 'text: contains NUL characters; remove them'),
        refused(5, 'Half \ud800', 'title: has half a surrogate pair at 5; the text was cut or decoded wrongly'),
        refused(6, 'Address', 'url: must be an http or https address'),
        refused(7, 'Id', 'id: must have 1 to 300 characters, none of them a space'),
        refused(8, 'Preprint', 'arxivId: must look like 2405.14867'),
        refused(9, 'a good PAPER', 'id: document:a-good-paper is the id of the document at 0 already'),
      ],
    },
  });
  const { data } = await send(
    '{"query":"{ entity(name: \\"A good paper\\") { id ... on Paper { publishedOn year } } }"}',
    {},
  );
  expect(data).toEqual({ entity: { id: 'paper:a-good-paper', publishedOn: '2024-02-29', year: 2024 } });
});

it('reads a curated document through the whole pipeline, and names curated facts that another text does not carry', async () => {
  const answer = await ingest([{ title: TITLE, text: 'We introduce DMD2, a set of techniques that lift this limitation and improve DMD training.' }]); // prettier-ignore
  const { stored } = (answer.data as { ingest: { stored: { facts: number; rejectedFacts: string[] }[] } }).ingest;
  expect(stored[0]?.facts).toBeGreaterThan(1);
  expect(stored[0]?.rejectedFacts[0]).toContain(`is not in the text of ${JSON.stringify(TITLE)}; copy it exactly`);
  const { data } = await send('{"query":"{ lineage(of: \\"technique:dmd2\\", depth: 1) { edges { type evidence { quote } } } check { rule } }"}', {}); // prettier-ignore
  expect(data).toMatchObject({ check: [] });
  expect(JSON.stringify(data)).toContain('We introduce DMD2');
});

it('refuses too much of it in a sentence: 101 documents, five megabytes', async () => {
  const many = await ingest(Array.from({ length: 101 }, (_, i) => ({ title: `Title ${String(i)}`, text: 'x' })));
  expect(many.errors).toMatchObject([
    {
      message: 'documents: give at most 100, not 101',
      extensions: { code: 'BAD_USER_INPUT', argument: 'documents' },
    },
  ]);
  const large = await ingest([{ title: 'Large', text: 'x'.repeat(5_000_000) }]);
  expect([large.status, large.errors?.[0]?.message]).toEqual([
    413,
    'the request has more than 1000000 bytes; send less at a time',
  ]);
});

it('a wrong argument of a mutation is BAD_USER_INPUT or NOT_FOUND, never an internal error', async () => {
  const codes = async (mutation: string, variables: unknown = {}) => {
    const body = JSON.stringify({ query: mutation, variables });
    const { errors } = await send(body, { authorization: `Bearer ${KEY}` });
    return errors?.map(({ extensions }) => extensions.code);
  };
  expect(await codes('mutation { retractFact(fact: "x", reason: "y") { id } }')).toEqual(['NOT_FOUND']);
  expect(await codes('mutation ($r: String!) { retractFact(fact: "x", reason: $r) { id } }', { r: 'a\0' })).toEqual(['BAD_USER_INPUT']); // prettier-ignore
  expect(await codes(INGEST, { documents: [{ title: 'x', text: 'y', url: 'no address' }] })).toEqual(['BAD_USER_INPUT']); // prettier-ignore
  expect(await codes(INGEST, { documents: [{ title: 'x', text: 'y', publishedOn: '2024-13-01' }] })).toEqual(['BAD_USER_INPUT']); // prettier-ignore
});

it('stores what somebody asserts of the entities of a request, and names in the error which field is wrong', async () => {
  const say = (query: string) => send(JSON.stringify({ query }), { authorization: `Bearer ${KEY}` });
  const fact = (quote: string) =>
    `mutation { assertFact(fact: { type: EXTENDS, from: { kind: TECHNIQUE, name: "DMD9" }, to: { kind: TECHNIQUE, name: "dmd-2" }, source: { title: "Talk", url: "https://example.org" }, text: "DMD9 extends DMD2.", quote: "${quote}" }) { relation { source { id } target { id } } evidence { document { url } } } }`;
  expect((await say(fact('DMD9 extends DMD2'))).data).toEqual({
    assertFact: {
      relation: { source: { id: 'technique:dmd9' }, target: { id: 'technique:dmd2' } },
      evidence: { document: { url: 'https://example.org/' } },
    },
  });
  expect((await say(fact('DMD9 is DMD2'))).errors).toMatchObject([
    {
      message: 'fact.quote: is not in the text; copy it exactly',
      extensions: { code: 'BAD_USER_INPUT', argument: 'fact.quote' },
    },
  ]);
  const alias = 'mutation { upsertEntity(entity: { id: "technique:dmd9", aliases: ["DMD 2"] }) { id } }';
  expect((await say(alias)).errors).toMatchObject([
    { extensions: { code: 'AMBIGUOUS', argument: 'entity.aliases', ids: ['technique:dmd2'] } },
  ]);
  expect((await say('mutation { upsertEntity(entity: { id: "technique:dmd9", url: "https://example.org/9" }) { name url } }')).data).toEqual({ upsertEntity: { name: 'DMD9', url: 'https://example.org/9' } }); // prettier-ignore
});

it('retracts a fact and takes that back', async () => {
  const ask = async (query: string) => (await send(JSON.stringify({ query }), { authorization: `Bearer ${KEY}` })).data;
  const evidence = '{ entity(name: "DMD2") { relations(types: [EXTENDS], direction: OUT) { edges { relation { evidence { id } } } } } }'; // prettier-ignore
  const before = await ask(evidence);
  const [, fact = ''] = /"id":"(\w+)"/.exec(JSON.stringify(before)) ?? [];
  expect(
    await ask(`mutation { retractFact(fact: "${fact}", reason: "Not so.") { id reason evidence { id } } }`),
  ).toEqual({
    retractFact: { id: fact, reason: 'Not so.', evidence: [{ id: fact }] },
  });
  expect(await ask(evidence)).toEqual({ entity: { relations: { edges: [] } } });
  expect(await ask(`mutation { undoRetraction(fact: "${fact}") { reason } }`)).toEqual({ undoRetraction: { reason: 'Not so.' } }); // prettier-ignore
  expect(await ask(evidence)).toEqual(before);
});
