import { expect, it } from 'vitest';
import { extract } from '../../src/extract/extract.js';
import { readKnowledge } from '../../src/ingest/knowledge.js';
import { contentOf } from '../../src/model.js';

const { vocabulary } = readKnowledge();

function read(text: string) {
  const document = {
    id: 'document:bad', title: 'Bad input', text, url: null, publishedOn: null, year: null, arxivId: null, isPaper: true,
  }; // prettier-ignore
  const { facts } = extract(document, vocabulary);
  for (const { quote, start, end } of facts) expect(contentOf(document)?.slice(start ?? 0, end ?? 0)).toBe(quote);
  return facts.map(({ type, to }) => `${type} ${to.name}`);
}

it.each([
  ['only symbols', '@#$%^&*()_+ ~!|\\/<>?:;'.repeat(200)],
  ['ten thousand commas', ','.repeat(10_000)],
  ['ten thousand brackets', '('.repeat(10_000)],
  ['Chinese', '我们提出了一种新的知识蒸馏方法。'.repeat(200)],
  ['Arabic', 'نقترح طريقة جديدة لتقطير المعرفة. '.repeat(200)],
  ['NUL and lone surrogates', 'We \0 propose \uD800 things \uDC00 here. '.repeat(200)],
  ['one endless word', 'a'.repeat(100_000)],
  ['five megabytes', 'lorem ipsum dolor sit amet '.repeat(190_000)],
])('reads %s without a fact and without a crash', (_, text) => {
  expect(read(text)).toEqual([]);
});

it('reads through LaTeX, Markdown and HTML entities', () => {
  const text =
    'We propose \\textbf{FooNet}. On **ImageNet**, FooNet reaches $71.2\\%$ top-1 accuracy. ' +
    'Code: \\url{https://github.com/acme/foo} &amp; more.';
  expect(new Set(read(text))).toEqual(
    new Set(['INTRODUCES FooNet', 'EVALUATED_ON ImageNet', 'IMPLEMENTED_IN https://github.com/acme/foo']),
  );
});

it('takes time in proportion to the length of a text, and no more for what it does not read', () => {
  const sentence = 'We compare LoRA, DMD2 and (ResNet-50) with FooNet-3, on CIFAR-10, ImageNet and GLUE by 2.1 %. ';
  const time = (repeats: number): number => {
    const text = sentence.repeat(repeats);
    read(text);
    const from = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  };
  const [short, long] = [time(15), time(150)];
  // Ten times the text; the rest is for a noisy machine.
  expect(long).toBeLessThan(30 * short + 50);
  expect(time(1500)).toBeLessThan(3 * long + 50);
});
