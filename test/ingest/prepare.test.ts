import { expect, it } from 'vitest';
import { conflictsOf } from '../../src/ingest/conflicts.js';
import { loadExtractor, prepare, prepareListing, readBytes, SEED_LISTING } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { contentOf } from '../../src/model.js';
import { forbids, kindOfId } from '../../src/ontology.js';

const knowledge = readKnowledge();
const { readings, records, rejections } = prepareListing('seed', readBytes(SEED_LISTING), knowledge);
const documents = readings.map(({ document }) => document);
const facts = readings.flatMap((reading) => reading.facts);
const contents = new Map(documents.map((document) => [document.id, contentOf(document)]));

it('takes everything in the seed', () => {
  expect([...knowledge.rejections, ...rejections, ...conflictsOf(readings, records)]).toEqual([]);
  expect(documents).toHaveLength(84);
});

it('finds the paper of every curation in the listing, and a curation for every paper', () => {
  expect([...knowledge.curations.values()].map(({ title }) => title).sort()).toEqual(
    documents.map(({ title }) => title).sort(),
  );
});

it('knows the curation of a paper whose title is spelled in another case, as its document has the same id', () => {
  const [document] = documents;
  if (!document) throw new Error('no document');
  const shouted = { ...document, title: document.title.toUpperCase() };
  const source = { name: 'request', documents: [shouted], rejections: [] };
  const [reading] = prepare(source, knowledge).readings;
  expect(reading?.facts.map(({ method }) => method)).toEqual(readings[0]?.facts.map(() => 'CURATED'));
});

it('cuts every quote out of its document', () => {
  const cut = facts.map(({ document, start, end }) => contents.get(document)?.slice(start ?? 0, end ?? 0));
  expect(cut).toEqual(facts.map(({ quote }) => quote));
  expect(facts.filter(({ quote }) => quote === null || quote.trim() === '')).toEqual([]);
});

it('joins only what the ontology allows, and nothing to itself', () => {
  const wrong = records.facts.filter(({ type, from, to }) => {
    const [source, target] = [kindOfId(from), kindOfId(to)];
    return source === null || target === null || forbids(type, source, target) !== null || from === to;
  });
  expect(wrong).toEqual([]);
});

it('loses no fact when identity is decided', () => {
  expect(records.facts).toHaveLength(facts.length);
  const mentioned = new Set(records.mentions.map(({ document, id }) => `${document} ${id}`));
  expect(
    records.facts.filter(({ document, from, to }) => ![from, to].every((id) => mentioned.has(`${document} ${id}`))),
  ).toEqual([]);
});

it('gives every document its paper with title and abstract', () => {
  const papers = new Map(
    records.mentions.filter(({ method }) => method === 'IMPORTED').map((mention) => [mention.document, mention]),
  );
  expect(documents.map(({ id }) => papers.get(id)?.name)).toEqual(documents.map(({ title }) => title));
  expect(documents.map(({ id }) => papers.get(id)?.abstract)).toEqual(documents.map(({ text }) => text));
});

it('reports numbers that stand in their quotes', () => {
  const results = facts.flatMap(({ score, quote }) => (score ? [{ ...score, quote }] : []));
  expect(results.filter(({ raw, quote }) => quote?.includes(raw) !== true)).toEqual([]);
  expect(
    results.filter(({ raw, value }) => value !== null && Number.parseFloat(raw.replaceAll(',', '')) !== value),
  ).toEqual([]);
});

it('gives the same records when it is done again', () => {
  expect(prepareListing('seed', readBytes(SEED_LISTING), readKnowledge())).toEqual({
    readings,
    records,
    rejections,
  });
});

it('reads a listing that nobody curated', () => {
  const abstract = 'A sentence of an abstract. '.repeat(12).trim();
  const ingest = prepareListing('l.txt', new TextEncoder().encode(`An unknown paper\n\n${abstract}\n`), knowledge);
  expect(ingest).toMatchObject({
    readings: [{ document: { title: 'An unknown paper', text: abstract }, facts: [] }],
    rejections: [],
  });
  expect(ingest.records).toMatchObject({ mentions: [{ id: 'paper:an-unknown-paper', abstract }], facts: [] });
});

it('makes of a document from anywhere what it makes of the same document in a listing', () => {
  const [listed] = documents;
  if (!listed) throw new Error('the seed has documents');
  const own = <T extends { document: string }>(rows: readonly T[]): T[] =>
    rows.filter(({ document }) => document === listed.id);
  expect(prepare({ name: 'request', documents: [listed], rejections: [] }, knowledge)).toEqual({
    readings: readings.filter(({ document }) => document === listed),
    records: {
      documents: [listed],
      readings: own(records.readings),
      mentions: own(records.mentions),
      facts: own(records.facts),
    },
    rejections: [],
  });
});

it('takes nothing from a file that is none, and says why', () => {
  expect(prepareListing('l.txt', new Uint8Array(), knowledge)).toEqual({
    readings: [],
    records: { documents: [], readings: [], mentions: [], facts: [] },
    rejections: [{ file: 'l.txt', line: null, reason: 'the file is empty' }],
  });
});

it('makes no paper of a model card, whatever is extracted from it', async () => {
  const extract = await loadExtractor();
  const text = 'We introduce SquatNet, a model distilled from BERT.';
  const dates = { url: null, publishedOn: null, year: null, arxivId: null };
  const said = (isPaper: boolean) => {
    const document = { id: 'page:squatnet', title: 'SquatNet', text, isPaper, ...dates };
    const { records: made } = prepare({ name: 'page', documents: [document], rejections: [] }, knowledge, { extract });
    return {
      facts: made.facts.map(({ type, from, to }) => `${from} ${type} ${to}`).sort(),
      entities: [...new Set(made.mentions.map(({ id }) => id))].sort(),
    };
  };
  expect(said(true).facts).toContain('paper:squatnet INTRODUCES model:squatnet');
  expect(said(false)).toEqual({
    facts: ['model:bert DISTILLS_INTO model:squatnet'],
    entities: ['model:bert', 'model:squatnet'],
  });
});
