/** The queries of examples/, which greet everyone who opens the playground. */
import { existsSync, readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromPackage } from '../../src/files.js';
import type { Engine } from '../../src/graph/engine.js';
import { ask, onBothEngines, packageFile, seeded } from '../testkit.js';

const examples = readdirSync(fromPackage('examples'))
  .filter((file) => file.endsWith('.graphql'))
  .sort();

const variablesOf = (file: string): Record<string, unknown> => {
  const beside = `examples/${file.replace('.graphql', '.variables.json')}`;
  return existsSync(fromPackage(beside)) ? (JSON.parse(packageFile(beside)) as Record<string, unknown>) : {};
};

/** Every value that is neither an object nor a list, with the field that holds it. */
const leaves = (value: unknown, field = ''): [field: string, value: unknown][] => {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, field));
  if (value === null || typeof value !== 'object') return [[field, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, key));
};

const valuesOf = (field: string, answer: unknown): unknown[] =>
  leaves(answer).flatMap(([key, value]) => (key === field ? [value] : []));

it('examples are numbered from 01 without a gap', () => {
  const numbers = examples.map((file) => Number(file.slice(0, 2)));
  expect(numbers).toEqual(examples.map((_, i) => i + 1));
});

it.each(examples)('%s says in one to three comment lines what its one named query asks', (file) => {
  expect(packageFile(`examples/${file}`)).toMatch(/^(# [A-Z].{20,118}\n)(# .{20,118}\n){0,2}query [A-Z]\w+[ (][^#]+$/);
});

onBothEngines('examples', (open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await seeded(await open());
  });
  afterAll(() => engine.close());

  const answer = async (number: number) => {
    const file = examples[number - 1] ?? '';
    return ask(engine, packageFile(`examples/${file}`), variablesOf(file));
  };

  it.each(examples)('%s is answered without errors, by more than a handful of values', async (file) => {
    const { data, errors } = await ask(engine, packageFile(`examples/${file}`), variablesOf(file));
    expect(errors).toBeUndefined();
    expect(leaves(data).filter(([, value]) => value !== null).length).toBeGreaterThan(12);
  });

  it('the lineage has the sentence behind every hop and reaches knowledge distillation', async () => {
    const { data } = await answer(1);
    const quotes = valuesOf('quote', data);
    expect(quotes.length).toBe(valuesOf('confidence', data).length);
    expect(quotes).not.toContain(null);
    expect(valuesOf('id', data)).toContain('technique:knowledge-distillation');
  });

  it('the descendants of knowledge distillation are cut at 25 nodes and say so', async () => {
    const { data } = await answer(2);
    expect(valuesOf('depth', data)).toHaveLength(25);
    expect(data).toMatchObject({ lineage: { complete: false, truncatedBy: ['NODES'] } });
  });

  it('the paths have a quote for every step, and each joins more than one document', async () => {
    const { data } = await answer(3);
    const { paths } = data as { paths: { steps: unknown[] }[] };
    expect(paths).toHaveLength(3);
    for (const { steps } of paths) {
      expect(valuesOf('quote', steps)).toHaveLength(steps.length);
      expect(new Set(valuesOf('title', steps)).size).toBeGreaterThan(1);
    }
  });

  it('the search shows highlights in snippets', async () => {
    const { data } = await answer(4);
    const { search } = data as {
      search: { edges: { snippet: string; highlights: { start: number; end: number }[] }[] };
    };
    const [first] = search.edges;
    const words = first?.highlights.map(({ start, end }) => first.snippet.slice(start, end).toLowerCase());
    expect(words).toEqual(expect.arrayContaining(['one', 'step', 'generation']));
  });

  it('the leaderboard falls from the best value', async () => {
    const { data } = await answer(5);
    const values = valuesOf('value', data).map(Number);
    expect(values.length).toBeGreaterThan(5);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  it('the paper introduces something, reports numbers and has a repository', async () => {
    const { data } = await answer(6);
    expect(data).toMatchObject({
      entity: {
        introduces: { nodes: [{ name: 'MEAL V2' }] },
        evaluatedOn: { edges: [{ node: { name: 'ImageNet' } }] },
        repos: { nodes: [{ url: 'https://github.com/szq0214/MEAL-V2' }] },
      },
    });
    expect(valuesOf('raw', data)).toContain('80.67%');
  });
});
