/** What a question needs of an engine: reading, within the deadline of the request it belongs to. */
import type { CallOptions, Engine, Params, Statement } from './engine.js';

export interface Reader {
  read: <Row>(statement: Statement<Row>, params: Params) => Promise<Row[]>;
  search: (...args: Parameters<Engine['search']>) => ReturnType<Engine['search']>;
}

/** Binds an engine to one request. */
export const readerOf = (engine: Engine, options: CallOptions): Reader => ({
  read: (statement, params) => engine.read(statement, params, options),
  search: (query, limit) => engine.search(query, limit, options),
});
