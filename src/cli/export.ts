/** The command that exports: from the server that holds the store, or from the store itself. */
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.js';
import { reasonOf, StemmaError } from '../errors.js';
import { inChunks } from '../export/chunks.js';
import { getFormat } from '../export/formats.js';
import { questionOf } from '../export/question.js';
import { select } from '../export/select.js';
import { graphOf } from '../graph/graph.js';
import { openEngine } from '../graph/open.js';
import type { AnswerError } from './ask.js';
import { errorOf, runningServer } from './ask.js';
import { complain } from './output.js';

export interface ExportOptions {
  format: string;
  lineage?: string;
  neighborhood?: string[];
  search?: string;
  connected?: number;
  direction?: string;
  depth?: number;
  limit?: number;
  relations?: string[];
  kinds?: string[];
  minConfidence?: number;
  attributes?: string[];
  /** file to write; the standard output where it is not given */
  output?: string;
}

const DIRECTIONS: Record<string, string> = { up: 'UPSTREAM', down: 'DOWNSTREAM', both: 'BOTH' };

/** The options as the parameters of `/export/<format>`. */
function parametersOf({ format: _format, output: _output, direction, ...options }: ExportOptions): URLSearchParams {
  const parameters = new URLSearchParams(
    direction === undefined ? [] : [['direction', DIRECTIONS[direction] ?? direction]],
  );
  for (const [name, given] of Object.entries(options))
    for (const value of Array.isArray(given) ? given : [given]) parameters.append(name, String(value));
  return parameters;
}

interface Export {
  text: Readable;
  /** Why it is not all there is, empty where it is. */
  truncatedBy: string;
  close: () => Promise<void>;
}

async function fromServer(server: string, format: string, parameters: URLSearchParams): Promise<Export> {
  const answer = await fetch(new URL(`/export/${encodeURIComponent(format)}?${String(parameters)}`, server));
  if (!answer.ok || !answer.body) throw errorOf(((await answer.json()) as { errors: [AnswerError] }).errors[0]);
  return {
    text: Readable.fromWeb(answer.body),
    truncatedBy: answer.headers.get('x-stemma-truncated-by') ?? '',
    close: () => Promise.resolve(),
  };
}

async function fromStore(config: Config, format: string, parameters: URLSearchParams): Promise<Export> {
  const { write } = getFormat(format);
  const question = questionOf(parameters);
  const engine = await openEngine(config);
  try {
    const selection = await select(graphOf(engine, { deadline: config.deadline }), question);
    return {
      text: Readable.from(inChunks(write(selection))),
      truncatedBy: selection.truncatedBy.join(', '),
      close: () => engine.close(),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/**
 * Writes to a file that has its name only when it is whole.
 * @throws BAD_USER_INPUT where the file cannot be written, SERVICE_UNAVAILABLE where what is written breaks off
 */
async function intoFile(text: Readable, file: string): Promise<void> {
  const partial = `${file}.partial`;
  try {
    await pipeline(text, createWriteStream(partial));
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    const code = error instanceof Error && 'syscall' in error ? 'BAD_USER_INPUT' : 'SERVICE_UNAVAILABLE';
    throw new StemmaError(code, `${file} was not written: ${reasonOf(error)}`, {}, { cause: error });
  }
}

export async function exportCommand(config: Config, options: ExportOptions): Promise<void> {
  const parameters = parametersOf(options);
  const server = await runningServer(config);
  const { text, truncatedBy, close } = await (server === null
    ? fromStore(config, options.format, parameters)
    : fromServer(server, options.format, parameters));
  try {
    await (options.output === undefined
      ? pipeline(text, process.stdout, { end: false })
      : intoFile(text, options.output));
    if (truncatedBy !== '') complain(`not all: ${truncatedBy} (--depth, --limit)`);
  } finally {
    await close();
  }
}
