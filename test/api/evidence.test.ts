/** What stands behind a relation: facts with their quotes, confidence, results. */
import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { ask, onBothEngines, seeded, writeTriples } from '../testkit.js';

interface Shown {
  quote: string;
  start: number;
  end: number;
  context: string;
  document: { title: string; text: string };
  source: { id: string; title: string };
}

/** Where sentences begin and end in a text, paragraphs included. */
const boundaries = (text: string): Set<number> =>
  new Set(
    [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)].flatMap(({ index, segment }) => [
      index,
      index + segment.trimEnd().length,
    ]),
  );

onBothEngines('evidence', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());
  const graph = async (...triples: Parameters<typeof writeTriples>[1]) => {
    engine = await open();
    await writeTriples(engine, triples);
  };
  const relationsOf = async (id: string, fields: string): Promise<Record<string, unknown>[]> => {
    const { data } = await ask(
      engine,
      `{ node(id: "${id}") { ... on Entity { relations(first: 100) { edges { relation { ${fields} } } } } } }`,
    );
    const { node } = data as { node: { relations: { edges: { relation: Record<string, unknown> }[] } } };
    return node.relations.edges.map(({ relation }) => relation);
  };

  it('every quote of the seed stands where it says, in whole sentences, in the paper it names', async () => {
    engine = await seeded(await open());
    const fields =
      'evidence(first: 100) { quote start end context document { title text } source { id ... on Paper { title } } }';
    const shown = (
      await Promise.all(
        ['technique:knowledge-distillation', 'dataset:imagenet', 'model:diffusion-model'].map((id) =>
          relationsOf(id, fields),
        ),
      )
    ).flat();
    const all = shown.flatMap(({ evidence }) => evidence as Shown[]);
    expect(all.length).toBeGreaterThan(100);
    for (const { quote, start, end, context, document, source } of all) {
      const content = `${document.title}\n\n${document.text}`;
      const at = content.lastIndexOf(context, start);
      expect([content.slice(start, end), context.includes(quote), source.title]).toEqual([quote, true, document.title]);
      expect([boundaries(content).has(at), boundaries(content).has(at + context.length)]).toEqual([true, true]);
    }
  });

  it('the context is the sentences that the quote touches, and no other', async () => {
    await graph(
      ['model:a', 'USES', 'technique:t', { quote: 'Nothing is said here.' }],
      ['model:a', 'USES', 'technique:u', { quote: 'Ends here. The next begins' }],
      ['model:a', 'USES', 'technique:v', { quote: 'A tiny document' }],
      ['model:a', 'USES', 'technique:w', { quote: 'and goes on. Last.' }],
    );
    expect(await relationsOf('model:a', 'target { name } evidence { start end context }')).toEqual([
      { target: { name: 't' }, evidence: [{ start: 17, end: 38, context: 'Nothing is said here.' }] },
      {
        target: { name: 'u' },
        evidence: [{ start: 39, end: 65, context: 'Ends here. The next begins A tiny document and goes on.' }],
      },
      { target: { name: 'v' }, evidence: [{ start: 0, end: 15, context: 'A tiny document' }] },
      {
        target: { name: 'w' },
        evidence: [{ start: 82, end: 100, context: 'The next begins A tiny document and goes on. Last.' }],
      },
    ]);
  });

  it('facts of one source, type and target are one relation with the highest confidence, the strongest fact first', async () => {
    await graph(
      ['model:a', 'DERIVED_FROM', 'model:b', { confidence: 0.4, via: 'quantized', quote: 'Weakly said.' }],
      ['model:a', 'DERIVED_FROM', 'model:b', { confidence: 0.9, via: 'finetune', quote: 'Strongly said.' }],
      ['model:a', 'DERIVED_FROM', 'model:b', { confidence: 0.6, quote: 'Said without how.' }],
    );
    expect(
      await relationsOf(
        'model:a',
        'id confidence evidenceCount via evidence { confidence via quote method recordedAt } results { raw }',
      ),
    ).toEqual([
      {
        id: 'model:a DERIVED_FROM model:b',
        confidence: 0.9,
        evidenceCount: 3,
        via: 'finetune',
        evidence: [
          { confidence: 0.9, via: 'finetune', quote: 'Strongly said.' },
          { confidence: 0.6, via: null, quote: 'Said without how.' },
          { confidence: 0.4, via: 'quantized', quote: 'Weakly said.' },
        ].map((fact) => ({ ...fact, method: 'CURATED', recordedAt: '2026-01-01T00:00:00.000Z' })),
        results: [],
      },
    ]);
  });

  it('evidence shows as many facts as asked for, evidenceCount tells them all', async () => {
    await graph(
      ...Array.from(
        { length: 25 },
        (_, i) => ['model:a', 'USES', 'model:b', { quote: `Said for time ${String(i)}.` }] as const,
      ),
    );
    const [relation] = await relationsOf(
      'model:a',
      'evidenceCount three: evidence(first: 3) { id } evidence { id } all: evidence(first: 100) { id }',
    );
    const { evidenceCount, three, evidence, all } = relation as {
      evidenceCount: number;
      three: [];
      evidence: [];
      all: { id: string }[];
    };
    expect([evidenceCount, three, evidence, new Set(all.map(({ id }) => id)).size]).toEqual([
      25,
      all.slice(0, 3),
      all.slice(0, 20),
      25,
    ]);
  });

  it('documents that say the same are told apart by evidence, each with its own source', async () => {
    engine = await open();
    for (const title of ['One paper', 'Two papers'])
      await writeTriples(engine, [['model:a', 'USES', 'model:b', { confidence: title.length / 20 }]], title);
    expect(await relationsOf('model:a', 'confidence evidence { document { id } source { id kind } }')).toEqual([
      {
        confidence: 0.5,
        evidence: [
          { document: { id: 'document:two-papers' }, source: { id: 'paper:two-papers', kind: 'PAPER' } },
          { document: { id: 'document:one-paper' }, source: { id: 'paper:one-paper', kind: 'PAPER' } },
        ],
      },
    ]);
  });

  it('a result knows metric, number, subject, dataset and the words behind it; a fact without a number is no result', async () => {
    await graph(
      ['model:a', 'EVALUATED_ON', 'dataset:d', { metric: 'FID', value: 1.28, quote: 'It reaches 1.28.' }],
      ['model:a', 'EVALUATED_ON', 'dataset:d', { quote: 'It is tested on d.' }],
    );
    expect(
      await relationsOf(
        'model:a',
        'evidenceCount results { metric value raw unit setting dataset { id } subject { id } evidence { quote } }',
      ),
    ).toEqual([
      {
        evidenceCount: 2,
        results: [
          {
            metric: 'FID',
            value: 1.28,
            raw: '1.28',
            unit: null,
            setting: null,
            dataset: { id: 'dataset:d' },
            subject: { id: 'model:a' },
            evidence: { quote: 'It reaches 1.28.' },
          },
        ],
      },
    ]);
  });
});

onBothEngines('leaderboard', (open) => {
  let engine: Engine;
  afterEach(() => engine.close());
  const scores = async (args = ''): Promise<string[]> => {
    const { data } = await ask(
      engine,
      `{ leaderboard(dataset: "dataset:d"${args}) { totalCount nodes { metric raw subject { name } } } }`,
    );
    const { leaderboard } = data as {
      leaderboard: { totalCount: number; nodes: { metric: string; raw: string; subject: { name: string } }[] };
    };
    expect(leaderboard.totalCount).toBe(leaderboard.nodes.length);
    return leaderboard.nodes.map(({ metric, raw, subject }) => `${metric} ${raw} ${subject.name}`);
  };

  it('is ordered by metric; of FID the lowest is first, of accuracy the highest, without a number last', async () => {
    engine = await open();
    await writeTriples(engine, [
      ...([['a', 8.35], ['b', 1.2], ['c', 12]] as const).map(([name, value]) => [`model:${name}`, 'EVALUATED_ON', 'dataset:d', { metric: 'FID', value }] as const),
      ...([['a', 79], ['b', 80.67], ['c', 9.5]] as const).map(([name, value]) => [`model:${name}`, 'EVALUATED_ON', 'dataset:d', { metric: 'Top-1 accuracy', value }] as const),
      ['model:e', 'EVALUATED_ON', 'dataset:d', { metric: 'FID', raw: 'about 2' }],
      ['model:e', 'EVALUATED_ON', 'dataset:d', { metric: 'Top-1 accuracy', raw: '80%+', quote: 'It passes 80%.' }],
      ['model:e', 'EVALUATED_ON', 'dataset:other', { metric: 'FID', value: 0 }],
      ['model:f', 'EVALUATED_ON', 'dataset:d'],
    ]); // prettier-ignore
    const fid = ['FID 1.2 b', 'FID 8.35 a', 'FID 12 c', 'FID about 2 e'];
    const accuracy = ['Top-1 accuracy 80.67 b', 'Top-1 accuracy 79 a', 'Top-1 accuracy 9.5 c', 'Top-1 accuracy 80%+ e'];
    expect(await scores()).toEqual([...fid, ...accuracy]);
    expect(await scores(', metric: "top-1 ACCURACY"')).toEqual(accuracy);
    expect(await scores(', metric: "nothing"')).toEqual([]);
  });
});
