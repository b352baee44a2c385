/** Values: whatever is written comes back as it was, and is ordered alike. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { graphOf } from '../../src/graph/graph.js';
import { writeRecords } from '../../src/graph/write.js';
import type { GraphRecords } from '../../src/ingest/identify.js';
import { onBothEngines, writeTriples } from '../testkit.js';
import { mentionOf, probe, recordsOf, withEngine } from './kit.js';

const DAY = '2026-01-01T00:00:00.000Z';

const AWKWARD = [
  `"double" 'single' \`back\` \\ \\n \\u0041`,
  "'}) DETACH DELETE n //",
  '$name {x: 1} // comment /* */',
  'line\nbreak\r\ntab\t nul-free \u0001 control',
  '知识蒸馏 знание معرفة ดี',
  'é (composed) é (decomposed)',
  '👩‍👩‍👧 🏳️‍🌈 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u{10FFFF}',
  '\u200B\u200F\u202E\uFEFF',
  ' spaces around ',
];

/** Any string that UTF-8 can write. */
const anyText = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map((text) => text.replaceAll('\0', '')),
);

/** Records of one document whose first model is called, spelled and described as given. */
function recordsWith({ name, alias, text }: { name: string; alias: string; text: string }): GraphRecords {
  const records = recordsOf({ title: 'Paper', facts: [[mentionOf('MODEL', 'm'), 'IS_A', mentionOf('MODEL', 'n')]] });
  return {
    ...records,
    documents: records.documents.map((document) => ({ ...document, title: name, text })),
    mentions: records.mentions.map((mention) =>
      mention.id === 'model:m' ? { ...mention, name, names: [name, alias], description: text } : mention,
    ),
    facts: records.facts.map((fact) => ({ ...fact, quote: text, via: alias })),
  };
}

onBothEngines('values', (open) => {
  it('any string comes back as it was written, wherever it stands', () =>
    withEngine(open, async (engine) => {
      const roundTrip = async (said: { name: string; alias: string; text: string }): Promise<void> => {
        const { name, alias, text } = said;
        const records = recordsWith(said);
        await writeRecords(engine, records, DAY);
        const graph = graphOf(engine);
        const [fact] = await graph.facts({ type: 'IS_A', source: 'model:m', target: 'model:n' });
        expect(await graph.getDocument('document:paper')).toMatchObject({ title: name, text });
        expect(await graph.findEntity('model:m')).toMatchObject({
          name,
          aliases: alias === name ? [] : [alias],
          description: text,
        });
        expect(fact).toEqual({ ...records.facts[0], recordedAt: DAY });
      };
      for (const text of AWKWARD) await roundTrip({ name: text, alias: 'alias', text });
      await roundTrip({ name: 'x'.repeat(1_000), alias: 'y'.repeat(1_000), text: 'z'.repeat(1_000_000) });
      await fc.assert(fc.asyncProperty(fc.record({ name: anyText, alias: anyText, text: anyText }), roundTrip), {
        numRuns: 25,
      });
    }));

  it('what is not known is null', () =>
    withEngine(open, async (engine) => {
      const records = recordsOf({
        title: 'Paper',
        facts: [[mentionOf('MODEL', 'm'), 'EVALUATED_ON', mentionOf('DATASET', 'd')]],
      });
      const documents = records.documents.map((document) => ({ ...document, text: null }));
      const facts = records.facts.map((fact) => ({ ...fact, quote: null, start: null, end: null }));
      await writeRecords(engine, { ...records, documents, facts }, DAY);
      const graph = graphOf(engine);
      expect(await graph.findEntity('model:m')).toMatchObject({
        name: 'm',
        aliases: [],
        description: null,
        url: null,
        abstract: null,
        publishedOn: null,
      });
      expect(await graph.getDocument('document:paper')).toMatchObject({ text: null, url: null });
      expect(await graph.facts({ type: 'EVALUATED_ON', source: 'model:m', target: 'dataset:d' })).toMatchObject([
        { quote: null, start: null, end: null, via: null, score: null },
      ]);
    }));

  it('a value that is taken back is null again', () =>
    withEngine(open, async (engine) => {
      const said = (description?: string) =>
        recordsOf({
          title: 'Paper',
          facts: [
            [{ ...mentionOf('MODEL', 'm'), ...(description && { description }) }, 'IS_A', mentionOf('MODEL', 'n')],
          ],
        });
      await writeRecords(engine, said('for now'), DAY);
      await writeRecords(engine, said(), DAY);
      expect(await graphOf(engine).findEntity('model:m')).toMatchObject({ description: null });
    }));

  it('offsets and counts are whole numbers, confidences and values are not rounded', () =>
    withEngine(open, async (engine) => {
      await writeTriples(engine, [
        ['model:m', 'EVALUATED_ON', 'dataset:d', { confidence: 0.1 + 0.2, metric: 'FID', value: 1.0000000000000002 }],
        ['model:n', 'EVALUATED_ON', 'dataset:d', { confidence: 1, metric: 'FID', value: 3 }],
      ]);
      const graph = graphOf(engine);
      const [[first] = [], [second] = []] = await Promise.all(
        ['model:m', 'model:n'].map((source) => graph.facts({ type: 'EVALUATED_ON', source, target: 'dataset:d' })),
      );
      expect(first).toMatchObject({ confidence: 0.30000000000000004, start: 17, score: { value: 1.0000000000000002 } });
      expect(second).toMatchObject({ confidence: 1, start: 49, end: 80, score: { value: 3 } });
    }));

  it('strings are ordered by code point, in names that meet and in lists of aliases', () =>
    withEngine(open, async (engine) => {
      const names = ['\u{1F600}', '知', 'é', 'z', 'a', 'Z', '10', '9'];
      for (const [i, name] of names.entries()) {
        const records = recordsWith({ name, alias: name, text: '' });
        const id = `document:${i}`;
        const at = <T>(items: T[]): T[] => items.map((item) => ({ ...item, document: id }));
        await writeRecords(
          engine,
          {
            documents: records.documents.map((document) => ({ ...document, id })),
            readings: at(records.readings),
            mentions: at(records.mentions),
            facts: [],
          },
          DAY,
        );
      }
      expect(await graphOf(engine).findEntity('model:m')).toMatchObject({
        name: '10',
        aliases: ['9', 'Z', 'a', 'z', 'é', '知', '\u{1F600}'],
      });
    }));

  it('lists of ten thousand values are taken', () =>
    withEngine(open, async (engine) => {
      const values = Array.from({ length: 10_000 }, (_, i) => ({ id: `n${i}`, values: [i, i + 0.5] }));
      const total = probe<{ total: number; sum: number }>(
        'UNWIND $values AS v RETURN count(v.id) AS total, sum(v.values[1]) AS sum LIMIT 1',
      );
      expect(await engine.read(total, { values })).toEqual([{ total: 10_000, sum: 50_000_000 }]);
    }));
});
