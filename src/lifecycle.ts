/** What keeps the server honest with who watches it: whether it lives, whether it can be asked, and an orderly end. */
import { Server as NetServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { StemmaError } from './errors.js';
import type { Engine } from './graph/engine.js';

/** Answers /healthz while the process lives, and /readyz with 200 only while the database answers and the store is ready. */
export function registerHealth(
  app: FastifyInstance,
  engine: Engine,
  { instance, unready, stopping }: { instance: string; unready: () => string | null; stopping: () => boolean },
): void {
  app.get('/healthz', () => ({ status: 'alive', instance }));
  app.get('/readyz', async (_, reply) => {
    if (stopping()) return reply.status(503).send({ status: 'stopping' });
    const reason = unready();
    if (reason !== null) return reply.status(503).send({ status: 'not ready', reason });
    try {
      const { engine: name, version } = await engine.status();
      return await reply.send({ status: 'ready', engine: name, version });
    } catch (error) {
      return reply.status(503).send({
        status: 'not ready',
        reason: error instanceof StemmaError ? error.message : 'the database does not answer',
      });
    }
  });
}

/** How long a shutdown waits in all, and how long nothing must be under way before it closes, in milliseconds. */
const DRAIN_MAX = 9_000;
const QUIET = 250;

/** Counts what is under way, so that a shutdown cuts nobody off whose request is already on the wire. */
export function drainingOf(app: FastifyInstance) {
  let underWay = 0;
  let lastSeen = 0;
  const state = { started: false };
  app.addHook('onRequest', (_request, reply, done) => {
    underWay++;
    lastSeen = Date.now();
    reply.raw.once('close', () => {
      underWay--;
      lastSeen = Date.now();
    });
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (state.started) reply.header('connection', 'close');
    done();
  });
  return {
    get started() {
      return state.started;
    },
    async done(): Promise<void> {
      state.started = true;
      // Only the listening ends here: http's own close would also cut connections whose next request is not read yet.
      NetServer.prototype.close.call(app.server);
      const from = Date.now();
      lastSeen = from;
      while (Date.now() - from < DRAIN_MAX && (underWay > 0 || Date.now() - lastSeen < QUIET))
        await new Promise((resolve) => setTimeout(resolve, 20));
    },
  };
}
