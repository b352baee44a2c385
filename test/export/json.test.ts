/** Cytoscape JSON read by cytoscape, node-link JSON, JSON-LD read by jsonld. */
import cytoscapeReader from 'cytoscape';
import fc from 'fast-check';
import processor from 'jsonld';
import { expect, it } from 'vitest';
import { cytoscape, d3 } from '../../src/export/json.js';
import { jsonld } from '../../src/export/jsonld.js';
import { anyGraph, edgeOf, expected, nodeOf, selectionOf, textOf } from './kit.js';

it('Cytoscape opens Cytoscape JSON with equal nodes, edges and attributes', () =>
  fc.assert(
    fc.asyncProperty(anyGraph, async (graph) => {
      const text = await textOf(cytoscape(selectionOf(graph.nodes, graph.edges)));
      const { elements } = JSON.parse(text) as { elements: cytoscapeReader.ElementsDefinition };
      const opened = cytoscapeReader({ headless: true, elements });
      expect({
        nodes: opened.nodes().map((node) => node.data() as object),
        edges: opened.edges().map((edge) => edge.data() as object),
      }).toEqual({
        nodes: expected(graph).nodes,
        edges: expected(graph).edges.map((edge) => ({ ...edge, interaction: (edge as { type?: string }).type })),
      });
      opened.destroy();
    }),
  ));

it('node-link JSON has nodes, and links between their ids', () =>
  fc.assert(
    fc.asyncProperty(anyGraph, async (graph) => {
      const { nodes, links } = JSON.parse(await textOf(d3(selectionOf(graph.nodes, graph.edges)))) as Record<
        string,
        unknown
      >;
      const edges = expected(graph).edges.map((edge) => ({ ...edge, key: (edge as { type?: string }).type }));
      expect({ nodes, links }).toEqual({ nodes: expected(graph).nodes, links: edges });
    }),
  ));

it('an empty selection is still JSON', async () => {
  for (const write of [cytoscape, jsonld]) JSON.parse(await textOf(write(selectionOf([], []))));
  expect(JSON.parse(await textOf(d3(selectionOf([], []))))).toEqual({
    directed: true,
    multigraph: true,
    graph: { name: 'A tiny graph', complete: true, truncatedBy: [] },
    nodes: [],
    links: [],
  });
});

const offline = { documentLoader: (url: string) => Promise.reject(new Error(`${url} must not be fetched`)) };

/** The triples that a JSON-LD processor finds, as N-Quads. */
const triplesOf = async (text: string): Promise<string[]> => {
  const quads = await processor.toRDF(JSON.parse(text) as object, { ...offline, format: 'application/n-quads' });
  return (quads as string).trim().split('\n').sort();
};

it('a JSON-LD processor finds each entity, each relation, and each relation as a statement with its support', async () => {
  const a = nodeOf('TECHNIQUE', 'a', { name: 'A "quoted" name', aliases: ['α'], url: 'https://example.org/a' });
  const b = nodeOf('TECHNIQUE', 'b/c d');
  const text = await textOf(jsonld(selectionOf([a, b], [edgeOf(a, 'EXTENDS', b, { quote: 'A extends B.' })])));
  expect(await triplesOf(text)).toMatchInlineSnapshot(`
    [
      "<urn:stemma:relation:technique:a%20EXTENDS%20technique:b/c%20d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> <urn:stemma:technique:b/c%20d> .",
      "<urn:stemma:relation:technique:a%20EXTENDS%20technique:b/c%20d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> <urn:stemma:term:EXTENDS> .",
      "<urn:stemma:relation:technique:a%20EXTENDS%20technique:b/c%20d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> <urn:stemma:technique:a> .",
      "<urn:stemma:relation:technique:a%20EXTENDS%20technique:b/c%20d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement> .",
      "<urn:stemma:relation:technique:a%20EXTENDS%20technique:b/c%20d> <urn:stemma:term:confidence> "1.0E0"^^<http://www.w3.org/2001/XMLSchema#double> .",
      "<urn:stemma:relation:technique:a%20EXTENDS%20technique:b/c%20d> <urn:stemma:term:document> <urn:stemma:document:d> .",
      "<urn:stemma:relation:technique:a%20EXTENDS%20technique:b/c%20d> <urn:stemma:term:evidence> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .",
      "<urn:stemma:relation:technique:a%20EXTENDS%20technique:b/c%20d> <urn:stemma:term:quote> "A extends B." .",
      "<urn:stemma:technique:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:stemma:term:Technique> .",
      "<urn:stemma:technique:a> <https://schema.org/alternateName> "α" .",
      "<urn:stemma:technique:a> <https://schema.org/name> "A \\"quoted\\" name" .",
      "<urn:stemma:technique:a> <https://schema.org/url> <https://example.org/a> .",
      "<urn:stemma:technique:a> <urn:stemma:term:EXTENDS> <urn:stemma:technique:b/c%20d> .",
      "<urn:stemma:technique:b/c%20d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:stemma:term:Technique> .",
      "<urn:stemma:technique:b/c%20d> <https://schema.org/name> "b/c d" .",
    ]
  `);
});

it('every relation of any graph is a triple between its entities, names unchanged', () =>
  fc.assert(
    fc.asyncProperty(anyGraph, async (graph) => {
      const text = await textOf(jsonld(selectionOf(graph.nodes, graph.edges)));
      const expanded = await processor.expand(JSON.parse(text) as object, offline);
      const objects = expanded as Record<string, { '@value'?: string; '@id'?: string }[]>[];
      const names = objects.flatMap((object) => object['https://schema.org/name'] ?? []).map((name) => name['@value']);
      const triples = objects.flatMap((object) =>
        graph.edges.flatMap(({ type }) => object[`urn:stemma:term:${type}`] ?? []),
      );
      expect(names).toEqual(graph.nodes.map(({ name }) => name));
      expect(new Set(triples.map((target) => target['@id']))).toEqual(
        new Set(graph.edges.map(({ target }) => `urn:stemma:${encodeURI(target)}`)),
      );
    }),
    { numRuns: 50 },
  ));
