/** A server that speaks as much Bolt as a test wants to hear: it does whatever it is asked, but for what the test answers. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { COMMIT, FAILURE, framed, ignored, message, Messages, RESET, RUN, SUCCESS } from './cluster.js';

/** What a message is answered with: a failure by its code, nothing at all, or, undefined, that it is done. */
type Answer = { code: string } | 'silence' | undefined;

export interface Double {
  /** Bolt address */
  uri: string;
  close(): void;
}

/** The bookmark of everything that is written to a double. */
export const BOOKMARK = 'FB:written';

const done = (signature: number): Buffer =>
  message(SUCCESS, {
    server: 'Neo4j/5.26.0',
    connection_id: 'bolt-1',
    ...(signature === RUN ? { fields: ['one'] } : {}),
    ...(signature === COMMIT ? { bookmark: BOOKMARK } : {}),
  });

function speak(client: Socket, answerTo: (signature: number, payload: Buffer) => Answer): void {
  let failed = false;
  const answer = (payload: Buffer): Buffer | null => {
    const signature = payload[1] ?? 0;
    if (signature === RESET) failed = false;
    if (failed) return ignored;
    const given = answerTo(signature, payload);
    if (given === 'silence') return null;
    failed = given !== undefined;
    return given === undefined ? done(signature) : message(FAILURE, { code: given.code, message: 'The test says so.' });
  };
  const heard = new Messages(20);
  client.on('data', (data) => {
    for (const part of heard.of(data)) {
      const said = 'payload' in part ? answer(part.payload) : null;
      // Of the versions of Bolt it knows 5.4 alone.
      if ('handshake' in part) client.write(Buffer.from([0, 0, 4, 5]));
      else if (said) client.write(framed(said));
    }
  });
}

/** Starts something that listens; `greet` is told each client. */
export async function listen(greet: (client: Socket) => void): Promise<Double> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    greet(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `bolt://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

export const startDouble = (answerTo: (signature: number, payload: Buffer) => Answer): Promise<Double> =>
  listen((client) => {
    speak(client, answerTo);
  });
