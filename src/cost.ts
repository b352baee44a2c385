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

/** What a selection set may have: its rows, and whether it makes a list of the field that it belongs to. */
interface Cost {
  rows: number;
  list: boolean;
}

/** Validation rule: refuses a request whose nested lists could have more than 2,000,000 rows. */
export const boundedRows: ValidationRule = (context: ValidationContext) => {
  const known = new Map<string, Cost>();
  const costOf = (set: SelectionSetNode | undefined, within: ReadonlySet<string>): Cost =>
    (set?.selections ?? []).reduce<Cost>(
      (sum, selection) => {
        const { rows, list } =
          selection.kind === Kind.INLINE_FRAGMENT
            ? costOf(selection.selectionSet, within)
            : selection.kind === Kind.FRAGMENT_SPREAD
              ? costOfFragment(selection.name.value, within)
              : costOfField(selection, within);
        return { rows: sum.rows + rows, list: sum.list || list };
      },
      { rows: 0, list: false },
    );
  const costOfField = (field: FieldNode, within: ReadonlySet<string>): Cost => {
    const inner = costOf(field.selectionSet, within);
    const rows = (rowsOf(field) ?? (inner.list ? 20 : 1)) * Math.max(1, inner.rows);
    return { rows, list: LISTS.has(field.name.value) };
  };
  const costOfFragment = (name: string, within: ReadonlySet<string>): Cost => {
    if (within.has(name)) return { rows: 0, list: false };
    const cost = known.get(name) ?? costOf(context.getFragment(name)?.selectionSet, new Set([...within, name]));
    known.set(name, cost);
    return cost;
  };
  return {
    OperationDefinition: (operation) => {
      const { rows } = costOf(operation.selectionSet, new Set());
      if (rows <= ROWS_MAX) return;
      const message = `the nested lists of this request could have ${String(rows)} rows; at most ${String(ROWS_MAX)} may be asked, so give a smaller first or ask in several requests`;
      context.reportError(new GraphQLError(message, { nodes: operation }));
    },
  };
};
