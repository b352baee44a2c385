/** A chat endpoint for tests: a local HTTP server that says, or does, what each request is given. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  path: string;
  headers: IncomingHttpHeaders;
  body: { model: string; temperature: number; messages: { role: string; content: string }[]; response_format: unknown };
  /** The document that it is about. */
  content: string;
}

/** What the endpoint does with its n-th request, counted from 1. */
export type Reply = (response: ServerResponse, asked: Asked, n: number) => unknown;

/** A reply that says a text as a model does; without tokens it does not count them. */
export const says =
  (text: string | object, tokens?: number): Reply =>
  (response) => {
    const content = typeof text === 'string' ? text : JSON.stringify(text);
    const usage = tokens === undefined ? {} : { usage: { total_tokens: tokens } };
    sends(200, { choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }], ...usage })(response);
  };

/** A reply with a status and a body, which is JSON unless it is a text. */
export const sends =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };

/** The first reply to the first request, and so on; the last one to all that follow. */
export const inTurn =
  (...replies: Reply[]): Reply =>
  (response, asked, n) =>
    (replies[n - 1] ?? replies.at(-1))?.(response, asked, n);

/** Starts an endpoint at a port of its own. */
export async function startChat(reply: Reply): Promise<{ url: string; asked: Asked[]; stop: () => void }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked['body'];
      const one = {
        path: request.url ?? '',
        headers: request.headers,
        body,
        content: body.messages.at(-1)?.content ?? '',
      };
      asked.push(one);
      reply(response, one, asked.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/v1`,
    asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
