/** The pages over HTTP: what vite built, the explorer at each of its addresses, the schema as text. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { sdl } from './api.js';
import { fromPackage } from './files.js';
import { PAGE_PATHS } from './paths.js';

/** An asset's name holds a hash of its content, so it never changes; everything else is asked for again. */
const cacheControl = (path: string): string =>
  path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';

/** Registers every address that a browser opens. An unknown one is a 404 that a browser can read. */
export async function registerPages(app: FastifyInstance): Promise<void> {
  const web = fromPackage('dist', 'web');
  app.get('/schema.graphql', (_, reply) => reply.type('text/plain; charset=utf-8').send(sdl()));
  const built = existsSync(web);
  const page = (file: string) => {
    const html = built ? readFileSync(join(web, file)) : null;
    return (reply: FastifyReply, status = 200) =>
      html === null
        ? reply.status(503).type('text/plain').send('The pages are not built; run: npm run build')
        : reply.status(status).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html);
  };
  if (built)
    await app.register(fastifyStatic, {
      root: web,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      // The pages have addresses of their own, and compressed copies are no files to ask for.
      globIgnore: ['*.html', '**/*.{br,gz}'],
      setHeaders: (reply, path) => void reply.header('cache-control', cacheControl(path.replaceAll('\\', '/'))),
    });
  const explorer = page('index.html');
  const playground = page('playground.html');
  for (const path of PAGE_PATHS) app.get(path, (_, reply) => explorer(reply));
  app.get('/playground', (_, reply) => playground(reply));
  app.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' && request.headers.accept?.includes('text/html')) return explorer(reply, 404);
    const message = `nothing is at ${request.method} ${request.url.slice(0, 200)}`;
    return reply.status(404).send({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
  });
}
