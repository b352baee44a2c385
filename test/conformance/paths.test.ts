/** Paths on random graphs equal those found by trying all of them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { graphOf } from '../../src/graph/graph.js';
import type { Path, PathArgs } from '../../src/graph/paths.js';
import type { Relation } from '../../src/model.js';
import type { EntityKind, RelationType } from '../../src/ontology.js';
import { kindOfId } from '../../src/ontology.js';
import { onBothEngines, writeTriples } from '../testkit.js';
import { anyTangle, relationsOf, withEngine } from './kit.js';

/** Whether a relation may be walked from one node to another. */
const leads = ({ source, target }: Relation, from: string, to: string, directed: boolean): boolean =>
  (source === from && target === to) || (!directed && source === to && target === from);

/** Every simple sequence of nodes that relations join. */
function simplePaths(
  relations: Relation[],
  from: string,
  to: string,
  { directed = false, kinds, maxLength = 6 }: Options,
): string[][] {
  const ids = [...new Set(relations.flatMap(({ source, target }) => [source, target]))].sort();
  const allowed = ids.filter((id) => id === to || !kinds || kinds.some((kind) => kind === kindOfId(id)));
  const onwards = (nodes: string[]): string[][] => {
    const last = nodes.at(-1) ?? from;
    if (last === to) return [nodes];
    if (nodes.length > maxLength) return [];
    const next = allowed.filter(
      (id) => !nodes.includes(id) && relations.some((relation) => leads(relation, last, id, directed)),
    );
    return next.flatMap((id) => onwards([...nodes, id]));
  };
  return onwards([from]);
}

type Options = {
  directed?: boolean;
  kinds?: EntityKind[];
  relations?: RelationType[];
  minConfidence?: number;
  maxLength?: number;
  first?: number;
};

/** A hop shows the most confident relation, then the first by type, then by source. */
const stepBetween = (relations: Relation[], from: string, to: string, directed: boolean): Relation[] =>
  relations
    .filter((relation) => leads(relation, from, to, directed))
    .sort((a, b) => b.confidence - a.confidence || (a.type + a.source < b.type + b.source ? -1 : 1))
    .slice(0, 1);

function reference(all: Relation[], from: string, to: string, options: Options): Path[] {
  const { relations: types, minConfidence = 0, directed = false, first = 3 } = options;
  const relations = all.filter(
    ({ type, confidence }) => (types?.includes(type) ?? true) && confidence >= minConfidence,
  );
  return simplePaths(relations, from, to, options)
    .sort((a, b) => a.length - b.length || (a.join('\0') < b.join('\0') ? -1 : 1))
    .slice(0, first)
    .map((nodes) => ({
      length: nodes.length - 1,
      nodes,
      steps: nodes.slice(1).flatMap((to, i) => stepBetween(relations, nodes[i] ?? '', to, directed)),
    }));
}

const anyOptions: fc.Arbitrary<Options & PathArgs> = fc.record(
  {
    directed: fc.boolean(),
    relations: fc.subarray([
      'USES',
      'EXTENDS',
      'DISTILLS_INTO',
      'IS_A',
      'PART_OF',
      'COMPARES_WITH',
      'EVALUATED_ON',
    ] satisfies RelationType[]),
    kinds: fc.subarray<EntityKind>(['TECHNIQUE', 'MODEL', 'DATASET']),
    minConfidence: fc.constantFrom(0.2, 0.5, 0.9),
    maxLength: fc.integer({ min: 1, max: 8 }),
    first: fc.constantFrom(1, 2, 3, 10, 50),
  },
  { requiredKeys: [] },
);

onBothEngines('paths', (open) => {
  it('are the shortest simple ones, by length then ids, whatever the filters', () =>
    fc.assert(
      fc.asyncProperty(anyTangle, fc.array(anyOptions, { minLength: 6, maxLength: 6 }), (triples, questions) =>
        withEngine(open, async (engine) => {
          await writeTriples(engine, triples);
          const ids = [...new Set(triples.flatMap(([from, , to]) => [from, to]))];
          for (const [i, options] of questions.entries()) {
            const [from = '', to = ''] = [ids[i % ids.length], ids[(i * 3 + 1) % ids.length]];
            expect(await graphOf(engine).getPaths(from, to, options)).toEqual(
              reference(relationsOf(triples), from, to, options),
            );
          }
        }),
      ),
      { numRuns: 20 },
    ));

  it('longer ones follow even when every node has been met', () =>
    withEngine(open, async (engine) => {
      const ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `model:${name}`);
      const pairs = ids.flatMap((from, i) =>
        ids.slice(i + 1).map((to): [string, 'EXTENDS', string] => [from, 'EXTENDS', to]),
      );
      await writeTriples(engine, pairs);
      const lengths = (await graphOf(engine).getPaths('model:a', 'model:b', { first: 50, maxLength: 10 })).map(
        ({ length }) => length,
      );
      expect(lengths).toEqual([
        1,
        ...Array<number>(4).fill(2),
        ...Array<number>(12).fill(3),
        ...Array<number>(24).fill(4),
        ...Array<number>(9).fill(5),
      ]);
    }));
});
