/** What a GraphQL document must not be: too long or too deep, before it is parsed; of a kind that is not served. */
import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import type { ValidationRule } from 'graphql';

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
