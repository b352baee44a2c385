/** What the address of a lineage says: what is asked, and how it is shown. */
import { KINDS, LINEAGE_TYPES } from '../../../ontology.js';
import type { EntityKind, RelationType } from '../../../ontology.js';

export const DIRECTIONS = ['BOTH', 'UPSTREAM', 'DOWNSTREAM'] as const;
export const DEPTHS = Array.from({ length: 20 }, (_, i) => i + 1);
export const LIMITS = [100, 500, 1000, 5000] as const;
/** Lowest confidences to choose from; 0 takes everything. */
export const CONFIDENCES = [0, 0.5, 0.7, 0.9, 0.95, 1] as const;

export interface Controls {
  direction: (typeof DIRECTIONS)[number];
  /** 1 to 20. */
  depth: number;
  /** In the order of the ontology; null for all. */
  relations: readonly RelationType[] | null;
  kinds: readonly EntityKind[] | null;
  /** 0 to 1. */
  confidence: number;
  /** How many entities are asked at most. */
  limit: number;
  /** Ids of entities whose own lineages are joined to the answer. */
  expand: readonly string[];
  /** Ids of bundles that are open. */
  open: readonly string[];
  /** The line whose sentences stay in view. */
  at: string | null;
  /** Which part of the drawing is seen; null as it opens. */
  seen: string | null;
  view: 'drawing' | 'table';
}

const DEFAULTS: Controls = {
  direction: 'BOTH',
  depth: 3,
  relations: null,
  kinds: null,
  confidence: 0,
  limit: 500,
  expand: [],
  open: [],
  at: null,
  seen: null,
  view: 'drawing',
};

/** How many ids an address may bring to be expanded or opened. */
const LISTED_MAX = 40;

const words = (search: URLSearchParams, name: string): string[] =>
  (search.get(name) ?? '').split(' ').filter((word) => word !== '');

/** The one of `allowed` that the address names, else what holds without it. */
const oneOf = <T extends string | number>(
  search: URLSearchParams,
  name: string,
  allowed: readonly T[],
  otherwise: T,
): T => allowed.find((each) => String(each) === search.get(name)) ?? otherwise;

function someOf<T extends string>(search: URLSearchParams, name: string, allowed: readonly T[]): T[] | null {
  const named = words(search, name);
  const some = allowed.filter((each) => named.includes(each));
  return some.length === 0 || some.length === allowed.length ? null : some;
}

/** Reads an address; what it does not say, or says wrongly, is as it is by default. */
export function controlsOf(search: URLSearchParams): Controls {
  const confidence = Number(search.get('confidence'));
  return {
    direction: oneOf(search, 'direction', DIRECTIONS, DEFAULTS.direction),
    depth: oneOf(search, 'depth', DEPTHS, DEFAULTS.depth),
    relations: someOf(search, 'relations', LINEAGE_TYPES),
    kinds: someOf(search, 'kinds', KINDS),
    confidence: confidence > 0 && confidence <= 1 ? confidence : DEFAULTS.confidence,
    limit: oneOf(search, 'limit', LIMITS, DEFAULTS.limit),
    expand: words(search, 'expand').slice(0, LISTED_MAX),
    open: words(search, 'open').slice(0, LISTED_MAX),
    at: search.get('at'),
    seen: search.get('seen'),
    view: oneOf(search, 'view', ['drawing', 'table'], DEFAULTS.view),
  };
}

const written = (value: Controls[keyof Controls]): string | null =>
  value === null || typeof value === 'string' ? value : Array.isArray(value) ? value.join(' ') : String(value);

/** The search parameters of an address; null where the default holds. */
export function parametersOf(controls: Partial<Controls>): Record<string, string | null> {
  return Object.fromEntries(
    (Object.keys(controls) as (keyof Controls)[]).map((name) => {
      const value = written(controls[name] ?? null);
      return [name, value === written(DEFAULTS[name]) ? null : value];
    }),
  );
}

/** The same question as an export is asked for it. */
export const exportOf = (id: string, controls: Controls): Record<string, string | null> => ({
  lineage: id,
  direction: controls.direction,
  depth: String(controls.depth),
  relations: controls.relations?.join(',') ?? null,
  kinds: controls.kinds?.join(',') ?? null,
  minConfidence: controls.confidence === 0 ? null : String(controls.confidence),
  limit: String(controls.limit),
});

/** The same question about another entity: what is asked stays, what was opened in this drawing does not. */
export const elsewhere = (controls: Controls): Record<string, string | null> =>
  parametersOf({ ...controls, expand: [], open: [], at: null, seen: null });
