/** Laws of the drawing: what is on it, where it is, and that it stays small. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RELATION_TYPES } from '../../src/ontology.js';
import type { RelationType } from '../../src/ontology.js';
import { headOf, tailOf } from '../../src/web/drawing/graph.js';
import type { Graph, GraphEdge, GraphNode } from '../../src/web/drawing/graph.js';
import { layout } from '../../src/web/drawing/layout.js';
import type { Layout } from '../../src/web/drawing/layout.js';
import { wrapped } from '../../src/web/drawing/text.js';

const node = (id: string): GraphNode => ({ id, kind: 'TECHNIQUE', name: `the technique ${id}` });
const edge = (source: string, type: RelationType, target: string, confidence = 1): GraphEdge => ({
  id: `${source} ${type} ${target}`,
  type,
  source,
  target,
  confidence,
});
const graphOf = (...edges: GraphEdge[]): Graph => ({
  nodes: [...new Set(edges.flatMap(({ source, target }) => [source, target]))].map(node),
  edges,
});

const IDS = Array.from({ length: 24 }, (_, i) => `n${i}`);
const anyEdges = fc.array(
  fc
    .record({
      source: fc.constantFrom(...IDS),
      type: fc.constantFrom(...RELATION_TYPES),
      target: fc.constantFrom(...IDS),
    })
    .map(({ source, type, target }) => edge(source, type, target)),
  { minLength: 1, maxLength: 60 },
);

const boxesOf = ({ nodes, bundles }: Layout) => [...nodes, ...bundles];
const drawnIds = (drawing: Layout) => drawing.nodes.map(({ id }) => id);

it('places every node once: as itself or in one bundle', () => {
  fc.assert(
    fc.property(anyEdges, (edges) => {
      const graph = graphOf(...edges);
      const drawing = layout(graph, { root: 'n0' });
      const placed = [...drawnIds(drawing), ...drawing.bundles.flatMap(({ bundle }) => bundle.members)];
      expect(placed.sort()).toEqual(graph.nodes.map(({ id }) => id).sort());
      expect(drawing.nodesLeftOut).toBe(0);
    }),
    { numRuns: 60 },
  );
});

it('no two boxes overlap', () => {
  fc.assert(
    fc.property(anyEdges, (edges) => {
      const boxes = boxesOf(layout(graphOf(...edges)));
      const overlaps = boxes.flatMap((one, i) =>
        boxes
          .slice(i + 1)
          .filter(
            (other) =>
              one.x < other.x + other.width &&
              other.x < one.x + one.width &&
              one.y < other.y + other.height &&
              other.y < one.y + one.height,
          )
          .map((other) => [one.id, other.id]),
      );
      expect(overlaps).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('every line starts on the edge of its tail, ends on the edge of its head, and has a label of its own place', () => {
  fc.assert(
    fc.property(anyEdges, (edges) => {
      const drawing = layout(graphOf(...edges));
      const boxes = new Map(boxesOf(drawing).map((box) => [box.id, box]));
      for (const { line, points } of drawing.routes) {
        for (const [id, end] of [
          [line.tail, points[0]],
          [line.head, points.at(-1)],
        ] as const) {
          const box = boxes.get(id);
          if (!box || !end) throw new Error(`${line.id} hangs in the air`);
          expect([box.x, box.x + box.width]).toContain(end.x);
          expect(end.y).toBe(box.y + box.height / 2);
        }
      }
      const places = drawing.routes.flatMap(({ label }) => (label ? [`${label.x} ${label.y}`] : []));
      expect(new Set(places).size).toBe(places.length);
    }),
    { numRuns: 60 },
  );
});

it('an arrow runs from left to right unless it is part of a cycle', () => {
  fc.assert(
    fc.property(anyEdges, (edges) => {
      const graph = graphOf(...edges);
      const drawing = layout(graph, { root: 'n0' });
      const boxes = new Map(boxesOf(drawing).map((box) => [box.id, box]));
      const back = drawing.routes.filter(({ line: { tail, head } }) => {
        const [from, to] = [boxes.get(tail), boxes.get(head)];
        return from && to && from.x + from.width > to.x;
      });
      const leads = (from: string, to: string, seen = new Set<string>()): boolean =>
        from === to ||
        graph.edges.some(
          (each) =>
            tailOf(each) === from &&
            !seen.has(headOf(each)) &&
            leads(headOf(each), to, new Set([...seen, headOf(each)]).add(from)),
        );
      for (const { line } of back) expect(leads(line.head, line.tail)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it('the farther an ancestor is the farther left it stands, the farther a descendant the farther right', () => {
  const chain = ['a', 'b', 'c', 'd', 'e'];
  const steps = chain.slice(1).map((id, i) => edge(id, 'EXTENDS', chain[i] ?? ''));
  const { nodes } = layout(graphOf(...steps, edge('c', 'IS_A', 'a'), edge('x', 'DISTILLS_INTO', 'c')), { root: 'c' });
  expect(nodes.map(({ id }) => id)).toEqual(['a', 'x', 'b', 'c', 'd', 'e']);
});

it('what turns back in a cycle is the arrow towards the far ancestor', () => {
  const cycle = [edge('root', 'USES', 'near'), edge('near', 'USES', 'far'), edge('far', 'USES', 'near')];
  expect(layout(graphOf(...cycle), { root: 'root' }).nodes.map(({ id }) => id)).toEqual(['far', 'near', 'root']);
});

it('the order of nodes and edges is irrelevant', () => {
  fc.assert(
    fc.property(
      anyEdges.chain((edges) => fc.tuple(fc.constant(edges), fc.shuffledSubarray(edges, { minLength: edges.length }))),
      ([edges, shuffled]) => {
        expect(layout(graphOf(...shuffled), { root: 'n0' })).toEqual(layout(graphOf(...edges), { root: 'n0' }));
      },
    ),
    { numRuns: 40 },
  );
});

it('relations that join the same two nodes in the same sense are one line, read along its arrow', () => {
  const { routes } = layout(
    graphOf(edge('child', 'USES', 'parent'), edge('parent', 'PART_OF', 'child'), edge('child', 'EXTENDS', 'parent')),
  );
  expect(routes.map(({ line, label }) => [line.tail, line.head, label?.text])).toEqual([
    ['parent', 'child', 'used by · 2 others'],
  ]);
});

const HUB = graphOf(
  ...Array.from({ length: 4000 }, (_, i) => edge(`model:${i}`, 'TRAINED_ON', 'dataset:hub', (i % 10) / 10)),
);

it('a hub of 4,000 neighbours is four of them, the surest, and a bundle', () => {
  const { nodes, bundles, routes } = layout(HUB, { root: 'dataset:hub' });
  expect(nodes.map(({ id }) => id).sort()).toEqual([
    'dataset:hub',
    'model:1009',
    'model:1019',
    'model:1029',
    'model:1039',
  ]);
  expect(bundles.map(({ text, bundle }) => [text, bundle.type, bundle.members.length])).toEqual([
    [['+3996 more'], 'TRAINED_ON', 3996],
  ]);
  expect(routes).toHaveLength(5);
});

it('an open bundle shows fifty more, and what is left is a bundle still', () => {
  const [closed] = layout(HUB, { root: 'dataset:hub' }).bundles;
  const drawing = layout(HUB, { root: 'dataset:hub', open: new Set([closed?.id ?? '']) });
  expect([drawing.nodes.length, drawing.bundles.map(({ text }) => text)]).toEqual([55, [['+3946 more']]]);
});

it('a hub of 4,000 neighbours is laid out within 200 ms', () => {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    layout(HUB, { root: 'dataset:hub' });
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(200);
});

it('however much an answer has, at most 200 nodes and 300 lines between them are drawn, and nothing is lost unsaid', () => {
  const edges = Array.from({ length: 3000 }, (_, i) => edge(`n${(i * 7) % 900}`, 'USES', `n${(i * i + 3) % 900}`));
  const graph = graphOf(...edges);
  const open = new Set(graph.nodes.map(({ id }) => `more:${id}`));
  const drawing = layout(graph, { root: 'n0', open });
  const inBundles = drawing.bundles.reduce((sum, { bundle }) => sum + bundle.members.length, 0);
  expect(drawing.nodes.length).toBeLessThanOrEqual(200);
  expect(drawing.routes.length).toBeLessThanOrEqual(300 + drawing.bundles.length);
  expect(drawing.nodes.length + inBundles + drawing.nodesLeftOut).toBe(graph.nodes.length);
});

it('what leads further stands for itself before what does not', () => {
  const nodes = HUB.nodes.map((each) => ({ ...each, frontier: each.id === 'model:0' }));
  expect(drawnIds(layout({ ...HUB, nodes }, { root: 'dataset:hub' }))).toContain('model:0');
});

it('names are cut to two lines that fit, between words where there are any', () => {
  const box = { width: 100, size: 10, lines: 2, measure: (text: string) => text.length * 10 };
  expect(wrapped('knowledge distillation', box)).toEqual(['knowledge', 'distillat…']);
  expect(wrapped('one two-time scale', box)).toEqual(['one two-', 'time scale']);
  expect(wrapped('Donaudampfschifffahrt', box)).toEqual(['Donaudampf', 'schifffah…']);
  expect(wrapped('  DMD2 ', box)).toEqual(['DMD2']);
  expect(wrapped('𝒜'.repeat(30), { ...box, lines: 1 })).toEqual([`${'𝒜'.repeat(4)}…`]);
});

it('a bundle says how many of its nodes lead further', () => {
  const further = ['model:5', 'model:6', 'model:7', 'model:8', 'model:9', 'model:10'];
  const nodes = HUB.nodes.map((each) => ({ ...each, frontier: further.includes(each.id) }));
  const { bundles } = layout({ ...HUB, nodes });
  // Four stand for themselves.
  expect(bundles.map(({ text }) => text.join(' ').replace(/^.\d+/, '+N'))).toEqual(['+N more, 2 lead further']);
});
