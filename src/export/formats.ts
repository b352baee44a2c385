/** The formats there are. */
import { StemmaError } from '../errors.js';
import { csvEdges, csvNodes } from './csv.js';
import { dot, mermaid } from './drawing.js';
import { cytoscape, d3 } from './json.js';
import { jsonld } from './jsonld.js';
import type { FormatName } from './names.js';
import type { Selection } from './select.js';
import { gexf, graphml } from './xml.js';

export interface Format {
  /** A selection as text, in as many pieces as it has pages; all entities come before the first relation. */
  write: (selection: Selection) => AsyncGenerator<string>;
  type: string;
  /** of a file, without the dot */
  extension: string;
}

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  cytoscape: { write: cytoscape, type: 'application/json', extension: 'cyjs' },
  d3: { write: d3, type: 'application/json', extension: 'json' },
  graphml: { write: graphml, type: 'application/graphml+xml', extension: 'graphml' },
  gexf: { write: gexf, type: 'application/gexf+xml', extension: 'gexf' },
  dot: { write: dot, type: 'text/vnd.graphviz', extension: 'dot' },
  mermaid: { write: mermaid, type: 'text/vnd.mermaid', extension: 'mmd' },
  'csv-nodes': { write: csvNodes, type: 'text/csv', extension: 'nodes.csv' },
  'csv-edges': { write: csvEdges, type: 'text/csv', extension: 'edges.csv' },
  jsonld: { write: jsonld, type: 'application/ld+json', extension: 'jsonld' },
};

/** @throws NOT_FOUND with the formats that there are */
export function getFormat(name: string): Format {
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name as FormatName] : undefined;
  const all = Object.keys(FORMATS).join(', ');
  if (!format)
    throw new StemmaError('NOT_FOUND', `format: there is no ${JSON.stringify(name)}; there are ${all}`, {
      argument: 'format',
    });
  return format;
}
