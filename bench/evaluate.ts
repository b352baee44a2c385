/**
 * Scores the extractor against the curated papers: precision and recall by kind and relation, calibration, speed.
 * It reads a paper as if nobody had curated it: what only that paper's curation names, and every name that the paper
 * introduces, is hidden from it. One half of the papers, told by a hash of the title, was read while the rules were
 * written; the other was not.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { extract } from '../src/extract/extract.js';
import { curatedFacts } from '../src/ingest/curated.js';
import { lookupKey } from '../src/ingest/external.js';
import { identify } from '../src/ingest/identify.js';
import { SEED_LISTING } from '../src/ingest/ingest.js';
import { curationOf, readKnowledge } from '../src/ingest/knowledge.js';
import { readListing } from '../src/ingest/listing.js';
import type { Vocabulary } from '../src/ingest/vocabulary.js';
import { vocabularyOf } from '../src/ingest/vocabulary.js';
import type { Document, Fact, Mention } from '../src/model.js';

const { values: options } = parseArgs({
  options: {
    misses: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    update: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(`npm run evaluate -- [--misses] [--check] [--update] [--json]
  --misses  list what was missed and what was wrong, in the half that the rules were written on
  --check   fail where precision or recall is lower than bench/evaluation.json says
  --update  write today's figures to bench/evaluation.json`);
  process.exit(0);
}

type Half = 'tuned' | 'held out';

interface Paper {
  document: Document;
  half: Half;
  mentions: readonly Mention[];
  facts: Fact[];
}

const knowledge = readKnowledge();
const { documents } = readListing(basename(SEED_LISTING), readFileSync(SEED_LISTING));
const papers = documents.flatMap((document): Paper[] => {
  const curation = curationOf(knowledge, document.title);
  const even = (createHash('sha256').update(document.title).digest()[0] ?? 0) % 2 === 0;
  if (!curation) return [];
  const { facts } = curatedFacts(curation, document);
  return [{ document, half: even ? 'tuned' : 'held out', mentions: curation.mentions, facts }];
});

/** What may be known when a paper is read: neither what only its curation names nor what it introduces. */
function vocabularyFor(paper: Paper): Vocabulary {
  const introduced = paper.facts.filter(({ type }) => type === 'INTRODUCES').map(({ to }) => to);
  const hidden = new Set(introduced.flatMap(({ name, aliases }) => [name, ...aliases].map(lookupKey)));
  const isSeen = ({ name }: { name: string }): boolean => !hidden.has(lookupKey(name));
  const others = papers.filter((other) => other !== paper).flatMap(({ mentions }) => mentions);
  const landmarks = knowledge.landmarks.flatMap(({ mentions }) => mentions);
  const names = [...others, ...landmarks].filter((mention) => mention.local !== true && isSeen(mention));
  return vocabularyOf(knowledge.vocabulary.terms.filter(isSeen), names).vocabulary;
}

type Keys = ReadonlySet<string>;
interface Claim {
  what: string;
  from: Keys;
  to: Keys;
  text: string;
  confidence: number;
}
const meets = (a: Keys, b: Keys): boolean => [...a].some((key) => b.has(key));

/** The relations of some facts and the entities they join, each once, with every key they answer to. */
function statedBy(facts: readonly Fact[], { document }: Paper, mentions: readonly Mention[]) {
  const reading = { document, methods: [], facts: [], mentions };
  const keysOf = (mention: Mention): Keys => {
    const { name, spellings } = identify(mention, reading, knowledge.vocabulary);
    const own = mentions.find((other) => other.kind === mention.kind && other.name === mention.name);
    const names = [name, mention.name, ...mention.aliases, ...spellings, ...(own?.aliases ?? [])];
    return new Set(names.map((each) => `${mention.kind} ${lookupKey(each)}`));
  };
  const relations = new Map<string, Claim>();
  const entities = new Map<string, Claim>();
  for (const { type, from, to, quote, confidence } of facts) {
    for (const end of [from, to]) {
      const keys = keysOf(end);
      const text = `${end.kind} ${end.name}`;
      if (end.kind !== 'PAPER') entities.set(text, { what: end.kind, from: keys, to: keys, text, confidence });
    }
    const text = `${from.kind === 'PAPER' ? 'PAPER' : from.name} ${type} ${to.name}`;
    const before = relations.get(text)?.confidence ?? 0;
    const said = `${text}   « ${(quote ?? '').slice(0, 120)} »`;
    const claim = { what: type, from: keysOf(from), to: keysOf(to), text: said };
    relations.set(text, { ...claim, confidence: Math.max(confidence, before) });
  }
  return { entities: [...entities.values()], relations: [...relations.values()] };
}

interface Count {
  half: Half;
  what: string;
  found: number;
  wanted: number;
  right: number;
  given: number;
}
const counts = new Map<string, Count>();
const said: { confidence: number; right: boolean }[] = [];

/** Counts a list of claims against the one that answers it, each under its own name and under `all`. */
function compare(half: Half, all: string, wanted: readonly Claim[], given: readonly Claim[]): void {
  const same = (a: Claim, b: Claim): boolean => a.what === b.what && meets(a.from, b.from) && meets(a.to, b.to);
  const count = (claim: Claim, side: 'wanted' | 'given', hit: boolean): void => {
    for (const what of [all, claim.what]) {
      const at = `${half} ${what}`;
      const row = counts.get(at) ?? { half, what, found: 0, wanted: 0, right: 0, given: 0 };
      counts.set(at, row);
      row[side]++;
      if (hit) row[side === 'wanted' ? 'found' : 'right']++;
    }
    if (!hit && options.misses && half === 'tuned')
      console.log(`  ${side === 'wanted' ? 'missed' : 'wrong '} ${claim.text}`);
  };
  for (const claim of wanted) count(claim, 'wanted', given.some((other) => same(claim, other))); // prettier-ignore
  for (const claim of given) {
    const right = wanted.some((other) => same(claim, other));
    count(claim, 'given', right);
    if (all === 'relations') said.push({ confidence: claim.confidence, right });
  }
}

for (const paper of papers) {
  if (options.misses && paper.half === 'tuned') console.log(`\n${paper.document.title}`);
  const { facts, mentions } = extract(paper.document, vocabularyFor(paper));
  const wanted = statedBy(paper.facts, paper, paper.mentions);
  const given = statedBy(facts, paper, mentions);
  compare(paper.half, 'entities', wanted.entities, given.entities);
  compare(paper.half, 'relations', wanted.relations, given.relations);
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : Math.round((1000 * part) / whole) / 1000);
const rows = [...counts.values()].map((row) => ({
  ...row,
  recall: ratio(row.found, row.wanted),
  precision: ratio(row.right, row.given),
}));
const bins = [0, 0.6, 0.7, 0.8, 0.9].map((from, i, all) => {
  const inside = said.filter(({ confidence }) => confidence >= from && confidence < (all[i + 1] ?? 2));
  const mean = ratio(inside.reduce((sum, { confidence }) => sum + confidence, 0), inside.length); // prettier-ignore
  return { from, facts: inside.length, said: mean, right: ratio(inside.filter(({ right }) => right).length, inside.length) }; // prettier-ignore
});

const repeated = Array.from({ length: 5 }, () => papers).flat();
const before = process.cpuUsage();
for (const { document } of repeated) extract(document, knowledge.vocabulary);
const { user, system } = process.cpuUsage(before);
const abstractsPerSecond = Math.round(repeated.length / ((user + system) / 1e6));

if (options.json) console.log(JSON.stringify({ rows, bins, abstractsPerSecond }, null, 2));
else {
  for (const half of ['tuned', 'held out']) {
    console.log(`\n${half.padEnd(16)} recall            precision`);
    for (const { what, recall, precision, found, wanted, right, given } of rows
      .filter((row) => row.half === half)
      .sort((a, b) => b.wanted - a.wanted))
      console.log(
        `${what.padEnd(16)} ${recall.toFixed(2)} ${`${String(found)}/${String(wanted)}`.padEnd(12)} ${precision.toFixed(2)} ${String(right)}/${String(given)}`,
      );
  }
  console.log('\nconfidence from  facts   said   right');
  for (const { from, facts, said: mean, right } of bins)
    console.log(`${from.toFixed(1).padEnd(16)} ${String(facts).padEnd(7)} ${mean.toFixed(2)}   ${right.toFixed(2)}`);
  console.log(`\n${String(abstractsPerSecond)} abstracts a second of one core's time`);
}

const ratchet = new URL('evaluation.json', import.meta.url);
const figures = Object.fromEntries(
  rows
    .filter(({ what }) => what === 'entities' || what === 'relations')
    .map(({ half, what, recall, precision }) => [`${half}, ${what}`, { recall, precision }]),
);
if (options.update) writeFileSync(ratchet, `${JSON.stringify(figures, null, 2)}\n`);
if (options.check) {
  const least = JSON.parse(readFileSync(ratchet, 'utf8')) as typeof figures;
  const lower = Object.entries(least).flatMap(([what, least]) =>
    (['recall', 'precision'] as const)
      .filter((figure) => (figures[what]?.[figure] ?? 0) < least[figure])
      .map((figure) => `${what}: ${figure} is ${String(figures[what]?.[figure])}, was ${String(least[figure])}`),
  );
  for (const line of lower) console.error(`lower than before: ${line}`);
  if (lower.length > 0) process.exitCode = 1;
}
