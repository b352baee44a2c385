/** Exports over HTTP: streamed, errors in JSON before the first byte, a broken connection for those after it. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { ErrorCode } from '../errors.js';
import { StemmaError } from '../errors.js';
import type { CallOptions, Engine } from '../graph/engine.js';
import { graphOf } from '../graph/graph.js';
import { inChunks } from './chunks.js';
import { getFormat } from './formats.js';
import { questionOf } from './question.js';
import { select } from './select.js';

const STATUS: Partial<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  AMBIGUOUS: 409,
  DEADLINE_EXCEEDED: 504,
  SERVICE_UNAVAILABLE: 503,
};

/** A name for the file: what is exported, in letters that every file system takes. */
const fileName = (title: string, extension: string): string => {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${name === '' ? 'export' : name}.${extension}`;
};

/** What came before the stream failed decides whether anything is sent at all. */
async function* from(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** Mounts `GET /export/<format>`. `options` hold for every call to the engine. */
export function registerExport(app: FastifyInstance, engine: Engine, options: CallOptions): void {
  app.get<{ Params: { format: string } }>(
    '/export/:format',
    {
      errorHandler: (error, _, reply) => {
        if (!(error instanceof StemmaError)) throw error;
        const { message, code, details } = error;
        void reply
          .status(STATUS[code] ?? 500)
          .type('application/json')
          .send({ errors: [{ message, extensions: { ...details, code } }] });
      },
    },
    async (request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => {
        gone.abort();
      });
      const { write, type, extension } = getFormat(request.params.format);
      const question = questionOf(new URL(request.url, 'http://localhost').searchParams);
      const selection = await select(graphOf(engine, { ...options, signal: gone.signal }), question);
      const text = inChunks(write(selection));
      const first = await text.next();
      return reply
        .type(`${type}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="${fileName(selection.title, extension)}"`)
        .header('x-stemma-complete', String(selection.complete))
        .header('x-stemma-truncated-by', selection.truncatedBy.join(', '))
        .send(Readable.from(from(first.done ? '' : first.value, text), { objectMode: false, highWaterMark: 65_536 }));
    },
  );
}
