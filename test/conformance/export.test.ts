/** The whole graph page after page: everything once, in order, with its facts summed up, alike on both engines. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import type { EntityKind, RelationType } from '../../src/ontology.js';
import { kindOfId } from '../../src/ontology.js';
import { ask, counting, onBothEngines, seeded, writeTriples } from '../testkit.js';
import { all, anyTangle, probe, relationsOf, withEngine } from './kit.js';

/** A teacher of many, written without the documents that say so. */
const HUB = probe(`
MERGE (hub:Entity {id: 'model:hub'}) WITH hub UNWIND $rows AS row CREATE (n:Entity:Model {id: row.id})
CREATE (hub)-[:DISTILLS_INTO {fact: row.fact, confidence: 1.0, document: 'document:d', target: n.id}]->(n)`);

/** A teacher of two who is said to be so by many documents. */
const CROWD = probe(`
MERGE (hub:Entity {id: 'model:hub'}) MERGE (x:Entity {id: 'model:x'}) MERGE (y:Entity {id: 'model:y'})
WITH hub, x, y UNWIND $facts AS at
CREATE (hub)-[:DISTILLS_INTO {fact: 'x' + toString(at), confidence: 1.0 / (1 + at % 7), document: 'document:d', target: x.id}]->(x)
CREATE (hub)-[:DISTILLS_INTO {fact: 'y' + toString(at), confidence: 1.0 / (1 + at % 7), document: 'document:d', target: y.id}]->(y)`);

interface Filter {
  kinds?: EntityKind[];
  relations?: RelationType[];
  minConfidence?: number;
}

const inOrder = <T>(items: readonly T[], keyOf: (item: T) => string): T[] =>
  [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

onBothEngines('the whole graph', (open) => {
  it(
    'has every relation of any graph once, in order, with its facts counted and its confidence the highest',
    () =>
      fc.assert(
        fc.asyncProperty(anyTangle, (triples) =>
          withEngine(open, async (engine) => {
            await writeTriples(engine, triples);
            const graph = graphOf(engine);
            const found = await all(graph.allRelations({}));
            const facts = (source: string, type: string, target: string): number =>
              new Set(
                triples
                  .filter(([a, b, c]) => a === source && b === type && c === target)
                  .map((fact) => JSON.stringify(fact)),
              ).size;
            const expected = relationsOf(triples).map((relation) => ({
              ...relation,
              evidence: facts(relation.source, relation.type, relation.target),
            }));
            const key = (relation: { source: string; target: string; type: string }): string =>
              [relation.source, relation.target, relation.type].join('\u0000');
            expect(found.map(({ quote: _, document: __, via: ___, ...relation }) => relation)).toEqual(
              inOrder(expected, key),
            );
            expect((await all(graph.allEntities({}))).map(({ id }) => id)).toEqual(
              [...new Set([...triples.flatMap(([a, , b]) => [a, b]), 'paper:a-tiny-document'])].sort(),
            );
            expect(await all(graph.supported(relationsOf(triples)))).toEqual(
              relationsOf(triples).map(({ source, type, target }) =>
                found.find((other) => other.source === source && other.type === type && other.target === target),
              ),
            );
          }),
        ),
        { numRuns: 10 },
      ),
    120_000,
  );

  it('shows the quote of the strongest fact that has one, and what the strongest fact is by', () =>
    withEngine(open, async (engine) => {
      await writeTriples(engine, [
        ['model:a', 'DERIVED_FROM', 'model:b', { confidence: 0.4, quote: 'The weak sentence.', via: 'merge' }],
        ['model:a', 'DERIVED_FROM', 'model:b', { confidence: 0.8, quote: 'The strong sentence.', via: 'finetune' }],
      ]);
      expect(await all(graphOf(engine).allRelations({}))).toEqual([
        {
          source: 'model:a', type: 'DERIVED_FROM', target: 'model:b', confidence: 0.8, evidence: 2,
          quote: 'The strong sentence.', document: 'document:a-tiny-document', via: 'finetune',
        },
      ]); // prettier-ignore
    }));

  it(
    'goes on in the middle of a hub with more facts than a page holds',
    () =>
      withEngine(open, async (engine) => {
        const rows = Array.from({ length: 10_050 }, (_, i) => ({
          id: `model:s${String(i).padStart(5, '0')}`,
          fact: `f${String(i)}`,
        }));
        const students = rows.map(({ id }) => id);
        await engine.write([{ statement: HUB, params: { rows } }]);
        const counted = counting(engine);
        const found = await all(graphOf(counted.engine).allRelations({}));
        expect(found.map(({ target }) => target)).toEqual(students);
        const sent = (name: string) => counted.sent.filter((other) => other === name).length;
        expect([sent('export.facts'), sent('export.factsPicked')]).toEqual([6, 1]);
      }),
    180_000,
  );

  it(
    'keeps to kinds, relations and confidence, and leaves out what an entity left out would be an end of',
    () =>
      withEngine(open, async (engine) => {
        await seeded(engine);
        const graph = graphOf(engine);
        const everything = await all(graph.allRelations({}));
        const filters: Filter[] = [
          { kinds: ['MODEL', 'DATASET'] },
          { kinds: ['MODEL', 'TECHNIQUE'] },
          { relations: ['USES', 'EXTENDS'] },
          { minConfidence: 0.95 },
          { kinds: [] },
          { kinds: ['TECHNIQUE'], relations: ['IS_A'], minConfidence: 0.5 },
        ];
        for (const filter of filters) {
          const passes = (id: string): boolean => !filter.kinds || filter.kinds.some((kind) => kind === kindOfId(id));
          expect(await all(graph.allRelations(filter))).toEqual(
            everything.filter(
              ({ source, target, type, confidence }) =>
                passes(source) &&
                passes(target) &&
                (filter.relations?.includes(type) ?? true) &&
                confidence >= (filter.minConfidence ?? 0),
            ),
          );
          const ids = (await all(graph.allEntities(filter))).map(({ id }) => id);
          expect(ids).toEqual((await all(graph.allEntities({}))).map(({ id }) => id).filter(passes));
        }
      }),
    120_000,
  );

  it('the most connected come with how many they are related to, and with the relations between them', () =>
    withEngine(open, async (engine) => {
      await writeTriples(engine, [
        ['model:a', 'DISTILLS_INTO', 'model:b'],
        ['model:a', 'DERIVED_FROM', 'model:b'],
        ['model:a', 'DISTILLS_INTO', 'model:c'],
        ['model:c', 'DISTILLS_INTO', 'model:d'],
        ['technique:t', 'EXTENDS', 'technique:u'],
      ]);
      const graph = graphOf(engine);
      const connected = async (limit: number, args = {}): Promise<string[]> =>
        (await graph.connected({ ...args, limit })).map(({ id, neighbors }) => `${id} ${String(neighbors)}`);
      expect(await connected(4)).toEqual(['model:a 2', 'model:c 2', 'model:b 1', 'model:d 1']);
      expect(await connected(100)).toEqual([
        'model:a 2',
        'model:c 2',
        'model:b 1',
        'model:d 1',
        'technique:t 1',
        'technique:u 1',
      ]);
      expect(await connected(9, { kinds: ['MODEL'], relations: ['DERIVED_FROM'] })).toEqual(['model:a 1', 'model:b 1']);
      const among = new Set(['model:d', 'model:c', 'model:a']);
      expect((await all(graph.allRelations({ among }))).map(({ source, target }) => `${source} → ${target}`)).toEqual([
        'model:a → model:c',
        'model:c → model:d',
      ]);
      expect((await all(graph.entitiesOf([...among]))).map(({ id }) => id)).toEqual([...among]);
    }));

  it('goes on in the middle of a relation with more facts than a page holds', () =>
    withEngine(open, async (engine) => {
      await engine.write([{ statement: CROWD, params: { facts: Array.from({ length: 20_500 }, (_, i) => i) } }]);
      const found = await all(graphOf(engine).allRelations({}));
      expect(found.map(({ target, evidence, confidence }) => [target, evidence, confidence])).toEqual([
        ['model:x', 20_500, 1],
        ['model:y', 20_500, 1],
      ]);
    }));

  it('is as much as the statistics say', () =>
    withEngine(open, async (engine: Engine) => {
      await seeded(engine);
      const graph = graphOf(engine);
      const [entities, relations] = [await all(graph.allEntities({})), await all(graph.allRelations({}))];
      const { data } = await ask(engine, '{ stats { entities relations facts } }');
      expect({
        entities: entities.length,
        relations: relations.length,
        facts: relations.reduce((sum, { evidence }) => sum + evidence, 0),
      }).toEqual(data?.['stats']);
    }));
});
