/** Everything that can be asked of a graph and done to it, so that every statement of the closed set is sent. */
import { existsSync, readdirSync } from 'node:fs';
import type { Engine } from '../../src/graph/engine.js';
import type { Page, PageArgs } from '../../src/graph/cursor.js';
import type { Graph } from '../../src/graph/graph.js';
import { graphOf } from '../../src/graph/graph.js';
import { repair } from '../../src/graph/repair.js';
import { restore } from '../../src/graph/restore.js';
import { fromPackage } from '../../src/files.js';
import { SEED_META } from '../../src/ingest/ingest.js';
import type { Relation } from '../../src/model.js';
import { KINDS, kindOfId, RELATION_TYPES } from '../../src/ontology.js';
import { ask, packageFile, seeded, writeTriples } from '../testkit.js';
import { all, backupOf, each, legalTriples } from './kit.js';

/** Every query that is shown to somebody: those of examples/, then those of the README. */
export const SHOWN: { query: string; variables: Record<string, unknown> }[] = [
  ...readdirSync(fromPackage('examples'))
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => {
      const beside = `examples/${file.replace('.graphql', '.variables.json')}`;
      const variables = existsSync(fromPackage(beside)) ? packageFile(beside) : '{}';
      return { query: packageFile(`examples/${file}`), variables: JSON.parse(variables) as Record<string, unknown> };
    }),
  ...[...packageFile('README.md').matchAll(/```graphql\n([^`]*)```/g)].map(([, query = '']) => ({
    query,
    variables: {},
  })),
];

/** Pages of a list until it ends, at most four, and how much there is in all. */
async function leaf<T>(page: (args: PageArgs) => Promise<Page<T>>, first: number): Promise<void> {
  let after: string | null = null;
  for (let turn = 0; turn < 4; turn++) {
    const { items, hasNextPage, count }: Page<T> = await page({ first, after });
    await count();
    if (!hasNextPage) return;
    after = items.at(-1)?.cursor ?? null;
  }
}

const WAYS = ['UPSTREAM', 'DOWNSTREAM', 'BOTH'] as const;
const DIRECTIONS = ['OUT', 'IN', 'BOTH'] as const;
const FILTER = { minConfidence: 0.3, kinds: ['MODEL', 'TECHNIQUE', 'DATASET'] } as const;

/** Paths of every length that has a statement of its own, whatever they go along and only what is likely. */
const LENGTHS = [3, 6, 10].flatMap((maxLength) =>
  [0, 0.3].map((minConfidence) => ({ maxLength, minConfidence, first: 1 })),
);

/** Walks from an entity, of every depth that has a statement of its own, whole, filtered and cut. */
async function walk(graph: Graph, id: string, other: string): Promise<void> {
  for (const direction of WAYS)
    for (const depth of [1, 2, 3, 5, 10, 20])
      for (const bounds of [{}, FILTER, { limit: 3 }]) await graph.getLineage(id, { direction, depth, ...bounds });
  for (const directed of [true, false])
    for (const bounds of [{ first: 10 }, { ...FILTER, maxLength: 4 }, ...LENGTHS]) {
      await graph.getPaths(id, other, { directed, ...bounds });
      await graph.getPaths(other, id, { directed, ...bounds });
    }
  for (const depth of [1, 2, 3, 4, 5])
    for (const limit of [3, 200]) await graph.getNeighborhood([id, other], { depth, limit });
  await graph.getCommonAncestors([id, other], { first: 100 });
}

/** Pages of an entity's relations in each direction, each relation with its facts. */
async function turnPages(graph: Graph, id: string): Promise<void> {
  await graph.degree(id);
  for (const direction of DIRECTIONS) {
    await leaf((args) => graph.relations(id, { ...args, direction }), 2);
    for (const type of RELATION_TYPES)
      await leaf((args) => graph.relations(id, { ...args, direction, types: [type] }), 2);
    const { items } = await graph.relations(id, { ...FILTER, direction });
    for (const { item } of items) {
      await graph.factCount(item.relation);
      for (const { document } of await graph.facts(item.relation)) await graph.paperOf(document);
    }
  }
  if (kindOfId(id) === 'PAPER') await leaf((args) => graph.stated(id, args), 2);
  if (kindOfId(id) === 'DATASET') await leaf((args) => graph.getLeaderboard(id, args), 2);
}

/** Every order and filter of every list. */
async function list(graph: Graph, relatedTo: string): Promise<void> {
  const where = [{}, { nameContains: 'a' }, { relatedTo }];
  for (const kind of KINDS)
    for (const orderBy of ['NAME_ASC', 'NAME_DESC'] as const)
      for (const filter of where) await leaf((args) => graph.entities(kind, { ...args, orderBy, where: filter }), 3);
  for (const orderBy of ['PUBLISHED_ASC', 'PUBLISHED_DESC'] as const)
    for (const filter of [...where, { publishedFrom: '2020-01-01', publishedTo: '2024-12-31' }])
      await leaf((args) => graph.entities('PAPER', { ...args, orderBy, where: filter }), 40);
  for (const kinds of [null, ['MODEL'] as const]) await graph.mostConnected({ kinds, first: 10 });
}

/** The whole graph, as exports, checksum, statistics and check read it. */
async function readWhole(graph: Graph): Promise<void> {
  const ids = (await all(graph.allEntities({}))).map(({ id }) => id);
  await all(graph.entitiesOf(ids));
  for (const relations of [null, ['USES'] as const]) await all(graph.allRelations({ among: new Set(ids), relations }));
  await graph.connected({ kinds: ['MODEL', 'DATASET'], relations: ['TRAINED_ON'], limit: 50 });
  for (const filter of [{}, FILTER]) await all(graph.supported((await all(graph.allRelations(filter))).slice(0, 50)));
  await graph.relationsBetween(
    (await all(graph.allEntities({ kinds: ['MODEL'] }))).map(({ id }) => id),
    { types: RELATION_TYPES, limit: 500 },
  );
  await Promise.all([graph.stats(), graph.checksum(), graph.check(), graph.isEmpty()]);
}

/**
 * Retracts a fact of every relation, and takes that back: of the last one when its document no longer says it. The
 * first stays retracted in the end.
 */
async function decide(
  engine: Engine,
  relations: readonly Pick<Relation, 'type' | 'source' | 'target'>[],
): Promise<void> {
  const graph = graphOf(engine);
  for (const relation of relations) {
    const [stored] = await graph.facts(relation);
    await graph.retractedFacts(await graph.retract(stored?.fact ?? '', { reason: 'It is not so.', by: 'api' }));
  }
  await leaf((args) => graph.retractions(args), 5);
  const { items } = await graph.retractions({ first: 100 });
  for (const { item } of items.slice(1)) await graph.undoRetraction(item.fact, 'api');
  await writeTriples(engine, ONE_OF_EACH.slice(0, 1));
  for (const { item } of items.slice(0, 1)) await graph.undoRetraction(item.fact, 'api');
  for (const { item } of items.slice(-1)) await graph.retract(item.fact, { reason: 'After all.', by: 'api' });
}

const ENDS = [
  'paper:p',
  'paper:q',
  'model:m',
  'model:n',
  'technique:t',
  'technique:u',
  'dataset:d',
  'dataset:e',
  'repo:r',
];
const LEGAL = legalTriples(ENDS, (id) => kindOfId(id) ?? 'MODEL');

const DMD2_PAPER = 'paper:improved-distribution-matching-distillation-for-fast-image-synthesis';

/** A relation of each type. */
const ONE_OF_EACH = RELATION_TYPES.flatMap((type) => LEGAL.filter(([, of]) => of === type).slice(0, 1));

/**
 * Fills an empty engine with the seed and with a relation of each type, asks everything, retracts, repairs, and
 * restores a backup into `second`, which is empty too.
 */
export async function tour(engine: Engine, second: Engine): Promise<void> {
  const graph = graphOf(engine);
  await seeded(engine);
  await writeTriples(engine, ONE_OF_EACH);
  for (const { query, variables } of SHOWN) await ask(engine, query, variables);
  for (const [id, other] of [
    ['technique:dmd2', 'technique:knowledge-distillation'],
    ['model:m', 'model:n'],
  ] as const)
    await walk(graph, id, other);
  for (const id of ['technique:knowledge-distillation', 'dataset:imagenet', 'model:m', DMD2_PAPER])
    await turnPages(graph, id);
  await graph.find({ name: 'ResNet 50' });
  await list(graph, 'dataset:imagenet');
  for (const text of ['distillation', 'one step', 'distlilation', 'no such thing'])
    await leaf((args) => graph.search({ ...args, text }), 10);
  await readWhole(graph);
  await decide(
    engine,
    ONE_OF_EACH.map(([source, type, target]) => ({ source, type, target })),
  );
  await repair(engine);
  await graph.findMeta(SEED_META);
  const lines = await backupOf(engine);
  await restore(second, () => each(lines));
}
