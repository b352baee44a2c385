/** TLS: a server whose certificate an authority of one's own has signed is trusted when that authority is named, else not. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import type { Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { openNeo4j } from '../../src/graph/neo4j.js';
import { probe, withEngine } from '../conformance/kit.js';
import { neo4jUnderTest, settingsOf } from '../testkit.js';

const ONE = probe<{ one: number }>('RETURN 1 AS one LIMIT 1');

describe.skipIf(neo4jUnderTest === null)('TLS (Neo4j)', () => {
  const directory = mkdtempSync(join(tmpdir(), 'stemma-tls-'));
  const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
  let server: Server;
  let port = 0;

  /** Neo4j behind TLS: what is said to it is decrypted and passed on. */
  beforeAll(async () => {
    const made = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      key,
      '-out',
      certificate,
    ];
    const of = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...made, ...of], { stdio: 'ignore' });
    const { hostname, port: target } = new URL(neo4jUnderTest ?? '');
    server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (client) => {
      const upstream = connect(Number(target), hostname);
      client.pipe(upstream).pipe(client);
      for (const socket of [client, upstream]) socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });

  const asking = (uri: string, more: Record<string, string> = {}) => {
    const { neo4j } = readConfig({ ...process.env, NEO4J_URI: uri, ...more });
    return withEngine(
      () => Promise.resolve(openNeo4j(neo4j ?? settingsOf(uri))),
      (engine) => engine.read(ONE, {}),
    );
  };

  it.each(['bolt', 'neo4j'])('%s:// with NEO4J_CA_FILE asks over TLS', async (scheme) => {
    const { password } = settingsOf(neo4jUnderTest ?? '');
    const uri = `${scheme}://localhost:${String(port)}`;
    const asked = asking(uri, { NEO4J_CA_FILE: certificate, NEO4J_PASSWORD: password });
    // A single server names itself in its routing table by the address that it was asked at.
    expect(await asked).toEqual([{ one: 1 }]);
  });

  it.each(['bolt+s', 'neo4j+s'])('%s:// trusts nobody whom the system does not trust, and says so', async (scheme) => {
    await expect(asking(`${scheme}://localhost:${String(port)}`)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/^Neo4j at localhost:\d+ cannot answer \(/) as string,
    });
  });

  it('bolt+ssc:// asks over TLS whoever answers', async () => {
    expect(await asking(`bolt+ssc://localhost:${String(port)}`)).toEqual([{ one: 1 }]);
  });
});
