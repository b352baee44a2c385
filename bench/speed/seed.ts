/** The seed on one engine, in this process: loading it, then what is asked every day. */
import type { Config } from '../../src/config.js';
import { graphOf } from '../../src/graph/graph.js';
import { openEngine } from '../../src/graph/open.js';
import { loadSeed } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { memoryOf } from './contenders.js';
import { emptyStore } from './load.js';
import { lookedUp } from './look.js';

const ROOTS = 100;

/** A row of figures: seconds of the load, its memory in MB, milliseconds of 1,000 look-ups, of a lineage in the median and at most. */
export async function seedFigures(config: Config): Promise<(string | number)[]> {
  await emptyStore(config);
  const engine = await openEngine(config);
  await engine.warm();
  const knowledge = readKnowledge();
  const from = performance.now();
  const { records } = await loadSeed(engine, knowledge, { landmarks: true, progress: () => undefined });
  const seconds = (performance.now() - from) / 1_000;
  const { now: memory } = memoryOf(process.pid);
  const ids = [...new Set(records.mentions.map(({ id }) => id))];
  const roots = (await graphOf(engine).mostConnected({ first: ROOTS })).map(({ id }) => id);
  const times = await lookedUp(engine, ids, roots);
  await engine.close();
  return [engine.dialect, seconds, String(memory), ...times];
}
