/** What somebody says of an entity: it comes before what documents say, in any order, until it is replaced. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { repair } from '../../src/graph/repair.js';
import { restore } from '../../src/graph/restore.js';
import { writeRecords } from '../../src/graph/write.js';
import { ask, onBothEngines, openEmbedded } from '../testkit.js';
import { backupOf, each, KEPT, mentionOf, probe, recordsOf, withEngine } from './kit.js';

const UPSERT = `mutation ($entity: EntityInput!) { upsertEntity(entity: $entity) { id kind name aliases description url } }`;

const upserted = async (engine: Engine, entity: object): Promise<unknown> => {
  const { data, errors } = await ask(engine, UPSERT, { entity });
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data?.['upsertEntity'];
};

/** A document that says something of the model `student`, and what it distills from. */
const saying = (title: string, description: string, url: string) =>
  recordsOf({
    title,
    facts: [
      [mentionOf('MODEL', 'teacher'), 'DISTILLS_INTO', { ...mentionOf('MODEL', 'student', `pupil of ${title}`), description, url }],
    ],
  }); // prettier-ignore

const write = (engine: Engine, ...args: Parameters<typeof saying>): Promise<void> =>
  writeRecords(engine, saying(...args), '2026-01-01T00:00:00.000Z');

const SMALL = ['One', 'A first description.', 'https://a.example/'] as const;
const LARGE = ['Two', 'Z, the last of descriptions.', 'https://z.example/'] as const;
const SAID = { description: 'Middle of all.', url: 'https://m.example/' };
const STUDENT = { id: 'model:student' };

/** All that is stored, without who wrote it when. */
const kept = async (engine: Engine): Promise<unknown> => ({
  checksum: await graphOf(engine).checksum(),
  problems: await graphOf(engine).check(),
  rows: await Promise.all(
    KEPT.filter(({ text }) => !/:Audit|:Meta/.test(text.embedded)).map((stored) => engine.read(stored, {})),
  ),
});

const DEEDS = probe('MATCH (a:Audit) WHERE NOT a.action IN $without RETURN a.action AS action, a.by AS by, a.subjects AS subjects ORDER BY a.at, action'); // prettier-ignore

onBothEngines('entry', (open) => {
  it('makes an entity that is new, found by its names and external ids, and by the words of its description', () =>
    withEngine(open, async (engine) => {
      const model = { kind: 'MODEL', name: 'Tiny Owl', aliases: ['TO-1', 'lab/tiny-owl', 'tiny owl'], ...SAID };
      const made = { id: 'model:tinyowl', kind: 'MODEL', name: 'Tiny Owl', aliases: ['TO-1', 'lab/tiny-owl', 'tiny owl'], ...SAID }; // prettier-ignore
      expect(await upserted(engine, model)).toEqual(made);
      const paper = { kind: 'PAPER', name: 'On Owls', aliases: ['arXiv:2405.99999v2', 'doi:10.1234/OWLS'] };
      expect(await upserted(engine, paper)).toMatchObject({ id: 'paper:on-owls', name: 'On Owls', url: null });
      const repo = { kind: 'REPO', name: 'https://github.com/Lab/Owls' };
      expect(await upserted(engine, repo)).toMatchObject({ name: 'Lab/Owls', url: 'https://github.com/Lab/Owls' });
      const graph = graphOf(engine);
      for (const name of ['to1', 'https://huggingface.co/lab/tiny-owl', 'hf:Lab/Tiny-Owl'])
        expect((await graph.find({ name }))?.id).toBe('model:tinyowl');
      for (const name of ['2405.99999', 'https://doi.org/10.1234/owls'])
        expect((await graph.find({ name }))?.id).toBe('paper:on-owls');
      expect((await graph.find({ name: 'github.com/lab/owls.git' }))?.id).toBe('repo:github.com/lab/owls');
      expect((await graph.search({ text: 'middle' })).items.map(({ item }) => item.id)).toEqual(['model:tinyowl']);
      expect(await graph.check()).toEqual([]);
    }));

  it('adds names to what documents say, comes before their descriptions and pages, and renames nothing', () =>
    withEngine(open, async (engine) => {
      await write(engine, ...SMALL);
      await write(engine, ...LARGE);
      const entity = { kind: 'MODEL', name: 'STUDENTS', aliases: ['Pupil'], ...SAID };
      const common = { id: 'model:student', kind: 'MODEL', name: 'student' };
      const names = ['pupil of One', 'pupil of Two'];
      expect(await upserted(engine, entity)).toEqual({ ...common, aliases: ['Pupil', ...names], ...SAID });
      // A name by which it is found is said of it again, so that saying the same again means the same.
      expect(await upserted(engine, { kind: 'MODEL', name: 'pupil', description: 'Short.' })).toEqual({
        ...common,
        aliases: ['pupil', ...names],
        description: 'Short.',
        url: SMALL[2],
      });
      const bare = { ...common, aliases: names, description: SMALL[1], url: SMALL[2] };
      expect(await upserted(engine, STUDENT)).toEqual(bare);
      expect((await graphOf(engine).find({ name: 'Pupil' }))?.id).toBeUndefined();
    }));

  it('twice is once, and what is taken back leaves what was there before', () =>
    withEngine(open, async (engine) => {
      await write(engine, ...SMALL);
      await upserted(engine, STUDENT);
      const before = await kept(engine);
      await upserted(engine, { ...STUDENT, aliases: ['Pupil'], ...SAID });
      const once = await kept(engine);
      expect(once).not.toEqual(before);
      await upserted(engine, { ...STUDENT, aliases: ['Pupil'], ...SAID });
      expect(await kept(engine)).toEqual(once);
      await upserted(engine, STUDENT);
      expect(await kept(engine)).toEqual(before);
    }));

  it('the order of entries and documents is irrelevant, and what they leave is what repair makes of them', () =>
    fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), async (order) => {
        const deeds: ((engine: Engine) => Promise<unknown>)[] = [
          (engine) => write(engine, ...SMALL),
          (engine) => write(engine, ...LARGE),
          (engine) => upserted(engine, { kind: 'MODEL', name: 'student', aliases: ['Pupil'], ...SAID }),
          (engine) => upserted(engine, { kind: 'MODEL', name: 'teacher', url: LARGE[2] }),
          (engine) => write(engine, 'Three', 'A, the very first.', 'https://0.example/'),
        ];
        const after = (indexes: readonly number[], mend = false): Promise<unknown> =>
          withEngine(open, async (engine) => {
            for (const i of indexes) await deeds[i]?.(engine);
            if (mend) await repair(engine);
            expect(await graphOf(engine).findEntity('model:student')).toMatchObject(SAID);
            return kept(engine);
          });
        const inOrder = await after([0, 1, 2, 3, 4], true);
        expect(inOrder).toMatchObject({ problems: [] });
        expect(await after(order)).toEqual(inOrder);
        // A document that is read again, and an entry that said something else before.
        expect(await after([...order, 0, 4])).toEqual(inOrder);
      }),
      { numRuns: 6 },
    ));

  it('an entry that says what a document says is taken back too', () =>
    withEngine(open, async (engine) => {
      await write(engine, ...SMALL);
      await write(engine, ...LARGE);
      await upserted(engine, { ...STUDENT, description: LARGE[1], url: LARGE[2] });
      expect(await graphOf(engine).findEntity('model:student')).toMatchObject({ description: LARGE[1], url: LARGE[2] });
      expect(await upserted(engine, STUDENT)).toMatchObject({ description: SMALL[1], url: SMALL[2] });
    }));

  it('stays when documents fall silent, and is the same after a restore, on this engine and on the embedded one', () =>
    withEngine(open, async (engine) => {
      await write(engine, ...SMALL);
      await upserted(engine, { ...STUDENT, aliases: ['Pupil'], ...SAID });
      await writeRecords(engine, recordsOf({ title: 'One', facts: [] }), '2026-01-01T00:00:00.000Z');
      expect(await graphOf(engine).find({ name: 'pupil' })).toMatchObject({ ...STUDENT, name: 'student', aliases: ['Pupil'], ...SAID }); // prettier-ignore
      const [lines, before] = [await backupOf(engine), await kept(engine)];
      expect(before).toMatchObject({ problems: [] });
      await withEngine(openEmbedded, async (other) => {
        await restore(other, () => each(lines));
        expect(await kept(other)).toEqual(before);
        const again = await backupOf(other);
        await engine.write([{ statement: probe('MATCH (n) DETACH DELETE n'), params: {} }]);
        await restore(engine, () => each(again));
        expect(await kept(engine)).toEqual(before);
      });
    }));

  it('of writers at the same time all succeed and one speaks last; each leaves a record', () =>
    withEngine(open, async (engine) => {
      await write(engine, ...SMALL);
      const texts = Array.from({ length: 8 }, (_, i) => `Description ${i}.`);
      await Promise.all(
        texts.map((description) => upserted(engine, { ...STUDENT, description, aliases: [description] })),
      );
      const entity = await graphOf(engine).findEntity('model:student');
      expect(texts).toContain(entity?.description);
      expect(entity?.aliases).toEqual([entity?.description, 'pupil of One']);
      expect(await graphOf(engine).check()).toEqual([]);
      const record = { action: 'upsert', by: 'api', subjects: ['model:student'] };
      expect(await engine.read(DEEDS, { without: ['ingest', 'remember'] })).toEqual(texts.map(() => record));
    }));
});
