/** The commands that read what documents say: extract, seed; and who may write. */
import type { Config } from '../config.js';
import { StemmaError } from '../errors.js';
import type { Engine } from '../graph/engine.js';
import { openEngine } from '../graph/open.js';
import { readerOf } from '../graph/reader.js';
import { restoreWasCutOff } from '../graph/restore.js';
import type { Ingest } from '../ingest/ingest.js';
import { surveyed } from '../ingest/batches.js';
import { loadSeed, openListing } from '../ingest/ingest.js';
import { readKnowledge } from '../ingest/knowledge.js';
import type { Document, Fact, Rejection } from '../model.js';
import { ruleOf } from '../ontology.js';
import { runningServer } from './ask.js';
import type { ExtractorOptions } from './extractor.js';
import { chooseExtractor } from './extractor.js';
import { bold, complain, dim, print, printJson, progress } from './output.js';

/** @throws STORE_IN_USE where a server holds the store */
export async function refuseWhileServed(config: Config): Promise<void> {
  const server = await runningServer(config);
  if (server !== null)
    throw new StemmaError(
      'STORE_IN_USE',
      `the server at ${server} holds the store; stop it, write, and start it again`,
    );
}

/** @throws SERVICE_UNAVAILABLE where the store holds a part of a backup only */
export async function refuseHalfRestored(engine: Engine): Promise<void> {
  if (await restoreWasCutOff(readerOf(engine, {})))
    throw new StemmaError(
      'SERVICE_UNAVAILABLE',
      'a restore into this store was cut off; run stemma restore again with the same file',
    );
}

/** The engine for writing. @throws STORE_IN_USE where a server holds the store, SERVICE_UNAVAILABLE where it is half restored */
export async function openForWriting(config: Config): Promise<Engine> {
  await refuseWhileServed(config);
  const engine = await openEngine(config);
  try {
    await refuseHalfRestored(engine);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

export const report = (rejections: readonly Rejection[]): void => {
  for (const { file, line, reason } of rejections)
    complain(`rejected ${file}${line === null ? '' : `:${String(line)}`}: ${reason}`);
};

export const summary = ({
  records,
  rejections,
}: Ingest): { documents: number; entities: number; facts: number; rejected: number } => ({
  documents: records.documents.length,
  entities: new Set(records.mentions.map(({ id }) => id)).size,
  facts: records.facts.length,
  rejected: rejections.length,
});

/** Prints the facts of listings as they are read, without storing them. @returns whether everything was read */
export async function extractCommand(
  config: Config,
  files: readonly string[],
  options: ExtractorOptions & { json?: boolean },
): Promise<boolean> {
  const { vocabulary } = readKnowledge();
  const listings = files.map((file) => surveyed(openListing(file)));
  const { extract, sources } = await chooseExtractor(config, listings, { vocabulary, size: 1, ...options });
  const printed = (document: Document): void => {
    const facts = extract(document, vocabulary)?.facts ?? [];
    if (options.json) for (const fact of facts) print(JSON.stringify(fact));
    else printFacts(document, facts);
  };
  let sound = true;
  for (const batches of sources)
    for (const { documents, rejections } of batches) {
      report(rejections);
      sound &&= rejections.length === 0;
      documents.forEach(printed);
    }
  return sound;
}

function printFacts({ title }: Document, facts: readonly Fact[]): void {
  print(bold(title));
  for (const { type, from, to, confidence, quote, score } of facts) {
    const source = from.kind === 'PAPER' ? 'this paper' : from.name;
    const result = score ? `: ${score.metric} ${score.raw}` : '';
    print(`  ${source} ${ruleOf(type).verb} ${to.name}${result} ${dim(`(${confidence.toFixed(2)})`)}`);
    print(dim(`    “${quote ?? ''}”`));
  }
}

export async function loadInto(engine: Engine, landmarks: boolean): Promise<Ingest> {
  const knowledge = readKnowledge();
  report(knowledge.rejections);
  const loaded = await loadSeed(engine, knowledge, { landmarks, progress: progress('documents loaded') });
  report(loaded.rejections);
  return loaded;
}

export async function seedCommand(config: Config, options: { landmarks: boolean; json?: boolean }): Promise<void> {
  const engine = await openForWriting(config);
  try {
    const totals = summary(await loadInto(engine, options.landmarks));
    if (options.json) printJson(totals);
    else
      print(
        `the seed is loaded: ${String(totals.documents)} documents, ${String(totals.entities)} entities, ${String(totals.facts)} facts`,
      );
  } finally {
    await engine.close();
  }
}
