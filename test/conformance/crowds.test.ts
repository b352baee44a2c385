/** Pages of the relations of who has very many: the same as of who has few, without going through all of them. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import type { RelationArgs } from '../../src/graph/relations.js';
import { CROWD } from '../../src/graph/typed.js';
import { counting, onBothEngines, writeTriples } from '../testkit.js';
import type { TinyTriple } from './kit.js';
import { relationsOf, withEngine } from './kit.js';

const HUB = 'model:hub';

/** Neighbours that share names across kinds, each joined with the hub in several ways, some of which are weak. */
const TRIPLES: readonly TinyTriple[] = Array.from({ length: CROWD / 4 }, (_, i): TinyTriple[] => {
  const name = `n${String(i * 7919).slice(-3)}x${i}`;
  return [
    [HUB, 'DISTILLS_INTO', `model:${name}`, { confidence: (i % 10) / 10 }],
    [`model:${name}`, 'COMPARES_WITH', HUB, {}],
    [HUB, 'COMPARES_WITH', `model:${name}`, { confidence: 0.4 }],
    [`technique:${name}`, 'APPLIED_TO', HUB, { confidence: (i % 7) / 7 }],
    [`technique:${name}`, 'OUTPERFORMS', HUB, {}],
  ];
}).flat();

/** All pages of a hundred, one after the other. */
async function pagesOf(engine: Engine, args: RelationArgs): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let after: string | null = null; ;) {
    const page = await graphOf(engine).relations(HUB, { ...args, first: 100, after });
    found.push(...page.items.map(({ item: { direction, node, relation } }) => [node, direction, relation.type, relation.confidence])); // prettier-ignore
    after = page.items.at(-1)?.cursor ?? null;
    if (!page.hasNextPage) return found;
  }
}

const nameIn = (id: string): string => id.slice(id.indexOf(':') + 1);

const expected = ({ types, direction = 'BOTH', kinds, minConfidence }: RelationArgs): unknown[] =>
  relationsOf(TRIPLES)
    .map(({ source, target, type, confidence }) => {
      const out = source === HUB;
      const node = out ? target : source;
      return { node, out, type, confidence, key: [nameIn(node), node, type + (out ? '>' : '<')].join('\u0000') };
    })
    .filter(({ node, out, type, confidence }) =>
      [
        types?.includes(type) ?? true,
        direction === 'BOTH' || (direction === 'OUT') === out,
        kinds?.some((kind) => node.startsWith(kind.toLowerCase())) ?? true,
        confidence >= (minConfidence ?? 0),
      ].every(Boolean),
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ node, out, type, confidence }) => [node, out ? 'OUT' : 'IN', type, confidence]);

const QUESTIONS: RelationArgs[] = [
  {},
  { direction: 'OUT' },
  { direction: 'IN', minConfidence: 0.5 },
  { types: ['COMPARES_WITH'] },
  { types: ['COMPARES_WITH', 'APPLIED_TO'], kinds: ['TECHNIQUE'] },
  { types: ['DISTILLS_INTO', 'OUTPERFORMS'], direction: 'IN' },
];

onBothEngines('beside a crowd', (open) => {
  it('every page has the relations that any page would have, in order, each once', () =>
    withEngine(open, async (engine) => {
      await writeTriples(engine, TRIPLES);
      for (const question of QUESTIONS) expect(await pagesOf(engine, question)).toEqual(expected(question));
    }));

  it('a page asks as many statements as there are ways to be joined, however many are joined so', () =>
    withEngine(open, async (engine) => {
      await writeTriples(engine, TRIPLES);
      const counted = counting(engine);
      await graphOf(counted.engine).relations(HUB, { first: 5 });
      const typed = ['OUT.DISTILLS_INTO', 'OUT.COMPARES_WITH', 'IN.COMPARES_WITH', 'IN.OUTPERFORMS', 'IN.APPLIED_TO'];
      expect(counted.sent).toEqual([
        'relations.page.BOTH',
        ...(engine.dialect === 'neo4j' ? typed.map((step) => `relations.page.${step}`) : []),
      ]);
    }));
});
