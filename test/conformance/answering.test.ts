import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { writeRecords } from '../../src/graph/write.js';
import { documentId, identifyAll } from '../../src/ingest/identify.js';
import type { Term, Vocabulary } from '../../src/ingest/vocabulary.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import type { Fact, Mention } from '../../src/model.js';
import type { RelationType } from '../../src/ontology.js';
import { ask, lineageOf, onBothEngines } from '../testkit.js';
import { mentionOf } from './kit.js';

const AT = '2026-01-01T00:00:00.000Z';
const bare = vocabularyOf([]).vocabulary;

/** Reads a paper that says one thing, with what the vocabulary knows at the time. */
async function read(
  engine: Engine,
  { title, arxivId = null }: { title: string; arxivId?: string | null },
  [from, type, to]: readonly [Mention, RelationType, Mention],
  vocabulary: Vocabulary = bare,
): Promise<void> {
  const id = documentId(title);
  const fact: Fact = {
    type, from, to, document: id, quote: null, start: null, end: null, method: 'CURATED', confidence: 1, via: null, score: null,
  }; // prettier-ignore
  const document = { id, title, text: null, url: null, publishedOn: null, year: null, arxivId, isPaper: true };
  const records = identifyAll(
    [{ document, methods: ['IMPORTED', 'CURATED'], facts: [fact], mentions: [] }],
    vocabulary,
  );
  await writeRecords(engine, records, AT);
}

const idsOf = async (engine: Engine, ids: string[]): Promise<unknown> =>
  (await ask(engine, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).data?.['nodes'];

const technique = (name: string): Mention => mentionOf('TECHNIQUE', name);
const term = (name: string, aliases: string[]): Term => ({
  kind: 'TECHNIQUE', name, aliases, description: null, ambiguous: false,
}); // prettier-ignore

onBothEngines('an id that was handed out', (open) => {
  it('keeps answering when the vocabulary joins its name to another', async () => {
    const engine = await open();
    const papers = [
      [{ title: 'One' }, [technique('Kernel Descent'), 'EXTENDS', technique('Root')]],
      [{ title: 'Two' }, [technique('KDesc'), 'USES', technique('Leaf')]],
    ] as const;
    for (const [paper, says] of papers) await read(engine, paper, says);
    const before = ['technique:kerneldescent', 'technique:kdesc'];
    expect(await idsOf(engine, before)).toEqual(before.map((id) => ({ id })));
    const { vocabulary } = vocabularyOf([term('Kernel Descent', ['KDesc'])]);
    for (const [paper, says] of papers) await read(engine, paper, says, vocabulary);
    const now = 'technique:kernel-descent';
    expect(await idsOf(engine, [now, ...before, 'technique:no-such'])).toEqual([
      { id: now },
      { id: now },
      { id: now },
      null,
    ]);
    expect(await lineageOf(engine, 'technique:kdesc')).toEqual(await lineageOf(engine, now));
    expect((await lineageOf(engine, 'technique:kdesc')).nodes).toEqual([
      `0 ${now}`,
      '1 technique:leaf',
      '1 technique:root',
    ]);
    const { data } = await ask(
      engine,
      '{ paths(from: "technique:root", to: "technique:kdesc") { length } neighborhood(of: ["technique:kdesc"]) { nodes { id } } commonAncestors(of: ["technique:kdesc", "technique:root"]) { entity { id } distances } entity(id: "technique:kdesc") { id } check { rule } }',
    );
    expect(data).toEqual({
      paths: [{ length: 1 }],
      neighborhood: { nodes: [{ id: now }, { id: 'technique:leaf' }, { id: 'technique:root' }] },
      commonAncestors: [{ entity: { id: 'technique:root' }, distances: [1, 0] }],
      entity: { id: now },
      check: [],
    });
    await engine.close();
  });

  it('keeps answering when the vocabulary forgets a name again', async () => {
    const engine = await open();
    const says = [technique('Kernel Descent'), 'EXTENDS', technique('Root')] as const;
    await read(engine, { title: 'One' }, says, vocabularyOf([term('Kernel Descent', [])]).vocabulary);
    await read(engine, { title: 'One' }, says);
    expect(await idsOf(engine, ['technique:kernel-descent'])).toEqual([{ id: 'technique:kerneldescent' }]);
    await engine.close();
  });

  it('keeps answering when a paper known by its arXiv id gets a title', async () => {
    const engine = await open();
    const cites = [
      mentionOf('PAPER', 'One'),
      'CITES',
      mentionOf('PAPER', 'https://arxiv.org/abs/2405.14867v2'),
    ] as const;
    await read(engine, { title: 'One' }, cites);
    expect(await idsOf(engine, ['paper:arxiv:2405.14867'])).toEqual([{ id: 'paper:arxiv:2405.14867' }]);
    const { vocabulary } = vocabularyOf([], [{ kind: 'PAPER', name: 'Two-Step: A Title', ids: ['2405.14867'] }]);
    await read(engine, { title: 'One' }, cites, vocabulary);
    await read(
      engine,
      { title: 'two step, a title', arxivId: '2405.14867' },
      [mentionOf('PAPER', 'two step, a title'), 'STUDIES', technique('Root')],
      vocabulary,
    );
    expect(await idsOf(engine, ['paper:arxiv:2405.14867', 'paper:two-step-a-title'])).toEqual(
      Array(2).fill({ id: 'paper:two-step-a-title' }),
    );
    const { data } = await ask(engine, '{ entity(name: "arXiv:2405.14867v1") { id aliases } papers { totalCount } }');
    expect(data).toMatchObject({ entity: { id: 'paper:two-step-a-title' }, papers: { totalCount: 2 } });
    await engine.close();
  });

  it('is not answered for by one of several that share its name', async () => {
    const engine = await open();
    const local = { ...technique('DCD'), local: true };
    for (const title of ['One', 'Two']) await read(engine, { title }, [mentionOf('PAPER', title), 'INTRODUCES', local]);
    expect(await idsOf(engine, ['technique:dcd', 'technique:dcd-one'])).toEqual([null, { id: 'technique:dcd-one' }]);
    expect((await ask(engine, '{ check { rule subject } }')).data).toEqual({ check: [] });
    await engine.close();
  });
});

onBothEngines('the check of the graph', (open) => {
  it('finds two entities of one kind that have one external id', async () => {
    const engine = await open();
    for (const title of ['One', 'Two'])
      await read(engine, { title, arxivId: '2405.14867' }, [mentionOf('PAPER', title), 'STUDIES', technique('Root')]);
    expect((await ask(engine, '{ check { rule subject message } }')).data).toEqual({
      check: [
        {
          rule: 'key',
          subject: 'arxiv:2405.14867',
          message: 'is the id of paper:one and paper:two; correct one of them, or make them one',
        },
      ],
    });
    await engine.close();
  });
});
