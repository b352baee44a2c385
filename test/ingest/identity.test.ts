import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checksum } from '../../src/graph/stats.js';
import { readerOf } from '../../src/graph/reader.js';
import { writeRecords } from '../../src/graph/write.js';
import type { GraphRecords } from '../../src/ingest/identify.js';
import { identify } from '../../src/ingest/identify.js';
import { prepareListing, readBytes, SEED_LISTING } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import type { Vocabulary } from '../../src/ingest/vocabulary.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import type { EntityKind } from '../../src/ontology.js';
import { openEmbedded } from '../testkit.js';

const knowledge = readKnowledge();
const bare = vocabularyOf([]).vocabulary;

const idOf = (kind: EntityKind, name: string, vocabulary: Vocabulary = bare): string => {
  const document = {
    id: 'd',
    title: 'T',
    text: null,
    url: null,
    publishedOn: null,
    year: null,
    arxivId: null,
    isPaper: true,
  };
  return identify({ kind, name, aliases: [] }, { document, methods: [], facts: [], mentions: [] }, vocabulary).id;
};

/** A name as its parts; two are one name exactly when all parts are equal. */
interface Parts {
  base: string;
  version: string;
  size: string;
  sign: string;
}

const parts: fc.Arbitrary<Parts> = fc.record({
  base: fc.constantFrom(
    'ResNet', 'ViT', 'Llama', 'Qwen', 'CIFAR', 'ImageNet', 'DDIM', 'DDPM', 'GPT', 'Stable Diffusion', 'β-VAE', 'V*Bench', 'VBench',
    'Score Distillation Sampling', 'Mixture of Experts', 'Café', 'C', 'ResNeXt', '日本語BERT', 'τ-bench', 'СLIP', 'CLIP',
  ),
  version: fc.constantFrom('', '', '2', '3', '10', '100', '27', '2.5', '25', '3.1'),
  size: fc.constantFrom('', '', '7B', '27B', '1.5B', 'B', 'L', 'base', '64x64'),
  sign: fc.constantFrom('', '', '', '+', '++', '#', '*'),
}); // prettier-ignore

/** One way to write a name: what stands between its parts, its case and the form of its letters. */
interface Style {
  gap: string;
  letters: (text: string) => string;
  form: 'NFC' | 'NFD';
  wrap: (text: string) => string;
}

const styles: fc.Arbitrary<Style> = fc.record({
  gap: fc.constantFrom('', ' ', '-', '_', ' - ', '\u2011', '\u00A0'),
  letters: fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.toLowerCase(),
  ),
  form: fc.constantFrom('NFC', 'NFD'),
  wrap: fc.constantFrom(
    (text: string) => text,
    (text: string) => ` ${text} `,
    (text: string) => `**${text}**`,
    (text: string) => `\\textbf{${text}}`,
  ),
});

const spelled = ({ base, version, size, sign }: Parts, { gap, letters, form, wrap }: Style): string => {
  const joined = [base, version, size]
    .filter((part) => part !== '')
    .reduce((before, part) => {
      // Something must stand between two digits (`Gemma 2 7B` is not `Gemma 27B`), and where a plural ends.
      const needed = /(\d \d|s .)/i.test(`${before.slice(-1)} ${part.slice(0, 1)}`) ? gap || '-' : gap;
      return `${before}${needed}${part}`;
    });
  return wrap(letters(`${joined}${sign}`).normalize(form));
};

it('gives two names one id exactly when they are spellings of one name', () => {
  fc.assert(
    fc.property(
      parts,
      parts,
      fc.array(styles, { minLength: 2, maxLength: 2 }),
      fc.boolean(),
      (a, b, [one, other], alike) => {
        fc.pre(one !== undefined && other !== undefined);
        const second = alike ? a : b;
        const same = JSON.stringify(a) === JSON.stringify(second);
        expect(idOf('MODEL', spelled(a, one)) === idOf('MODEL', spelled(second, other))).toBe(same);
      },
    ),
    { numRuns: 3_000 },
  );
});

it('tells a name from one that differs in a single part', () => {
  const changed = fc.tuple(parts, parts, fc.constantFrom<keyof Parts>('base', 'version', 'size', 'sign'));
  fc.assert(
    fc.property(changed, styles, styles, ([a, b, part], one, other) => {
      fc.pre(a[part] !== b[part]);
      expect(idOf('DATASET', spelled(a, one))).not.toBe(idOf('DATASET', spelled({ ...a, [part]: b[part] }, other)));
    }),
    { numRuns: 3_000 },
  );
});

it('is an equivalence over everything that the vocabulary knows and its spellings', () => {
  const names = knowledge.vocabulary.terms.flatMap(({ kind, name, aliases }) =>
    [name, ...aliases].map((text) => ({ kind, text })),
  );
  const one = fc.constantFrom(...names);
  fc.assert(
    fc.property(one, one, one, styles, (a, b, c, { letters, form }) => {
      const id = ({ kind, text }: typeof a): string => idOf(kind, text, knowledge.vocabulary);
      const same = (x: typeof a, y: typeof a): boolean => id(x) === id(y);
      expect(same(a, { ...a, text: letters(a.text).normalize(form) })).toBe(true);
      expect(same(a, b)).toBe(same(b, a));
      expect(same(a, b) && same(b, c) && !same(a, c)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

it('gives the name that an entity is called by the id of the entity', () => {
  for (const { kind, name } of knowledge.vocabulary.terms.filter((_, i) => i % 7 === 0)) {
    const id = idOf(kind, name, knowledge.vocabulary);
    expect([name, idOf(kind, id.slice(id.indexOf(':') + 1), knowledge.vocabulary)]).toEqual([name, id]);
  }
});

const worker = (share: number, of: number): Promise<GraphRecords> =>
  new Promise((resolve, reject) => {
    const url = JSON.stringify(new URL('./worker.ts', import.meta.url).href);
    // A worker thread does not inherit how TypeScript is loaded.
    const source = `import('tsx/esm/api').then(({ tsImport }) => tsImport(${url}, ${url}))`;
    const running = new Worker(source, { eval: true, workerData: { share, of } });
    running.once('message', resolve);
    running.once('error', reject);
  });

it('gives one graph, whether one reads the seed or four workers read a share each', async () => {
  const at = '2026-01-01T00:00:00.000Z';
  const written = async (all: readonly GraphRecords[]): Promise<string> => {
    const engine = await openEmbedded();
    for (const records of all) await writeRecords(engine, records, at);
    const sum = await checksum(readerOf(engine, {}));
    await engine.close();
    return sum;
  };
  const { records } = prepareListing('seed', readBytes(SEED_LISTING), knowledge);
  const shares = await Promise.all([2, 0, 3, 1].map((share) => worker(share, 4)));
  expect(shares.map(({ documents }) => documents.length)).toEqual([21, 21, 21, 21]);
  expect(await written(shares)).toBe(await written([records]));
}, 240_000);
