/** The command that stores what listings say, a batch at a time. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import type { Config } from '../config.js';
import { reasonOf, StemmaError } from '../errors.js';
import { BATCH, writeRecords } from '../graph/write.js';
import { surveyed } from '../ingest/batches.js';
import type { Conflict } from '../ingest/conflicts.js';
import { Conflicts, conflictsOf } from '../ingest/conflicts.js';
import type { Extractor, Ingest, Source } from '../ingest/ingest.js';
import { openListing, prepare } from '../ingest/ingest.js';
import type { Knowledge } from '../ingest/knowledge.js';
import { curationOf, readKnowledge } from '../ingest/knowledge.js';
import { letterOf } from '../ingest/letters.js';
import type { Rejection } from '../model.js';
import type { ExtractorOptions } from './extractor.js';
import { chooseExtractor } from './extractor.js';
import { complain, print, printJson, progress } from './output.js';
import { openForWriting, report } from './store.js';

export interface IngestOptions extends ExtractorOptions {
  /** Directory laid out like seed/: curated/ and vocabulary/. */
  knowledge?: string;
  /** Leave documents that nobody curated without facts. */
  onlyCurated?: boolean;
  /** File for what is not taken, to be mended and read again. */
  rejected?: string;
  /** Which stage to print instead of writing. */
  dryRun?: true | string;
  json?: boolean;
}

/**
 * Stores listings: what a batch of documents says is durable before the next one is read.
 * @returns whether everything was taken
 */
export async function ingestCommand(
  config: Config,
  files: readonly string[],
  options: IngestOptions,
): Promise<boolean> {
  const knowledge = readKnowledge(options.knowledge);
  const listings = files.map((file) => surveyed(openListing(file)));
  const { vocabulary } = knowledge;
  const size = options.dryRun === undefined ? BATCH : Infinity;
  const { extract, sources } = options.onlyCurated
    ? { extract: null, sources: listings.map(({ batches }) => batches(size)) }
    : await chooseExtractor(config, listings, {
        ...options,
        size,
        vocabulary,
        leaves: ({ title }) => curationOf(knowledge, title) !== null,
      });
  if (options.dryRun !== undefined) {
    const whole = sources.flatMap((batches) => [...prepared(batches, knowledge, extract)]);
    return printStage(options.dryRun === true ? 'records' : options.dryRun, whole, knowledge);
  }
  refuseUnsound(knowledge);
  const engine = await openForWriting(config);
  const recordedAt = new Date().toISOString();
  const taken = listings.map(({ name }) => new Taken(name, options.json === true));
  let letters: DeadLetters | null = null;
  try {
    if (options.rejected !== undefined) letters = new DeadLetters(options.rejected);
    for (const [i, one] of taken.entries())
      for (const ingest of prepared(sources[i] ?? [], knowledge, extract)) {
        await writeRecords(engine, ingest.records, recordedAt, (done) => {
          progress('documents stored')(one.documents + done, listings[i]?.documents ?? 0);
        });
        one.add(ingest);
        letters?.add(ingest.rejections);
      }
    letters?.keep();
  } finally {
    letters?.close();
    await engine.close();
  }
  printTaken(taken, options);
  return taken.every(({ rejected }) => rejected === 0);
}

/** @throws BAD_USER_INPUT where curated facts or terms were rejected */
function refuseUnsound({ rejections }: Knowledge): void {
  report(rejections);
  if (rejections.length > 0)
    throw new StemmaError(
      'BAD_USER_INPUT',
      'nothing was written: mend what is rejected above, or facts stored before would be lost',
    );
}

function* prepared(sources: Iterable<Source>, knowledge: Knowledge, extract: Extractor | null): Generator<Ingest> {
  for (const source of sources) yield prepare(source, knowledge, { extract });
}

/** What is not taken, in a file that has its name once it is whole, so that it may be the one that is being read. */
class DeadLetters {
  readonly #opened: number;
  readonly #partial: string;
  #count = 0;

  /** @throws BAD_USER_INPUT where the file cannot be written */
  constructor(private readonly file: string) {
    this.#partial = `${file}.partial`;
    try {
      this.#opened = openSync(this.#partial, 'w');
    } catch (error) {
      const reason = `--rejected: ${file} cannot be written (${reasonOf(error)}); give the path of a file`;
      throw new StemmaError('BAD_USER_INPUT', reason, {}, { cause: error });
    }
  }

  add(rejections: readonly Rejection[]): void {
    for (const rejection of rejections) writeSync(this.#opened, `${letterOf(rejection)}\n`);
    this.#count += rejections.length;
  }

  /** Afterwards there is such a file only where something was rejected. */
  keep(): void {
    if (this.#count > 0) renameSync(this.#partial, this.file);
    else rmSync(this.file, { force: true });
  }

  close(): void {
    closeSync(this.#opened);
    rmSync(this.#partial, { force: true });
  }
}

/** What was taken of one listing. */
class Taken {
  documents = 0;
  facts = 0;
  rejected = 0;
  /** Those that are still to be printed. */
  readonly rejections: Rejection[] = [];
  private readonly conflicts = new Conflicts();

  constructor(
    readonly file: string,
    /** Whether rejections are kept to be printed in the end, rather than as they come. */
    private readonly keeps: boolean,
  ) {}

  add({ readings, records, rejections }: Ingest): void {
    this.documents += records.documents.length;
    this.facts += records.facts.length;
    this.rejected += rejections.length;
    this.conflicts.add(readings, records);
    if (this.keeps) this.rejections.push(...rejections);
    else report(rejections);
  }

  get entities(): number {
    return this.conflicts.size;
  }

  notices(): Conflict[] {
    return this.conflicts.all();
  }
}

function printTaken(taken: readonly Taken[], { json = false, rejected: kept }: IngestOptions): void {
  const notices = taken.flatMap((one) => one.notices());
  const files = taken.map(({ file, documents, entities, facts, rejected }) => {
    return { file, documents, entities, facts, rejected };
  });
  if (json) return void printJson({ files, rejections: taken.flatMap(({ rejections }) => rejections), notices });
  for (const { message, documents } of notices) complain(`notice: ${message} (${documents.join('; ')})`);
  for (const { file, documents, entities, facts, rejected } of files)
    print(
      `${basename(file)}: ${String(documents)} documents, ${String(entities)} entities, ${String(facts)} facts; ${String(rejected)} rejected`,
    );
  if (files.every(({ rejected }) => rejected === 0)) return;
  complain(
    kept === undefined
      ? 'with --rejected <file> what is rejected is kept in a file, to be mended and ingested again'
      : `what was rejected is kept in ${kept}; mend the records in it, and run stemma ingest ${kept}`,
  );
}

/** Prints one stage of whole listings, whatever memory that takes. @returns whether everything was taken */
function printStage(name: string, ingests: readonly Ingest[], { rejections: unsound }: Knowledge): boolean {
  const rejections = [...unsound, ...ingests.flatMap((ingest) => ingest.rejections)];
  const readings = ingests.flatMap((ingest) => ingest.readings);
  const stages: Record<string, () => unknown> = {
    documents: () => readings.map(({ document }) => document),
    facts: () => readings.flatMap(({ facts }) => facts),
    records: () => ingests.map(({ records }) => records),
  };
  const chosen = stages[name];
  if (!chosen)
    throw new StemmaError(
      'BAD_USER_INPUT',
      `--dry-run: there is no stage ${JSON.stringify(name)}; the stages are ${Object.keys(stages).join(', ')}`,
    );
  const notices = ingests.flatMap((ingest) => conflictsOf(ingest.readings, ingest.records));
  printJson({ [name]: chosen(), rejections, notices });
  return rejections.length === 0;
}
