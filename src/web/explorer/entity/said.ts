/** What a paper states, arranged for its page: the words that do, and what is said of whom. */
import type { EntityPageQuery, NamedFragment, ProofFragment, StepFragment } from '../../generated/graphql.js';
import type { Quoted } from '../facts/spans.js';

type Paper = Extract<NonNullable<EntityPageQuery['entity']>, { __typename: 'Paper' }>;
type Fact = Paper['facts']['edges'][number];

/** The quotes within a part of a paper's title, blank line and text that begins at `offset`; what stands elsewhere is left out. */
export function quotesIn(part: string, offset: number, facts: readonly ProofFragment[]): Quoted[] {
  return facts.flatMap(({ id, start, end, quote }) => {
    if (typeof start !== 'number' || typeof end !== 'number') return [];
    const place = { start: start - offset, end: end - offset };
    return place.start >= 0 && part.slice(place.start, place.end) === quote ? [{ id, ...place }] : [];
  });
}

/**
 * What a paper states that is not about itself, by what it is about: the thing that it introduces, else where the
 * relation starts. What it introduces comes first, then the others in the order of its words.
 */
export function saidIn(paper: string, facts: readonly Fact[]): { about: NamedFragment; steps: StepFragment[] }[] {
  const introduced = new Set(
    facts.flatMap(({ relation }) => (relation.type === 'INTRODUCES' ? [relation.target.id] : [])),
  );
  const groups = new Map<string, { about: NamedFragment; steps: Map<string, StepFragment> }>();
  for (const { relation, node } of facts) {
    const { source, target, ...rest } = relation;
    if (source.id === paper || target.id === paper) continue;
    const outward = introduced.has(source.id) || !introduced.has(target.id);
    const [about, other] = outward ? [source, target] : [target, source];
    const group = groups.get(about.id) ?? { about, steps: new Map<string, StepFragment>() };
    groups.set(about.id, group);
    const evidence = [...(group.steps.get(rest.id)?.relation.evidence ?? []), node];
    group.steps.set(rest.id, {
      direction: outward ? 'OUT' : 'IN',
      node: other,
      relation: { ...rest, evidence, evidenceCount: evidence.length, results: [] },
    });
  }
  return [...groups.values()]
    .map(({ about, steps }) => ({ about, steps: [...steps.values()] }))
    .sort((one, other) => Number(introduced.has(other.about.id)) - Number(introduced.has(one.about.id)));
}
