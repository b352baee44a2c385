/** Reads documents with a language model that a test plays. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { ModelOptions } from '../../src/extract/llm/model.js';
import { readWithModel } from '../../src/extract/llm/model.js';
import type { Document } from '../../src/model.js';
import { documentOf, inShort, nothing } from './answers.js';
import type { Reply } from './chat.js';
import { says, startChat } from './chat.js';

const stops: (() => void)[] = [];
let directory = '';

/** The directory of one test in which answers are kept. */
export const kept = (): string => directory;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stemma-llm-'));
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Documents that say one thing each. */
export const small = (count: number): Document[] =>
  Array.from({ length: count }, (_, i) => documentOf(`Paper ${String(i)}\n\nWe propose Net${String(i)}.`));

/** A model that reads them. */
export const reads: Reply = (response, asked, n) => {
  const [, name = ''] = /propose (\w+)/.exec(asked.content) ?? [];
  const fact = {
    type: 'INTRODUCES',
    from: { kind: 'PAPER', name: 'this paper' },
    to: { kind: 'MODEL', name },
    quote: `propose ${name}`,
    confidence: 0.7,
  };
  says({ entities: [{ kind: 'MODEL', name, aliases: [] }], facts: [fact] }, 100)(response, asked, n);
};

export /** What is then read. */
const readsAs = (documents: readonly Document[]): string[] =>
  documents.map(({ title }) => `${title} INTRODUCES Net${title.slice(6)} (propose Net${title.slice(6)})`);

/** Reads documents with an endpoint that replies so; the whole outcome in few words, and what was waited for. */
export async function reading(
  reply: Reply,
  documents: readonly Document[],
  { random = 0, stopped = false, ...options }: Partial<ModelOptions> & { random?: number; stopped?: boolean } = {},
) {
  const chat = await startChat(reply);
  if (stopped) chat.stop();
  else stops.push(chat.stop);
  const waits: number[] = [];
  const clock = {
    now: Date.now,
    random: () => random,
    wait: (milliseconds: number) => Promise.resolve(void waits.push(milliseconds)),
  };
  const endpoint = { url: chat.url, model: 'm', key: null, ...options.endpoint };
  const { read, failed, rejected, ...counts } = await readWithModel(documents, nothing, {
    kept: directory,
    clock,
    ...options,
    endpoint: { ...endpoint, url: chat.url },
  });
  return {
    asked: chat.asked,
    waits,
    outcome: {
      facts: documents.flatMap(({ id }) => read.get(id)?.facts.map(inShort) ?? []),
      failed: failed.map(({ document, reason }) => `${document.title}: ${reason}`),
      rejected: Object.fromEntries(rejected),
      ...counts,
    },
  };
}

/** What an outcome has besides when all went well. */
export const good = { failed: [], rejected: {}, kept: 0 };
