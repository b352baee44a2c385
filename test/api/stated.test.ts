/** What papers state: the facts of their own texts. */
import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { ask, onBothEngines, writeTriples } from '../testkit.js';

onBothEngines('what papers state', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('the facts of a paper are all that its own text states, of whatever, in the order of its words', async () => {
    engine = await open();
    await writeTriples(
      engine,
      [
        ['model:b', 'EXTENDS', 'model:a', { quote: 'First it says this.' }],
        ['model:a', 'USES', 'technique:t', { confidence: 0.5 }],
        ['model:b', 'EXTENDS', 'model:a', { quote: 'Last it says so again.' }],
      ],
      'One paper',
    );
    await writeTriples(engine, [['model:a', 'USES', 'technique:t', { confidence: 0.8 }]], 'Two papers');
    const page = async (after: string | null) => {
      const { data } = await ask(
        engine,
        `query ($after: String) { node(id: "paper:one-paper") { ... on Paper { facts(first: 2, after: $after) {
          totalCount pageInfo { hasNextPage endCursor }
          edges { node { quote confidence } relation { id confidence } } } } } }`,
        { after },
      );
      const { node } = data as {
        node: { facts: { totalCount: number; edges: []; pageInfo: { hasNextPage: boolean; endCursor: string } } };
      };
      return node.facts;
    };
    const first = await page(null);
    const second = await page(first.pageInfo.endCursor);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([3, true, false]);
    expect([...first.edges, ...second.edges]).toEqual([
      {
        node: { quote: 'First it says this.', confidence: 1 },
        relation: { id: 'model:b EXTENDS model:a', confidence: 1 },
      },
      {
        node: { quote: 'model:a USES technique:t.', confidence: 0.5 },
        relation: { id: 'model:a USES technique:t', confidence: 0.8 },
      },
      {
        node: { quote: 'Last it says so again.', confidence: 1 },
        relation: { id: 'model:b EXTENDS model:a', confidence: 1 },
      },
    ]);
  });
});
