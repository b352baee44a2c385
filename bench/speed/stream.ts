/** How long it takes to stream every relation, and what that holds in memory. */
import { request } from 'node:http';
import type { Contender } from './contenders.js';
import { cpuOf, memoryOf } from './contenders.js';

const TURNS = 3;

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

/** A row of figures for each export, contenders in turn. */
export async function exportTimes(
  contenders: readonly Contender[],
  databasePid: number | null,
): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [
    ['', 'contender', 'ms', 'lines', 'MB before', 'MB most', 'server cpu', 'db cpu'],
  ];
  for (let turn = 0; turn < TURNS; turn++)
    for (const { name, port, pid } of contenders) {
      const before = [memoryOf(pid).now, cpuOf(pid), cpuOf(databasePid ?? 0)] as const;
      const { lines, milliseconds } = await streamed(port, name === 'stemma' ? '/export/csv-edges' : '/export');
      const cpu = [cpuOf(pid) - before[1], cpuOf(databasePid ?? 0) - before[2]];
      rows.push(['export of all relations', name, milliseconds, String(lines), String(before[0]), String(memoryOf(pid).most), ...cpu]); // prettier-ignore
    }
  return rows;
}
