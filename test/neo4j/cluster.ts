/**
 * A cluster as a driver sees one, made of a single Neo4j: several addresses, each passing everything on to it, but for
 * the routing table, which names one of them the leader, and for writes to another, which are refused as a follower does.
 */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** Messages by the signature of their structure. */
const GOODBYE = 0x02;
export const RESET = 0x0f;
export const RUN = 0x10;
export const BEGIN = 0x11;
export const COMMIT = 0x12;
const ROUTE = 0x66;
export const SUCCESS = 0x70;
const RECORD = 0x71;
const IGNORED = 0x7e;
export const FAILURE = 0x7f;

/** Bolt 5.4 down to 5.0 and nothing else, so that every answer has the form that is read and written here. */
const HANDSHAKE = Buffer.from([0x60, 0x60, 0xb0, 0x17, 0, 4, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

type Value = string | number | Value[] | { [key: string]: Value };

/** A value in PackStream: short strings, lists and maps, integers below 2^15. */
function packed(value: Value): Buffer {
  if (typeof value === 'number') return Buffer.from([0xc9, value >> 8, value & 0xff]);
  if (typeof value === 'string') return Buffer.concat([Buffer.from([0xd0, value.length]), Buffer.from(value)]);
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([0x90 + value.length]), ...value.map(packed)]);
  const entries = Object.entries(value);
  return Buffer.concat([
    Buffer.from([0xa0 + entries.length]),
    ...entries.flatMap(([key, inner]) => [packed(key), packed(inner)]),
  ]);
}

export const message = (signature: number, fields: Value): Buffer =>
  Buffer.concat([Buffer.from([0xb1, signature]), packed(fields)]);
export const ignored = Buffer.from([0xb0, IGNORED]);

/** A message in the chunks of the wire. */
export function framed(payload: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < payload.length; at += 0xffff) {
    const chunk = payload.subarray(at, at + 0xffff);
    chunks.push(Buffer.from([chunk.length >> 8, chunk.length & 0xff]), chunk);
  }
  return Buffer.concat([...chunks, Buffer.from([0, 0])]);
}

/** Puts what comes in pieces together: a handshake of some bytes, then messages. */
export class Messages {
  #rest = Buffer.alloc(0);
  #chunks: Buffer[] = [];
  #handshake: number;
  constructor(handshake: number) {
    this.#handshake = handshake;
  }
  *of(data: Buffer): Generator<{ handshake: Buffer } | { payload: Buffer }> {
    this.#rest = Buffer.concat([this.#rest, data]);
    if (this.#handshake > 0 && this.#rest.length >= this.#handshake) {
      yield { handshake: this.#take(this.#handshake) };
      this.#handshake = 0;
    }
    while (this.#handshake === 0 && this.#rest.length >= 2 && this.#rest.length >= 2 + this.#rest.readUInt16BE(0)) {
      const chunk = this.#take(2 + this.#rest.readUInt16BE(0)).subarray(2);
      if (chunk.length > 0) this.#chunks.push(chunk);
      else if (this.#chunks.length > 0) yield { payload: Buffer.concat(this.#chunks.splice(0)) };
    }
  }
  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}

const READS = Buffer.from('\x84mode\x81r', 'latin1');
export const bookmarksIn = (payload: Buffer): string[] => payload.toString('latin1').match(/FB:[\w+/=]+/g) ?? [];

/** A transaction that was asked of a member. */
interface Asked {
  mode: 'READ' | 'WRITE';
  bookmarks: string[];
}

interface Member {
  /** host and port */
  address: string;
  asked: Asked[];
  /** Ends its connections and takes no others, but stays in the routing table. */
  stop: () => void;
}

export interface Cluster {
  /** `neo4j://` and the address of the first member. */
  uri: string;
  members: Member[];
  /** Which member the routing table calls the leader; the others are for reading, and refuse to write. */
  leader: number;
  /** The bookmark of the last transaction that was committed. */
  written: string | null;
  close(): Promise<void>;
}

/** Passes on what a client and Neo4j say to each other, as the member with a number. */
function pass(client: Socket, upstream: Socket, cluster: Cluster, number: number): void {
  /** What the client waits for, each with an answer that does not come from Neo4j, or none. */
  const waiting: { signature: number; answer: Buffer | null }[] = [];
  let failed = false;
  let inTransaction = false;
  const table = (): Buffer => {
    const addresses = cluster.members.map(({ address }) => address);
    const [leader = ''] = addresses.slice(cluster.leader);
    const readers = addresses.filter((address) => address !== leader);
    const servers = [
      { role: 'WRITE', addresses: [leader] },
      { role: 'READ', addresses: readers },
      { role: 'ROUTE', addresses },
    ];
    return message(SUCCESS, { rt: { ttl: 300, db: 'neo4j', servers } });
  };
  const answerHere = (): void => {
    while (waiting[0]?.answer) client.write(framed(waiting.shift()?.answer ?? ignored));
  };
  /** Whether a follower is asked to write. */
  const refuses = (signature: number, payload: Buffer): boolean => {
    if (signature !== BEGIN && (signature !== RUN || inTransaction)) return false;
    const mode = payload.includes(READS) ? 'READ' : 'WRITE';
    cluster.members[number]?.asked.push({ mode, bookmarks: bookmarksIn(payload) });
    inTransaction = signature === BEGIN;
    return mode === 'WRITE' && number !== cluster.leader;
  };
  const hear = (payload: Buffer): void => {
    const signature = payload[1] ?? 0;
    if (signature === RESET) failed = inTransaction = false;
    const refused = !failed && refuses(signature, payload);
    const failure = { code: 'Neo.ClientError.Cluster.NotALeader', message: 'No write operations are allowed here.' };
    const answer = failed ? ignored : refused ? message(FAILURE, failure) : null;
    failed ||= refused;
    if (signature !== GOODBYE) waiting.push({ signature, answer });
    if (answer === null) upstream.write(framed(payload));
    answerHere();
  };
  const tell = (payload: Buffer): void => {
    const signature = payload[1] ?? 0;
    const asked = signature === RECORD ? undefined : waiting.shift();
    const routes = asked?.signature === ROUTE && signature === SUCCESS;
    if (asked?.signature === COMMIT && signature === SUCCESS) {
      inTransaction = false;
      cluster.written = bookmarksIn(payload)[0] ?? cluster.written;
    }
    client.write(framed(routes ? table() : payload));
    answerHere();
  };
  const fromClient = new Messages(HANDSHAKE.length);
  client.on('data', (data) => {
    for (const part of fromClient.of(data))
      if ('payload' in part) hear(part.payload);
      else upstream.write(HANDSHAKE);
  });
  const fromServer = new Messages(4);
  upstream.on('data', (data) => {
    for (const part of fromServer.of(data))
      if ('payload' in part) tell(part.payload);
      else client.write(part.handshake);
  });
}

/** Starts a cluster of as many members as asked for in front of a Neo4j at a Bolt address; the first is its leader. */
export async function startCluster(target: string, size: number): Promise<Cluster> {
  const { hostname, port } = new URL(target);
  const cluster: Cluster = { uri: '', members: [], leader: 0, written: null, close: () => Promise.resolve() };
  const servers: Server[] = [];
  for (let number = 0; number < size; number++) {
    const sockets = new Set<Socket>();
    const server = createServer((client) => {
      const upstream = connect(Number(port), hostname);
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          client.destroy();
          upstream.destroy();
        });
      }
      pass(client, upstream, cluster, number);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    const stop = (): void => {
      server.close();
      for (const socket of sockets) socket.destroy();
    };
    cluster.members.push({ address: `127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked: [], stop });
  }
  cluster.uri = `neo4j://${cluster.members[0]?.address ?? ''}`;
  cluster.close = () => {
    for (const { stop } of cluster.members) stop();
    return Promise.resolve();
  };
  return cluster;
}
