/** The seed on one engine, in this process: loading it, looking entities up one after the other, lineages. */
import type { Config } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { openEngine } from '../../src/graph/open.js';
import { loadSeed } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { memoryOf } from './contenders.js';
import { emptyStore } from './load.js';
import { quantile } from './measure.js';

const LOOKUPS = 1_000;
const ROOTS = 100;

/** Milliseconds of each call, one after the other, each as a request of its own. */
async function timesOf(engine: Engine, ids: readonly string[], ask: (graph: ReturnType<typeof graphOf>, id: string) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const id of ids) {
    const from = performance.now();
    await ask(graphOf(engine), id);
    times.push(performance.now() - from);
  }
  return times;
} // prettier-ignore

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
  const many = Array.from({ length: LOOKUPS }, (_, i) => ids[i % ids.length] ?? '');
  const lookups = await timesOf(engine, many, (graph, id) => graph.findEntity(id));
  const roots = (await graphOf(engine).mostConnected({ first: ROOTS })).map(({ id }) => id);
  const lineages = await timesOf(engine, roots, (graph, id) => graph.getLineage(id, { depth: 5 }));
  await engine.close();
  return [
    engine.dialect,
    seconds,
    String(memory),
    lookups.reduce((sum, time) => sum + time, 0),
    quantile(lineages, 0.5),
    quantile(lineages, 0.99),
  ];
}
