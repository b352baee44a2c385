/** The command line. Exit codes: 0 done, 1 not found or not sound, 2 bad usage or input, 3 the database is not there or in use. */
import './production.js';
import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { openAsker } from './cli/ask.js';
import type { Asker } from './cli/ask.js';
import { backupCommand, repairCommand, restoreCommand } from './cli/backup.js';
import { doctorCommand } from './cli/doctor.js';
import type { ExportOptions } from './cli/export.js';
import { exportCommand } from './cli/export.js';
import { confidence, direction, extracting, json, kinds, noLandmarks, number, relations } from './cli/options.js';
import { ingestCommand } from './cli/ingest.js';
import type { IngestOptions } from './cli/ingest.js';
import { complain } from './cli/output.js';
import { checkCommand, lineageCommand, pathCommand, searchCommand, statsCommand } from './cli/questions.js';
import type { LineageOptions, PathOptions } from './cli/questions.js';
import { sameCommand } from './cli/same.js';
import type { SameOptions } from './cli/same.js';
import { retractCommand, retractionsCommand } from './cli/retract.js';
import type { RetractOptions } from './cli/retract.js';
import type { ExtractorOptions } from './cli/extractor.js';
import { extractCommand, seedCommand } from './cli/store.js';
import { readConfig } from './config.js';
import { reasonOf, StemmaError } from './errors.js';
import { FORMATS } from './export/formats.js';
import { fromPackage } from './files.js';
import { ENTITY_KINDS, KINDS } from './ontology.js';

const EXITS: Partial<Record<StemmaError['code'], number>> = {
  NOT_FOUND: 1,
  AMBIGUOUS: 1,
  BAD_USER_INPUT: 2,
  DEADLINE_EXCEEDED: 3,
  SERVICE_UNAVAILABLE: 3,
  STORE_IN_USE: 3,
  STORE_TOO_NEW: 3,
};

/** Runs a command that asks, and closes what it opened. */
async function asking(command: (asker: Asker) => Promise<unknown>): Promise<void> {
  const asker = await openAsker(readConfig());
  try {
    if ((await command(asker)) === false) process.exitCode = 1;
  } finally {
    await asker.close();
  }
}

/** Serves; the server is loaded for it alone, as it takes longer to load than most commands to answer. */
async function serving(options: { load: boolean; landmarks?: boolean }): Promise<void> {
  const { serveCommand } = await import('./cli/serve.js');
  await serveCommand(readConfig(), options);
}

const failsWith = (code: number, ok: boolean): void => {
  if (!ok) process.exitCode = code;
};

function addExport(stemma: Command): void {
  stemma
    .command('export')
    .description('the graph, or a part of it, in a format that other tools read')
    .addOption(new Option('--format <format>', 'what to write').choices(Object.keys(FORMATS)).makeOptionMandatory())
    .option('--lineage <name>', 'only what it descends from, or by --direction what descends from it')
    .option('--neighborhood <names...>', 'only what is around these')
    .option('--search <text>', 'only what a search finds, and the relations between')
    .addOption(new Option('--connected <number>', 'only so many with the most neighbours').argParser(number))
    .addOption(direction())
    .addOption(new Option('--depth <steps>', 'how many steps at most').argParser(number))
    .addOption(new Option('--limit <nodes>', 'how many entities at most').argParser(number))
    .addOption(relations())
    .addOption(kinds())
    .addOption(confidence())
    .option('--attributes <names...>', 'only these, such as name and type; ids are always there')
    .option('--output <file>', 'write a file instead of the standard output')
    .action((options: ExportOptions) => exportCommand(readConfig(), options));
}

/** The commands that ask. */
function addQuestions(stemma: Command): void {
  stemma
    .command('lineage <name>')
    .description('what it descends from, or what descends from it, with the sentence behind every hop')
    .addOption(direction().default('up'))
    .addOption(new Option('--kind <kind>', 'which kind is meant, where a name means several'))
    .addOption(new Option('--depth <steps>', 'how many steps at most, 1 to 20').argParser(number).default(5))
    .addOption(new Option('--limit <nodes>', 'how many entities at most, 1 to 5000').argParser(number).default(500))
    .addOption(relations())
    .addOption(kinds())
    .addOption(confidence())
    .option('--no-quotes', 'leave the sentences out')
    .addOption(json())
    .action((name: string, options: LineageOptions) => asking((asker) => lineageCommand(asker, name, options)));
  stemma
    .command('path <a> <b>')
    .description('how two entities are connected, the shortest ways first')
    .option('--directed', 'follow relations only from source to target')
    .addOption(new Option('--max-length <steps>', 'how many steps at most, 1 to 10').argParser(number).default(6))
    .addOption(new Option('--first <count>', 'how many ways at most, 1 to 50').argParser(number).default(3))
    .addOption(relations())
    .addOption(confidence())
    .addOption(json())
    .action((a: string, b: string, options: PathOptions) => asking((asker) => pathCommand(asker, a, b, options)));
  stemma
    .command('search <text>')
    .description('full text over names, aliases, descriptions and abstracts')
    .addOption(new Option('--first <count>', 'how many at most, 1 to 100').argParser(number).default(10))
    .addOption(kinds())
    .addOption(json())
    .action((text: string, options: { first: number; kinds?: string[]; json?: boolean }) =>
      asking((asker) => searchCommand(asker, text, options)),
    );
  addExport(stemma);
  stemma
    .command('stats')
    .description('how much there is')
    .option('--checksum', 'print the checksum of the graph instead')
    .addOption(json())
    .action((options: { checksum?: boolean; json?: boolean }) => asking((asker) => statsCommand(asker, options)));
  stemma
    .command('check')
    .description('whether the stored graph obeys its own rules')
    .option('--repair', 'first make what follows from documents anew (lineage, look-ups, search) and remove doubles')
    .addOption(json())
    .action(async ({ repair = false, ...options }: { repair?: boolean; json?: boolean }) => {
      if (repair) await repairCommand(readConfig());
      await asking((asker) => checkCommand(asker, options));
    });
  stemma
    .command('doctor')
    .description('whether everything Stemma needs is there')
    .addOption(json())
    .action(async (options: { json?: boolean }) => {
      failsWith(1, await doctorCommand(readConfig(), options));
    });
  addDecisions(stemma);
}

function program(): Command {
  const { version, description } = JSON.parse(readFileSync(fromPackage('package.json'), 'utf8')) as {
    version: string;
    description: string;
  };
  const stemma = new Command('stemma').description(description).version(version).exitOverride();
  stemma.addHelpText(
    'after',
    '\nExit codes: 0 done, 1 not found or not sound, 2 bad usage or input, 3 the database is not there or in use.\nSettings come from the environment; see .env.example.',
  );

  stemma
    .command('start')
    .description('load the seed into a store that holds nothing, then serve')
    .addOption(noLandmarks())
    .action((options: { landmarks: boolean }) => serving({ load: true, ...options }));
  stemma
    .command('serve')
    .description('serve what the store holds')
    .action(() => serving({ load: false }));
  stemma
    .command('seed')
    .description('load the seed that this version brings')
    .addOption(noLandmarks())
    .addOption(json())
    .action((options: { landmarks: boolean; json?: boolean }) => seedCommand(readConfig(), options));
  extracting(stemma.command('ingest <files...>'))
    .description(
      'store listings (titles and abstracts between blank lines), or .jsonl files that --rejected wrote, with their curated facts, or extracted ones where nobody curated',
    )
    .option('--rejected <file>', 'keep what is not taken, with line and reason, as JSON lines that ingest reads again')
    .option('--only-curated', 'extract nothing from documents that nobody curated')
    .option('--knowledge <directory>', "directory with curated/ and vocabulary/ (default: the package's seed/)")
    .option('--dry-run [stage]', 'write nothing; print the documents, facts or records as JSON')
    .addOption(json())
    .action(async (files: string[], options: IngestOptions) => {
      failsWith(2, await ingestCommand(readConfig(), files, options));
    });
  extracting(stemma.command('extract <files...>'))
    .description('print the facts that the extractor reads in listings, without storing them')
    .option('--json', 'print JSON, one fact a line')
    .action(async (files: string[], options: ExtractorOptions & { json?: boolean }) => {
      failsWith(2, await extractCommand(readConfig(), files, options));
    });
  addQuestions(stemma);
  addSame(stemma);
  return stemma;
}

/** The commands by which a person overrules the graph, or carries it elsewhere. */
function addDecisions(stemma: Command): void {
  stemma
    .command('backup <file>')
    .description('write everything the graph keeps to a file, alike for every engine; - for the standard output')
    .action((file: string) => backupCommand(readConfig(), file));
  stemma
    .command('restore <file>')
    .description('load a backup into a store that holds nothing')
    .addOption(json())
    .action((file: string, options: { json?: boolean }) => restoreCommand(readConfig(), file, options));
  stemma
    .command('retract <fact>')
    .description('take what a document claims out of the graph, for good; the id of a fact is Evidence.id of the API')
    .option('--reason <text>', 'why it is wrong; kept and shown')
    .option('--undo', 'take the retraction back')
    .addOption(json())
    .action((fact: string, options: RetractOptions) => retractCommand(readConfig(), fact, options));
  stemma
    .command('retractions')
    .description('what was retracted and why, the latest first')
    .addOption(new Option('--first <count>', 'how many at most, 1 to 100').argParser(number).default(20))
    .addOption(json())
    .action((options: { first: number; json?: boolean }) => asking((asker) => retractionsCommand(asker, options)));
}

/** The command that explains identity; it needs no store. */
function addSame(stemma: Command): void {
  stemma
    .command('same <a> <b>')
    .description('whether two names mean one thing, and which rule decides; ends with 1 where they do not')
    .option('--kind <kind>', `what they are names of: ${KINDS.map((kind) => ENTITY_KINDS[kind].label).join(', ')}`)
    .option('--knowledge <directory>', "directory with curated/ and vocabulary/ (default: the package's seed/)")
    .addOption(json())
    .action((a: string, b: string, options: SameOptions) => {
      failsWith(1, sameCommand(a, b, options));
    });
}

// Whoever reads the output may stop before its end, as head does.
process.stdout.on('error', () => process.exit());

try {
  await program().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof StemmaError) {
    complain(`stemma: ${error.message}`);
    process.exitCode = EXITS[error.code] ?? 1;
  } else {
    complain(`stemma: ${reasonOf(error)}`);
    process.exitCode = 1;
  }
}
// A connection on which a database is silent would keep the program for as long as it is.
for (const stream of [process.stdout, process.stderr])
  await new Promise<void>((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
process.exit();
