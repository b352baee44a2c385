import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ended } from '../program.js';
import { ended, runProgram, startProgram } from '../program.js';
import { packageFile } from '../testkit.js';

const directory = mkdtempSync(join(tmpdir(), 'stemma-cli-'));
const root = fileURLToPath(new URL('../..', import.meta.url));
const listing = join(root, 'seed', 'huggingface-papers-distillation.txt');
const stemma = (...args: string[]): Promise<Ended> => stemmaOn('data', ...args);

/** Runs a command on the store in a folder. */
const stemmaOn = (data: string, ...args: string[]): Promise<Ended> =>
  runProgram(args, { STEMMA_DATA: join(directory, data) }, directory);

beforeAll(async () => {
  await stemma('seed');
}, 300_000);

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

it('prints a lineage with the sentence behind every hop', async () => {
  const { code, out } = await stemma('lineage', 'dmd2', '--depth', '1');
  expect(code).toBe(0);
  expect(out).toContain('▲ Distribution Matching Distillation [Technique]');
  expect(out).toContain('DMD2 extends Distribution Matching Distillation');
  expect(out).toContain('“We introduce DMD2, a set of techniques that lift this limitation and improve DMD');
});

it('prints a path between entities that share no paper', async () => {
  const { code, out } = await stemma('path', 'DMD2', 'LoRA', '--first', '1');
  expect(code).toBe(0);
  expect(out).toContain('1. 3 steps: DMD2 — SDXL — Hyper-SD — LoRA');
});

it('prints JSON for machines', async () => {
  const { out } = await stemma('search', 'knowledge distillation', '--first', '1', '--json');
  expect(JSON.parse(out)).toMatchObject({ edges: [{ node: { kind: 'TECHNIQUE' } }] });
});

it('says what comes near a name that nothing has, and ends with 1', async () => {
  const { code, err } = await stemma('lineage', 'knowlege distilation');
  expect(code).toBe(1);
  expect(err).toContain('nothing is called "knowlege distilation"; near to it: ');
});

it('ingests the seed again without changing the checksum', async () => {
  const before = await stemma('stats', '--checksum');
  const { code, out } = await stemma('ingest', listing, '--json');
  expect([code, JSON.parse(out)]).toMatchObject([0, { files: [{ documents: 84, rejected: 0 }], rejections: [] }]);
  expect(await stemma('stats', '--checksum')).toEqual(before);
});

it('retracts a fact with a reason, keeps it out when its document is read again, and takes that back', async () => {
  const lineage = async () => {
    const { out } = await stemma('lineage', 'dmd2', '--depth', '1', '--json');
    return JSON.parse(out) as { edges: { type: string; evidence: { id: string }[] }[] };
  };
  const before = await lineage();
  const fact = before.edges.find(({ type }) => type === 'EXTENDS')?.evidence[0]?.id ?? '';
  const retracted = await stemma('retract', fact, '--reason', 'It says so of another one.');
  expect(retracted).toMatchObject({ code: 0, err: '' });
  expect(retracted.out).toMatch(
    /^retracted: technique:dmd2 extends technique:distribution-matching-distillation, says /,
  );
  await stemma('ingest', listing);
  expect((await lineage()).edges.filter(({ type }) => type === 'EXTENDS')).toEqual([]);
  const { out } = await stemma('retractions', '--json');
  expect(JSON.parse(out)).toMatchObject({
    totalCount: 1,
    nodes: [{ id: fact, reason: 'It says so of another one.', method: 'CURATED', evidence: [{ id: fact }] }],
  });
  expect((await stemma('retract', fact, '--undo')).code).toBe(0);
  expect(await lineage()).toEqual(before);
}, 120_000);

it('carries a store to another one by backup and restore, and refuses half a backup', async () => {
  const [whole, half] = [join(directory, 'whole.jsonl'), join(directory, 'half.jsonl')];
  expect((await stemma('backup', whole)).code).toBe(0);
  const lines = readFileSync(whole, 'utf8');
  writeFileSync(half, lines.slice(0, lines.length / 2));
  const refused = await stemmaOn('copy', 'restore', half);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('this is not a whole backup: ')]);
  const { out } = await stemmaOn('copy', 'restore', whole, '--json');
  const { checksum } = JSON.parse(out) as { checksum: string };
  expect((await stemma('stats', '--checksum')).out).toBe(`${checksum}\n`);
  expect(await stemmaOn('copy', 'restore', whole)).toMatchObject({ code: 2 });
}, 120_000);

it('refuses a backup to, and a restore from, what is no file, with its name', async () => {
  const nowhere = join(directory, 'nowhere', 'whole.jsonl');
  for (const [command, file, why] of [
    ['backup', nowhere, 'cannot be written: '],
    ['backup', root, 'cannot be written: it is a directory'],
    ['restore', nowhere, 'is not there; '],
    ['restore', root, 'is no file; '],
  ] as const)
    expect(await stemmaOn('copy', command, file)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`stemma: ${file} ${why}`) as string,
    });
});

it('retracts nothing without a reason', async () => {
  expect(await stemma('retract', 'no-fact')).toEqual({
    code: 2,
    out: '',
    err: 'stemma: give --reason "…" to retract, or --undo to take it back\n',
  });
});

it('prints each stage instead of writing it', async () => {
  const before = await stemma('stats', '--checksum');
  const { out } = await stemma('ingest', listing, '--dry-run', 'facts');
  const { facts } = JSON.parse(out) as { facts: unknown[] };
  expect(facts.length).toBeGreaterThan(800);
  expect(await stemma('stats', '--checksum')).toEqual(before);
});

it('says which rule decides that two names mean two things, without a store, and ends with 1', async () => {
  expect(await stemma('same', 'СLIP', 'CLIP', '--kind', 'Model')).toEqual({
    code: 1,
    err: '',
    out: [
      'different, by name: сlip and clip differ, and no vocabulary joins them',
      '  "СLIP" is model:сlip (key сlip)',
      '  "CLIP" is model:clip (key clip, vocabulary: CLIP)',
      '  the "С" in "СLIP" looks like a Latin letter but is none',
      '',
    ].join('\n'),
  });
});

it('names a setting that cannot be, and ends with 2', async () => {
  const { code, err } = await runProgram(['stats'], { PORT: 'many' }, directory);
  expect(code).toBe(2);
  expect(err).toMatch(/^stemma: the environment is not usable: PORT: /);
});

it('finds the graph sound', async () => {
  expect(await stemma('check', '--json')).toMatchObject({ code: 0, out: '[]\n' });
});

it('asks the server that holds the store, refuses to write beside it, and the server ends with 0', async () => {
  const { url, process: server } = await startProgram(['serve'], {
    NEO4J_URI: '',
    STEMMA_DATA: join(directory, 'data'),
  });
  expect(url).toMatch(/^http:\/\/localhost:\d+/);
  expect(await stemma('lineage', 'DMD2', '--depth', '1')).toMatchObject({ code: 0 });
  expect(await stemma('export', '--format', 'dot', '--search', 'distillation', '--limit', '1')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^digraph/) as string,
    err: 'not all: NODES (--depth, --limit)\n',
  });
  expect(await stemma('export', '--format', 'dot', '--lineage', 'nothing')).toMatchObject({ code: 1, out: '' });
  const written = await stemma('ingest', listing);
  expect(written.code).toBe(3);
  expect(written.err).toMatch(/^stemma: the server at http:\/\/localhost:\d+ holds the store; stop it/);
  expect(await ended(server, 'SIGTERM')).toBe(0);
  expect(await stemma('lineage', 'DMD2')).toMatchObject({ code: 0 });
});

it('exports a part of the graph to the standard output, and the whole to a file that is there only when it is whole', async () => {
  const { code, out } = await stemma(
    'export',
    '--format',
    'csv-edges',
    '--lineage',
    'DMD2',
    '--relations',
    'extends',
    'is_a',
  );
  expect([
    code,
    out
      .split('\r\n')
      .map((line) => line.split(',').slice(0, 3).join(' '))
      .sort(),
  ]).toEqual([
    0,
    [
      '',
      'source target type',
      'technique:diffusion-distillation technique:knowledge-distillation IS_A',
      'technique:distribution-matching-distillation technique:diffusion-distillation IS_A',
      'technique:dmd2 technique:distribution-matching-distillation EXTENDS',
      'technique:knowledge-distillation technique:model-compression EXTENDS',
      'technique:knowledge-distillation technique:model-compression IS_A',
    ],
  ]);
  const file = join(directory, 'graph.json');
  expect(await stemma('export', '--format', 'd3', '--output', file)).toEqual({ code: 0, out: '', err: '' });
  expect((JSON.parse(readFileSync(file, 'utf8')) as { nodes: unknown[] }).nodes.length).toBeGreaterThan(400);
  const failed = await stemma('export', '--format', 'd3', '--output', join(directory, 'nowhere', 'graph.json'));
  expect([failed.code, failed.err]).toEqual([2, expect.stringContaining('was not written')]);
}, 120_000);

it('has a command for everything the README names', async () => {
  const { out } = await stemma('--help');
  const named = new Set(
    [...packageFile('README.md').matchAll(/npx stemma ([a-z]+)/g)].map(([, command]) => command ?? ''),
  );
  for (const command of named) expect(out).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
});
