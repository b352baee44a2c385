/** What a language model is asked to answer: a JSON schema made from the ontology, and its shape as it is read. */
import { z } from 'zod';
import type { EntityKind, RelationType } from '../../ontology.js';
import { ENTITY_KINDS, KINDS, RELATION_TYPES, ruleOf } from '../../ontology.js';

/** How the paper itself is called in an answer. */
export const THIS_PAPER = 'this paper';

const text = z.string().trim().min(1).max(300);
const End = z.object({ kind: z.string(), name: text });

/** An entity as an answer declares it. */
export const AnsweredEntity = End.extend({ aliases: z.array(text).default([]) });

/** A fact as an answer states it; which types and kinds there are is not checked here. */
export const AnsweredFact = z.object({
  type: z.string(),
  from: End,
  to: End,
  quote: z.string().min(1).max(2_000),
  confidence: z.number(),
  via: text.nullish(),
  result: z.object({ metric: text, raw: text, unit: text.nullish(), setting: text.nullish() }).nullish(),
});

export type AnsweredEntity = z.infer<typeof AnsweredEntity>;
export type AnsweredFact = z.infer<typeof AnsweredFact>;

/** The endpoints of a relation type as products: kinds of sources that may have the same kinds of targets. */
export function endpointsOf(type: RelationType): { from: EntityKind[]; to: EntityKind[] }[] {
  const groups: { from: EntityKind[]; to: EntityKind[] }[] = [];
  for (const kind of KINDS) {
    const to = ruleOf(type).endpoints.flatMap(([source, target]) => (source === kind ? [target] : []));
    const alike = groups.find((group) => group.to.join() === to.join());
    if (alike) alike.from.push(kind);
    else if (to.length > 0) groups.push({ from: [kind], to });
  }
  return groups;
}

type Schema = Record<string, unknown>;

/** An object all of whose keys are required, as strict servers want it. */
const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const list = (items: Schema): Schema => ({ type: 'array', items });
const string: Schema = { type: 'string' };
const optional: Schema = { type: ['string', 'null'] };
const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: values });

const result: Schema = {
  anyOf: [object({ metric: string, raw: string, unit: optional, setting: optional }), { type: 'null' }],
};

/** One variant for each relation type and group of endpoints, so that a forbidden fact cannot even be written. */
const variants = RELATION_TYPES.flatMap((type) =>
  endpointsOf(type).map(({ from, to }) =>
    object({
      type: oneOf([type]),
      from: object({ kind: oneOf(from), name: string }),
      to: object({ kind: oneOf(to), name: string }),
      quote: string,
      confidence: { type: 'number' },
      ...(type === 'DERIVED_FROM' ? { via: optional } : {}),
      ...(type === 'EVALUATED_ON' ? { result } : {}),
    }),
  ),
);

/** The schema of an answer. Entities come first, so that an answer that is cut off has lost facts only. */
export const ANSWER_SCHEMA: Schema = object({
  entities: list(object({ kind: oneOf(KINDS), name: string, aliases: list(string) })),
  facts: list({ anyOf: variants }),
});

const listed = (kinds: readonly EntityKind[]): string => kinds.join(' | ');

/** The same table in words, a line a kind and a line a relation type. */
export const ONTOLOGY_IN_WORDS = [
  'Kinds of entities:',
  ...KINDS.map((kind) => `- ${kind}: ${ENTITY_KINDS[kind].means}`),
  'Types of facts, with the kinds that they may join:',
  ...RELATION_TYPES.map((type) => {
    const ends = endpointsOf(type).map(({ from, to }) => `${listed(from)} → ${listed(to)}`);
    return `- ${type} (${ends.join('; ')}): ${ruleOf(type).means}`;
  }),
].join('\n');
