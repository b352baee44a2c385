/** DOT, drawn by Graphviz where it is installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot } from '../../src/export/drawing.js';
import { edgeOf, HOSTILE, nodeOf, selectionOf, textOf } from './kit.js';

const hasGraphviz = spawnSync('dot', ['-V']).status === 0;
const draw = (text: string, format: string): Buffer =>
  execFileSync('dot', [`-T${format}`], { input: text, stdio: ['pipe', 'pipe', 'pipe'] });

interface Drawn {
  objects: { name: string; _ldraw_: { op: string; text?: string }[]; tooltip: string }[];
}

/** What is seen of a text: one line, without what no picture can show. */
const visible = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');

it('looks like this', async () => {
  const [a, b] = [
    nodeOf('MODEL', 'a', { name: 'A "quoted" \\n & more', url: 'https://example.org/a?b&c' }),
    nodeOf('MODEL', 'b'),
  ];
  const text = await textOf(dot(selectionOf([a, b], [edgeOf(a, 'DISTILLS_INTO', b, { quote: 'A teaches\nB.' })])));
  expect(text).toMatchInlineSnapshot(`
    "digraph {
    label="A tiny graph"
    graph [rankdir=LR fontname="Helvetica" fontsize=18 labelloc=t nodesep=0.2 ranksep=0.7]
    node [shape=box style="rounded,filled" fontname="Helvetica" fontsize=11 margin="0.12,0.06" height=0.3]
    edge [fontname="Helvetica" fontsize=9 color="#8a8f98" fontcolor="#5a606a" arrowsize=0.6]
    "model:a" [label="A \\"quoted\\" \\\\n &amp; more" tooltip="model:a" URL="https://example.org/a?b&amp;c" color="#76389b" fillcolor="#f4eafa" kind="MODEL"]
    "model:b" [label="b" tooltip="model:b" color="#76389b" fillcolor="#f4eafa" kind="MODEL"]
    "model:a" -> "model:b" [id="model:a DISTILLS_INTO model:b" label="distills into" tooltip="A teaches B." type="DISTILLS_INTO" confidence="1" evidence="1" document="document:d"]
    }
    "
  `);
});

describe.skipIf(!hasGraphviz)('Graphviz', () => {
  it('draws every name as it is, on as many nodes as there are entities', async () => {
    const names = [...HOSTILE, ...fc.sample(fc.string({ unit: 'grapheme', minLength: 1 }), { numRuns: 150, seed: 1 })];
    const nodes = names.map((name, i) => nodeOf('TECHNIQUE', `n${i}`, { name, description: name, aliases: [name] }));
    const edges = nodes.slice(1).map((node) => edgeOf(nodes[0] ?? node, 'EXTENDS', node, { quote: node.name }));
    const { objects } = JSON.parse(draw(await textOf(dot(selectionOf(nodes, edges))), 'json').toString()) as Drawn;
    const labels = objects.map(({ name, _ldraw_ }) => [name, _ldraw_.find(({ op }) => op === 'T')?.text]);
    expect(labels).toEqual(nodes.map(({ id, name }) => [id, visible(name)]));
  });

  it('renders a picture with the names, the verbs and the links', async () => {
    const [a, b] = [
      nodeOf('MODEL', 'a', { name: 'Teacher', url: 'https://example.org/a?b&c' }),
      nodeOf('MODEL', 'b', { name: 'Student' }),
    ];
    const text = await textOf(dot(selectionOf([a, b], [edgeOf(a, 'DISTILLS_INTO', b)])));
    const picture = draw(text, 'svg').toString();
    expect(picture).toMatch(/<svg [^]*>Teacher<[^]*>Student<[^]*>distills into</);
    expect(picture).toContain('xlink:href="https://example.org/a?b&amp;c"');
    expect(draw(text, 'png').subarray(1, 4).toString()).toBe('PNG');
  });
});
