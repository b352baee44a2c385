/** Walks: lineage and neighbourhood on random graphs equal a reference breadth-first search. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import type { Relation } from '../../src/model.js';
import type { EntityKind, RelationType } from '../../src/ontology.js';
import { kindOfId, KINDS, RELATION_TYPES, ruleOf } from '../../src/ontology.js';
import { onBothEngines, writeTriples } from '../testkit.js';
import type { TinyTriple } from './kit.js';
import { anyTangle, relationsOf, withEngine } from './kit.js';

/** A step that a walk may take. */
interface Arc {
  from: string;
  to: string;
  relation: Relation;
}

interface Filter {
  relations?: RelationType[];
  kinds?: EntityKind[];
  minConfidence?: number;
}

/** What `from` descends from is reached upstream, whichever way the relation points. */
const upstream = (relation: Relation): Arc[] => {
  const { type, source, target } = relation;
  const role = ruleOf(type).lineage;
  if (role === null) return [];
  return [role === 'forward' ? { from: target, to: source, relation } : { from: source, to: target, relation }];
};
const turned = ({ from, to, relation }: Arc): Arc => ({ from: to, to: from, relation });

const WAYS: Record<'UPSTREAM' | 'DOWNSTREAM' | 'AROUND', (relation: Relation) => Arc[]> = {
  UPSTREAM: upstream,
  DOWNSTREAM: (relation) => upstream(relation).map(turned),
  AROUND: (relation) => {
    const arc = { from: relation.source, to: relation.target, relation };
    return [arc, turned(arc)];
  },
};
type Way = keyof typeof WAYS;

/** The filters prune; the roots themselves always pass. */
const passing = (relations: Relation[], roots: string[], way: Way, filter: Filter): Arc[] =>
  relations
    .filter(
      ({ type, confidence }) =>
        (filter.relations ?? RELATION_TYPES).includes(type) && confidence >= (filter.minConfidence ?? 0),
    )
    .flatMap(WAYS[way])
    .filter(({ to }) => roots.includes(to) || (filter.kinds ?? KINDS).some((kind) => kind === kindOfId(to)));

/** Distances by breadth-first search, in the order (depth, id). */
function distancesFrom(roots: string[], arcs: Arc[], depth: number): [string, number][] {
  const distances = new Map(roots.map((id) => [id, 0]));
  for (let distance = 1, layer = roots; distance <= depth; distance++) {
    const next = new Set(arcs.filter(({ from }) => layer.includes(from)).map(({ to }) => to));
    layer = [...next].filter((id) => !distances.has(id)).sort();
    for (const id of layer) distances.set(id, distance);
  }
  return [...distances];
}

/** The contract of a walk, written down the slow way: the union of one-way walks, each cut at the limit. */
function reference(
  relations: Relation[],
  roots: string[],
  ways: Way[],
  { depth, limit, ...filter }: Filter & { depth: number; limit: number },
) {
  const walks = ways.map((way) => {
    const arcs = passing(relations, roots, way, filter);
    return { way, arcs, all: distancesFrom(roots, arcs, depth) };
  });
  const met = new Map<string, { depth: number; ways: Way[] }>();
  for (const { way, all } of walks)
    for (const [id, distance] of all.slice(0, limit)) {
      const before = met.get(id);
      met.set(id, { depth: Math.min(before?.depth ?? distance, distance), ways: [...(before?.ways ?? []), way] });
    }
  const ordered = [...met].sort(([a, x], [b, y]) => x.depth - y.depth || (a < b ? -1 : 1));
  const kept = new Set(ordered.slice(0, limit).map(([id]) => id));
  const walked = walks.flatMap(({ arcs, all }) => {
    const distances = new Map(all.slice(0, limit));
    return arcs
      .filter(({ from }) => kept.has(from) && distances.has(from))
      .map((arc) => ({ ...arc, at: distances.get(arc.from) }));
  });
  const leaving = walked.filter(({ to }) => !kept.has(to));
  const edges = new Map(walked.filter(({ to }) => kept.has(to)).map(({ relation }) => [tripleOf(relation), relation]));
  const cut = {
    DEPTH: leaving.some(({ at }) => at === depth),
    NODES: ordered.length > limit || walks.some(({ all }) => all.length > limit),
    EDGES: edges.size > 4 * limit,
  };
  const truncatedBy = (['DEPTH', 'NODES', 'EDGES'] as const).filter((reason) => cut[reason]);
  return {
    nodes: ordered.slice(0, limit).map(([id, node]) => ({ id, ...node })),
    edges: [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, relation]) => relation),
    frontier: ordered.map(([id]) => id).filter((id) => leaving.some(({ from }) => from === id)),
    truncatedBy,
    complete: truncatedBy.length === 0,
  };
}

const tripleOf = ({ source, type, target }: Relation): string => [source, type, target].join(' ');

/** Of too many edges, which ones are returned is the engine's choice. */
const sameEdges = (edges: Relation[], expected: Relation[], limit: number): void => {
  if (expected.length <= 4 * limit) expect(edges).toEqual(expected);
  else expect([edges.length, expected]).toEqual([4 * limit, expect.arrayContaining(edges)]);
};

const anyFilter: fc.Arbitrary<Filter> = fc.record(
  {
    relations: fc.subarray([
      'USES',
      'EXTENDS',
      'DISTILLS_INTO',
      'IS_A',
      'PART_OF',
      'COMPARES_WITH',
    ] satisfies RelationType[]),
    kinds: fc.subarray<EntityKind>(['TECHNIQUE', 'MODEL', 'DATASET'], { minLength: 1 }),
    minConfidence: fc.constantFrom(0.2, 0.5, 0.9),
  },
  { requiredKeys: [] },
);
const anyBounds = { depth: fc.integer({ min: 1, max: 6 }), limit: fc.constantFrom(1, 2, 3, 4, 6, 9, 500) };
const anyLineage = fc.record({
  ...anyBounds,
  direction: fc.constantFrom('UPSTREAM', 'DOWNSTREAM', 'BOTH'),
  filter: anyFilter,
});
const anyAround = fc.record({ ...anyBounds, depth: fc.integer({ min: 1, max: 5 }), filter: anyFilter });

/** Runs `claim` about random graphs, each in an empty engine. */
const onTangles = <Question>(
  open: () => Promise<Engine>,
  anyQuestion: fc.Arbitrary<Question>,
  claim: (engine: Engine, triples: TinyTriple[], question: Question) => Promise<void>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(anyTangle, fc.array(anyQuestion, { minLength: 6, maxLength: 6 }), (triples, questions) =>
      withEngine(open, async (engine) => {
        await writeTriples(engine, triples);
        for (const question of questions) await claim(engine, triples, question);
      }),
    ),
    { numRuns: 20 },
  );

onBothEngines('walks', (open) => {
  it(
    'lineage equals a breadth-first search, whatever its direction, filters, depth and limit',
    () =>
      onTangles(open, anyLineage, async (engine, triples, { direction, filter, depth, limit }) => {
        const ids = [...new Set(triples.flatMap(([from, , to]) => [from, to]))].slice(0, 3);
        const graph = graphOf(engine);
        for (const { root, edges, ...found } of await Promise.all(
          ids.map((id) => graph.getLineage(id, { direction, ...filter, depth, limit })),
        )) {
          const ways: Way[] = direction === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [direction];
          const expected = reference(relationsOf(triples), [root], ways, { ...filter, depth, limit });
          const directionOf = (id: string, [way = direction, other]: string[]) =>
            id === root ? direction : other ? 'BOTH' : way;
          const nodes = expected.nodes.map(({ ways: by, ...node }) => ({
            ...node,
            direction: directionOf(node.id, by),
          }));
          sameEdges(edges, expected.edges, limit);
          expect(found).toEqual({ ...expected, nodes, edges: undefined });
        }
      }),
    120_000,
  );

  it('a neighbourhood equals a breadth-first search from all its roots, either way along every relation', () =>
    onTangles(open, anyAround, async (engine, triples, { filter: { relations, kinds }, depth, limit }) => {
      const roots = [...new Set(triples.map(([from]) => from))].slice(0, Math.min(2, limit)).sort();
      const { edges, ...found } = await graphOf(engine).getNeighborhood(roots, { relations, kinds, depth, limit });
      const expected = reference(relationsOf(triples), roots, ['AROUND'], { relations, kinds, depth, limit });
      sameEdges(edges, expected.edges, limit);
      expect(found).toEqual({ ...expected, nodes: expected.nodes.map(({ id }) => id), edges: undefined });
    }));

  it('a limit that cuts the last layer leaves DEPTH and NODES, whether or not each way alone fits', () =>
    withEngine(open, async (engine) => {
      const [up, across, down] = [
        ['model:a', 'EXTENDS', 'model:b'],
        ['model:a', 'EXTENDS', 'model:d'],
        ['model:b', 'EXTENDS', 'model:d'],
      ] as const;
      await writeTriples(engine, [up, across, down, ['model:c', 'EXTENDS', 'model:a']]);
      const answer = { frontier: ['model:a', 'model:b'], truncatedBy: ['DEPTH', 'NODES'], complete: false };
      expect(await graphOf(engine).getLineage('model:a', { direction: 'BOTH', depth: 1, limit: 3 })).toMatchObject(
        answer,
      );
      expect(await graphOf(engine).getLineage('model:a', { depth: 1, limit: 2 })).toMatchObject(answer);
    }));

  it('lineages asked together are the lineages asked one by one', () =>
    onTangles(open, fc.constantFrom(1, 3, 500), async (engine, triples, limit) => {
      const ids = [...new Set(triples.flatMap(([from, , to]) => [from, to]))];
      const together = graphOf(engine);
      const alone = await Promise.all(ids.map((id) => graphOf(engine).getLineage(id, { direction: 'BOTH', limit })));
      expect(await Promise.all(ids.map((id) => together.getLineage(id, { direction: 'BOTH', limit })))).toEqual(alone);
    }));

  it('common ancestors are what lineages share, the nearest first', () =>
    onTangles(open, fc.integer({ min: 1, max: 4 }), async (engine, triples, depth) => {
      const [a = '', b = ''] = new Set(triples.flatMap(([from, , to]) => [from, to]));
      const [ofA = [], ofB = []] = [a, b].map((id) =>
        distancesFrom([id], passing(relationsOf(triples), [id], 'UPSTREAM', {}), depth),
      );
      const shared = ofA.flatMap(([id, distance]) =>
        ofB.filter(([other]) => other === id).map(([, further]) => ({ id, distances: [distance, further] })),
      );
      const key = ({ id, distances: [x = 0, y = 0] }: (typeof shared)[number]) =>
        `${String(x + y)} ${String(Math.max(x, y))} ${id}`;
      shared.sort((x, y) => (key(x) < key(y) ? -1 : 1));
      expect(await graphOf(engine).getCommonAncestors([a, b], { depth, first: 100 })).toEqual(shared);
    }));
});
