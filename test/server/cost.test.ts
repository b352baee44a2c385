import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { sdl } from '../../src/api.js';
import { boundedRows } from '../../src/cost.js';

const schema = buildSchema(sdl());
const refusals = (query: string): string[] =>
  validate(schema, parse(query), [boundedRows]).map(({ message }) => message.split(' rows;')[0] ?? '');

/** So many lists within each other, each written as `list` writes it around what stands below. */
const nested = (depth: number, list: (below: string) => string): string =>
  `{ entity(id: "technique:knowledge-distillation") { ${Array.from({ length: depth }).reduce<string>(list, 'id')} } }`;

it('counts the rows of lists whose nodes stand in fragments like any others', () => {
  const inline = (below: string): string => `relations { ... on RelationConnection { nodes { ${below} } } }`;
  const named = [0, 1, 2, 3, 4].map((n) => {
    const below = n === 0 ? 'id' : `relations { ...List${String(n - 1)} }`;
    return `fragment List${String(n)} on RelationConnection { nodes { ${below} } }`;
  });
  const refused = ['the nested lists of this request could have 3200000'];
  expect(refusals(nested(4, inline))).toEqual([]);
  expect(refusals(nested(5, inline))).toEqual(refused);
  expect(refusals(`${nested(1, () => 'relations { ...List4 }')} ${named.join(' ')}`)).toEqual(refused);
});
