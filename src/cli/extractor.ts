/** Which extractor reads the documents of a command: rules, or a language model, which is asked beforehand. */
import type { Config } from '../config.js';
import { badInput } from '../errors.js';
import { readWithModel, rejectedInWords } from '../extract/llm/model.js';
import type { Surveyed } from '../ingest/batches.js';
import type { Extractor, Source } from '../ingest/ingest.js';
import { loadExtractor } from '../ingest/ingest.js';
import type { Vocabulary } from '../ingest/vocabulary.js';
import type { Document } from '../model.js';
import { complain, progress } from './output.js';

export interface ExtractorOptions {
  extractor?: 'rules' | 'llm';
  /** How many calls to the model, how many tokens, how many minutes a run may take. */
  budget?: number;
  tokenBudget?: number;
  deadline?: number;
}

/** The extractor, and what it is to read of each listing; what it could not read is among the rejections. */
interface Chosen {
  extract: Extractor;
  sources: Iterable<Source>[];
}

/**
 * The extractor asked for. Rules read a batch at a time, as it is asked for. A language model reads every document but
 * those that are left beforehand, and says on the standard error what it cost and what of it was not believed.
 * @param size how many documents a batch has
 * @throws BAD_USER_INPUT where no model is configured
 */
export async function chooseExtractor(
  config: Config,
  listings: readonly Surveyed[],
  options: ExtractorOptions & { size: number; vocabulary: Vocabulary; leaves?: (document: Document) => boolean },
): Promise<Chosen> {
  if (options.extractor !== 'llm')
    return { extract: await loadExtractor(), sources: listings.map(({ batches }) => batches(options.size)) };
  if (config.llm === null) throw badInput('--extractor llm', 'set STEMMA_LLM_URL and STEMMA_LLM_MODEL');
  const { vocabulary, leaves = () => false, budget, tokenBudget, deadline } = options;
  const sources = listings.flatMap(({ batches }) => [...batches(Infinity)]);
  const documents = sources.flatMap((source) => source.documents.filter((document) => !leaves(document)));
  const reading = await readWithModel(documents, vocabulary, {
    endpoint: config.llm,
    kept: config.llmCache,
    progress: progress('documents read'),
    ...(budget === undefined ? {} : { calls: budget }),
    ...(tokenBudget === undefined ? {} : { tokens: tokenBudget }),
    ...(deadline === undefined ? {} : { deadline: deadline * 60_000 }),
  });
  const { calls, kept, tokens, read, failed } = reading;
  complain(
    `${config.llm.model}: ${String(calls)} calls, ${String(tokens)} tokens, ${String(kept)} answers kept from before; ${rejectedInWords(reading) ?? 'no fact was rejected'}`,
  );
  return {
    extract: ({ id }) => read.get(id) ?? null,
    sources: sources.map((source) => {
      const own = new Set(source.documents);
      const unread = failed
        .filter(({ document }) => own.has(document))
        .map(({ document, reason }) => ({
          file: source.name,
          line: null,
          reason: `${JSON.stringify(document.title)} was not read by ${config.llm?.model ?? 'the model'}: ${reason}`,
        }));
      return [{ ...source, rejections: [...source.rejections, ...unread] }];
    }),
  };
}
