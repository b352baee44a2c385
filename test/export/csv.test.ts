/** CSV, read back by csv-parse. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attributesOf, columnsOf } from '../../src/export/columns.js';
import { csvEdges, csvNodes } from '../../src/export/csv.js';
import { anyGraph, edgeOf, HOSTILE, nodeOf, selectionOf, textOf } from './kit.js';

/** What a reader finds in a cell; texts that a spreadsheet would run have an apostrophe before them. */
const cell = (value: unknown): string => {
  const text = typeof value === 'string' ? Buffer.from(value).toString() : JSON.stringify(value);
  return typeof value === 'string' && /^[=+\-@\t\r＋－＝＠]/.test(value) ? `'${text}` : text;
};

const cells = (item: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, cell(value)]));

const read = (text: string): Record<string, string>[] =>
  parse<Record<string, string>>(Buffer.from(text), { columns: true, record_delimiter: '\r\n' }).map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')),
  );

it('csv-parse reads back every entity and every relation', () =>
  fc.assert(
    fc.asyncProperty(anyGraph, async ({ nodes, edges }) => {
      const selection = selectionOf(nodes, edges);
      expect(read(await textOf(csvNodes(selection)))).toEqual(
        nodes.map((node) => cells({ id: node.id, ...attributesOf(columnsOf(null).nodes, node) })),
      );
      expect(read(await textOf(csvEdges(selection)))).toEqual(
        edges.map((edge) =>
          cells({ source: edge.source, target: edge.target, ...attributesOf(columnsOf(null).edges, edge) }),
        ),
      );
    }),
  ));

it('no cell begins as a formula, whatever the names are, and numbers stay numbers', async () => {
  const nodes = HOSTILE.map((name, i) => nodeOf('MODEL', `m${i}`, { name, description: name, year: 2024 }));
  const rows = parse(await textOf(csvNodes(selectionOf(nodes, []))), { columns: false });
  expect(rows.flat().filter((value) => /^[=+\-@\t\r]/.test(value))).toEqual([]);
  expect(rows.slice(1).map((row) => row[7])).toEqual(nodes.map(() => '2024'));
});

it('looks like this', async () => {
  const [a, b] = [
    nodeOf('MODEL', 'a', { name: 'A, "the first"', aliases: ['=A1', 'a'] }),
    nodeOf('MODEL', 'b', { name: '=B1' }),
  ];
  const selection = selectionOf([a, b], [edgeOf(a, 'DISTILLS_INTO', b, { confidence: 0.9, evidence: 2 })]);
  expect((await textOf(csvNodes(selection))).split('\r\n')).toEqual([
    'id,kind,name,aliases,description,url,publishedOn,year,arxivId,depth,neighbors',
    'model:a,MODEL,"A, ""the first""","[""=A1"",""a""]",,,,,,,',
    "model:b,MODEL,'=B1,,,,,,,,",
    '',
  ]);
  expect((await textOf(csvEdges(selection))).split('\r\n')).toEqual([
    'source,target,type,confidence,evidence,quote,document,via',
    'model:a,model:b,DISTILLS_INTO,0.9,2,,document:d,',
    '',
  ]);
});
