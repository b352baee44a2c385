/** Paths: how two entities are connected, shortest first. */
import { confidenceIn } from '../checks.js';
import { StemmaError } from '../errors.js';
import type { Relation } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import { inRange } from './cursor.js';
import { findEntities, idPrefixes } from './entities.js';
import type { Fragment, Params } from './engine.js';
import { cypher, statement } from './engine.js';
import type { Reader } from './reader.js';
import { tiedPaths } from './ties.js';

export interface PathArgs {
  relations?: readonly RelationType[] | null;
  kinds?: readonly EntityKind[] | null;
  directed?: boolean | null;
  minConfidence?: number | null;
  maxLength?: number | null;
  first?: number | null;
}

export interface Path {
  length: number;
  /** entity ids, from first to last */
  nodes: string[];
  /** One relation for each hop: the most confident, then by type. */
  steps: Relation[];
}

type Sense = 'OUT' | 'IN' | 'BOTH';

const ARROWS: Record<Sense, Fragment> = {
  OUT: cypher`(n)-[r]->(m:Entity)`,
  IN: cypher`(n)<-[r]-(m:Entity)`,
  BOTH: cypher`(n)-[r]-(m:Entity)`,
};

const layer = (sense: Sense) => statement<{ from: string; to: string }>(`paths.layer.${sense}`)`
UNWIND $ids AS id MATCH (n:Entity {id: id}) MATCH ${ARROWS[sense]}
WHERE type(r) IN $types AND r.confidence >= $minConfidence AND (split(m.id, ':')[0] IN $prefixes OR m.id IN $ends)
RETURN DISTINCT n.id AS from, m.id AS to ORDER BY from, to LIMIT $limit`;

const LAYERS = { OUT: layer('OUT'), IN: layer('IN'), BOTH: layer('BOTH') };

const hops = (sense: 'OUT' | 'BOTH') => statement<Relation & { at: number }>(`paths.hops.${sense}`)`
UNWIND $pairs AS pair MATCH (n:Entity {id: pair.from}) MATCH (m:Entity {id: pair.to}) MATCH ${ARROWS[sense]}
WHERE type(r) IN $types AND r.confidence >= $minConfidence
RETURN pair.at AS at, type(r) AS type, startNode(r).id AS source, endNode(r).id AS target, max(r.confidence) AS confidence
ORDER BY at, confidence DESC, type, source LIMIT $limit`;

const HOPS = { OUT: hops('OUT'), BOTH: hops('BOTH') };

/** How many relations one question may look at on its way. */
const LINKS_MAX = 200_000;

/**
 * The `first` shortest simple paths between two entities, distinct by their nodes, by length then ids. Empty when none
 * is as short as `maxLength`; null where one of the two is not there.
 * @throws BAD_USER_INPUT for a maxLength outside 1…10, a first outside 1…50, a confidence outside 0…1
 */
export async function paths(reader: Reader, from: string, to: string, args: PathArgs): Promise<Path[] | null> {
  const question = {
    first: inRange('first', args.first ?? 3, 1, 50),
    maxLength: inRange('maxLength', args.maxLength ?? 6, 1, 10),
    directed: args.directed ?? false,
    params: {
      types: args.relations ?? RELATION_TYPES,
      prefixes: idPrefixes(args.kinds),
      minConfidence: confidenceIn('minConfidence', args.minConfidence, 0),
    },
  };
  const layered = async (): Promise<Path[]> =>
    withSteps(reader, await shortest(reader, [from, to], question), question);
  if (from !== to && !args.kinds) {
    const tied = await tiedPaths(reader, { from, to }, question);
    return tied === 'undecided' ? layered() : tied;
  }
  const [there, found] = await Promise.all([
    findEntities(reader, [from, to]),
    from === to ? [{ length: 0, nodes: [from], steps: [] }] : layered(),
  ]);
  return there.includes(null) ? null : found;
}

export interface PathQuestion {
  first: number;
  maxLength: number;
  directed: boolean;
  /** What a relation must be to be walked. */
  params: Params;
}

/** The nodes of each path: two layer-wise searches that meet, the smaller one growing. */
async function shortest(
  { read }: Reader,
  ends: readonly [string, string],
  question: PathQuestion,
): Promise<string[][]> {
  const { first, maxLength, directed, params } = question;
  const [from, to] = ends;
  const [ahead, back]: [Sense, Sense] = directed ? ['OUT', 'IN'] : ['BOTH', 'BOTH'];
  const links = new Links();
  const head = new Side(from);
  const tail = new Side(to);
  const found: string[][] = [];
  for (let length = 1; length <= maxLength && found.length < first; length++) {
    const grown = head.layer.length <= tail.layer.length ? head : tail;
    // A side without a layer has seen all there is behind it; longer ways may still lie in what is known.
    if (grown.layer.length > 0) {
      const rows = await read(LAYERS[grown === head ? ahead : back], {
        ids: grown.layer,
        ...params,
        ends,
        limit: LINKS_MAX,
      });
      for (const row of rows) {
        if (grown === head) links.add(row.from, row.to);
        else links.add(row.to, row.from);
        if (!directed) links.add(grown === head ? row.to : row.from, grown === head ? row.from : row.to);
      }
      if (links.size > LINKS_MAX || rows.length === LINKS_MAX)
        throw new StemmaError(
          'DEADLINE_EXCEEDED',
          'paths: too many relations on the way; give relations, kinds, minConfidence or a smaller maxLength',
        );
      grown.step(rows.map((row) => row.to));
    }
    found.push(...simplePaths(links, ends, length, first - found.length));
  }
  return found;
}

/** The paths through these nodes, each hop with its most confident relation. */
async function withSteps(
  { read }: Reader,
  found: readonly string[][],
  { directed, params }: PathQuestion,
): Promise<Path[]> {
  const pairs = found.flatMap((nodes, path) =>
    nodes.slice(1).map((next, i) => ({ path, from: nodes[i] ?? next, to: next })),
  );
  if (pairs.length === 0) return [];
  const rows = await read(HOPS[directed ? 'OUT' : 'BOTH'], {
    pairs: pairs.map((pair, at) => ({ at, from: pair.from, to: pair.to })),
    ...params,
    limit: LINKS_MAX,
  });
  const best = new Map<number, Relation>();
  for (const { at, ...relation } of rows) if (!best.has(at)) best.set(at, relation);
  return found.map((nodes, path) => ({
    length: nodes.length - 1,
    nodes,
    steps: pairs.flatMap((pair, at) => (pair.path === path ? (best.get(at) ?? []) : [])),
  }));
}

/** One side of the search: what was met, and the layer to expand next. */
class Side {
  readonly #seen = new Set<string>();
  layer: string[];
  constructor(start: string) {
    this.layer = [start];
    this.#seen.add(start);
  }
  step(ids: readonly string[]): void {
    this.layer = [...new Set(ids)].filter((id) => !this.#seen.has(id));
    for (const id of this.layer) this.#seen.add(id);
  }
}

/** The part of the graph that the search has seen. */
class Links {
  size = 0;
  readonly #out = new Map<string, Set<string>>();
  readonly #in = new Map<string, Set<string>>();
  add(from: string, to: string): void {
    const targets = this.#out.get(from) ?? new Set();
    if (targets.has(to)) return;
    this.size++;
    this.#out.set(from, targets.add(to));
    this.#in.set(to, (this.#in.get(to) ?? new Set()).add(from));
  }
  out(id: string): string[] {
    return [...(this.#out.get(id) ?? [])].sort();
  }
  /** How far from `target` every node is that leads to it without any of `avoided`, up to `most` hops. */
  distancesTo(target: string, most: number, avoided: readonly string[] = []): Map<string, number> {
    const closed = new Set(avoided);
    const distances = new Map([[target, 0]]);
    let layer = [target];
    for (let distance = 1; distance <= most && layer.length > 0; distance++) {
      const behind = layer.flatMap((id) => [...(this.#in.get(id) ?? [])]);
      const next = new Set(behind.filter((id) => !distances.has(id) && !closed.has(id)));
      for (const id of next) distances.set(id, distance);
      layer = [...next];
    }
    return distances;
  }
}

/**
 * Simple paths of exactly `length` hops, in the order of their ids. Shorter ones, of which the caller has few, are met
 * again and dropped: so a node from which `to` cannot be reached any more is told by distances that avoid the path,
 * and no search in vain grows beyond that.
 */
function simplePaths(links: Links, [from, to]: readonly [string, string], length: number, wanted: number): string[][] {
  const distance = links.distancesTo(to, length);
  const found: string[][] = [];
  const path = [from];
  const arrives = (last: string): boolean => {
    const left = length - path.length + 1;
    if (last === to) {
      if (left === 0) found.push([...path]);
      return true;
    }
    let reach = distance;
    let arrived = false;
    for (const next of links.out(last)) {
      if (found.length >= wanted) return true;
      if ((reach.get(next) ?? length) > left - 1 || path.includes(next)) continue;
      path.push(next);
      const open = arrives(next);
      path.pop();
      arrived ||= open;
      if (!open && reach === distance) reach = links.distancesTo(to, left - 1, path);
    }
    return arrived;
  };
  arrives(from);
  return found;
}
