/** What a question needs of an engine: reading, within the deadline of the request it belongs to. */
import { StemmaError } from '../errors.js';
import type { CallOptions, Engine, Params, Statement } from './engine.js';
import { DEADLINE, withinDeadline } from './engine.js';

/** A read that its question can do without has half of the request's time, so that the rest is still answered. */
export type Need = 'needed' | 'welcome';

export interface Reader {
  read: <Row>(statement: Statement<Row>, params: Params, need?: Need) => Promise<Row[]>;
  search: (...args: Parameters<Engine['search']>) => ReturnType<Engine['search']>;
}

/** Binds an engine to what is asked of it; every call has the deadline for itself. */
export const readerOf = (engine: Engine, options: CallOptions): Reader => ({
  read: (statement, params) => engine.read(statement, params, options),
  search: (query, limit) => engine.search(query, limit, options),
});

/** Binds an engine to one request: all its calls together have one deadline, which counts from now. */
export function requestReaderOf(engine: Engine, { deadline = DEADLINE, ...options }: CallOptions): Reader {
  const from = performance.now();
  const late = (what: string, cause?: unknown): StemmaError => {
    const said = `the request took longer than ${String(deadline)} ms, up to ${what}; ask for less or raise the deadline`;
    return new StemmaError('DEADLINE_EXCEEDED', said, {}, { cause });
  };
  const inTime = async <T>(what: string, share: number, call: (options: CallOptions) => Promise<T>): Promise<T> => {
    const left = (): number => Math.ceil(from + deadline * share - performance.now());
    const within = left();
    if (within <= 0) throw late(what);
    try {
      return await call({ ...options, deadline: within });
    } catch (error) {
      throw error instanceof StemmaError && error.code === 'DEADLINE_EXCEEDED' && left() <= 0
        ? late(what, error)
        : error;
    }
  };
  return {
    read: (statement, params, need = 'needed') =>
      inTime(statement.name, need === 'needed' ? 1 : 0.5, (within) => engine.read(statement, params, within)),
    // It may be several calls.
    search: (query, limit) =>
      inTime('the search', 1, (within) => withinDeadline('search', within, engine.search(query, limit, within))),
  };
}
