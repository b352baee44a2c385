/** Which part of the graph an export is of, as the parameters of an address say it. */
import { badInput } from '../errors.js';
import type { LineageDirection } from '../graph/lineage.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { KINDS, RELATION_TYPES } from '../ontology.js';
import { ATTRIBUTES } from './columns.js';

/** The parts there are, each with the parameters that narrow it. The whole graph is the one that nothing names. */
const PARAMETERS = {
  lineage: ['direction', 'depth', 'relations', 'kinds', 'minConfidence', 'limit'],
  neighborhood: ['depth', 'relations', 'kinds', 'limit'],
  search: ['relations', 'kinds', 'limit'],
  connected: ['relations', 'kinds'],
  graph: ['relations', 'kinds', 'minConfidence'],
} as const;

type Part = keyof typeof PARAMETERS;

/** What any part takes. */
const ANYWHERE = ['attributes'];

/** An export as it was asked; what is null takes the default of the API. */
export interface Question {
  part: Part;
  /** Names or ids of entities, or the text to search; empty for the whole graph and the most connected of it. */
  of: string[];
  direction: LineageDirection | null;
  depth: number | null;
  relations: RelationType[] | null;
  kinds: EntityKind[] | null;
  minConfidence: number | null;
  limit: number | null;
  /** Names of the attributes that entities and relations come with; null for all. */
  attributes: string[] | null;
}

const DIRECTIONS: readonly LineageDirection[] = ['UPSTREAM', 'DOWNSTREAM', 'BOTH'];

/** Values of an enumeration, in any case. @throws BAD_USER_INPUT naming the parameter and what it may be */
function amongst<Value extends string>(name: string, values: readonly string[], all: readonly Value[]): Value[] {
  return values.map((given) => {
    const value = all.find((known) => known.toLowerCase() === given.trim().toLowerCase());
    if (!value) throw badInput(name, `${JSON.stringify(given)} is none of ${all.join(', ')}`);
    return value;
  });
}

/**
 * Reads the parameters: one of `lineage`, `neighborhood` (may be given several times), `search` and `connected`, or none
 * for the whole graph, and what narrows it. Lists are separated by commas or given several times.
 * @throws BAD_USER_INPUT naming the parameter
 */
export function questionOf(parameters: URLSearchParams): Question {
  const parts = (['lineage', 'neighborhood', 'search', 'connected'] as const).filter((part) => parameters.has(part));
  if (parts.length > 1) throw badInput(parts[1] ?? '', `give one of ${parts.join(' and ')}`);
  const part: Part = parts[0] ?? 'graph';
  const known: readonly string[] = [...PARAMETERS[part], ...ANYWHERE];
  for (const name of new Set(parameters.keys()))
    if (name !== part && !known.includes(name))
      throw badInput(name, `is no parameter of an export of ${part}; there are ${known.join(', ')}`);
  const of = parameters.getAll(part);
  if (of.length > 1 && part !== 'neighborhood') throw badInput(part, 'give it once');
  const list = (name: string): string[] | null =>
    parameters.has(name) ? parameters.getAll(name).flatMap((value) => value.split(',')) : null;
  const number = (name: string): number | null => {
    const value = parameters.get(name);
    if (value === null) return null;
    if (!/^\d+(\.\d+)?$/.test(value)) throw badInput(name, `must be a number, not ${JSON.stringify(value)}`);
    return Number(value);
  };
  const relations = list('relations');
  const kinds = list('kinds');
  const attributes = list('attributes');
  return {
    part,
    of: part === 'connected' ? [] : of,
    direction: amongst('direction', list('direction') ?? [], DIRECTIONS)[0] ?? null,
    depth: number('depth'),
    relations: relations && amongst('relations', relations, RELATION_TYPES),
    kinds: kinds && amongst('kinds', kinds, KINDS),
    minConfidence: number('minConfidence'),
    limit: number(part === 'connected' ? part : 'limit'),
    attributes: attributes && amongst('attributes', attributes, ATTRIBUTES),
  };
}
