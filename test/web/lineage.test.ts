/** What the address of a lineage says, and how answers are joined. */
import { expect, it } from 'vitest';
import { controlsOf, elsewhere, parametersOf } from '../../src/web/explorer/lineage/controls.js';
import { joined } from '../../src/web/explorer/lineage/join.js';
import type { Lineage } from '../../src/web/explorer/lineage/join.js';

const read = (search: string) => controlsOf(new URLSearchParams(search));
const given = (parameters: Record<string, string | null>) =>
  Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== null));

it('an address without parameters shows ancestors and descendants to depth 3', () => {
  expect(read('')).toEqual({
    direction: 'BOTH',
    depth: 3,
    relations: null,
    kinds: null,
    confidence: 0,
    limit: 500,
    expand: [],
    open: [],
    at: null,
    view: 'drawing',
    seen: null,
  });
  expect(given(parametersOf(read('')))).toEqual({});
});

const FULL =
  'direction=UPSTREAM&depth=7&relations=USES+EXTENDS&kinds=MODEL&confidence=0.9&limit=100&expand=a:b&open=more:a+more:b&at=x&view=table&seen=10,20,2';

it('what an address says is read and written back', () => {
  expect(given(parametersOf(read(FULL)))).toEqual(Object.fromEntries(new URLSearchParams(FULL)));
});

it('what an address says wrongly is as if it were not there', () => {
  const wrong = 'direction=SIDEWAYS&depth=99&relations=LIKES&kinds=&confidence=2&limit=1e9&view=cinema&depth=4';
  expect(read(wrong)).toEqual(read(''));
});

it('all relations or kinds are the same as none named', () => {
  expect(read('kinds=PAPER+TECHNIQUE+DATASET+MODEL+REPO').kinds).toBe(null);
});

it('going to another entity keeps what is asked and forgets what was opened', () => {
  expect(given(elsewhere(read(FULL)))).toEqual({
    direction: 'UPSTREAM',
    depth: '7',
    relations: 'USES EXTENDS',
    kinds: 'MODEL',
    confidence: '0.9',
    limit: '100',
    view: 'table',
  });
});

const entity = (id: string) => ({ id, kind: 'MODEL' as const, name: id });
const edge = (source: string, target: string): Lineage['edges'][number] => ({
  id: `${source} ${target}`,
  type: 'DISTILLS_INTO',
  source: { id: source },
  target: { id: target },
  confidence: 1,
  via: null,
  evidenceCount: 0,
  evidence: [],
});
/** A chain of students, each taught by the one before it, of which the last leads further. */
const chain = (ids: string[], further: boolean): Lineage => ({
  root: entity(ids[0] ?? ''),
  nodes: ids.map((id, depth) => ({ entity: entity(id), depth, direction: 'DOWNSTREAM' })),
  edges: ids.slice(1).map((id, i) => edge(ids[i] ?? '', id)),
  truncatedBy: further ? ['DEPTH'] : [],
  frontier: further ? ids.slice(-1) : [],
});

it('a lineage and those of its frontier, joined, are the lineage that goes deeper', () => {
  const base = chain(['a', 'b'], true);
  expect(joined(base, [chain(['b', 'c'], true)])).toEqual(chain(['a', 'b', 'c'], true));
  expect(joined(base, [chain(['b', 'c'], true), chain(['c', 'd'], false)])).toEqual(chain(['a', 'b', 'c', 'd'], false));
});

it('the order in which expansions arrive changes nothing but the order of what they bring', () => {
  const [base, one, other] = [chain(['a', 'b', 'x'], true), chain(['x', 'y'], false), chain(['b', 'c'], false)];
  const sorted = ({ nodes, ...rest }: Lineage) => ({
    ...rest,
    nodes: nodes.map(({ entity: { id }, depth }) => `${id} ${depth}`).sort(),
    edges: rest.edges.map(({ id }) => id).sort(),
  });
  expect(sorted(joined(base, [one, other]))).toEqual(sorted(joined(base, [other, one])));
});

it('an expansion that is cut short leaves its root leading further', () => {
  const cut: Lineage = { ...chain(['b', 'c'], false), truncatedBy: ['NODES'], frontier: ['b'] };
  const { frontier, truncatedBy } = joined(chain(['a', 'b'], true), [cut]);
  expect([frontier, truncatedBy]).toEqual([['b'], ['DEPTH', 'NODES']]);
});
