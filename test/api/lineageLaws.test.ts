/** `lineage` against a plain reading of its rules, on one tangled graph. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import type { LineageArgs } from '../../src/graph/lineage.js';
import type { EntityKind, RelationType } from '../../src/ontology.js';
import { forbids, kindOfId, LINEAGE_TYPES, ONTOLOGY, RELATION_TYPES } from '../../src/ontology.js';
import { lineageOf, onBothEngines, writeTriples } from '../testkit.js';

const IDS = ['model', 'technique', 'dataset'].flatMap((kind) =>
  Array.from({ length: 9 }, (_, i) => `${kind}:n${String(i)}`),
);
const kindOf = (id: string): EntityKind => kindOfId(id) ?? 'PAPER';

type Triple = readonly [string, RelationType, string, { confidence: number }];

/** Seventy relations among 27 entities, cycles among them, always the same. */
const TRIPLES: Triple[] = fc
  .sample(
    fc.tuple(
      fc.constantFrom(...IDS),
      fc.constantFrom(...RELATION_TYPES),
      fc.constantFrom(...IDS),
      fc.constantFrom(0.3, 0.6, 1),
    ),
    {
      seed: 7,
      numRuns: 600,
    },
  )
  .filter(([from, type, to]) => from !== to && forbids(type, kindOf(from), kindOf(to)) === null)
  .map(([from, type, to, confidence]): Triple => [from, type, to, { confidence }])
  .slice(0, 70);

interface Step {
  descendant: string;
  ancestor: string;
  type: RelationType;
  confidence: number;
  edge: string;
}

/** The relations with lineage, read from descendant to ancestor. */
const STEPS: Step[] = [
  ...new Map(
    TRIPLES.filter(([, type]) => LINEAGE_TYPES.includes(type)).map(([from, type, to]) => {
      const edge = `${from} ${type} ${to}`;
      const [descendant, ancestor] = ONTOLOGY[type].lineage === 'forward' ? [to, from] : [from, to];
      const facts = TRIPLES.filter(([source, by, target]) => `${source} ${by} ${target}` === edge);
      return [
        edge,
        { descendant, ancestor, type, edge, confidence: Math.max(...facts.map(([, , , fact]) => fact.confidence)) },
      ];
    }),
  ).values(),
];

type Asked = Required<LineageArgs> & { of: string };

const byDepthThenId = ([a, m]: [string, number], [b, n]: [string, number]): number => m - n || (a < b ? -1 : 1);

/** All nodes one way with their distances, unlimited, and the steps that may be taken. */
function walked({ of, relations, kinds, minConfidence }: Asked, up: boolean, depth: number) {
  const steps = STEPS.map(
    (step) =>
      (up ? [step.descendant, step.ancestor] : [step.ancestor, step.descendant]).concat(step.edge) as [
        string,
        string,
        string,
      ],
  )
    .filter(
      (_, i) =>
        (relations?.includes(STEPS[i]?.type ?? 'USES') ?? true) && (STEPS[i]?.confidence ?? 0) >= (minConfidence ?? 0),
    )
    .filter(([, to]) => to === of || (kinds?.includes(kindOf(to)) ?? true));
  const distances = new Map([[of, 0]]);
  for (let distance = 1; distance <= depth; distance++)
    for (const [id, at] of [...distances])
      if (at === distance - 1)
        for (const [from, to] of steps) if (from === id && !distances.has(to)) distances.set(to, distance);
  return { steps, distances };
}

function expected(asked: Asked) {
  const { steps, distances } = walked(asked, asked.direction === 'UPSTREAM', asked.depth ?? 5);
  const ordered = [...distances].sort(byDepthThenId);
  const kept = new Set(ordered.slice(0, asked.limit ?? 500).map(([id]) => id));
  const leaving = new Set(steps.filter(([from, to]) => kept.has(from) && !kept.has(to)).map(([from]) => from));
  const edges = steps.filter(([from, to]) => kept.has(from) && kept.has(to)).map(([, , edge]) => edge);
  return {
    nodes: [...kept].map((id) => `${String(distances.get(id))} ${id}`),
    edges: edges.sort(),
    frontier: [...kept].filter((id) => leaving.has(id)),
    complete: leaving.size === 0,
    cut: ordered.length > kept.size,
  };
}

const subset = <T>(of: readonly T[]) => fc.option(fc.subarray([...of], { minLength: 1 }), { nil: null, freq: 1 });

const asked = (direction: 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH'): fc.Arbitrary<Asked> =>
  fc.record({
    of: fc.constantFrom(
      ...IDS.filter((id) => STEPS.some(({ descendant, ancestor }) => id === descendant || id === ancestor)),
    ),
    direction: fc.constant(direction),
    depth: fc.integer({ min: 1, max: 8 }),
    relations: subset(LINEAGE_TYPES),
    kinds: subset(['MODEL', 'TECHNIQUE', 'DATASET'] as const),
    minConfidence: fc.constantFrom(null, 0.3, 0.5, 0.8),
    limit: fc.oneof(fc.integer({ min: 6, max: 27 }), fc.constant(500)),
  });

const law = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, holds), { numRuns: 60, seed: 11 });

onBothEngines('lineage, by law', (open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
    await writeTriples(engine, TRIPLES);
  });
  afterAll(() => engine.close());

  it.each(['UPSTREAM', 'DOWNSTREAM'] as const)(
    '%s gives the nodes, edges and frontier that the rules give, for any filter and limit',
    (direction) =>
      law(asked(direction), async ({ of, ...args }) => {
        const { cut, ...rest } = expected({ of, ...args });
        const { truncatedBy, ...answer } = await lineageOf(engine, of, args);
        expect(answer).toEqual(rest);
        expect(truncatedBy.includes('NODES')).toBe(cut);
        expect(truncatedBy.length > 0).toBe(!answer.complete);
      }),
  );

  it('BOTH has the nodes of the two one-way walks, each at its shorter distance', () =>
    law(asked('BOTH'), async ({ of, limit: _, ...args }) => {
      const [up, down] = [true, false].map(
        (way) => walked({ of, limit: 500, ...args }, way, args.depth ?? 5).distances,
      );
      const union = new Map(down);
      for (const [id, distance] of up ?? []) union.set(id, Math.min(distance, union.get(id) ?? distance));
      const { nodes } = await lineageOf(engine, of, args);
      expect(nodes).toEqual([...union].sort(byDepthThenId).map(([id, distance]) => `${String(distance)} ${id}`));
    }));

  it('a smaller limit gives a prefix of the nodes of a larger one, BOTH included', () =>
    law(
      fc.tuple(fc.constantFrom('UPSTREAM', 'DOWNSTREAM', 'BOTH').chain(asked), fc.integer({ min: 1, max: 27 })),
      async ([{ of, ...args }, limit]) => {
        const { nodes } = await lineageOf(engine, of, { ...args, limit: 500 });
        const cut = await lineageOf(engine, of, { ...args, limit });
        expect(cut.nodes).toEqual(nodes.slice(0, limit));
        expect(cut.edges.length).toBeLessThanOrEqual(4 * limit);
      },
    ));

  it('the lineages of the frontier, joined, continue a cut answer to the whole', () =>
    law(fc.constantFrom('UPSTREAM', 'DOWNSTREAM').chain(asked), async ({ of, ...args }) => {
      const idsOf = (nodes: string[]): string[] => nodes.map((node) => node.slice(node.indexOf(' ') + 1));
      const whole = await lineageOf(engine, of, { ...args, kinds: null, depth: 20, limit: 500 });
      const part = await lineageOf(engine, of, { ...args, kinds: null });
      const rest = await Promise.all(
        part.frontier.map((id) => lineageOf(engine, id, { ...args, kinds: null, depth: 20, limit: 500 })),
      );
      expect(new Set([part, ...rest].flatMap(({ nodes }) => idsOf(nodes)))).toEqual(new Set(idsOf(whole.nodes)));
    }));
});
