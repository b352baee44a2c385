/** Text search: hits are a set that a reference can tell, the same on both engines. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import type { SearchArgs } from '../../src/graph/search.js';
import { writeRecords } from '../../src/graph/write.js';
import { nameKey } from '../../src/ingest/names.js';
import type { Mention } from '../../src/model.js';
import { onBothEngines, openEmbedded, seeded } from '../testkit.js';
import { mentionOf, probe, recordsOf, withEngine } from './kit.js';

/** Writes things that one document uses, with its text. */
const write = (engine: Engine, mentions: readonly Mention[], text = ''): Promise<void> => {
  const facts = mentions.map((mention) => [mentionOf('PAPER', 'Q'), 'USES', mention] as const);
  return writeRecords(engine, recordsOf({ title: 'Q', text, facts }), '2026-01-01T00:00:00.000Z');
};

/** The ids that a search finds on all its pages, sorted. */
async function hitsOf(engine: Engine, text: string, kinds?: SearchArgs['kinds'], after?: string): Promise<string[]> {
  const { items, hasNextPage } = await graphOf(engine).search({ text, kinds, first: 100, after });
  const further = hasNextPage ? await hitsOf(engine, text, kinds, items.at(-1)?.cursor) : [];
  return [...items.map(({ item }) => item.id), ...further].sort();
}

const named = (names: readonly string[]): Mention[] => names.map((name) => mentionOf('TECHNIQUE', name));

/** What a search for each text finds among things with the given names. */
const finds = (
  open: () => Promise<Engine>,
  names: readonly string[],
  texts: readonly string[],
): Promise<Record<string, string[]>> =>
  withEngine(open, async (engine) => {
    await write(engine, named(names));
    const found = texts.map(async (text) => {
      const hits = await graphOf(engine).findEntities(await hitsOf(engine, text, ['TECHNIQUE']));
      return [text, hits.flatMap((hit) => hit?.name ?? [])] as const;
    });
    return Object.fromEntries(await Promise.all(found));
  });

const WORDS =
  'distillation distill still net imagenet resnet residual transformer former score the as his a chisel 50'.split(' ');
const anyName = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const anyThing = fc.record({ name: anyName, alias: anyName, description: anyName });

/** Every word of the query is a word of the thing, or three letters and more of one in its names. */
const answers = (
  query: string,
  { name, alias, description }: { name: string; alias: string; description: string },
): boolean => {
  const inNames = `${name} ${alias}`.split(' ');
  const all = [...inNames, ...description.split(' ')];
  return query
    .split(' ')
    .every((word) => all.includes(word) || (word.length > 2 && inNames.some((part) => part.includes(word))));
};

onBothEngines('search', (open) => {
  it('hits have every word of the text, as a word or as a part of a name', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyThing, { minLength: 1, maxLength: 8 }),
        fc.array(anyName, { minLength: 8, maxLength: 8 }),
        (drawn, queries) =>
          withEngine(open, async (engine) => {
            const things = drawn.map(({ name, alias, description }, i) => ({
              name: `${name} number${i}`,
              alias,
              description,
            }));
            await write(
              engine,
              things.map(({ name, alias, description }) => ({ ...mentionOf('TECHNIQUE', name, alias), description })),
            );
            for (const query of queries) {
              const expected = things.flatMap((thing) =>
                answers(query, thing) ? [`technique:${nameKey(thing.name)}`] : [],
              );
              if (expected.length > 0)
                expect([query, await hitsOf(engine, query, ['TECHNIQUE'])]).toEqual([query, expected.sort()]);
            }
          }),
      ),
      { numRuns: 15 },
    ));

  it('symbols that are part of a name tell things apart', async () => {
    expect(
      await finds(open, ['C', 'C++', 'C#', 'ImageNet', 'ImageNet+'], ['c', 'C++', 'c#', 'imagenet', 'ImageNet+']),
    ).toEqual({
      c: ['C'],
      'C++': ['C++'],
      'c#': ['C#'],
      imagenet: ['ImageNet', 'ImageNet+'],
      'ImageNet+': ['ImageNet+'],
    });
  });

  it('Chinese is found by any of its characters, accents and width are folded, Greek is spelled out', async () => {
    const names = ['知识蒸馏', '蒸馏', 'Gödel machine', 'β-VAE', 'ＧＡＮ'];
    expect(await finds(open, names, ['蒸馏', '知识', 'godel', 'GÖDEL', 'beta vae', 'β', 'gan'])).toEqual({
      蒸馏: ['知识蒸馏', '蒸馏'],
      知识: ['知识蒸馏'],
      godel: ['Gödel machine'],
      GÖDEL: ['Gödel machine'],
      'beta vae': ['β-VAE'],
      β: ['β-VAE'],
      gan: ['ＧＡＮ'],
    });
  });

  it('a misspelt name is found when nothing has the words as they stand', async () => {
    expect(
      await finds(open, ['distillation', 'transformer', 'dropout'], ['distilation', 'tranformer', 'zzzz']),
    ).toEqual({ distilation: ['distillation'], tranformer: ['transformer'], zzzz: [] });
  });

  it('words that search engines drop are words like any other', async () => {
    const names = ['As You Like It', 'The Who', 'Will', 'chisel', 'Not I'];
    expect(await finds(open, names, ['as', 'it', 'the who', 'ill', 'his', 'not', 'i'])).toEqual({
      as: ['As You Like It'],
      it: ['As You Like It'],
      'the who': ['The Who'],
      ill: ['Will'],
      his: ['chisel'],
      not: ['Not I'],
      i: ['Not I'],
    });
  });

  it('what users type is never taken for syntax', async () => {
    const texts = [
      'drop* OR out',
      '"drop out"',
      'name:dropout',
      'dropout~2',
      '+dropout -out',
      '(dropout',
      'drop\\out',
      '$x {}',
    ];
    expect(await finds(open, ['dropout', 'name'], texts)).toEqual({
      'drop* OR out': [],
      '"drop out"': ['dropout'],
      'name:dropout': [],
      'dropout~2': [],
      '+dropout -out': ['dropout'],
      '(dropout': ['dropout'],
      'drop\\out': ['dropout'],
      '$x {}': [],
    });
  });

  it('the best hit for a name in any spelling is what it names', () =>
    withEngine(open, async (engine) => {
      await write(
        engine,
        named(['ResNet', 'ResNet-50', 'ResNet-50 distillation', 'Wide ResNet']),
        'resnet 50 resnet 50',
      );
      for (const text of ['ResNet-50', 'resnet50', 'RESNET 50'])
        expect((await graphOf(engine).search({ text })).items[0]?.item.id).toBe('technique:resnet50');
    }));

  it('one of a kind is found beside very many of another kind that match better', () =>
    withEngine(open, async (engine) => {
      const many = probe(
        "UNWIND range(1, 10500) AS i CREATE (:Entity:Technique {id: 'technique:shared-' + toString(i), name: 'shared', tokens: ' tsha wshared xtechnique '})",
      );
      await engine.write([{ statement: many, params: {} }]);
      const words = Array.from({ length: 200 }, (_, i) => `word${String(i)}`).join(' ');
      await write(engine, [{ ...mentionOf('DATASET', 'Rare'), description: `${words} shared` }]);
      expect(await hitsOf(engine, 'shared', ['DATASET'])).toEqual(['dataset:rare']);
    }));

  it('the seed answers alike on this engine and on the embedded one', async () => {
    const texts = [
      'distillation',
      'dataset distillation',
      'diffusion',
      'imagenet',
      'gan',
      'data',
      'distlilation',
      'the',
      'as',
      'on',
      'ai',
      '10',
      'one-step',
    ];
    const all = (at: () => Promise<Engine>): Promise<string[][]> =>
      withEngine(at, async (engine) => {
        await seeded(engine);
        return Promise.all(texts.map((text) => hitsOf(engine, text)));
      });
    expect(await all(open)).toEqual(await all(openEmbedded));
  });
});
