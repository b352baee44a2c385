/** `stemma doctor`: whether everything Stemma needs is there, in words that say what to do. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { Config } from '../config.js';
import { reasonOf } from '../errors.js';
import { fromPackage } from '../files.js';
import type { EngineStatus } from '../graph/engine.js';
import { engineOf } from '../graph/open.js';
import { readerOf } from '../graph/reader.js';
import { SCHEMA_VERSION } from '../graph/schema.js';
import { isEmpty } from '../graph/stats.js';
import { holdsStore } from '../graph/storeFiles.js';
import { runningServer } from './ask.js';
import { print, printJson, table } from './output.js';

interface Finding {
  what: string;
  ok: boolean;
  /** What was found, and where it is not good what to do. */
  says: string;
}

const finding = (what: string, ok: boolean, says: string): Finding => ({ what, ok, says });

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return finding('node', ok, `${process.version}${ok ? '' : '; Stemma needs 20.19 or newer'}`);
}

function pages(): Finding {
  const ok = existsSync(fromPackage('dist', 'web', 'playground.html'));
  return finding('pages', ok, ok ? 'built' : 'not built; run: npm run build');
}

/** The directory itself, or where it is not there yet the one in which it will be made. */
const placeOf = (directory: string): string => (existsSync(directory) ? directory : placeOf(dirname(directory)));

function disk({ neo4j, dataDirectory }: Config): Finding[] {
  if (neo4j) return [];
  try {
    const place = placeOf(dataDirectory);
    // The dot is not found where the place is no directory.
    accessSync(`${place}/.`, constants.W_OK);
    const { bavail, bsize } = statfsSync(place);
    const free = Math.round((bavail * bsize) / 1e6);
    return [
      finding(
        'disk',
        free > 100,
        `${String(free)} MB free for ${dataDirectory}${free > 100 ? '' : '; make room or set STEMMA_DATA'}`,
      ),
    ];
  } catch (error) {
    return [
      finding(
        'disk',
        false,
        `${dataDirectory} cannot be written (${reasonOf(error)}); set STEMMA_DATA to a directory that can`,
      ),
    ];
  }
}

const portIsFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer().once('error', () => {
      resolve(false);
    });
    probe.listen(port, host, () =>
      probe.close(() => {
        resolve(true);
      }),
    );
  });

async function port(config: Config, server: string | null): Promise<Finding> {
  if (server !== null) return finding('port', true, `the server answers at ${server}`);
  const free = await portIsFree(config.port, config.host);
  return finding(
    'port',
    free,
    `${String(config.port)} ${free ? 'is free' : 'is taken by another program; set PORT to a free one'}`,
  );
}

function schema({ schemaVersion, missingIndexes, wrongIndexes }: EngineStatus, empty: boolean): Finding[] {
  if (schemaVersion === 0 && empty) return [finding('schema', true, 'none yet; the next start or seed makes it')];
  const known = schemaVersion <= SCHEMA_VERSION;
  const older = schemaVersion === 0 ? ', of an older program; the next start or seed brings it up to date' : '';
  const newer = known ? '' : `; this program knows ${SCHEMA_VERSION}, run a newer one`;
  const version = `version ${schemaVersion}${older}${newer}`;
  const missing = `missing: ${missingIndexes.join(', ')}; the next start or seed makes them`;
  const faults = [...(missingIndexes.length > 0 ? [missing] : []), ...wrongIndexes];
  const indexes = faults.length === 0 ? 'all online' : faults.join('. ');
  return [finding('schema', known, version), finding('indexes', faults.length === 0, indexes)];
}

async function engine(config: Config, server: string | null): Promise<Finding[]> {
  if (server !== null) {
    const answer = await fetch(new URL('/readyz', server), { signal: AbortSignal.timeout(10_000) });
    const { engine: name = '', version = '', reason = '' } = (await answer.json()) as Record<string, string>;
    return [finding('engine', answer.ok, answer.ok ? `${name} ${version}, held by the server` : reason)];
  }
  // Opening a store that is not there would make it.
  if (!config.neo4j && !holdsStore(config.dataDirectory))
    return [
      finding('engine', true, `embedded; no store in ${config.dataDirectory} yet, the next start or seed makes it`),
    ];
  try {
    const opened = engineOf(config);
    const asked = Promise.all([opened.status(), isEmpty(readerOf(opened, {}))]);
    const [status, empty] = await asked.finally(() => opened.close());
    const says = `${status.engine} ${status.version} at ${status.location}`;
    return [finding('engine', true, says), ...schema(status, empty)];
  } catch (error) {
    return [finding('engine', false, reasonOf(error))];
  }
}

/** Looks at everything and changes nothing. */
export async function examine(config: Config): Promise<Finding[]> {
  const server = await runningServer(config);
  return [node(), pages(), ...disk(config), ...(await engine(config, server)), await port(config, server)];
}

/** @returns whether everything is well */
export async function doctorCommand(config: Config, options: { json?: boolean }): Promise<boolean> {
  const findings = await examine(config);
  if (options.json) printJson(findings);
  else print(table(findings.map(({ what, ok, says }) => [ok ? 'ok' : 'BAD', what, says])));
  return findings.every(({ ok }) => ok);
}
