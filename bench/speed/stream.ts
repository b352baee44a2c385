/** How long it takes to stream every relation, and what that holds in memory. */
import { request } from 'node:http';
import type { Driver } from 'neo4j-driver';
import { RELATION_TYPES } from '../../src/ontology.js';
import type { Contender } from './contenders.js';
import { cpuOf, memoryOf } from './contenders.js';

const TURNS = 5;

/** Every relation by hand: the columns of an export, in no order. */
export const RELATIONS_BY_HAND = `MATCH (n:Entity)-[r:${RELATION_TYPES.join('|')}]->(m:Entity) RETURN n.id, m.id, type(r), r.confidence, r.quote, r.document, r.via`;

/** Reads an answer to its end without keeping it: how many lines and milliseconds. */
const streamed = (port: number, path: string): Promise<{ lines: number; milliseconds: number }> =>
  new Promise((resolve, reject) => {
    const from = performance.now();
    let lines = 0;
    request({ port, path, host: '127.0.0.1' }, (response) => {
      response.on('data', (chunk: Buffer) => {
        for (const byte of chunk) if (byte === 10) lines++;
      });
      response.on('error', reject);
      response.on('end', () => {
        resolve({ lines, milliseconds: performance.now() - from });
      });
    })
      .on('error', reject)
      .end();
  });

/** The driver alone in this process: every row is taken and let go. */
async function driven(driver: Driver): Promise<{ lines: number; milliseconds: number }> {
  const from = performance.now();
  const session = driver.session({ defaultAccessMode: 'READ' });
  let lines = 0;
  for await (const record of session.run(RELATIONS_BY_HAND)) lines += record.length > 0 ? 1 : 0;
  await session.close();
  return { lines, milliseconds: performance.now() - from };
}

/** A row of figures for each export, contenders in turn, on Neo4j its driver alone too. */
export async function exportTimes(
  contenders: readonly Contender[],
  { driver, databasePid }: { driver: Driver | null; databasePid: number | null },
): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [
    ['', 'contender', 'ms', 'lines', 'MB before', 'MB most', 'server cpu', 'db cpu'],
  ];
  for (let turn = 0; turn < TURNS; turn++) {
    if (driver) {
      const before = [process.cpuUsage(), cpuOf(databasePid ?? 0)] as const;
      const { lines, milliseconds } = await driven(driver);
      const { user, system } = process.cpuUsage(before[0]);
      const { now, most } = memoryOf(process.pid);
      rows.push(['export of all relations', 'driver', milliseconds, String(lines), String(now), String(most), (user + system) / 1_000, cpuOf(databasePid ?? 0) - before[1]]); // prettier-ignore
    }
    for (const { name, port, pid } of contenders) {
      const before = [memoryOf(pid).now, cpuOf(pid), cpuOf(databasePid ?? 0)] as const;
      const { lines, milliseconds } = await streamed(port, name === 'stemma' ? '/export/csv-edges' : '/export');
      const cpu = [cpuOf(pid) - before[1], cpuOf(databasePid ?? 0) - before[2]];
      rows.push(['export of all relations', name, milliseconds, String(lines), String(before[0]), String(memoryOf(pid).most), ...cpu]); // prettier-ignore
    }
  }
  return rows;
}
