/** The two formats that are drawn as they are: DOT and Mermaid. */
import type { Supported } from '../graph/export.js';
import type { EntityKind } from '../ontology.js';
import { ENTITY_KINDS, KINDS, ruleOf } from '../ontology.js';
import { each } from './chunks.js';
import { attributesOf, edgeId, scalar } from './columns.js';
import type { ExportNode, Selection } from './select.js';

/** Line and fill of each kind. */
const COLOURS: Record<EntityKind, { line: string; fill: string }> = {
  PAPER: { line: '#855800', fill: '#fdf3df' },
  TECHNIQUE: { line: '#2d6337', fill: '#e8f4ea' },
  DATASET: { line: '#0a5c8c', fill: '#e3f1fa' },
  MODEL: { line: '#76389b', fill: '#f4eafa' },
  REPO: { line: '#515a63', fill: '#eef0f2' },
};

/** Characters that no text format of this kind can carry. */
const CONTROLS = /[\p{Cc}\p{Cs}]/gu;
const withoutControls = (text: string): string => text.replace(/\s+/g, ' ').replace(CONTROLS, '\uFFFD');

/** A quoted string of DOT. Labels, tips and links read backslashes and entities, so both are written as themselves. */
const dotText = (text: string): string =>
  `"${withoutControls(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/&/g, '&amp;')}"`;

/** A quoted string that stands for itself, such as the id of a node: only the quote has an escape. */
const dotId = (text: string): string => `"${withoutControls(text).replace(/\\/g, '/').replace(/"/g, '\\"')}"`;

const dotAttributes = (attributes: Record<string, string | number | readonly string[] | null>): string =>
  Object.entries(attributes)
    .flatMap(([name, value]) => {
      const text = scalar(value);
      return text === null ? [] : [`${name}=${dotText(text)}`];
    })
    .join(' ');

const DOT_STYLE = [
  'graph [rankdir=LR fontname="Helvetica" fontsize=18 labelloc=t nodesep=0.2 ranksep=0.7]',
  'node [shape=box style="rounded,filled" fontname="Helvetica" fontsize=11 margin="0.12,0.06" height=0.3]',
  'edge [fontname="Helvetica" fontsize=9 color="#8a8f98" fontcolor="#5a606a" arrowsize=0.6]',
].join('\n');

/** Graphviz DOT. https://graphviz.org/doc/info/lang.html */
export async function* dot(selection: Selection): AsyncGenerator<string> {
  yield `digraph {\nlabel=${dotText(selection.title)}\n${DOT_STYLE}\n`;
  yield* each(selection.nodes(), (node: ExportNode) => {
    const { name, description, url, ...rest } = attributesOf(selection.columns.nodes, node);
    const { line, fill } = COLOURS[node.kind];
    const look = { label: name ?? node.id, tooltip: description ?? node.id, URL: url ?? null };
    return `${dotId(node.id)} [${dotAttributes({ ...look, color: line, fillcolor: fill, ...rest })}]\n`;
  });
  yield* each(selection.edges(), (edge: Supported) => {
    const { quote, ...rest } = attributesOf(selection.columns.edges, edge);
    const look = { id: edgeId(edge), label: ruleOf(edge.type).verb, tooltip: quote ?? edge.type };
    return `${dotId(edge.source)} -> ${dotId(edge.target)} [${dotAttributes({ ...look, ...rest })}]\n`;
  });
  yield '}\n';
}

/** Text in quotes: what Mermaid or its Markdown would read as syntax is written as a code of its own. */
const mermaidText = (text: string): string =>
  `"${withoutControls(text).replace(/[^\p{L}\p{N}\p{M} .,:/()+-]/gu, (sign) => `#${String(sign.codePointAt(0))};`)}"`;

/** An id of Mermaid is a plain word: `technique:score-matching` → `technique_score_matching`. No two ids have the same. */
const mermaidId = (id: string): string =>
  id.replace(':', '-').replace(/[^a-z0-9]/g, (sign) => (sign === '-' ? '_' : `X${sign.charCodeAt(0).toString(16)}X`));

/** How much Mermaid draws unless `maxTextSize` and `maxEdges` are raised. */
const MERMAID_LIMITS =
  '%% Mermaid draws at most 500 edges and 50,000 characters unless maxEdges and maxTextSize are raised.';

/** A Mermaid flowchart. https://mermaid.js.org/syntax/flowchart.html */
export async function* mermaid(selection: Selection): AsyncGenerator<string> {
  yield `---\ntitle: ${JSON.stringify(withoutControls(selection.title))}\n---\n${MERMAID_LIMITS}\nflowchart LR\n`;
  for (const kind of KINDS)
    yield `classDef ${ENTITY_KINDS[kind].label} fill:${COLOURS[kind].fill},stroke:${COLOURS[kind].line},color:#1b1f24\n`;
  yield* each(
    selection.nodes(),
    ({ id, name, kind }: ExportNode) => `${mermaidId(id)}(${mermaidText(name)}):::${ENTITY_KINDS[kind].label}\n`,
  );
  yield* each(
    selection.edges(),
    ({ source, target, type }: Supported) =>
      `${mermaidId(source)} -->|${mermaidText(ruleOf(type).verb)}| ${mermaidId(target)}\n`,
  );
}
