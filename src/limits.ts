/** What a GraphQL request must not be: too long or too deep, before it is parsed; of a kind that is not served; with texts that are none. */
import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import type { ValidationRule } from 'graphql';
import { checkText } from './checks.js';

const LENGTH_MAX = 100_000;
const NESTING_MAX = 60;

const OPENING = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Why the document of a request is refused unread, null when it may be parsed. */
export function refusesDocument(request: unknown): string | null {
  const query = typeof request === 'object' && request !== null && 'query' in request ? request.query : null;
  if (typeof query !== 'string') return null;
  if (query.length > LENGTH_MAX)
    return `query: has ${String(query.length)} characters; at most ${String(LENGTH_MAX)} are read`;
  const lexer = new Lexer(new Source(query));
  let nesting = 0;
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      if (OPENING.has(token.kind)) nesting++;
      if (CLOSING.has(token.kind)) nesting--;
      if (nesting > NESTING_MAX) return `query: is nested more than ${String(NESTING_MAX)} brackets deep`;
    }
  } catch {
    // A document that does not even have tokens gets its error, with the place, from the parser.
    return null;
  }
  return null;
}

/** Validation rule: refuses an operation of a kind that the schema has none of, such as a subscription. */
export const servedOperations: ValidationRule = (context) => ({
  OperationDefinition: (node) => {
    if (context.getSchema().getRootType(node.operation)) return;
    context.reportError(new GraphQLError(`this schema has no ${node.operation}`, { nodes: node }));
  },
});

export type AnyResolver<Context> = (parent: unknown, args: unknown, context: Context, info: unknown) => unknown;

/** Each text in the value of an argument. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part);
}

/** Fields that refuse texts which nothing in the graph can have, with NUL or half a surrogate pair. @throws BAD_USER_INPUT */
export const refusingBrokenTexts = <Context>(fields: Record<string, AnyResolver<Context>>) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, resolve]) => [
      name,
      (...[parent, args, context, info]: Parameters<AnyResolver<Context>>) => {
        for (const [argument, value] of Object.entries(args as Record<string, unknown>))
          for (const text of textsIn(value)) checkText(argument, text);
        return resolve(parent, args, context, info);
      },
    ]),
  );
