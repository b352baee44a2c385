/** The deadline of a request: one for all that it reads, however many statements that takes. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withinDeadline } from '../../src/graph/engine.js';
import type { Engine } from '../../src/graph/engine.js';
import { post, serving } from '../neo4j/serving.js';
import { openEmbedded, seeded } from '../testkit.js';

/** Milliseconds that every statement takes, and that a request may. */
const SLOW = 200;
const DEADLINE = 700;

let engine: Engine;
let slow: Engine;
beforeAll(async () => {
  engine = await seeded(await openEmbedded());
  slow = {
    ...engine,
    read: (statement, params, options = {}) =>
      withinDeadline(
        statement.name,
        options,
        pause(SLOW).then(() => engine.read(statement, params)),
      ),
  };
});
afterAll(() => engine.close());

/** The answer to a query of an engine, and the milliseconds that it took. */
const asked = (of: Engine, query: string, variables = {}) =>
  serving(
    of,
    async (url) => {
      const from = performance.now();
      return { answer: await post(url, query, variables), took: performance.now() - from };
    },
    DEADLINE,
  );

it('a request that goes through many statements ends by one deadline, and says so', async () => {
  const deep = Array.from({ length: 6 }).reduce<string>(
    (inner) => `relations(first: 1) { nodes { ${inner} } }`,
    'name',
  );
  const { answer, took } = await asked(slow, `{ entity(name: "DMD2") { ${deep} } }`);
  expect(answer).toMatchObject({ errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }] });
  expect((answer as { errors: { message: string }[] }).errors[0]?.message).toMatch(
    /^the request took longer than 700 ms, up to [\w.]+; ask for less or raise the deadline$/,
  );
  expect(took).toBeGreaterThan(DEADLINE - 100);
  expect(took).toBeLessThan(DEADLINE + SLOW);
});

it('a request that is done in time has its answer', async () => {
  const { answer } = await asked(slow, '{ entity(name: "DMD2") { name } }');
  expect(answer).toEqual({ data: { entity: { name: 'DMD2' } } });
});

it('what goes over the whole graph and is shared may last longer', async () => {
  const { answer, took } = await asked(slow, '{ check { rule } }');
  expect(answer).toEqual({ data: { check: [] } });
  expect(took).toBeGreaterThan(DEADLINE);
});

/** The engine, some of whose statements take longer than a request may. */
const late = (...names: string[]): Engine => ({
  ...engine,
  read: (statement, params, options = {}) =>
    withinDeadline(
      statement.name,
      options,
      pause(names.includes(statement.name) ? DEADLINE + SLOW : 0).then(() => engine.read(statement, params)),
    ),
});

it('one look at the whole graph may last longer too, and what it finds is looked up in time of its own', async () => {
  const whole = '{ stats { relations mostConnected(first: 1) { entity { name aliases } } } }';
  const { answer: expected } = await asked(engine, whole);
  const { answer, took } = await asked(late('stats.types', 'degrees.most'), whole);
  expect([answer, took > DEADLINE]).toEqual([expected, true]);
  expect(expected).toMatchObject({
    data: { stats: { mostConnected: [{ entity: { name: 'knowledge distillation' } }] } },
  });
});

it('counts that no relation is looked at for have the deadline of every request', async () => {
  const { answer } = await asked(late('stats.documents'), '{ stats { documents } }');
  expect(answer).toMatchObject({ data: null, errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }] });
});

it('what a mutation answers is read in time of its own, for it is stored by then', async () => {
  const waits: Engine = { ...slow, write: (...write) => pause(DEADLINE).then(() => engine.write(...write)) };
  const { answer, took } = await asked(
    waits,
    'mutation { ingest(documents: [{ title: "A title", text: "An abstract." }]) { stored { document { id } } } }',
  );
  expect(answer).toEqual({ data: { ingest: { stored: [{ document: { id: 'document:a-title' } }] } } });
  expect(took).toBeGreaterThan(DEADLINE);
});

it('a lineage that falls behind ends half-way, in time to say what it has found', async () => {
  const stuck: Engine = {
    ...engine,
    read: (statement, params, options = {}) =>
      statement.name.startsWith('lineage.layer.')
        ? withinDeadline(statement.name, options, new Promise(() => undefined))
        : engine.read(statement, params, options),
  };
  const cut = '{ lineage(of: "technique:dmd2", limit: 2) { nodes { entity { name } } complete truncatedBy } }';
  const { answer, took } = await asked(stuck, cut);
  expect(answer).toEqual({
    data: { lineage: { nodes: [{ entity: { name: 'DMD2' } }], complete: false, truncatedBy: ['DEADLINE'] } },
  });
  expect(took).toBeLessThan(DEADLINE);
});
