/** Mermaid, drawn by Mermaid itself in a headless Chromium where there is one. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mermaid } from '../../src/export/drawing.js';
import { RELATION_TYPES } from '../../src/ontology.js';
import { edgeOf, HOSTILE, nodeOf, selectionOf, textOf } from './kit.js';

const require = createRequire(import.meta.url);
const executablePath = '/usr/bin/chromium';

/** What is seen of a text: one line, without what no picture can show. */
const visible = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD')
    .trim();

it('looks like this', async () => {
  const [a, b] = [nodeOf('MODEL', 'a', { name: 'A "quoted" #1' }), nodeOf('REPO', 'github.com/owner/b-1')];
  expect(await textOf(mermaid(selectionOf([a, b], [edgeOf(a, 'IMPLEMENTED_IN', b)])))).toMatchInlineSnapshot(`
    "---
    title: "A tiny graph"
    ---
    %% Mermaid draws at most 500 edges and 50,000 characters unless maxEdges and maxTextSize are raised.
    flowchart LR
    classDef Paper fill:#fdf3df,stroke:#855800,color:#1b1f24
    classDef Technique fill:#e8f4ea,stroke:#2d6337,color:#1b1f24
    classDef Dataset fill:#e3f1fa,stroke:#0a5c8c,color:#1b1f24
    classDef Model fill:#f4eafa,stroke:#76389b,color:#1b1f24
    classDef Repo fill:#eef0f2,stroke:#515a63,color:#1b1f24
    model_a("A #34;quoted#34; #35;1"):::Model
    repo_githubX2eXcomX2fXownerX2fXb_1("github.com/owner/b-1"):::Repo
    model_a -->|"is implemented in"| repo_githubX2eXcomX2fXownerX2fXb_1
    "
  `);
});

describe.skipIf(!existsSync(executablePath))('Mermaid', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
    await page.setContent('<!doctype html><meta charset="utf-8"><div id="drawing"></div>');
    await page.addScriptTag({ path: require.resolve('@mermaid-js/tiny') });
  });
  afterAll(() => browser.close());

  /** The labels of the nodes and of the edges of what Mermaid draws. */
  const drawn = (text: string): Promise<{ nodes: string[]; edges: string[]; fired: boolean }> =>
    page.evaluate(async (source) => {
      interface Mermaid {
        initialize(options: object): void;
        render(id: string, text: string): Promise<{ svg: string }>;
      }
      interface Place {
        innerHTML: string;
        textContent: string;
        querySelector(selector: string): Place | null;
        querySelectorAll(selector: string): Iterable<Place>;
      }
      const { mermaid: drawer, document } = globalThis as unknown as { mermaid: Mermaid; document: Place };
      drawer.initialize({ startOnLoad: false, maxEdges: 5_000, maxTextSize: 1_000_000 });
      const { svg } = await drawer.render('picture', source);
      const place = document.querySelector('#drawing') ?? document;
      place.innerHTML = svg;
      const labels = (selector: string): string[] =>
        [...place.querySelectorAll(selector)].map(({ textContent }) => textContent.trim());
      return {
        nodes: labels('.node .nodeLabel'),
        edges: labels('.edgeLabel .edgeLabel'),
        fired: place.querySelector('img, script') !== null,
      };
    }, text);

  it('draws every name as it is, and nothing in it runs', async () => {
    const names = [...HOSTILE, ...fc.sample(fc.string({ unit: 'grapheme', minLength: 1 }), { numRuns: 50, seed: 1 })];
    const nodes = names.map((name, i) => nodeOf('TECHNIQUE', `n${i}`, { name }));
    const { nodes: labels, fired } = await drawn(await textOf(mermaid(selectionOf(nodes, []))));
    expect(labels).toEqual(nodes.map(({ name }) => visible(name)));
    expect(fired).toBe(false);
  });

  it('draws every type of relation, between ids that look like syntax', async () => {
    const ids = ['end', 'graph', 'o', 'x', 'click', 'a--b', 'a/b.c', '1', 'subgraph-end'];
    const nodes = ids.map((id) => nodeOf('MODEL', id));
    const edges = RELATION_TYPES.map((type, i) =>
      edgeOf(nodes[i % 9] ?? nodeOf('MODEL', ''), type, nodes[(i + 1) % 9] ?? nodeOf('MODEL', '')),
    );
    const picture = await drawn(await textOf(mermaid(selectionOf(nodes, edges))));
    expect(picture.nodes).toEqual(ids);
    expect(picture.edges.length).toBe(edges.length);
  });
});
