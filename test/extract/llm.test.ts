/** A language model as an extractor, asked over HTTP: what it makes of documents, once, within its budget. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EXAMPLE } from '../../src/extract/llm/prompt.js';
import { ANSWER_SCHEMA } from '../../src/extract/llm/schema.js';
import type { Document } from '../../src/model.js';
import { documentOf, lanternfish } from './answers.js';
import type { Reply } from './chat.js';
import { inTurn, says, sends } from './chat.js';
import { good, kept, reading, reads, readsAs, small } from './reading.js';

it('asks for JSON after the ontology at temperature 0, with the key, and believes what the text bears out', async () => {
  const endpoint = { url: '', model: 'small-1', key: 'secret-key' };
  const { asked, outcome } = await reading(says(EXAMPLE.answer, 1234), [lanternfish], { endpoint });
  expect(outcome).toMatchObject({ ...good, facts: { length: 7 }, calls: 1, tokens: 1234, stated: 7 });
  const [{ path, headers, body, content } = { path: '', headers: {}, body: null, content: '' }] = asked;
  expect([asked.length, path, headers.authorization, content]).toEqual([
    1,
    '/v1/chat/completions',
    'Bearer secret-key',
    EXAMPLE.content,
  ]);
  expect(body).toMatchObject({
    model: 'small-1',
    temperature: 0,
    messages: [{ role: 'system' }, { role: 'user' }],
    response_format: { type: 'json_schema', json_schema: { name: 'facts', strict: true, schema: ANSWER_SCHEMA } },
  });
});

it('sends no key where there is none', async () => {
  const { asked } = await reading(reads, small(1));
  expect(asked[0]?.headers.authorization).toBeUndefined();
});

it('keeps the true facts of a model that lies, and counts the lies', async () => {
  const [fact] = EXAMPLE.answer.facts;
  const lies = [{ ...fact, quote: 'We invent' }, { ...fact, type: 'CURES' }, { ...fact, type: 'CITES' }, fact];
  const { outcome } = await reading(says({ ...EXAMPLE.answer, facts: lies }, 9), [lanternfish]);
  expect(outcome).toEqual({
    ...good,
    facts: [`${lanternfish.title} INTRODUCES Lanternfish (We propose Lanternfish (LF))`],
    rejected: { quote: 1, relation: 1, forbidden: 1 },
    calls: 1,
    tokens: 9,
    stated: 4,
  });
});

it('asks about nothing but text', async () => {
  const { outcome } = await reading(reads, [{ ...lanternfish, text: null }]);
  expect(outcome).toEqual({ ...good, facts: [], calls: 0, tokens: 0, stated: 0 });
});

it('sends at most the first 20,000 characters of a text', async () => {
  const { asked } = await reading(reads, [documentOf(`Long\n\nWe propose Net0. ${'a'.repeat(5_000_000)}`)]);
  expect(asked[0]?.content.length).toBe(20_000);
});

it('asks about four documents at once and answers in their order', async () => {
  let open = 0;
  let most = 0;
  const documents = small(12);
  const slow: Reply = (response, asked, n) => {
    most = Math.max(most, ++open);
    setTimeout(
      () => {
        open--;
        reads(response, asked, n);
      },
      (13 - n) * 5,
    );
  };
  const { outcome } = await reading(slow, documents);
  expect(most).toBe(4);
  expect(outcome).toEqual({ ...good, facts: readsAs(documents), calls: 12, tokens: 1200, stated: 12 });
});

it('stops at its budget, goes on where it stopped, and then costs nothing', async () => {
  const documents = small(6);
  const cut = await reading(reads, documents, { calls: 4 });
  const used = 'not asked: the budget of 4 calls is used up; run it again to go on';
  expect(cut.outcome).toEqual({
    facts: readsAs(documents.slice(0, 4)),
    failed: [`Paper 4: ${used}`, `Paper 5: ${used}`],
    rejected: {}, calls: 4, kept: 0, tokens: 400, stated: 4,
  }); // prettier-ignore
  const on = await reading(reads, documents, { calls: 4 });
  expect(on.outcome).toEqual({ ...good, facts: readsAs(documents), calls: 2, kept: 4, tokens: 200, stated: 6 });
  const again = await reading(sends(500, 'away'), documents);
  expect(again.outcome).toEqual({ ...good, facts: readsAs(documents), calls: 0, kept: 6, tokens: 0, stated: 6 });
});

it('stops once the answers took as many tokens as they may', async () => {
  const { outcome } = await reading(reads, small(9), { tokens: 250 });
  expect(outcome.calls).toBeLessThanOrEqual(6);
  expect(outcome.failed.at(-1)).toBe('Paper 8: not asked: the budget of 250 tokens is used up; run it again to go on');
});

it('counts a token for four letters where the endpoint counts none', async () => {
  const { outcome } = await reading(says({ entities: [], facts: [] }), small(1));
  expect(outcome).toEqual({ ...good, facts: [], calls: 1, tokens: 28, stated: 0 });
});

it('asks again when the model or the text is another one, or what was kept is broken', async () => {
  const [document] = small(1) as [Document];
  await reading(reads, [document]);
  const other = await reading(reads, [document], { endpoint: { url: '', model: 'other', key: null } });
  const edited = await reading(reads, [{ ...document, text: `${document.text ?? ''} Well.` }]);
  expect([other.outcome.calls, edited.outcome.calls]).toEqual([1, 1]);
  for (const file of readdirSync(kept())) writeFileSync(join(kept(), file), '{"facts"');
  const broken = await reading(reads, [document]);
  expect(broken.outcome).toEqual({ ...good, facts: readsAs([document]), calls: 1, tokens: 100, stated: 1 });
});

it('does not keep an answer that cannot be used', async () => {
  const [document] = small(1) as [Document];
  const first = await reading(says('I would rather not.', 5), [document]);
  expect(first.outcome.failed).toEqual([
    'Paper 0: its answer cannot be used: it has no JSON with the keys entities and facts',
  ]);
  expect((await reading(reads, [document])).outcome).toMatchObject({ facts: readsAs([document]), calls: 1, kept: 0 });
});

it('tells how far it is', async () => {
  const told: string[] = [];
  const progress = (done: number, of: number): unknown => told.push(`${String(done)} of ${String(of)}`);
  await reading(inTurn(sends(400, 'no'), reads), small(3), { progress });
  expect(told).toEqual(['1 of 3', '2 of 3', '3 of 3']);
});
