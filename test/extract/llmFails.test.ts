/** A language model that fails, over HTTP: what is asked again and when, what is given up and why. */
import { expect, it } from 'vitest';
import type { Reply } from './chat.js';
import { inTurn, says, sends } from './chat.js';
import { good, reading, reads, readsAs, small } from './reading.js';

const documents = small(1);
const read = { ...good, facts: readsAs(documents), tokens: 100, stated: 1 };
const unread = { ...good, facts: [], tokens: 0, stated: 0 };

/** Never answers. */
const hangs: Reply = () => undefined;
/** Ends the connection in the middle of the answer. */
const cuts: Reply = (response) => {
  response.writeHead(200, { 'content-length': '1000' }).write('{"choices": [', () => response.destroy());
};
/** Sends a letter every few milliseconds for ever. */
const trickles: Reply = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 5);
  response.on('close', () => {
    clearInterval(timer);
  });
};

it.each([
  ['429 with seconds', sends(429, 'slow down', { 'retry-after': '7' }), [7_000]],
  ['429 with fewer seconds than the pause', sends(429, 'slow down', { 'retry-after': '0' }), [1_000]],
  ['429 with nonsense', sends(429, 'slow down', { 'retry-after': 'soon' }), [1_000]],
  ['500', sends(500, 'oops'), [1_000]],
  ['503 with HTML', sends(503, '<html>Bad gateway</html>'), [1_000]],
  ['a connection that is cut', cuts, [1_000]],
  ['silence', hangs, [1_000]],
  ['a trickle', trickles, [1_000]],
])('asks again after %s', async (_, reply, pauses) => {
  const { outcome, waits } = await reading(inTurn(reply, reads), documents, {
    callDeadline: reply === hangs || reply === trickles ? 3_000 : 60_000,
  });
  expect(outcome).toEqual({ ...read, calls: 2 });
  expect(waits).toEqual(pauses);
});

it('waits until the day and hour that Retry-After names', async () => {
  const later = new Date(Date.now() + 40_000).toUTCString();
  const { outcome, waits } = await reading(inTurn(sends(429, '', { 'retry-after': later }), reads), documents);
  expect(outcome).toEqual({ ...read, calls: 2 });
  expect([waits.length, Math.round((waits[0] ?? 0) / 10_000)]).toEqual([1, 4]);
});

it('waits twice as long each time, by chance up to half of it less, and gives up after five attempts', async () => {
  const { outcome, waits } = await reading(sends(500, { error: { message: 'out of\nmemory' } }), documents);
  expect(outcome).toEqual({
    ...unread,
    failed: ['Paper 0: it answers 500: out of memory (attempt 5)'],
    calls: 5,
  });
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
  const lucky = await reading(sends(500, ''), documents, { random: 0.5 });
  expect(lucky.waits).toEqual([750, 1_500, 3_000, 6_000]);
});

it('does not wait for longer than all calls may take', async () => {
  const { outcome, waits } = await reading(sends(429, '', { 'retry-after': '90' }), documents, { deadline: 60_000 });
  expect(outcome).toEqual({ ...unread, failed: ['Paper 0: it answers 429'], calls: 1 });
  expect(waits).toEqual([]);
});

it('begins nothing when the time for all calls is over', async () => {
  const { outcome } = await reading(hangs, small(6), { deadline: 120 });
  expect(outcome.failed[0]).toMatch(/^Paper 0: no answer within 0\.1\d* s$/);
  expect(outcome.failed[5]).toBe('Paper 5: not asked: the 0.002 minutes for all calls are over; run it again to go on');
  expect([outcome.calls, outcome.failed.length]).toEqual([4, 6]);
});

it('says when the budget ends between two attempts', async () => {
  const { outcome } = await reading(sends(500, ''), documents, { calls: 2 });
  expect(outcome).toEqual({
    ...unread,
    failed: ['Paper 0: it answers 500, not asked again: the budget of 2 calls is used up; run it again to go on'],
    calls: 2,
  });
});

it.each([
  [
    'a web page',
    sends(200, '<!doctype html><title>Welcome</title>'),
    'it answers with HTML, not JSON; is STEMMA_LLM_URL right?',
  ],
  ['a text', sends(200, 'pong'), 'it answers with something else, not JSON; is STEMMA_LLM_URL right?'],
  ['an error in a good answer', sends(200, { error: 'no such thing' }), 'it says: no such thing'],
  ['no choice', sends(200, { choices: [] }), 'its answer has no text'],
  ['no text', sends(200, { choices: [{ message: { content: null } }] }), 'its answer has no text'],
  ['a number for text', sends(200, { choices: [{ message: { content: 7 } }] }), 'its answer has no text'],
  [
    'a refusal',
    sends(200, { choices: [{ message: { content: null, refusal: 'I must not.' } }] }),
    'the model refuses: I must not.',
  ],
  ['10 MB', sends(200, 'x'.repeat(10_000_000)), 'its answer is larger than 2 MB'],
  [
    'prose',
    says('The paper is about nets.'),
    'its answer cannot be used: it has no JSON with the keys entities and facts',
  ],
  [
    'lists that are none',
    says({ entities: {}, facts: 'none' }),
    'its answer cannot be used: its entities or facts are no list',
  ],
  ['400', sends(400, { error: { message: 'too long' } }), 'it answers 400: too long'],
])('does not ask again after %s, and goes on with the next document', async (_, reply, reason) => {
  const [first, second] = small(2);
  if (!first || !second) throw new Error('there are two');
  const only: Reply = (response, asked, n) => (asked.content.includes('Net0') ? reply : reads)(response, asked, n);
  const { outcome, waits } = await reading(only, [first, second]);
  expect(outcome).toMatchObject({ facts: readsAs([second]), failed: [`Paper 0: ${reason}`], calls: 2, stated: 1 });
  expect(waits).toEqual([]);
});

it.each([
  [401, 'it answers 401: bad key'],
  [404, 'it answers 404: bad key'],
  [302, 'it answers 302: bad key'],
])('stops after a status of %i, which every document would get', async (status, said) => {
  const headers = { location: 'http://127.0.0.1:1/' };
  const { outcome } = await reading(sends(status, { error: { message: 'bad key' } }, headers), small(9));
  const hint = '; are STEMMA_LLM_URL, STEMMA_LLM_MODEL and STEMMA_LLM_KEY right?';
  expect(outcome.failed.at(0)).toBe(`Paper 0: ${said}${hint}`);
  expect(outcome.failed.at(8)).toBe(`Paper 8: not asked: ${said}${hint}`);
  expect([outcome.failed.length, outcome.calls <= 4]).toEqual([9, true]);
});

it('stops after three documents in a row that failed for good', async () => {
  const { outcome } = await reading(sends(500, ''), small(30));
  expect(outcome.failed.at(29)).toBe(
    'Paper 29: not asked: 3 documents in a row failed, the last because it answers 500',
  );
  expect([outcome.failed.length, outcome.calls <= 30]).toEqual([30, true]);
});

it('never shows its key, nor control characters, in what the endpoint says', async () => {
  const key = 'sk-very-secret';
  const says401 = sends(401, { error: { message: `\u001b[31mIncorrect key ${key}\u0007 provided` } });
  const { outcome } = await reading(says401, documents, { endpoint: { url: '', model: 'm', key } });
  expect(outcome.failed).toEqual([
    'Paper 0: it answers 401: [31mIncorrect key … provided; are STEMMA_LLM_URL, STEMMA_LLM_MODEL and STEMMA_LLM_KEY right?',
  ]);
});

it('says what is wrong where nothing listens', async () => {
  const { outcome } = await reading(reads, documents, { stopped: true });
  expect(outcome.failed).toEqual([
    expect.stringMatching(/^Paper 0: the connection failed \(connect ECONNREFUSED .+\) \(attempt 5\)$/),
  ]);
});
