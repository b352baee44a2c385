/** What the playground draws of an answer. */
import { expect, it } from 'vitest';
import { EntityPageDocument } from '../../src/web/generated/graphql.js';
import { graphIn } from '../../src/web/playground/answerGraph.js';
import { ask, openEmbedded, seeded } from '../testkit.js';

const drawn = (answer: unknown) => {
  const { nodes, edges } = graphIn(answer);
  return {
    nodes: nodes.map(({ id, name }) => `${id} ${name}`),
    edges: edges.map(({ source, type, target }) => `${source} ${type} ${target}`),
  };
};

it('relations with their type and ends are drawn between the entities of the answer', () => {
  expect(
    drawn({
      lineage: {
        nodes: [{ depth: 0, entity: { id: 'technique:a', name: 'A' } }, { entity: { id: 'technique:b', name: 'B' } }],
        edges: [
          { type: 'USES', source: { id: 'technique:a' }, target: { id: 'technique:b' } },
          { type: 'USES', source: { id: 'technique:a' }, target: { id: 'technique:b' } },
        ],
      },
    }),
  ).toEqual({ nodes: ['technique:a A', 'technique:b B'], edges: ['technique:a USES technique:b'] });
});

it('the relations of an entity point as their direction says', () => {
  const edges = [
    { direction: 'OUT', node: { id: 'dataset:d', name: 'D' }, relation: { type: 'TRAINED_ON' } },
    { direction: 'IN', node: { id: 'paper:p', name: 'P' }, relation: { type: 'INTRODUCES' } },
  ];
  expect(drawn({ entity: { id: 'model:m', name: 'M', relations: { edges } } })).toEqual({
    nodes: ['model:m M', 'dataset:d D', 'paper:p P'],
    edges: ['model:m TRAINED_ON dataset:d', 'paper:p INTRODUCES model:m'],
  });
});

it('a typed shortcut is a relation, by the kind that has it', () => {
  expect(
    drawn({
      entity: {
        id: 'model:s',
        name: 'S',
        teachers: { nodes: [{ id: 'model:t', name: 'T' }] },
        repos: { edges: [{ node: { id: 'repo:github.com/a/b', name: 'a/b' } }] },
        cites: { nodes: [{ id: 'paper:p', name: 'P' }] },
      },
    }),
  ).toEqual({
    nodes: ['model:s S', 'model:t T', 'repo:github.com/a/b a/b', 'paper:p P'],
    edges: ['model:t DISTILLS_INTO model:s', 'model:s IMPLEMENTED_IN repo:github.com/a/b'],
  });
});

it('what the answer says of a relation comes along, what it does not say has a default', () => {
  const evidence = [{ quote: 'A uses B', method: 'CURATED', confidence: 0.8, document: { title: 'T' } }];
  const ends = { source: { id: 'technique:a' }, target: { id: 'technique:b', name: 'B' } };
  expect(
    graphIn([
      { type: 'USES', ...ends, confidence: 0.8, evidence },
      { type: 'EXTENDS', ...ends },
    ]),
  ).toEqual({
    nodes: [
      { id: 'technique:a', kind: 'TECHNIQUE', name: 'technique:a' },
      { id: 'technique:b', kind: 'TECHNIQUE', name: 'B' },
    ],
    edges: [
      {
        id: 'technique:a USES technique:b',
        type: 'USES',
        source: 'technique:a',
        target: 'technique:b',
        confidence: 0.8,
        evidence: [{ quote: 'A uses B', method: 'CURATED', confidence: 0.8, document: { title: 'T', url: null } }],
      },
      {
        id: 'technique:a EXTENDS technique:b',
        type: 'EXTENDS',
        source: 'technique:a',
        target: 'technique:b',
        confidence: 1,
      },
    ],
  });
});

it('an answer without ids of entities, or no answer at all, has nothing to draw', () => {
  for (const answer of [
    undefined,
    null,
    {},
    { stats: { documents: 84 } },
    { nodes: [{ name: 'A' }], id: 'document:d' },
  ])
    expect(graphIn(answer)).toEqual({ nodes: [], edges: [] });
});

it('of a fact only what was asked is known', () => {
  const ends = { source: { id: 'technique:a' }, target: { id: 'technique:b' } };
  const { edges } = graphIn([{ type: 'USES', ...ends, evidence: [{ quote: 'A uses B' }] }]);
  expect(edges.map(({ evidence }) => evidence)).toEqual([
    [{ quote: 'A uses B', method: null, confidence: null, document: { title: '', url: null } }],
  ]);
});

it('relations and facts are no things of their own, whatever is asked of them', async () => {
  const engine = await seeded(await openEmbedded());
  const { data } = await ask(engine, EntityPageDocument.toString(), { id: 'technique:dmd2' });
  const { entity } = data as { entity: { id: string; relations: { edges: { node: { id: string } }[] } } };
  const facts = {
    nodes: [
      { id: 'technique:fact', quote: null },
      { id: 'technique:fact-too', method: 'CURATED' },
    ],
  };
  const named = [entity, ...entity.relations.edges.map(({ node }) => node)].map(({ id }) => id);
  // Besides these only papers, which say so.
  const things = (ids: readonly string[]) => [...new Set(ids)].filter((id) => !id.startsWith('paper:')).sort();
  expect(things(graphIn({ entity, facts }).nodes.map(({ id }) => id))).toEqual(things(named));
  await engine.close();
});
