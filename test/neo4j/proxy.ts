/** A TCP proxy between driver and Neo4j that fails when it is told to; of Bolt it reads only which message passes. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** Messages of a client, by the signature of their structure. */
const SIGNATURES = { BEGIN: 0x11, RUN: 0x10, PULL: 0x3f, COMMIT: 0x12 } as const;
type Message = keyof typeof SIGNATURES;

/** What the proxy does: pass everything on, keep everything back, or end every connection at once. */
type Mood = 'passing' | 'silent' | 'refusing';

export interface Proxy {
  /** Bolt address of the proxy. */
  uri: string;
  mood: Mood;
  /** How many connections were asked for in all. */
  asked: number;
  /** How many connections are open. */
  open: () => number;
  /** Ends every connection that is open without a word on the wire: what is sent on them is never answered. */
  lose(): void;
  /** Cuts the connection of the next such message, before Neo4j sees it or after it has answered; ends when that is done. */
  cutAt(message: Message, when: 'before' | 'after'): Promise<void>;
  close(): Promise<void>;
}

const MANIFEST = Buffer.from([0, 0, 1, 0xff]);

/** Splits what a client sends into its handshake and chunks, each with the signature of the message that it begins, or null. */
class Chunks {
  #rest = Buffer.alloc(0);
  #raw = 20;
  #begins = true;
  /** The server has answered with the manifest form of the handshake: the client's choice follows, 4 bytes and a 0. */
  chooses(): void {
    this.#raw += 5;
  }
  *of(data: Buffer): Generator<{ bytes: Buffer; signature: number | null }> {
    this.#rest = Buffer.concat([this.#rest, data]);
    while (this.#rest.length > 0) {
      const length = this.#raw > 0 ? Math.min(this.#raw, this.#rest.length) : this.#chunkLength();
      if (length === null) return;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      if (this.#raw > 0) {
        this.#raw -= length;
        yield { bytes, signature: null };
      } else {
        yield { bytes, signature: this.#begins && length > 2 ? (bytes[3] ?? null) : null };
        this.#begins = length === 2;
      }
    }
  }
  #chunkLength(): number | null {
    if (this.#rest.length < 2) return null;
    const length = 2 + this.#rest.readUInt16BE(0);
    return this.#rest.length < length ? null : length;
  }
}

/** Starts a proxy for a Neo4j at a Bolt address. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<[Socket, Socket]>();
  const lost = new Set<Socket>();
  let cut: { signature: number; when: 'before' | 'after'; done: () => void } | null = null;

  const server = createServer((client) => {
    proxy.asked++;
    client.on('error', () => undefined);
    if (proxy.mood === 'refusing') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(port), hostname).on('error', () => undefined);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    const passes = (): boolean => proxy.mood === 'passing' && !lost.has(client);
    const chunks = new Chunks();
    let cutsAnswer = false;
    client.on('data', (data) => {
      if (!passes()) return;
      for (const { bytes, signature } of chunks.of(data)) {
        if (cut?.signature === signature) {
          const { when, done } = cut;
          cut = null;
          done();
          if (when === 'before') {
            end();
            return;
          }
          cutsAnswer = true;
        }
        upstream.write(bytes);
      }
    });
    upstream.on('data', (data) => {
      if (cutsAnswer) end();
      else if (passes()) {
        if (data.subarray(0, 4).equals(MANIFEST)) chunks.chooses();
        client.write(data);
      }
    });
    for (const socket of pair) socket.on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const proxy: Proxy = {
    uri: `bolt://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    mood: 'passing',
    asked: 0,
    open: () => pairs.size,
    lose: () => {
      for (const [client] of pairs) lost.add(client);
    },
    cutAt: (message, when) =>
      new Promise((resolve) => {
        cut = { signature: SIGNATURES[message], when, done: resolve };
      }),
    close: () =>
      new Promise((resolve) => {
        for (const pair of pairs) for (const socket of pair) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
  return proxy;
}
