/** Small random graphs, as triples. */
import fc from 'fast-check';
import type { Relation } from '../../src/model.js';
import type { EntityKind, RelationType } from '../../src/ontology.js';
import { forbids, kindOfId, RELATION_TYPES } from '../../src/ontology.js';
import type { TinyFact } from '../testkit.js';

/** Every triple that the ontology allows between the given ends. */
export const legalTriples = <End>(
  ends: readonly End[],
  kindOf: (end: End) => EntityKind,
): [End, RelationType, End][] =>
  ends.flatMap((from) =>
    ends.flatMap((to) =>
      RELATION_TYPES.filter((type) => from !== to && forbids(type, kindOf(from), kindOf(to)) === null).map(
        (type): [End, RelationType, End] => [from, type, to],
      ),
    ),
  );

export type TinyTriple = [string, RelationType, string, TinyFact];

const NODES = ['technique:a', 'technique:b', 'technique:c', 'technique:d', 'technique:e', 'model:a', 'model:b', 'model:c', 'model:d', 'dataset:a', 'dataset:b']; // prettier-ignore

/** A random graph of up to 11 nodes with cycles, parallel relations and doubled facts, as triples. */
export const anyTangle: fc.Arbitrary<TinyTriple[]> = fc
  .array(
    fc.tuple(fc.constantFrom(...legalTriples(NODES, (id) => kindOfId(id) ?? 'MODEL')), fc.constantFrom(0.2, 0.5, 1), fc.constantFrom(1, 2)),
    { minLength: 1, maxLength: 24 },
  )
  .map((drawn) =>
    drawn
      @@      .map(([[from, type, to], confidence], i): TinyTriple => [
        from,
        type,
        to,
        { confidence, quote: `Sentence ${i} says so.` },
      ]),
  );

/** The relations that triples make: all facts of one type between two entities are one, with the highest confidence. */
export const relationsOf = (triples: readonly TinyTriple[]): Relation[] => {
  const relations = new Map<string, Relation>();
  for (const [source, type, target, { confidence = 1 }] of triples) {
    const relation = relations.get([source, type, target].join(' ')) ?? { type, source, target, confidence };
    relations.set([source, type, target].join(' '), {
      ...relation,
      confidence: Math.max(relation.confidence, confidence),
    });
  }
  return [...relations.values()];
};
