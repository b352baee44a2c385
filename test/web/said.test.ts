/** What the page of a paper shows of its text: every word that a fact quotes, every fact that is not about the paper itself. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { saidIn, quotesIn } from '../../src/web/explorer/entity/said.js';
import { EntityPageDocument } from '../../src/web/generated/graphql.js';
import type { EntityPageQuery } from '../../src/web/generated/graphql.js';
import { ask, openEmbedded, seeded } from '../testkit.js';

type Paper = Extract<NonNullable<EntityPageQuery['entity']>, { __typename: 'Paper' }>;

let engine: Engine;
beforeAll(async () => {
  engine = await seeded(await openEmbedded());
});
afterAll(() => engine.close());

const paperOf = async (id: string): Promise<Paper> => {
  const { data } = await ask(engine, EntityPageDocument.toString(), { id });
  return data?.['entity'] as Paper;
};

it('every quote of every paper of the seed is marked, in its title or in its abstract', async () => {
  const { data } = await ask(engine, '{ papers(first: 100) { nodes { id } } }');
  const { nodes } = (data as { papers: { nodes: { id: string }[] } }).papers;
  let quoted = 0;
  for (const { id } of nodes) {
    const { name, abstract, facts } = await paperOf(id);
    const evidence = facts.edges.map(({ node }) => node);
    expect(facts.pageInfo.hasNextPage).toBe(false);
    const marked = [
      ...quotesIn(name, 0, evidence).map(({ id: fact, start, end }) => [fact, name.slice(start, end)]),
      ...quotesIn(abstract ?? '', name.length + 2, evidence).map(({ id: fact, start, end }) => [
        fact,
        abstract?.slice(start, end),
      ]),
    ];
    const quotes = evidence.flatMap((fact) => (fact.quote ? [[fact.id, fact.quote]] : []));
    expect(marked.sort()).toEqual(quotes.sort());
    quoted += quotes.length;
  }
  expect(quoted).toBeGreaterThan(800);
});

it('what a paper states is under what it introduces, and what is about neither under what it is about', async () => {
  const { id, facts } = await paperOf('paper:improved-distribution-matching-distillation-for-fast-image-synthesis');
  const said = saidIn(id, facts.edges).map(({ about, steps }) => [
    about.name,
    steps.map(({ direction, node, relation }) => `${direction} ${relation.type} ${node.name}`).sort(),
  ]);
  expect(said).toEqual([
    [
      'DMD2',
      [
        'IN PART_OF two time-scale update rule',
        'OUT APPLIED_TO SDXL',
        'OUT EVALUATED_ON COCO 2014',
        'OUT EVALUATED_ON ImageNet-64x64',
        'OUT EXTENDS Distribution Matching Distillation',
        'OUT USES generative adversarial network',
        'OUT USES two time-scale update rule',
      ],
    ],
    [
      'Distribution Matching Distillation',
      ['OUT APPLIED_TO diffusion model', 'OUT IS_A diffusion distillation', 'OUT USES regression loss'],
    ],
  ]);
});
