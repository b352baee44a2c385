/** The HTTP server: Apollo on Fastify, the pages, health, and a shutdown that answers what is connected. */
import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyApollo from '@as-integrations/fastify';
import type { ApolloFastifyContextFunction } from '@as-integrations/fastify';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { buildApi, contextsOf } from './api.js';
import type { Context } from './api.js';
import type { Config } from './config.js';
import { boundedRows } from './cost.js';
import { reasonOf, StemmaError } from './errors.js';
import { registerExport } from './export/route.js';
import type { Engine } from './graph/engine.js';
import { SECURITY_HEADERS } from './headers.js';
import { drainingOf, registerHealth } from './lifecycle.js';
import { refusesDocument, servedOperations } from './limits.js';
import { measuresOf } from './measures.js';
import { registerPages } from './pages.js';

const BODY_MAX = 1_000_000;
const ANSWER_MAX = 5_000_000;

/** What is said of a request that is refused before Apollo sees it, by Fastify's code for why. */
const REFUSALS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: `the request has more than ${String(BODY_MAX)} bytes; send less at a time`,
  FST_ERR_CTP_INVALID_JSON_BODY: 'Invalid JSON in the body of the request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'Invalid JSON: the body of the request is empty',
};

/** In an address that cannot be decoded every % stands for itself, so that it is just one where nothing is. */
function wellEncoded(url: string): string {
  try {
    decodeURI(url);
    return url;
  } catch {
    return url.replaceAll('%', '%25');
  }
}

/** Mounts an Apollo server, which must be started, on Fastify: JSON in, JSON out, also for what is malformed. */
export async function httpApp<C extends BaseContext>(
  apollo: ApolloServer<C>,
  { context, logger }: { context: ApolloFastifyContextFunction<C>; logger?: FastifyBaseLogger },
): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_MAX,
    routerOptions: { ignoreTrailingSlash: true },
    rewriteUrl: ({ url = '/' }) => wellEncoded(url),
    ...(logger ? { loggerInstance: logger } : {}),
  });
  app.setErrorHandler((error: { statusCode?: number; code?: string; message: string }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) logger?.error(error);
    const message = status >= 500 ? 'Internal server error' : (REFUSALS[error.code ?? ''] ?? error.message);
    return reply
      .status(status)
      .send({ errors: [{ message, extensions: { code: status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST' } }] });
  });
  // Behind all that every request passes.
  app.addHook('preParsing', async ({ headers }, reply) => {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity') return;
    const message = `the body is sent with content-encoding ${encoding}; send it as it is`;
    await reply.status(415).send({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
  });
  app.addHook('preHandler', async (request, reply) => {
    const refusal = refusesDocument(request.body ?? request.query);
    if (refusal !== null)
      await reply.status(400).send({ errors: [{ message: refusal, extensions: { code: 'BAD_USER_INPUT' } }] });
  });
  app.addHook('onSend', (request, _reply, payload, done) => {
    const bytes = typeof payload === 'string' ? Buffer.byteLength(payload) : 0;
    if (bytes <= ANSWER_MAX || request.routeOptions.url !== '/graphql') {
      done(null, payload);
      return;
    }
    const message = `the answer has ${String(bytes)} bytes; at most ${String(ANSWER_MAX)} are sent, so ask for less at a time, or for an export`;
    done(null, JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] }));
  });
  await app.register(fastifyApollo(apollo), { path: '/graphql', method: ['GET', 'POST', 'OPTIONS'], context });
  return app;
}

/** What a client may know of an error: ours and GraphQL's own in full, of anything else only that it happened. */
const masked =
  (logger: Logger) =>
  (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(thrown);
    if (original instanceof StemmaError) {
      const { message, code, details } = original;
      return { ...formatted, message, extensions: { ...details, code } };
    }
    const code = formatted.extensions?.['code'];
    if (original instanceof GraphQLError && code !== 'INTERNAL_SERVER_ERROR') return formatted;
    logger.error(original);
    return { ...formatted, message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  };

const REQUEST_ERRORS = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/**
 * No answer is kept by caches. Clients that do not ask for application/graphql-response+json get 200 for a request that
 * is wrong, as the protocol says.
 */
const answerHead: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ request, response: { body, http } }) {
        http.headers.set('cache-control', 'no-store');
        const strict = request.http?.headers.get('accept')?.includes('application/graphql-response+json') ?? false;
        const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
        if (
          !strict &&
          http.status === 400 &&
          errors.some(({ extensions }) => REQUEST_ERRORS.has(String(extensions?.['code'])))
        )
          http.status = 200;
        return Promise.resolve();
      },
    }),
};

export interface RunningServer {
  /** Where to open it: `http://localhost:4000`. */
  url: string;
  /** What /healthz calls this server, so that a command can tell it from another one on the same port. */
  instance: string;
  /** Stops accepting, answers what is connected, then closes; at most 10 s. The engine stays open. */
  stop(): Promise<void>;
}

/** Asked by who watches the server. */
const UNLIMITED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** What every request passes: headers for browsers, Apollo's refusal of other sites, a limit of requests a minute, none where 0. */
async function guard(app: FastifyInstance, requestsPerMinute: number): Promise<void> {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    done();
  });
  // Apollo refuses what another site's page might send unasked. Browsers say so of it; what is typed or comes from a program passes.
  app.addHook('onRequest', (request, _reply, done) => {
    const from = request.headers['sec-fetch-site'] ?? 'none';
    if (request.method === 'GET' && (from === 'none' || from === 'same-origin'))
      request.headers['apollo-require-preflight'] ??= 'yes';
    done();
  });
  if (requestsPerMinute > 0)
    await app.register(rateLimit, {
      max: requestsPerMinute,
      timeWindow: '1 minute',
      allowList: ({ url }) => UNLIMITED.has(url),
    });
}

/**
 * Starts the whole server on an engine, whose database may be away.
 * @param unready why the store is not ready to be asked although it may answer, null when it is
 */
export async function startServer(
  store: Engine,
  config: Config,
  unready: () => string | null = () => null,
): Promise<RunningServer> {
  const logger = pino({ level: config.log });
  const measures = measuresOf();
  const engine = measures.timed(store);
  const apollo = new ApolloServer<Context>({
    schema: buildApi(),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: 10_000 },
    validationRules: [servedOperations, boundedRows],
    formatError: masked(logger),
    logger,
    // Apollo's own cache control goes through every field of every answer to find that none may be kept.
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginCacheControlDisabled(), answerHead],
  });
  await apollo.start();
  const contextOf = contextsOf(engine, config);
  const context = ({ headers }: FastifyRequest) => Promise.resolve(contextOf(headers.authorization));
  const app = await httpApp(apollo, { context, logger });
  const draining = drainingOf(app);
  await guard(app, config.rateLimit);
  measures.register(app);
  await registerPages(app);
  registerExport(app, engine, { deadline: config.deadline });
  const instance = randomUUID();
  registerHealth(app, engine, { instance, unready, stopping: () => draining.started });
  await app.listen({ port: config.port, host: config.host }).catch((cause: unknown) => {
    const where = `${config.host}:${String(config.port)}`;
    throw new StemmaError(
      'SERVICE_UNAVAILABLE',
      `the server cannot listen at ${where} (${reasonOf(cause)}); set PORT to a free port, HOST to an address of this machine`,
      {},
      { cause },
    );
  });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  return {
    url: `http://${['127.0.0.1', '0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host}:${String(port)}`,
    instance,
    stop: async () => {
      await draining.done();
      await app.close();
      await apollo.stop();
    },
  };
}
