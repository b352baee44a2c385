/** GraphML and GEXF, read back by graphology. */
import fc from 'fast-check';
import { MultiGraph } from 'graphology';
import gexfReader from 'graphology-gexf';
import graphmlReader from 'graphology-graphml';
import { expect, it } from 'vitest';
import { gexf, graphml } from '../../src/export/xml.js';
import { anyGraph, edgeOf, expected, nodeOf, selectionOf, textOf } from './kit.js';

/** XML cannot carry some characters at all; they come back as the replacement character. */
const legal = (text: string): string =>
  text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD');

interface Attributes {
  aliases?: string;
  [name: string]: unknown;
}

/** The graph that a reader made, in the shape of `expected`. */
function found(graph: ReturnType<typeof graphmlReader.parse>, drop: readonly string[]) {
  const kept = ({ aliases, ...attributes }: Attributes): Record<string, unknown> => ({
    ...Object.fromEntries(Object.entries(attributes).filter(([name]) => !drop.includes(name))),
    ...(aliases === undefined ? {} : { aliases: JSON.parse(aliases) as string[] }),
  });
  return {
    nodes: graph.mapNodes((id, attributes) => ({ id, ...kept(attributes) })),
    edges: graph.mapEdges((id, attributes, source, target) => ({ id, source, target, ...kept(attributes) })),
  };
}

const READERS = [
  { format: 'GraphML', write: graphml, read: graphmlReader.parse, drop: [] },
  // GEXF has a label of its own beside the attributes, and a kind on edges.
  { format: 'GEXF', write: gexf, read: gexfReader.parse, drop: ['label'] },
];

it.each(READERS)('graphology reads $format back with equal nodes, edges and attributes', ({ write, read, drop }) =>
  fc.assert(
    fc.asyncProperty(anyGraph, async (graph) => {
      const text = await textOf(write(selectionOf(graph.nodes, graph.edges)));
      const back = found(read(MultiGraph, text), drop);
      const edges = back.edges.map(({ kind: _, ...edge }: Record<string, unknown>) => edge);
      expect({ ...back, edges }).toEqual(expected(graph, legal));
    }),
  ),
);

const [a, b] = [nodeOf('MODEL', 'a', { year: 2024, aliases: ['A'] }), nodeOf('MODEL', 'b')];

it('GraphML looks like this', async () => {
  const edges = [edgeOf(a, 'DISTILLS_INTO', b, { quote: 'a < b' })];
  expect(await textOf(graphml(selectionOf([a, b], edges, 'a & b')))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
    <desc>a &amp; b</desc>
    <key id="node0" for="node" attr.name="kind" attr.type="string"/>
    <key id="node1" for="node" attr.name="name" attr.type="string"/>
    <key id="node2" for="node" attr.name="aliases" attr.type="string"/>
    <key id="node3" for="node" attr.name="description" attr.type="string"/>
    <key id="node4" for="node" attr.name="url" attr.type="string"/>
    <key id="node5" for="node" attr.name="publishedOn" attr.type="string"/>
    <key id="node6" for="node" attr.name="year" attr.type="int"/>
    <key id="node7" for="node" attr.name="arxivId" attr.type="string"/>
    <key id="node8" for="node" attr.name="depth" attr.type="int"/>
    <key id="node9" for="node" attr.name="neighbors" attr.type="int"/>
    <key id="edge0" for="edge" attr.name="type" attr.type="string"/>
    <key id="edge1" for="edge" attr.name="confidence" attr.type="double"/>
    <key id="edge2" for="edge" attr.name="evidence" attr.type="int"/>
    <key id="edge3" for="edge" attr.name="quote" attr.type="string"/>
    <key id="edge4" for="edge" attr.name="document" attr.type="string"/>
    <key id="edge5" for="edge" attr.name="via" attr.type="string"/>
    <graph edgedefault="directed">
    <node id="model:a"><data key="node0">MODEL</data><data key="node1">a</data><data key="node2">[&quot;A&quot;]</data><data key="node6">2024</data></node>
    <node id="model:b"><data key="node0">MODEL</data><data key="node1">b</data></node>
    <edge id="model:a DISTILLS_INTO model:b" source="model:a" target="model:b"><data key="edge0">DISTILLS_INTO</data><data key="edge1">1</data><data key="edge2">1</data><data key="edge3">a &lt; b</data><data key="edge4">document:d</data></edge>
    </graph>
    </graphml>
    "
  `);
});

it('GEXF looks like this, parallel edges told apart by their kind', async () => {
  const edges = [edgeOf(a, 'DISTILLS_INTO', b), edgeOf(a, 'EXTENDS', b, { confidence: 0.5 })];
  expect(await textOf(gexf(selectionOf([a, b], edges)))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <gexf xmlns="http://gexf.net/1.3" version="1.3">
    <meta><creator>Stemma</creator><description>A tiny graph</description></meta>
    <graph defaultedgetype="directed">
    <attributes class="node">
    <attribute id="0" title="kind" type="string"/>
    <attribute id="1" title="name" type="string"/>
    <attribute id="2" title="aliases" type="string"/>
    <attribute id="3" title="description" type="string"/>
    <attribute id="4" title="url" type="string"/>
    <attribute id="5" title="publishedOn" type="string"/>
    <attribute id="6" title="year" type="integer"/>
    <attribute id="7" title="arxivId" type="string"/>
    <attribute id="8" title="depth" type="integer"/>
    <attribute id="9" title="neighbors" type="integer"/>
    </attributes>
    <attributes class="edge">
    <attribute id="0" title="type" type="string"/>
    <attribute id="1" title="confidence" type="double"/>
    <attribute id="2" title="evidence" type="integer"/>
    <attribute id="3" title="quote" type="string"/>
    <attribute id="4" title="document" type="string"/>
    <attribute id="5" title="via" type="string"/>
    </attributes>
    <nodes>
    <node id="model:a" label="a"><attvalues><attvalue for="0" value="MODEL"/><attvalue for="1" value="a"/><attvalue for="2" value="[&quot;A&quot;]"/><attvalue for="6" value="2024"/></attvalues></node>
    <node id="model:b" label="b"><attvalues><attvalue for="0" value="MODEL"/><attvalue for="1" value="b"/></attvalues></node>
    </nodes>
    <edges>
    <edge id="model:a DISTILLS_INTO model:b" source="model:a" target="model:b" kind="DISTILLS_INTO" label="DISTILLS_INTO"><attvalues><attvalue for="0" value="DISTILLS_INTO"/><attvalue for="1" value="1"/><attvalue for="2" value="1"/><attvalue for="4" value="document:d"/></attvalues></edge>
    <edge id="model:a EXTENDS model:b" source="model:a" target="model:b" kind="EXTENDS" label="EXTENDS"><attvalues><attvalue for="0" value="EXTENDS"/><attvalue for="1" value="0.5"/><attvalue for="2" value="1"/><attvalue for="4" value="document:d"/></attvalues></edge>
    </edges>
    </graph>
    </gexf>
    "
  `);
});

it('says in the file what is missing from it', async () => {
  const cut = { ...selectionOf([a], []), complete: false, truncatedBy: ['DEPTH', 'NODES'] as const };
  for (const write of [graphml, gexf])
    expect(await textOf(write(cut))).toContain('>A tiny graph (not complete: DEPTH, NODES)</');
});
