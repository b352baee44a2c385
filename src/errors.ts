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

/** The message of whatever was thrown. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
