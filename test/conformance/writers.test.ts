/** Many writers at once, and writers that are cut off: what is left is what one undisturbed writer leaves. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { BATCH, writeBatch, writeRecords } from '../../src/graph/write.js';
import type { GraphRecords } from '../../src/ingest/identify.js';
import { prepareListing } from '../../src/ingest/ingest.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { ask, onBothEngines, openEmbedded } from '../testkit.js';
import { recordsOf, withEngine } from './kit.js';

const KEYS = 1_000;
const WRITERS = 50;
const DAY = '2026-01-01T00:00:00.000Z';

/** A document that mentions the same thousand models as every other one. */
function mentioning(title: string): GraphRecords {
  const records = recordsOf({ title, facts: [] });
  const mentions = Array.from({ length: KEYS }, (_, i) => {
    const name = `m${i}`;
    return { ...records.mentions[0], method: 'CURATED', id: `model:${name}`, name, names: [name], keys: [name], tokens: [`w${name}`, 'xmodel'] } as const; // prettier-ignore
  });
  return { ...records, mentions: [...records.mentions, ...mentions] as GraphRecords['mentions'] };
}

const kindCounts = async (engine: Engine): Promise<string[]> =>
  (await graphOf(engine).stats()).kinds.filter(({ count }) => count > 0).map(({ kind, count }) => `${kind} ${count}`);

const knowledge = readKnowledge();
const listing = Array.from({ length: 900 }, (_, i) => `Title number ${i}\n\n${`Abstract ${i} says little. `.repeat(20).trim()}\n`); // prettier-ignore
const { records } = prepareListing('listing.txt', new TextEncoder().encode(listing.join('\n')), knowledge);

onBothEngines('writers', (open) => {
  it(
    '50 writers of the same 1,000 keys leave 1,000 nodes, and every one of them succeeds',
    () =>
      withEngine(open, async (engine) => {
        await Promise.all(
          Array.from({ length: WRITERS }, (_, i) =>
            // They wait for one another, which on a busy machine takes longer than a write usually may.
            writeBatch(engine, mentioning(`Document ${i}`), { recordedAt: DAY, by: 'api', deadline: 500_000 }),
          ),
        );
        expect(await kindCounts(engine)).toEqual([`PAPER ${WRITERS}`, `MODEL ${KEYS}`]);
        expect(await graphOf(engine).check()).toEqual([]);
      }),
    600_000,
  );

  it(
    '20 clients that send the same 100 documents leave 100, each is told of all of them, and facts stand once',
    () =>
      withEngine(open, async (engine) => {
        const documents = Array.from({ length: 100 }, (_, i) => ({ title: `Paper ${i}`, text: 'We say little.' }));
        const query = 'mutation ($documents: [DocumentInput!]!) { ingest(documents: $documents) { stored { entities } rejected { reason } } }'; // prettier-ignore
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => ask(engine, query, { documents }, { deadline: 80_000 })),
        );
        const whole = { stored: documents.map(() => ({ entities: 1 })), rejected: [] };
        for (const answer of answers) expect(answer).toEqual({ data: { ingest: whole }, codes: [] });
        expect(await kindCounts(engine)).toEqual(['PAPER 100']);
        expect(await graphOf(engine).check()).toEqual([]);
      }),
    600_000,
  );

  it('ingest that was cut off between two transactions, and run again, leaves what one run leaves', async () => {
    const whole = await withEngine(openEmbedded, async (engine) => {
      await writeRecords(engine, records, DAY);
      return graphOf(engine).checksum();
    });
    await withEngine(open, async (engine) => {
      let left = 1;
      const failing: Engine = {
        ...engine,
        write: (...args) => (left-- > 0 ? engine.write(...args) : Promise.reject(new Error('the power is out'))),
      };
      await expect(writeRecords(failing, records, DAY)).rejects.toThrow('the power is out');
      expect(await kindCounts(engine)).toEqual([`PAPER ${String(BATCH)}`]);
      await writeRecords(engine, records, DAY);
      expect([await graphOf(engine).checksum(), await graphOf(engine).check()]).toEqual([whole, []]);
    });
  }, 300_000);
});
