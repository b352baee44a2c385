/** What the server tells of itself to Prometheus, at /metrics. */
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { StemmaError } from './errors.js';
import type { Engine } from './graph/engine.js';

/** Upper bounds of the times that are counted together, in seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The figures of one server; every server of a process has its own. */
export function measuresOf() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'stemma_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  const statements = new Histogram({
    name: 'stemma_statement_duration_seconds',
    help: 'Time that the engine took for a statement of the closed set, a transaction or a text search',
    labelNames: ['engine', 'statement'],
    buckets: SECONDS,
    registers: [registry],
  });
  const failures = new Counter({
    name: 'stemma_statement_failures_total',
    help: 'Statements that the engine did not answer, by the code that clients get',
    labelNames: ['engine', 'statement', 'code'],
    registers: [registry],
  });

  /** An engine whose calls are timed. */
  const timed = (engine: Engine): Engine => {
    const call = async <T>(statement: string, answer: Promise<T>): Promise<T> => {
      const labels = { engine: engine.dialect, statement };
      const end = statements.startTimer(labels);
      try {
        return await answer;
      } catch (error) {
        failures.inc({ ...labels, code: error instanceof StemmaError ? error.code : 'INTERNAL_SERVER_ERROR' });
        throw error;
      } finally {
        end();
      }
    };
    return {
      ...engine,
      read: (statement, ...rest) => call(statement.name, engine.read(statement, ...rest)),
      write: (...write) => call('write', engine.write(...write)),
      search: (...query) => call('search', engine.search(...query)),
    };
  };

  /** Times every request of an app and answers /metrics with all figures, as Prometheus reads them. */
  const register = (app: FastifyInstance): void => {
    app.addHook('onResponse', (request, reply, done) => {
      const { url: route = 'none' } = request.routeOptions;
      requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
      done();
    });
    app.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  };

  return { timed, register };
}
