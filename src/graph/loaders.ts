/** What one request looks up: each thing once, lookups of one turn of the event loop in one statement. */
import DataLoader from 'dataloader';
import type { Relation } from '../model.js';
import type { PageArgs } from './cursor.js';
import { degrees } from './degrees.js';
import { findAnswering, findDocuments } from './entities.js';
import type { LineageArgs } from './lineage.js';
import { lineages } from './lineage.js';
import type { Reader } from './reader.js';
import type { RelationArgs } from './relations.js';
import { factCounts, factsOf, relationCounts, relationPages } from './relations.js';
import type { Retraction } from './retract.js';
import { retractedFacts } from './retract.js';
import { statedCounts, statedPages } from './stated.js';
import { tripleKey } from './walk.js';

/** How many keys one batched statement takes. */
const BATCH_MAX = 1_000;

/** Lookups with equal arguments, made in one turn of the event loop, are one call of `load`. */
function batchedByArgs<Args, T>(load: (ids: readonly string[], args: Args) => Promise<readonly T[]>) {
  const loaders = new Map<string, DataLoader<string, T>>();
  return (id: string, args: Args): Promise<T> => {
    const key = JSON.stringify(args);
    const loader =
      loaders.get(key) ?? new DataLoader((ids: readonly string[]) => load(ids, args), { maxBatchSize: BATCH_MAX });
    loaders.set(key, loader);
    return loader.load(id);
  };
}

type Triple = Pick<Relation, 'type' | 'source' | 'target'>;

const byTriple = <T>(load: (relations: readonly Triple[]) => Promise<T[]>): DataLoader<Triple, T, string> =>
  new DataLoader<Triple, T, string>(load, { cacheKeyFn: tripleKey, maxBatchSize: BATCH_MAX });

/** Look-ups of one request, each made once. */
export function loadersOf(reader: Reader) {
  const facts = byTriple((relations) => factsOf(reader, relations));
  const counts = byTriple((relations) => factCounts(reader, relations));
  const statedCount = new DataLoader((ids: readonly string[]) => statedCounts(reader, ids), {
    maxBatchSize: BATCH_MAX,
  });
  const relationCount = batchedByArgs((ids, args: RelationArgs) => relationCounts(reader, ids, args));
  return {
    entities: new DataLoader((ids: readonly string[]) => findAnswering(reader, ids), { maxBatchSize: BATCH_MAX }),
    documents: new DataLoader((ids: readonly string[]) => findDocuments(reader, ids), { maxBatchSize: BATCH_MAX }),
    retracted: new DataLoader((of: readonly Retraction[]) => retractedFacts(reader, of), { maxBatchSize: BATCH_MAX }),
    degrees: new DataLoader((ids: readonly string[]) => degrees(reader, ids), { maxBatchSize: BATCH_MAX }),
    facts: (relation: Triple) => facts.load(relation),
    factCount: (relation: Triple) => counts.load(relation),
    stated: batchedByArgs((ids, args: PageArgs) => statedPages(reader, ids, args, (id) => statedCount.load(id))),
    lineage: batchedByArgs((ids, args: LineageArgs) => lineages(reader, ids, args)),
    relations: batchedByArgs((ids, args: RelationArgs) =>
      relationPages(reader, ids, args, (id) => {
        const { first: _first, after: _after, ...question } = args;
        return relationCount(id, question);
      }),
    ),
  };
}
