/** The commands that read files, and write what they say: extract, ingest, seed. */
import { basename } from 'node:path';
import type { Config } from '../config.js';
import { StemmaError } from '../errors.js';
import type { Engine } from '../graph/engine.js';
import { openEngine } from '../graph/open.js';
import { writeRecords } from '../graph/write.js';
import type { Conflict } from '../ingest/conflicts.js';
import type { Ingest } from '../ingest/ingest.js';
import { loadSeed, prepare, readBytes } from '../ingest/ingest.js';
import { readKnowledge } from '../ingest/knowledge.js';
import { readListing } from '../ingest/listing.js';
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

/** The engine for writing. @throws STORE_IN_USE where a server holds the store */
export async function openForWriting(config: Config): Promise<Engine> {
  await refuseWhileServed(config);
  return openEngine(config);
}

const report = (rejections: readonly Rejection[]): void => {
  for (const { file, line, reason } of rejections)
    complain(`rejected ${file}${line === null ? '' : `:${String(line)}`}: ${reason}`);
};

const notify = (notices: readonly Conflict[]): void => {
  for (const { message, documents } of notices) complain(`notice: ${message} (${documents.join('; ')})`);
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

export interface IngestOptions extends ExtractorOptions {
  /** Directory laid out like seed/: curated/ and vocabulary/. */
  knowledge?: string;
  /** Leave documents that nobody curated without facts. */
  onlyCurated?: boolean;
  /** Which stage to print instead of writing. */
  dryRun?: true | string;
  json?: boolean;
}

/** Prints the facts of listings as they are read, without storing them. @returns whether everything was read */
export async function extractCommand(
  config: Config,
  files: readonly string[],
  options: ExtractorOptions & { json?: boolean },
): Promise<boolean> {
  const { vocabulary } = readKnowledge();
  const listings = files.map((file) => ({ name: file, ...readListing(file, readBytes(file)) }));
  const { extract, sources } = await chooseExtractor(config, listings, { vocabulary, ...options });
  for (const { documents, rejections } of sources) {
    report(rejections);
    for (const document of documents) {
      const facts = extract(document, vocabulary)?.facts ?? [];
      if (options.json) for (const fact of facts) print(JSON.stringify(fact));
      else printFacts(document, facts);
    }
  }
  return sources.every(({ rejections }) => rejections.length === 0);
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

/** @returns whether everything was taken */
export async function ingestCommand(
  config: Config,
  files: readonly string[],
  options: IngestOptions,
): Promise<boolean> {
  const knowledge = readKnowledge(options.knowledge);
  const listings = files.map((file) => ({ name: file, ...readListing(file, readBytes(file)) }));
  const { vocabulary, curations } = knowledge;
  const { extract, sources } = options.onlyCurated
    ? { extract: null, sources: listings }
    : await chooseExtractor(config, listings, { vocabulary, leaves: ({ title }) => curations.has(title), ...options });
  const ingests = sources.map((source) => prepare(source, knowledge, { extract }));
  const rejections = [...knowledge.rejections, ...ingests.flatMap((ingest) => ingest.rejections)];
  if (options.dryRun !== undefined) {
    printJson(stage(options.dryRun === true ? 'records' : options.dryRun, ingests, rejections));
    return rejections.length === 0;
  }
  if (knowledge.rejections.length > 0) {
    report(knowledge.rejections);
    throw new StemmaError(
      'BAD_USER_INPUT',
      'nothing was written: mend what is rejected above, or facts stored before would be lost',
    );
  }
  const engine = await openForWriting(config);
  try {
    const recordedAt = new Date().toISOString();
    for (const { records, documents } of ingests)
      await writeRecords(engine, records, recordedAt, (done) => {
        progress('documents stored')(done, documents.length);
      });
  } finally {
    await engine.close();
  }
  const totals = ingests.map((ingest, i) => ({ file: sources[i]?.name ?? '', ...summary(ingest) }));
  const notices = ingests.flatMap((ingest) => ingest.notices);
  if (options.json) printJson({ files: totals, rejections, notices });
  else {
    report(rejections);
    notify(notices);
    for (const { file, documents, entities, facts, rejected } of totals)
      print(
        `${basename(file)}: ${String(documents)} documents, ${String(entities)} entities, ${String(facts)} facts; ${String(rejected)} rejected`,
      );
  }
  return rejections.length === 0;
}

function stage(name: string, ingests: readonly Ingest[], rejections: readonly Rejection[]): unknown {
  const stages: Record<string, () => unknown> = {
    documents: () => ingests.flatMap(({ documents }) => documents),
    facts: () => ingests.flatMap(({ facts }) => facts),
    records: () => ingests.map(({ records }) => records),
  };
  const chosen = stages[name];
  if (!chosen)
    throw new StemmaError(
      'BAD_USER_INPUT',
      `--dry-run: there is no stage ${JSON.stringify(name)}; the stages are ${Object.keys(stages).join(', ')}`,
    );
  return { [name]: chosen(), rejections, notices: ingests.flatMap(({ notices }) => notices) };
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
