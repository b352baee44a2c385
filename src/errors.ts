/** What can go wrong in words a client can act on. Anything else that is thrown is a defect and stays masked. */
export type ErrorCode =
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'AMBIGUOUS'
  | 'DEADLINE_EXCEEDED'
  | 'SERVICE_UNAVAILABLE'
  | 'STORE_IN_USE'
  | 'STORE_TOO_NEW';

/** An error whose message is meant for whoever asked; `details` are shown beside the code. */
export class StemmaError extends Error {
  override name = 'StemmaError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A bad argument, named. */
export const badInput = (argument: string, message: string): StemmaError =>
  new StemmaError('BAD_USER_INPUT', `${argument}: ${message}`, { argument });

export const notFound = (argument: string, id: string): StemmaError =>
  new StemmaError('NOT_FOUND', `${argument}: nothing in the graph has the id ${JSON.stringify(id)}`, { argument, id });

/** A name that means several; `todo` says how to mean one. */
export const ambiguous = (argument: string, name: string, ids: readonly string[], todo: string): StemmaError =>
  new StemmaError('AMBIGUOUS', `${argument}: ${JSON.stringify(name)} means ${ids.join(', ')}; ${todo}`, {
    argument,
    ids,
  });

/** The message of whatever was thrown. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
