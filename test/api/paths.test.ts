/** What `paths` answers. */
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import type { PathArgs } from '../../src/graph/paths.js';
import type { RelationType } from '../../src/ontology.js';
import { ask, onBothEngines, writeTriples } from '../testkit.js';

const PATHS = `query (
  $from: ID!, $to: ID!, $relations: [RelationType!], $kinds: [EntityKind!], $directed: Boolean, $minConfidence: Float,
  $maxLength: Int, $first: Int
) {
  paths(
    from: $from, to: $to, relations: $relations, kinds: $kinds, directed: $directed, minConfidence: $minConfidence,
    maxLength: $maxLength, first: $first
  ) { length nodes { id } steps { id } }
}`;

/** Every path as its nodes without their kinds, and the relations it takes. */
async function pathsOf(engine: Engine, from: string, to: string, args: PathArgs = {}) {
  const { data } = await ask(engine, PATHS, { from, to, ...args });
  const { paths } = data as { paths: { length: number; nodes: { id: string }[]; steps: { id: string }[] }[] };
  return paths.map(({ length, nodes, steps }) => {
    const names = nodes.map(({ id }) => id.slice(id.indexOf(':') + 1));
    expect([nodes.length, steps.length]).toEqual([length + 1, length]);
    return { nodes: names.join(' '), steps: steps.map(({ id }) => id) };
  });
}

const uses = (...pairs: readonly string[]) =>
  pairs.map((pair) => [`technique:${pair[0] ?? ''}`, 'USES', `technique:${pair[1] ?? ''}`] as const);

onBothEngines('paths', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());
  const graph = async (
    ...triples: readonly (readonly [string, RelationType, string, { confidence?: number; quote?: string }?])[]
  ) => {
    engine = await open();
    await writeTriples(engine, triples);
  };
  const nodesOf = async (from: string, to: string, args: PathArgs = {}) =>
    (await pathsOf(engine, `technique:${from}`, `technique:${to}`, args)).map(({ nodes }) => nodes);

  it('are ordered by length, then ids, and longer ones come only where fewer shorter exist', async () => {
    await graph(...uses('ad', 'dz', 'ab', 'bz', 'az', 'ac', 'ce', 'ez'));
    expect(await nodesOf('a', 'z')).toEqual(['a z', 'a b z', 'a d z']);
    expect(await nodesOf('a', 'z', { first: 1 })).toEqual(['a z']);
    expect(await nodesOf('a', 'z', { first: 50 })).toEqual(['a z', 'a b z', 'a d z', 'a c e z']);
  });

  it('are distinct by their nodes; of several relations between two nodes a step shows the most confident', async () => {
    await graph(
      ['technique:a', 'USES', 'technique:b', { confidence: 0.5 }],
      ['technique:a', 'EXTENDS', 'technique:b', { confidence: 0.9 }],
      ['technique:b', 'PART_OF', 'technique:a', { confidence: 0.7 }],
    );
    expect(await pathsOf(engine, 'technique:a', 'technique:b')).toEqual([
      { nodes: 'a b', steps: ['technique:a EXTENDS technique:b'] },
    ]);
    expect(await pathsOf(engine, 'technique:b', 'technique:a', { directed: true })).toEqual([
      { nodes: 'b a', steps: ['technique:b PART_OF technique:a'] },
    ]);
  });

  it('go against the arrows unless directed, and never over what is only derived', async () => {
    await graph(['model:a', 'DISTILLS_INTO', 'model:b'], ['model:c', 'DERIVED_FROM', 'model:b']);
    expect(await pathsOf(engine, 'model:a', 'model:c')).toEqual([
      { nodes: 'a b c', steps: ['model:a DISTILLS_INTO model:b', 'model:c DERIVED_FROM model:b'] },
    ]);
    expect(await pathsOf(engine, 'model:a', 'model:c', { directed: true })).toEqual([]);
    expect(await pathsOf(engine, 'model:b', 'model:a', { directed: true })).toEqual([]);
    expect((await pathsOf(engine, 'model:c', 'model:b', { directed: true })).map(({ nodes }) => nodes)).toEqual([
      'c b',
    ]);
  });

  it('take relations without lineage too, and only those that the filters let pass', async () => {
    await graph(
      ['technique:a', 'EVALUATED_ON', 'dataset:d'],
      ['technique:z', 'EVALUATED_ON', 'dataset:d'],
      ['technique:a', 'USES', 'technique:m', { confidence: 0.4 }],
      ['technique:m', 'USES', 'technique:z', { confidence: 0.9 }],
    );
    expect(await nodesOf('a', 'z')).toEqual(['a d z', 'a m z']);
    expect(await nodesOf('a', 'z', { relations: ['USES'] })).toEqual(['a m z']);
    expect(await nodesOf('a', 'z', { kinds: ['DATASET'] })).toEqual(['a d z']);
    expect(await nodesOf('a', 'z', { minConfidence: 0.5 })).toEqual(['a d z']);
    expect(await nodesOf('a', 'z', { relations: ['CITES'] })).toEqual([]);
  });

  it('go a longer way where the filters do not let the shortest pass', async () => {
    await graph(
      ['technique:a', 'EXTENDS', 'technique:z', { confidence: 0.2 }],
      ['technique:a', 'USES', 'technique:m', { confidence: 0.9 }],
      ['technique:m', 'USES', 'technique:z', { confidence: 0.9 }],
    );
    const filters: PathArgs[] = [
      { minConfidence: 0.5 },
      { relations: ['USES'] },
      { minConfidence: 0.5, directed: true },
    ];
    for (const filter of filters) expect(await nodesOf('a', 'z', filter)).toEqual(['a m z']);
    expect(await nodesOf('a', 'z', { minConfidence: 0.95 })).toEqual([]);
    expect(await nodesOf('a', 'z', { minConfidence: 0.5, maxLength: 1 })).toEqual([]);
  });

  it('from something to itself there is one path, without a step', async () => {
    await graph(...uses('ab', 'ba'));
    expect(await pathsOf(engine, 'technique:a', 'technique:a')).toEqual([{ nodes: 'a', steps: [] }]);
  });

  it('where nothing connects, or nothing as short as maxLength, the list is empty', async () => {
    await graph(...uses('ab', 'bc', 'cd', 'yz'));
    expect(await nodesOf('a', 'z')).toEqual([]);
    expect(await nodesOf('a', 'd', { maxLength: 2 })).toEqual([]);
    expect(await nodesOf('a', 'd', { maxLength: 3 })).toEqual(['a b c d']);
  });

  it('reach ten steps', async () => {
    await graph(...uses('ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi', 'ij', 'jk', 'kl'));
    expect(await nodesOf('a', 'k', { maxLength: 10 })).toEqual(['a b c d e f g h i j k']);
    expect(await nodesOf('a', 'l', { maxLength: 10 })).toEqual([]);
    expect(await nodesOf('a', 'h')).toEqual([]);
  });

  it('among five that all know each other, all sixteen simple ways are found, and no other', async () => {
    await graph(...uses('ab', 'ac', 'ad', 'ae', 'bc', 'bd', 'be', 'cd', 'ce', 'de'));
    const found = await nodesOf('a', 'e', { first: 50, maxLength: 10 });
    expect(found.map((nodes) => nodes.split(' ').length - 1)).toEqual([1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4]);
    expect(new Set(found).size).toBe(16);
  });

  it('a thicket that leads nowhere is not searched through', async () => {
    const thicket = [...'hijklmnopqrstuvwxy'];
    await graph(...uses('ah', 'hz', ...thicket.flatMap((one, i) => thicket.slice(i + 1).map((other) => one + other))));
    expect(await nodesOf('a', 'z', { first: 50, maxLength: 10 })).toEqual(['a h z']);
  });

  it('are exactly the shortest simple ways, on any graph', async () => {
    const letters = [...'abcdefghij'];
    const pairs = fc.sample(fc.tuple(fc.constantFrom(...letters), fc.constantFrom(...letters)), {
      seed: 5,
      numRuns: 22,
    });
    const links = pairs.filter(([from, to]) => from !== to).map((pair) => pair.join(''));
    await graph(...uses(...links, 'aj', 'ba'));
    const waysOf = (path: string, to: string, directed: boolean): string[] =>
      path.endsWith(to)
        ? [path]
        : letters
            .filter((next) => !path.includes(next))
            .filter((next) =>
              [...links, 'aj', 'ba'].some(
                (link) => link === path.slice(-1) + next || (!directed && link === next + path.slice(-1)),
              ),
            )
            .flatMap((next) => waysOf(path + next, to, directed));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(letters, { minLength: 2, maxLength: 2 }), fc.boolean(), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 10 }),
        async ([from = 'a', to = 'b'], directed, first, maxLength) => {
          const ways = waysOf(from, to, directed).filter((way) => way.length - 1 <= maxLength);
          const sorted = ways.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).map((way) => [...way].join(' '));
          expect(await nodesOf(from, to, { directed, first, maxLength })).toEqual(sorted.slice(0, first));
        }), { numRuns: 80, seed: 3 }); // prettier-ignore
  });
});
