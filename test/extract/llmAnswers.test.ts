/** How the JSON of a language model's answer is asked for, and found in whatever it says. */
import { expect, it } from 'vitest';
import { readAnswer } from '../../src/extract/llm/answer.js';
import { EXAMPLE } from '../../src/extract/llm/prompt.js';
import { ANSWER_SCHEMA, endpointsOf } from '../../src/extract/llm/schema.js';
import { RELATION_TYPES, ruleOf } from '../../src/ontology.js';
import { believed } from './answers.js';
const whole = JSON.stringify(EXAMPLE.answer, null, 2);

it.each([
  ['prose', `Here is {what} you asked for:\n\n${whole}\n\nLet me know if you need {"more": true}!`],
  ['a code fence', `\`\`\`json\n${whole}\n\`\`\``],
  ['thoughts aloud', `<think>Maybe {"facts": []}? Or {"entities": [</think>${whole}`],
  ['a draft that breaks off', `{"entities": [nonsense]}\n${whole}`],
])('reads the JSON in the midst of %s', (_, text) => {
  expect(believed(text)).toEqual(believed(EXAMPLE.answer));
});

it('keeps what was whole of an answer that is cut off anywhere', () => {
  const compact = JSON.stringify(EXAMPLE.answer);
  const wholeAt = (length: number, items: readonly object[]) =>
    items.filter((item) => compact.indexOf(JSON.stringify(item)) + JSON.stringify(item).length <= length);
  for (let length = compact.length - 1; length > compact.indexOf('['); length--)
    expect(readAnswer(compact.slice(0, length))).toEqual({
      entities: wholeAt(length, EXAMPLE.answer.entities),
      facts: wholeAt(length, EXAMPLE.answer.facts),
      cut: true,
    });
});

it('counts the fact that was begun when an answer was cut off', () => {
  const compact = JSON.stringify(EXAMPLE.answer);
  expect(believed(compact.slice(0, compact.indexOf('"EVALUATED_ON"')))).toMatchObject({
    facts: { length: 3 },
    said: 'rejected 1 of 4 facts: 1 fact cut off',
  });
});

it.each([
  ['', 'it is empty'],
  ['  <!DOCTYPE html><html><body>Bad gateway</body></html>', 'it is HTML, not JSON'],
  ['I cannot help with that.', 'it has no JSON with the keys entities and facts'],
  ['{"answer": []}', 'it has no JSON with the keys entities and facts'],
  ['{"entities": [], "facts": "none"}', 'its entities or facts are no list'],
  ['{"entities": []}', 'its entities or facts are no list'],
  ['{"entities": [oops], "facts": []}', 'its JSON is broken'],
])('says of %j why it cannot be used', (text, reason) => {
  expect(readAnswer(text)).toEqual({ reason });
});

it('needs no more than a moment for two million signs of anything', () => {
  const from = performance.now();
  for (const sign of ['{"facts":[', '<think>', '"', '\\"', '[', 'CIFAR-1/', '{"facts":[{"a":"', ' '])
    readAnswer(sign.repeat(2_000_000 / sign.length));
  expect(performance.now() - from).toBeLessThan(5_000);
});

it('has in its schema every pair of ends of the ontology, and no other', () => {
  for (const type of RELATION_TYPES) {
    const pairs = endpointsOf(type).flatMap(({ from, to }) =>
      from.flatMap((source) => to.map((target) => `${source} ${target}`)),
    );
    expect(pairs.sort()).toEqual(
      ruleOf(type)
        .endpoints.map((pair) => pair.join(' '))
        .sort(),
    );
  }
  const { properties } = ANSWER_SCHEMA as {
    properties: { facts: { items: { anyOf: { properties: { type: { enum: string[] } } }[] } } };
  };
  const types = properties.facts.items.anyOf.flatMap((variant) => variant.properties.type.enum);
  expect([...new Set(types)]).toEqual(RELATION_TYPES);
});
