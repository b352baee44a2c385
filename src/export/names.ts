/** The formats of exports, by the names that addresses and the command line give them, as people call them. */

export const FORMAT_NAMES = {
  cytoscape: 'Cytoscape JSON',
  d3: 'D3 JSON',
  graphml: 'GraphML',
  gexf: 'GEXF',
  dot: 'DOT',
  mermaid: 'Mermaid',
  'csv-nodes': 'CSV of entities',
  'csv-edges': 'CSV of relations',
  jsonld: 'JSON-LD',
} as const;

export type FormatName = keyof typeof FORMAT_NAMES;
