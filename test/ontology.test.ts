import type { GraphQLArgument, GraphQLNamedType, NameNode, StringValueNode } from 'graphql';
import { isEnumType, isInterfaceType, isObjectType, Kind, parse, printSchema, visit } from 'graphql';
import { expect, it } from 'vitest';
import { buildApi } from '../src/api.js';
import {
  ENTITY_KINDS, forbids, kindOfId, KINDS, LINEAGE_TYPES, ONTOLOGY, RELATION_TYPES, ruleOf, withLineage,
} from '../src/ontology.js'; // prettier-ignore
import { openEmbedded, ask } from './testkit.js';

const api = buildApi();

const enumOf = (name: string): string[] => {
  const type = api.getType(name);
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
};

const argumentOf = ({ name, type, defaultValue }: GraphQLArgument): string =>
  `${name}: ${String(type)}${defaultValue === undefined ? '' : ` = ${JSON.stringify(defaultValue)}`}`;

/** The fields of a type with their arguments, as the SDL writes them. */
const fieldsOf = (type: GraphQLNamedType | undefined): [string, string][] =>
  isObjectType(type)
    ? Object.values(type.getFields()).map((field) => [
        field.name,
        `(${field.args.map(argumentOf).join(', ')}): ${String(field.type)}`,
      ])
    : [];

/** The nodes of a schema that can carry a description. */
const DESCRIBED = [
  Kind.SCALAR_TYPE_DEFINITION, Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION, Kind.UNION_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION, Kind.ENUM_VALUE_DEFINITION, Kind.INPUT_OBJECT_TYPE_DEFINITION, Kind.INPUT_VALUE_DEFINITION,
  Kind.FIELD_DEFINITION, Kind.DIRECTIVE_DEFINITION,
]; // prettier-ignore

interface Described {
  name: NameNode;
  description?: StringValueNode;
}

const SHORTCUT = '(first: Int = 20, after: String, minConfidence: Float): RelationConnection!';

it('names the same kinds and relation types as the schema, in the same order', () => {
  expect(enumOf('EntityKind')).toEqual(KINDS);
  expect(enumOf('RelationType')).toEqual(RELATION_TYPES);
});

it('has a type that implements Entity for every kind and no other', () => {
  const entity = api.getType('Entity');
  const types = isInterfaceType(entity) ? api.getPossibleTypes(entity).map(({ name }) => name) : [];
  expect(types.sort()).toEqual(KINDS.map((kind): string => ENTITY_KINDS[kind].label).sort());
});

it('has exactly the shortcuts of the table on every kind', () => {
  for (const kind of KINDS) {
    const expected = RELATION_TYPES.flatMap((type) => {
      const { endpoints, sourceField, targetField } = ruleOf(type);
      return [
        ...(endpoints.some(([source]) => source === kind) ? [sourceField] : []),
        ...(endpoints.some(([, target]) => target === kind) ? [targetField] : []),
      ];
    });
    const fields = fieldsOf(api.getType(ENTITY_KINDS[kind].label));
    const actual = fields.filter(
      ([name, signature]) => signature.endsWith('RelationConnection!') && name !== 'relations',
    );
    expect(Object.fromEntries(actual), kind).toEqual(Object.fromEntries(expected.map((name) => [name, SHORTCUT])));
  }
});

it('uses no shortcut name twice', () => {
  const names = RELATION_TYPES.flatMap((type) => [ONTOLOGY[type].sourceField, ONTOLOGY[type].targetField]);
  expect(new Set(names).size).toBe(names.length);
});

it('gives a relation the same endpoints at most once', () => {
  for (const type of RELATION_TYPES) {
    const pairs = ruleOf(type).endpoints.map(([source, target]) => `${source} ${target}`);
    expect(new Set(pairs).size, type).toBe(pairs.length);
  }
});

it('says which end of a relation is the ancestor', () => {
  expect({ forward: withLineage('forward'), reverse: withLineage('reverse'), none: withLineage(null) }).toEqual({
    forward: ['INTRODUCES', 'DISTILLS_INTO', 'PART_OF', 'IMPLEMENTED_IN'],
    reverse: ['USES', 'EXTENDS', 'DERIVED_FROM', 'TRAINED_ON', 'GENERATED_BY', 'IS_A', 'CITES'],
    none: ['STUDIES', 'EVALUATED_ON', 'COMPARES_WITH', 'OUTPERFORMS', 'APPLIED_TO'],
  });
  expect([...LINEAGE_TYPES].sort()).toEqual([...withLineage('forward'), ...withLineage('reverse')].sort());
});

it('allows exactly the endpoints of the table', () => {
  for (const type of RELATION_TYPES)
    for (const source of KINDS)
      for (const target of KINDS) {
        const listed = ruleOf(type).endpoints.some(([from, to]) => from === source && to === target);
        expect(forbids(type, source, target) === null, `${source} ${type} ${target}`).toBe(listed);
      }
});

it('says what a forbidden relation may join', () => {
  expect(forbids('DISTILLS_INTO', 'MODEL', 'DATASET')).toBe(
    'DISTILLS_INTO cannot join Model → Dataset; it joins Model → Model, Dataset → Dataset',
  );
});

it('reads the kind off an id', () => {
  for (const kind of KINDS) expect(kindOfId(`${kind.toLowerCase()}:a:b`)).toBe(kind);
  const others = [
    '',
    'paper',
    ':paper',
    'PAPER:a',
    'Paper:a',
    'person:a',
    'papers:a',
    'constructor:a',
    '__proto__:a',
    'document:a',
    ' paper:a',
  ];
  expect(others.map(kindOfId)).toEqual(others.map(() => null));
});

it('is readable through the API as it stands in the code', async () => {
  const engine = await openEmbedded();
  const { data } = await ask(
    engine,
    '{ ontology { type verb inverse means lineage sourceField targetField endpoints { source target } } }',
  );
  expect(data).toEqual({
    ontology: RELATION_TYPES.map((type) => {
      const { endpoints, lineage, ...words } = ruleOf(type);
      const pairs = endpoints.map(([source, target]) => ({ source, target }));
      return { type, ...words, lineage: lineage?.toUpperCase() ?? null, endpoints: pairs };
    }),
  });
  await engine.close();
});

it('describes every type, field, argument and value of the schema', () => {
  const silent: string[] = [];
  const within: string[] = [];
  const enter = (node: Described): void => {
    within.push(node.name.value);
    if ((node.description?.value ?? '').trim() === '') silent.push(within.join('.'));
  };
  const each = { enter, leave: () => void within.pop() };
  visit(parse(printSchema(api)), Object.fromEntries(DESCRIBED.map((kind) => [kind, each])));
  expect(silent).toEqual([]);
});
