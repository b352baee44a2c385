/** The options that several commands have, each said once. */
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { ENTITY_KINDS, KINDS, RELATION_TYPES } from '../ontology.js';

export const number = (value: string): number => {
  if (!/^\d+(\.\d+)?$/.test(value)) throw new InvalidArgumentError('it must be a number');
  return Number(value);
};

export const json = (): Option => new Option('--json', 'print JSON');
export const noLandmarks = (): Option =>
  new Option('--no-landmarks', 'leave out facts of public knowledge, which have no quotes');
export const relations = (): Option => new Option('--relations <types...>', `only these: ${RELATION_TYPES.join(', ')}`);
export const kinds = (): Option =>
  new Option('--kinds <kinds...>', `only these: ${KINDS.map((kind) => ENTITY_KINDS[kind].label).join(', ')}`);
export const direction = (): Option =>
  new Option('--direction <way>', 'up to ancestors, down to descendants, or both').choices(['up', 'down', 'both']);
export const confidence = (): Option =>
  new Option('--min-confidence <number>', 'only relations of at least this confidence, 0 to 1').argParser(number);

/** The options of a command that extracts. */
export const extracting = (command: Command): Command =>
  command
    .addOption(
      new Option('--extractor <which>', 'rules, or the language model that STEMMA_LLM_URL names')
        .choices(['rules', 'llm'])
        .default('rules'),
    )
    .addOption(new Option('--budget <calls>', 'calls to the model at most; run it again to go on').argParser(number))
    .addOption(new Option('--token-budget <tokens>', 'no call once the answers took so many').argParser(number))
    .addOption(new Option('--deadline <minutes>', 'for all calls to the model (default: 60)').argParser(number));
