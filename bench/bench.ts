/** How fast it is, on a made-up graph of any size: `npm run bench -- load|ask|mixed`, beside hand-written Cypher on Neo4j. */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.js';
import type { Contender } from './speed/contenders.js';
import { startBare, startPeer, startStemma } from './speed/contenders.js';
import { loadByHand, loadOwn } from './speed/load.js';
import { lookFigures } from './speed/look.js';
import { measure } from './speed/measure.js';
import { mixed } from './speed/mixed.js';
import { cursorBehindIn, placesIn } from './speed/places.js';
import { questionsOf } from './speed/questions.js';
import { seedFigures } from './speed/seed.js';
import { exportTimes } from './speed/stream.js';
import { driverOf } from './speed/tuned.js';

const USAGE = `npm run bench -- load   write the graph and time it; on Neo4j with --by-hand also by hand-written Cypher, in turn
npm run bench -- ask    ask the graph that load wrote, in turn with hand-written Cypher behind a bare server on Neo4j
npm run bench -- seed   load the seed, look 1,000 entities up and read the lineages of the most connected, in this process
npm run bench -- look   the same of the graph that load wrote, and pages of relations beside a hub
npm run bench -- mixed  everything at once, at a rate that does not wait for answers, then with 1,000 connections
  --engine embedded|neo4j   embedded (default) in STEMMA_DATA, or the Neo4j of NEO4J_URI; either is emptied by load and seed
  --entities <number>       size of the graph, 10000 by default; three facts for each
  --rounds <number>         7 by default
  --only <text>             questions whose name contains it; 'export' streams every relation
  --by-hand                 load: also by hand
  --seconds <number>        mixed: how long, 60 by default
  --port <number>           first of three free ports, 4800 by default
  --peer <directory>        ask: also @neo4j/graphql, where that is installed there with @apollo/server and neo4j-driver
  --database-pid <number>   process of a Neo4j on this machine, to tell its processor time`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: 'embedded' },
    entities: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: '' },
    'by-hand': { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    port: { type: 'string', default: '4800' },
    'database-pid': { type: 'string' },
    peer: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const environment = { ...process.env, ...(options.engine === 'embedded' ? { NEO4J_URI: '' } : {}) };
const config = readConfig(environment);
if (options.engine === 'neo4j' && !config.neo4j) throw new Error('--engine neo4j needs NEO4J_URI');
const entities = Number(options.entities);
const rounds = Number(options.rounds);
const port = Number(options.port);
const databasePid = options['database-pid'] === undefined ? null : Number(options['database-pid']);

const print = (cells: readonly (string | number)[]): void => {
  const [first = '', ...rest] = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell));
  console.log(first.padEnd(36) + rest.map((cell) => cell.padStart(11)).join(''));
};

async function load(): Promise<void> {
  print(['', 'entities', 'facts', 'seconds', 'cpu s', 'database s', 'MB']);
  const turns = options['by-hand'] ? ['lean', 'own', 'whole', 'own'] : ['own'];
  for (const turn of turns) {
    const found = await (turn === 'own'
      ? loadOwn(config, entities, databasePid)
      : loadByHand(config, entities, { whole: turn === 'whole', databasePid }));
    print([found.how, String(found.entities), String(found.facts), found.seconds, found.cpu, found.database, String(found.memory)]); // prettier-ignore
  }
}

const startAll = async () => {
  const from = performance.now();
  const stemma = await startStemma(port, environment);
  print(['ready after, ms', Math.round(performance.now() - from)]);
  if (!config.neo4j) return [stemma] as const;
  const bare = await startBare(port + 1);
  return [stemma, bare, ...(options.peer === undefined ? [] : [await startPeer(port + 2, options.peer)])] as const;
};

async function exportAll(contenders: readonly Contender[]): Promise<void> {
  const driver = config.neo4j ? driverOf(config.neo4j) : null;
  for (const row of await exportTimes(contenders, { driver, databasePid })) print(row);
  await driver?.close();
}

async function askAll(): Promise<void> {
  const contenders = await startAll();
  const [stemma] = contenders;
  try {
    if (options.only === 'export') return void (await exportAll(contenders));
    const places = await placesIn(stemma, entities);
    const questions = await questionsOf(entities, places, cursorBehindIn(stemma));
    print(['', 'contender', 'median ms', 'p99 ms', 'server cpu', 'db cpu']);
    for (const question of questions.filter(({ name }) => name.includes(options.only))) {
      const timings = await measure(question, contenders, { rounds, databasePid }).catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
        return [];
      });
      for (const { contender, median, p99, server, database } of timings)
        print([question.name, contender, median, p99, server, database]);
    }
    if ('export'.includes(options.only)) await exportAll(contenders);
  } finally {
    for (const contender of contenders) await contender.stop();
  }
}

async function mixedLoad(): Promise<void> {
  const contenders = await startAll();
  try {
    const places = await placesIn(contenders[0], entities);
    const questions = await questionsOf(entities, places, cursorBehindIn(contenders[0]));
    for (const row of await mixed(questions, contenders, { seconds: Number(options.seconds) })) print(row);
  } finally {
    for (const contender of contenders) await contender.stop();
  }
}

async function seed(): Promise<void> {
  print(['', 'seconds', 'MB', '1,000 ids ms', 'lineage ms', 'p99 ms']);
  print(await seedFigures(config));
}

async function look(): Promise<void> {
  print(['', 'open s', 'MB', '1,000 ids ms', 'lineage ms', 'p99 ms', 'hub ms', 'few ms']);
  print(await lookFigures(config, entities));
}

const commands: Record<string, () => Promise<void>> = { load, ask: askAll, seed, look, mixed: mixedLoad };
const command = commands[positionals[0] ?? ''];
if (options.help || !command) console.log(USAGE);
else {
  await command();
  const [one = 0, five = 0] = loadavg();
  console.log(`load of the machine: ${one.toFixed(1)} in the last minute, ${five.toFixed(1)} in five`);
}
