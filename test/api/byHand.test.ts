/** What is refused of what people say by hand, by the name of the field that is wrong. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { writeRecords } from '../../src/graph/write.js';
import { mentionOf, recordsOf } from '../conformance/kit.js';
import { ask, onBothEngines } from '../testkit.js';

const CLAIM = {
  type: 'EXTENDS',
  from: { id: 'model:student' },
  to: { kind: 'MODEL', name: 'Grandmaster' },
  source: { title: 'A talk' },
  text: 'The student extends Grandmaster.',
  quote: 'student extends Grandmaster',
};

const result = { metric: 'FID', raw: '2' };
const long = 'x'.repeat(501);
const onData = { type: 'EVALUATED_ON', to: { kind: 'DATASET', name: 'd' } };
const FACTS: [fact: object, refusal: RegExp][] = [
  [{ type: 'TRAINED_ON' }, /^BAD_USER_INPUT fact\.type: TRAINED_ON cannot join Model → Model; it joins/],
  [{ to: CLAIM.from }, /^BAD_USER_INPUT fact\.to: an entity cannot relate to itself/],
  [{ to: { kind: 'MODEL', name: 'Student' } }, /^BAD_USER_INPUT fact\.to: an entity cannot relate to itself/],
  [{ from: { id: 'model:nobody' } }, /^NOT_FOUND fact\.from\.id: nothing in the graph has the id "model:nobody"/],
  [{ to: { kind: 'MODEL', name: 'double' } }, /^AMBIGUOUS fact\.to\.name: "double" means model:miller, model:smith; give the id/], // prettier-ignore
  [{ to: {} }, /^BAD_USER_INPUT fact\.to: give either an id, or a kind and a name/],
  [{ to: { name: 'x' } }, /^BAD_USER_INPUT fact\.to: give either/],
  [{ to: { id: 'model:teacher', name: 'x' } }, /^BAD_USER_INPUT fact\.to: give either/],
  [{ from: { kind: 'MODEL', name: ' ' } }, /^BAD_USER_INPUT fact\.from\.name: is empty/],
  [{ from: { kind: 'MODEL', name: long } }, /^BAD_USER_INPUT fact\.from\.name: has 501 characters/],
  [{ type: 'IMPLEMENTED_IN', to: { kind: 'REPO', name: 'code' } }, /^BAD_USER_INPUT fact\.to\.name: give the address/], // prettier-ignore
  [{ source: { title: '' } }, /^BAD_USER_INPUT fact\.source\.title: is empty/],
  [{ source: { title: 'a\0' } }, /^BAD_USER_INPUT fact\.source\.title: contains NUL/],
  [{ source: { title: 'x', url: 'ftp://example.org' } }, /^BAD_USER_INPUT fact\.source\.url: must be an http/],
  [{ quote: 'It extends' }, /^BAD_USER_INPUT fact\.quote: is not in the text; copy it exactly/],
  [{ quote: null }, /^BAD_USER_INPUT fact\.quote: give the words/],
  [{ quote: '' }, /^BAD_USER_INPUT fact\.quote: is empty/],
  [{ quote: 'half \ud800', text: null }, /^BAD_USER_INPUT fact\.quote: has half a surrogate pair at 5/],
  [{ text: 'x'.repeat(100_001) }, /^BAD_USER_INPUT fact\.text: has 100001 characters/],
  [{ confidence: 1.1 }, /^BAD_USER_INPUT fact\.confidence: must be from 0 to 1/],
  [{ confidence: -0.1 }, /^BAD_USER_INPUT fact\.confidence: must be from 0 to 1/],
  [{ via: 'finetune' }, /^BAD_USER_INPUT fact\.via: only DERIVED_FROM has it/],
  [{ type: 'DERIVED_FROM', via: long }, /^BAD_USER_INPUT fact\.via: has 501/],
  [{ result }, /^BAD_USER_INPUT fact\.result: only EVALUATED_ON has a result/],
  [{ ...onData, result: { ...result, metric: '' } }, /^BAD_USER_INPUT fact\.result\.metric: is empty/],
  [{ ...onData, result: { ...result, raw: ' ' } }, /^BAD_USER_INPUT fact\.result\.raw: is empty/],
  [{ ...onData, result: { ...result, value: 3 } }, /^BAD_USER_INPUT fact\.result\.value: is 3, but raw is 2/],
  [{ ...onData, result: { ...result, raw: 'much', value: 1e300 } }, /^BAD_USER_INPUT fact\.result\.value: is too large/], // prettier-ignore
  [{ ...onData, result: { ...result, unit: 'a\0' } }, /^BAD_USER_INPUT fact\.result\.unit: contains NUL/],
  [{ ...onData, result: { ...result, setting: long } }, /^BAD_USER_INPUT fact\.result\.setting: has 501/],
];

const ENTITY = { id: 'model:student' };
const ENTITIES: [entity: object, refusal: RegExp][] = [
  [{ id: 'model:nobody' }, /^NOT_FOUND entity\.id: nothing in the graph has the id "model:nobody"/],
  [{ id: 'model:student', name: 'Pupil' }, /^BAD_USER_INPUT entity: give either an id, or a kind and a name/],
  [{ name: 'Pupil' }, /^BAD_USER_INPUT entity: give either/],
  [{ kind: 'MODEL', name: 'double' }, /^AMBIGUOUS entity\.name: "double" means model:miller, model:smith; give the id/],
  [{ kind: 'MODEL', name: 'a\0' }, /^BAD_USER_INPUT entity\.name: contains NUL/],
  [{ kind: 'REPO', name: 'code' }, /^BAD_USER_INPUT entity\.name: give the address/],
  [{ ...ENTITY, aliases: ['Pupil', 'TEACHERS'] }, /^AMBIGUOUS entity\.aliases: "TEACHERS" means model:teacher; it cannot mean model:student as well/], // prettier-ignore
  [
    { ...ENTITY, aliases: ['double'] },
    /^AMBIGUOUS entity\.aliases: "double" means model:miller, model:smith; it cannot/,
  ],
  [{ ...ENTITY, aliases: ['SDXL'] }, /^AMBIGUOUS entity\.aliases: "SDXL" means model:sdxl; it cannot/],
  [{ ...ENTITY, aliases: ['lab/teacher-7b'] }, /^AMBIGUOUS entity\.aliases: "lab\/teacher-7b" means model:hf:lab\/teacher-7b; it cannot/], // prettier-ignore
  [{ ...ENTITY, url: 'https://huggingface.co/lab/teacher-7b' }, /^AMBIGUOUS entity\.url: .* means model:hf:lab\/teacher-7b; it cannot/], // prettier-ignore
  [{ ...ENTITY, aliases: [' '] }, /^BAD_USER_INPUT entity\.aliases: is empty/],
  [{ ...ENTITY, aliases: [long] }, /^BAD_USER_INPUT entity\.aliases: has 501 characters/],
  [{ ...ENTITY, aliases: Array.from({ length: 101 }, (_, i) => `a${i}`) }, /^BAD_USER_INPUT entity\.aliases: give at most 100, not 101/], // prettier-ignore
  [{ ...ENTITY, description: 'half \ud800' }, /^BAD_USER_INPUT entity\.description: has half a surrogate pair at 5/],
  [{ ...ENTITY, description: 'x'.repeat(2_001) }, /^BAD_USER_INPUT entity\.description: has 2001 characters/],
  [{ ...ENTITY, url: 'ftp://example.org' }, /^BAD_USER_INPUT entity\.url: must be an http or https address/],
];

onBothEngines('what is said by hand', (open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
    const [teacher, hub] = [mentionOf('MODEL', 'teacher'), mentionOf('MODEL', 'https://hf.co/lab/teacher-7b')];
    const facts = [
      [teacher, 'DISTILLS_INTO', mentionOf('MODEL', 'student')],
      [teacher, 'COMPARES_WITH', hub],
      [mentionOf('MODEL', 'Smith', 'double'), 'COMPARES_WITH', mentionOf('MODEL', 'Miller', 'double')],
    ] as const;
    await writeRecords(engine, recordsOf({ title: 'One', facts }), '2026-01-01T00:00:00.000Z');
  });
  afterAll(() => engine.close());

  const refusal = async (query: string, variables: Record<string, unknown>): Promise<string> => {
    const { errors, codes } = await ask(engine, query, variables);
    return `${String(codes[0])} ${errors?.[0]?.message ?? 'was taken'}`;
  };

  it.each(FACTS)('a fact with %j is refused', async (fact, wanted) => {
    const query = 'mutation ($fact: FactInput!) { assertFact(fact: $fact) { evidence { id } } }';
    expect(await refusal(query, { fact: { ...CLAIM, ...fact } })).toMatch(wanted);
    expect((await graphOf(engine).stats()).documents).toBe(1);
  });

  it.each(ENTITIES)('an entity with %j is refused', async (entity, wanted) => {
    const query = 'mutation ($entity: EntityInput!) { upsertEntity(entity: $entity) { id } }';
    expect(await refusal(query, { entity })).toMatch(wanted);
    expect((await graphOf(engine).stats()).documents).toBe(1);
  });
});
