/** Whatever is asked, both engines have the same rows for it, in the same order; and everything is asked. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { statements } from '../../src/graph/engine.js';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { onBothEngines, openEmbedded, writeTriples } from '../testkit.js';
import { all, anyTangle, backupOf, KEPT, withEngine } from './kit.js';
import { tour } from './tour.js';
import { twins } from './twins.js';

onBothEngines('beside an embedded engine', (open) => {
  it('every statement of the closed set is sent, and has the same answer on both', async () => {
    const pair = await twins(await open(), await openEmbedded());
    const copies = await twins(await openEmbedded(), await openEmbedded());
    await tour(pair.engine, copies.engine);
    expect([...pair.differences, ...copies.differences]).toEqual([]);
    const sent = new Set([...pair.sent, ...copies.sent]);
    expect([...statements().keys()].filter((name) => !sent.has(name) && !name.startsWith('search.'))).toEqual([]);
    await Promise.all([pair.engine.close(), copies.engine.close()]);
  }, 600_000);

  const question = fc.record({
    direction: fc.constantFrom('UPSTREAM', 'DOWNSTREAM', 'BOTH'),
    depth: fc.integer({ min: 1, max: 6 }),
    limit: fc.constantFrom(2, 5, 500),
    minConfidence: fc.constantFrom(0, 0.5, 0.9),
    text: fc.constantFrom('a', 'b tiny', 'sentence', 'technique'),
  });
  type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

  const askOf = async (engine: Engine, [from, to]: readonly [string, string], asked: Question): Promise<void> => {
    const graph = graphOf(engine);
    const { direction, depth, limit, minConfidence, text } = asked;
    await graph.getLineage(from, { direction, depth, limit, minConfidence });
    await graph.getPaths(from, to, { maxLength: depth, minConfidence, directed: direction !== 'BOTH' });
    await graph.getNeighborhood([from], { depth: Math.min(depth, 3), limit });
    await graph.getCommonAncestors([from, to], { depth });
    const { items } = await graph.relations(from, { first: 3, minConfidence });
    for (const { cursor } of items) await graph.relations(from, { first: 3, minConfidence, after: cursor });
    for (const kind of ['MODEL', 'TECHNIQUE'] as const) await graph.entities(kind, { first: 2, orderBy: 'NAME_DESC' });
    await graph.search({ text });
    await all(graph.allRelations({ minConfidence }));
    await graph.checksum();
  };

  it(
    'any graph is stored alike, property by property, and answers alike, also when it is read again and retracted',
    () =>
      fc.assert(
        fc.asyncProperty(
          anyTangle,
          anyTangle,
          fc.array(question, { minLength: 3, maxLength: 3 }),
          async (first, second, questions) => {
            const pair = await twins(await open(), await openEmbedded());
            await withEngine(
              () => Promise.resolve(pair.engine),
              async (engine) => {
                const ids = [...new Set(second.flatMap(([from, , to]) => [from, to]))];
                for (const triples of [first, second]) await writeTriples(engine, triples);
                await writeTriples(engine, first, 'Another document');
                const graph = graphOf(engine);
                for (const [source, type, target] of second.slice(0, 1)) {
                  const [stored] = await graph.facts({ source, type, target });
                  await graph.retract(stored?.fact ?? '', { reason: 'It is not so.', by: 'api' });
                }
                for (const [i, asked] of questions.entries())
                  await askOf(engine, [ids[i % ids.length] ?? '', ids[(i + 1) % ids.length] ?? ''], asked);
                for (const statement of KEPT) await engine.read(statement, {});
                await backupOf(engine);
                expect(await graph.check()).toEqual([]);
                expect(pair.differences).toEqual([]);
              },
            );
          },
        ),
        { numRuns: 12 },
      ),
    600_000,
  );
});
