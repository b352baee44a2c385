/** What a request asks of the entities in its answer, so that what it does not ask need not be looked up. */
import { Kind } from 'graphql';
import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';
import type { Context } from './api.js';
import type { Counted } from './graph/stats.js';
import type { Entity } from './model.js';

/** The names of fields, each fragment gone through once. */
function* fieldsIn(
  set: SelectionSetNode | undefined,
  info: GraphQLResolveInfo,
  seen = new Set<string>(),
): Generator<string> {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) yield selection.name.value;
    else if (selection.kind === Kind.INLINE_FRAGMENT) yield* fieldsIn(selection.selectionSet, info, seen);
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      yield* fieldsIn(info.fragments[selection.name.value]?.selectionSet, info, seen);
    }
  }
}

/** Whether a request asks for one of some fields of what a field gives. */
const asksFor = (names: readonly string[], info: GraphQLResolveInfo): boolean =>
  info.fieldNodes.some((node) => [...fieldsIn(node.selectionSet, info)].some((field) => names.includes(field)));

/** What takes longest to read of an entity. */
const LONG = new Set(['aliases', 'description', 'abstract']);

/** A document is parsed once and asked often. */
const long = new WeakMap<FieldNode, boolean>();

/** Whether a request asks for something long, however deep below what a field gives. */
function asksForLong({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const seen = new Set<string>();
  const among = (set: SelectionSetNode | undefined): boolean =>
    (set?.selections ?? []).some((selection) => {
      if (selection.kind !== Kind.FRAGMENT_SPREAD)
        return (selection.kind === Kind.FIELD && LONG.has(selection.name.value)) || among(selection.selectionSet);
      const { value: name } = selection.name;
      if (seen.has(name)) return false;
      seen.add(name);
      return among(fragments[name]?.selectionSet);
    });
  return fieldNodes.some((node) => {
    const asks = long.get(node) ?? among(node.selectionSet);
    long.set(node, asks);
    return asks;
  });
}

/** What a request asks of a page of entities. */
export const ofPage = (info: GraphQLResolveInfo) => ({
  counted: asksFor(['totalCount'], info),
  whole: asksForLong(info),
});

/** What a request asks of a neighbourhood. */
export const ofNeighborhood = (info: GraphQLResolveInfo) => ({
  beyond: asksFor(['frontier', 'complete', 'truncatedBy'], info),
});

/** What a request asks of the graph as a whole. */
export const ofStats = (info: GraphQLResolveInfo): Counted => ({
  documents: asksFor(['documents'], info),
  kinds: asksFor(['entities', 'kinds'], info),
  types: asksFor(['relations', 'facts', 'types'], info),
});

/** What a field may ask of an entity: no more than its id tells, its name too, or anything. */
type Asked = 'id' | 'name' | 'anything';

/** An entity that is in the graph, by what is known of it before it is looked up. */
export type Known = Pick<Entity, 'id'> & Partial<Pick<Entity, 'name'>>;

/** Resolvers for entities, which are looked up only where a request asks more of them than `byId`, what ids tell, or names. */
export function lookUpsOf(byId: readonly string[]) {
  const withId = new Set(['__typename', 'id', ...byId]);
  const withName = new Set([...withId, 'name', 'title']);
  /** A document is parsed once and asked often. */
  const read = new WeakMap<FieldNode, Asked>();
  /** On whatever type, skipped fields included. */
  const askedOf = (node: FieldNode, info: GraphQLResolveInfo): Asked => {
    const known = read.get(node);
    if (known) return known;
    const fields = [...fieldsIn(node.selectionSet, info)];
    const only = (some: ReadonlySet<string>): boolean => fields.every((field) => some.has(field));
    const asked = only(withId) ? 'id' : only(withName) ? 'name' : 'anything';
    read.set(node, asked);
    return asked;
  };
  const enough = ({ name }: Known, info: GraphQLResolveInfo): boolean =>
    info.fieldNodes.every((node) => {
      const asked = askedOf(node, info);
      return asked === 'id' || (asked === 'name' && name !== undefined);
    });
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
