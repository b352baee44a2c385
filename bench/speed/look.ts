/** What is asked every day, in this process: entities one after the other, lineages, pages beside a hub. */
import type { Config } from '../../src/config.js';
import type { Engine } from '../../src/graph/engine.js';
import type { Graph } from '../../src/graph/graph.js';
import { graphOf } from '../../src/graph/graph.js';
import { openEngine } from '../../src/graph/open.js';
import type { EntityKind } from '../../src/ontology.js';
import { memoryOf } from './contenders.js';
import { countOf, entityId } from './graph.js';
import { quantile } from './measure.js';

const LOOKUPS = 1_000;
const PAGES = 50;
const ROOTS = 100;
const KINDS = ['PAPER', 'TECHNIQUE', 'MODEL', 'DATASET'] as const;

/** Milliseconds of each call, one after the other, each as a request of its own. */
async function timesOf(
  engine: Engine,
  ids: readonly string[],
  ask: (graph: Graph, id: string) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (const id of ids) {
    const from = performance.now();
    await ask(graphOf(engine), id);
    times.push(performance.now() - from);
  }
  return times;
}

const repeated = (ids: readonly string[], times: number): string[] =>
  Array.from({ length: times }, (_, i) => ids[i % ids.length] ?? '');

/** Milliseconds of 1,000 look-ups together, and of a lineage of depth 5 in the median and at most. */
export async function lookedUp(engine: Engine, ids: readonly string[], roots: readonly string[]): Promise<number[]> {
  const lookups = await timesOf(engine, repeated(ids, LOOKUPS), (graph, id) => graph.getEntity(id, 'id'));
  const lineages = await timesOf(engine, roots, (graph, id) => graph.getLineage(id, { depth: 5 }));
  return [lookups.reduce((sum, time) => sum + time, 0), quantile(lineages, 0.5), quantile(lineages, 0.99)];
}

/** Milliseconds of a page of 20 relations, in the median. */
async function pageBeside(engine: Engine, id: string): Promise<number> {
  return quantile(await timesOf(engine, repeated([id], PAGES), (graph) => graph.relations(id, { first: 20 })), 0.5);
}

/** As many ids at most, over the whole of a kind: a few made-up names are those of others in the plural, and one entity. */
async function someOf(
  engine: Engine,
  kind: EntityKind,
  { entities, many }: { entities: number; many: number },
): Promise<string[]> {
  const ids = Array.from({ length: many }, (_, i) =>
    entityId(kind, Math.floor(((i + 0.5) / many) * countOf(kind, entities))),
  );
  const graph = graphOf(engine);
  const found = await Promise.all(ids.map((id) => graph.findEntity(id)));
  return found.flatMap((entity) => entity?.id ?? []);
}

/**
 * A row of figures of a graph that `load` wrote: seconds until the store is open and its statements are planned, memory
 * in MB, milliseconds as above, and of a page beside the hub and beside a dataset of middle age.
 */
export async function lookFigures(config: Config, entities: number): Promise<(string | number)[]> {
  const from = performance.now();
  const engine = await openEngine(config);
  await engine.warm();
  const seconds = (performance.now() - from) / 1_000;
  try {
    const kinds = await Promise.all(
      KINDS.map((kind) => someOf(engine, kind, { entities, many: LOOKUPS / KINDS.length })),
    );
    const times = await lookedUp(engine, kinds.flat(), await someOf(engine, 'PAPER', { entities, many: ROOTS }));
    const hub = await pageBeside(engine, entityId('DATASET', 0));
    const [few = ''] = await someOf(engine, 'DATASET', { entities, many: 1 });
    const beside = await pageBeside(engine, few);
    return [engine.dialect, seconds, String(memoryOf(process.pid).most), ...times, hub, beside];
  } finally {
    await engine.close();
  }
}
