/** What a GraphQL request may cost, judged before it runs: how many rows its nested lists could have. */
import { GraphQLError, Kind } from 'graphql';
import type { FieldNode, SelectionSetNode, ValidationContext, ValidationRule } from 'graphql';

/** Three nested lists of 100 may be asked; four may not. */
const ROWS_MAX = 2_000_000;

/** How many rows a field says it may have, by `first` or `limit`; a variable counts as 100. Null where it says nothing. */
function rowsOf({ arguments: given = [] }: FieldNode): number | null {
  const bound = given.find(({ name }) => name.value === 'first' || name.value === 'limit');
  if (!bound) return null;
  return bound.value.kind === Kind.INT ? Math.max(1, Number(bound.value.value)) : 100;
}

/** A field with one of these below it is a list; where it says no bound it counts as 20 rows. */
const LISTS = new Set(['edges', 'nodes', 'evidence', 'results', 'steps', 'highlights']);

/** Validation rule: refuses a request whose nested lists could have more than 2,000,000 rows. */
export const boundedRows: ValidationRule = (context: ValidationContext) => {
  const known = new Map<string, number>();
  const rowsIn = (set: SelectionSetNode | undefined, within: ReadonlySet<string>): number =>
    (set?.selections ?? []).reduce((sum, selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + rowsIn(selection.selectionSet, within);
      if (selection.kind === Kind.FRAGMENT_SPREAD) return sum + rowsOfFragment(selection.name.value, within);
      const inner = rowsIn(selection.selectionSet, within);
      const page = selection.selectionSet?.selections.some(
        (child) => child.kind === Kind.FIELD && LISTS.has(child.name.value),
      );
      return sum + (rowsOf(selection) ?? (page ? 20 : 1)) * Math.max(1, inner);
    }, 0);
  const rowsOfFragment = (name: string, within: ReadonlySet<string>): number => {
    if (within.has(name)) return 0;
    const rows = known.get(name) ?? rowsIn(context.getFragment(name)?.selectionSet, new Set([...within, name]));
    known.set(name, rows);
    return rows;
  };
  return {
    OperationDefinition: (operation) => {
      const rows = rowsIn(operation.selectionSet, new Set());
      if (rows <= ROWS_MAX) return;
      const message = `the nested lists of this request could have ${String(rows)} rows; at most ${String(ROWS_MAX)} may be asked, so give a smaller first or ask in several requests`;
      context.reportError(new GraphQLError(message, { nodes: operation }));
    },
  };
};
