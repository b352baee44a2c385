/** Two engines asked as one, so that every statement that goes through them is seen to have the same answer on both. */
import type { Engine, Params, Statement } from '../../src/graph/engine.js';
import { groupBy } from '../../src/graph/group.js';
import { probe } from './kit.js';

interface Twins {
  engine: Engine;
  /** Names of the statements that were sent, those of a text search left out. */
  sent: Set<string>;
  /** What the two answered differently, the statement first. */
  differences: unknown[][];
}

/** Which nodes of a layer a walk has when its bound cuts it is the engine's choice; nobody uses such an answer. */
const isCut = ({ name }: Statement, rows: readonly unknown[], { cap }: Params): boolean =>
  /^lineage\.(up|down)stream\./.test(name) &&
  [...groupBy(rows as { root: string; from: string }[], ({ root }) => root).values()].some(
    (of) => new Set(of.map(({ from }) => from)).size >= Number(cap),
  );

/**
 * The embedded engine takes the shortest ways first and filters them then; where none is left it is asked layer by
 * layer, and `paths.test.ts` compares what comes of it on each engine with all ways there are.
 */
const isUndecided = ({ name }: Statement, rows: readonly unknown[]): boolean =>
  /^paths\.ties\..*\.filtered$/.test(name) &&
  rows.length > 0 &&
  (rows as { nodes: string[] }[]).every(({ nodes }) => nodes.length === 0);

/** JSON in which what has no order, the keys of a map and the labels of a node, is sorted. */
const written = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'labels' && Array.isArray(inner)) return inner.map(String).sort();
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });

const said = (call: Promise<unknown>): Promise<string> =>
  call.then(written, (error: unknown) => `throws ${String((error as { code?: string }).code)}`);

/** Asks for a run of ids; Neo4j needs its first and its last alone and gives no others. */
const RUN = 'export.ids';
const endsOf = async (rows: Promise<unknown[]>): Promise<unknown> =>
  ((await rows) as { ids: string[] }[]).map(({ ids }) => [ids[0], ids.at(-1)]);

/** More than any text of a test finds. */
const EVERY_HIT = 10_000;

/** Everything is asked of both and written to both; the answers are those of the first, a run of ids is the second’s. */
export async function twins(first: Engine, second: Engine): Promise<Twins> {
  // Each recorded for itself when its schema was made.
  const forget = { statement: probe('MATCH (a:Audit) DELETE a'), params: {} };
  await Promise.all([first.write([forget]), second.write([forget])]);
  const sent = new Set<string>();
  const differences: unknown[][] = [];
  const compare = async (what: unknown[], one: Promise<unknown>, other: Promise<unknown>): Promise<void> => {
    const [here, there] = await Promise.all([said(one), said(other)]);
    if (here !== there) differences.push([...what, here, there]);
  };
  const ids = async (hits: Promise<{ id: string }[]>): Promise<string[]> => (await hits).map(({ id }) => id).sort();
  const engine: Engine = {
    ...first,
    async read(statement, params, options) {
      sent.add(statement.name);
      const here = first.read(statement, params, options);
      const there = second.read(statement, params, options);
      if (statement.name === RUN) {
        await compare([statement.name, params], endsOf(here), endsOf(there));
        return there;
      }
      const rows = await here.catch(() => []);
      if (isCut(statement, rows, params)) return here;
      if (isUndecided(statement, await there.catch(() => []))) return here;
      await compare([statement.name, params], here, there);
      return here;
    },
    async search(query, limit, options) {
      // The two score differently, so of hits that a limit cuts they need not show the same.
      const [here, there] = [first, second].map((one) => ids(one.search(query, EVERY_HIT, options)));
      if (here && there) await compare(['search', query], here, there);
      return first.search(query, limit, options);
    },
    async write(writes, options) {
      for (const { statement } of writes) sent.add(statement.name);
      const here = first.write(writes, options);
      const there = second.write(writes, options);
      await compare(['write', ...writes.map(({ statement }) => statement.name)], here, there);
      return here;
    },
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
  return { engine, sent, differences };
}
