/** What a request asks of the entities in its answer, so that what it does not ask need not be looked up. */
import { Kind } from 'graphql';
import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import type { Context } from './api.js';
import type { Entity } from './model.js';

/** A document is parsed once and asked often. */
const read = new WeakMap<FieldNode, ReadonlySet<string>>();

function* fieldsIn(set: SelectionSetNode | undefined, info: GraphQLResolveInfo): Generator<string> {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) yield selection.name.value;
    else if (selection.kind === Kind.INLINE_FRAGMENT) yield* fieldsIn(selection.selectionSet, info);
    else yield* fieldsIn(info.fragments[selection.name.value]?.selectionSet, info);
  }
}

function fieldsOf(node: FieldNode, info: GraphQLResolveInfo): ReadonlySet<string> {
  const fields = read.get(node) ?? new Set(fieldsIn(node.selectionSet, info));
  read.set(node, fields);
  return fields;
}

/** Whether of what a field gives only some fields are asked, on whatever type, skipped ones included. */
const asksOnly = (some: ReadonlySet<string>, info: GraphQLResolveInfo): boolean =>
  info.fieldNodes.every((node) => [...fieldsOf(node, info)].every((field) => some.has(field)));

/** An entity that is in the graph, by what is known of it before it is looked up. */
export type Known = Pick<Entity, 'id'> & Partial<Pick<Entity, 'name'>>;

/** Resolvers for entities, which are looked up only where a request asks more of them than `byId`, what ids tell, or names. */
export function lookUpsOf(byId: readonly string[]) {
  const withId = new Set(['__typename', 'id', ...byId]);
  const withName = new Set([...withId, 'name', 'title']);
  const enough = ({ name }: Known, info: GraphQLResolveInfo): boolean =>
    asksOnly(name === undefined ? withId : withName, info);
  const entityOf =
    <Parent, Args>(argument: string, knownIn: (parent: Parent) => Known) =>
    (parent: Parent, _: Args, { graph }: Context, info: GraphQLResolveInfo): Promise<Entity> | Entity => {
      const known = knownIn(parent);
      return enough(known, info) ? (known as Entity) : graph.getEntity(known.id, argument);
    };
  const entitiesOf =
    <Parent, Args>(argument: string, knownIn: (parent: Parent) => readonly Known[]) =>
    (parent: Parent, _: Args, { graph }: Context, info: GraphQLResolveInfo): Promise<Entity[]> | Entity[] => {
      const known = knownIn(parent);
      if (known.every((one) => enough(one, info))) return known as Entity[];
      return Promise.all(known.map(({ id }) => graph.getEntity(id, argument)));
    };
  return { entityOf, entitiesOf };
}
