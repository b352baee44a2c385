/** Scores the extractor against the curated papers: precision and recall by kind and relation, calibration, speed. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { extract } from '../src/extract/extract.js';
import { fromPackage } from '../src/files.js';
import { curatedFacts } from '../src/ingest/curated.js';
import { identify, lookupKey } from '../src/ingest/identify.js';
import { SEED_LISTING } from '../src/ingest/ingest.js';
import { readKnowledge } from '../src/ingest/knowledge.js';
import { readListing } from '../src/ingest/listing.js';
import { nameKey } from '../src/ingest/names.js';
import type { Term, Vocabulary } from '../src/ingest/vocabulary.js';
import { vocabularyOf } from '../src/ingest/vocabulary.js';
import type { Document, Fact, Mention } from '../src/model.js';

const { values: options } = parseArgs({
  options: {
    half: { type: 'string' },
    misses: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** Keep what the lexicon of general names has, even where of all papers only the scored one uses it. */
    lexicon: { type: 'boolean', default: false },
  },
});

interface Paper {
  document: Document;
  half: 'tuned' | 'held';
  mentions: readonly Mention[];
  facts: Fact[];
}

const knowledge = readKnowledge();
const { documents } = readListing(basename(SEED_LISTING), readFileSync(SEED_LISTING));
const papers = documents.flatMap((document): Paper[] => {
  const curation = knowledge.curations.get(document.title);
  if (!curation) return [];
  const half = (createHash('sha256').update(document.title).digest()[0] ?? 0) % 2 === 0 ? 'tuned' : 'held';
  return [{ document, half, mentions: curation.mentions, facts: curatedFacts(curation, document).facts }];
});

/** The names that seed/vocabulary/lexicon*.yaml has from general knowledge, not from the papers. */
const directory = fromPackage('seed', 'vocabulary');
const lexicon = new Set(
  readdirSync(directory)
    .filter((file) => file.startsWith('lexicon'))
    .flatMap((file) => (parse(readFileSync(join(directory, file), 'utf8')) as { name: string }[]).map(({ name }) => name)),
);

const keysOf = ({ name, aliases }: Pick<Mention, 'name' | 'aliases'>): string[] => [name, ...aliases].map(nameKey);

/** What the extractor may know when it reads a paper: nothing that only this paper's own curation taught. */
function vocabularyFor(paper: Paper): Vocabulary {
  const others = papers.filter((other) => other !== paper).flatMap(({ mentions }) => mentions);
  const elsewhere = new Set(others.flatMap((mention) => keysOf(mention).map((key) => `${mention.kind} ${key}`)));
  const here = new Set(paper.mentions.flatMap((mention) => keysOf(mention).map((key) => `${mention.kind} ${key}`)));
  const taught = (term: Term, keys: ReadonlySet<string>): boolean => keysOf(term).some((key) => keys.has(`${term.kind} ${key}`));
  const terms = knowledge.vocabulary.terms.filter((term) => (options.lexicon && lexicon.has(term.name)) || taught(term, elsewhere) || !taught(term, here));
  return vocabularyOf(terms, others.filter(({ local }) => local !== true)).vocabulary;
}

/** An entity of one paper, matched by any of its names. */
const reader = ({ document, mentions }: Paper, declared: readonly Mention[]) => {
  const reading = { document, methods: [], facts: [], mentions: declared };
  return (mention: Mention): Set<string> => {
    const identity = identify(mention, reading, knowledge.vocabulary);
    const own = [...mentions, ...declared].find((other) => other.kind === mention.kind && other.name === mention.name);
    const names = [identity.name, mention.name, ...mention.aliases, ...identity.spellings, ...(own?.aliases ?? [])];
    return new Set(names.map((name) => `${mention.kind} ${lookupKey(name)}`));
  };
};
const meets = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((key) => b.has(key));

interface Count {
  found: number;
  wanted: number;
  right: number;
  given: number;
}
const counts = new Map<string, Count>();
const count = (half: string, what: string): Count => {
  const at = `${half}\t${what}`;
  const before = counts.get(at) ?? { found: 0, wanted: 0, right: 0, given: 0 };
  counts.set(at, before);
  return before;
};
const said: { half: string; confidence: number; right: boolean }[] = [];
const lines: string[] = [];

interface Claim {
  type: string;
  from: ReadonlySet<string>;
  to: ReadonlySet<string>;
  text: string;
  confidence: number;
}
interface Named {
  kind: string;
  keys: ReadonlySet<string>;
  name: string;
}

function claimsOf(facts: readonly Fact[], keys: (mention: Mention) => Set<string>): { claims: Claim[]; things: Named[] } {
  const claims = new Map<string, Claim>();
  const things = new Map<string, Named>();
  for (const { type, from, to, quote, confidence } of facts) {
    for (const end of [from, to]) if (end.kind !== 'PAPER') things.set(`${end.kind} ${nameKey(end.name)}`, { kind: end.kind, keys: keys(end), name: end.name });
    const text = `${from.kind === 'PAPER' ? 'PAPER' : from.name} ${type} ${to.name}`;
    const before = claims.get(text);
    claims.set(text, { type, from: keys(from), to: keys(to), text: `${text}   « ${(quote ?? '').slice(0, 160)} »`, confidence: Math.max(confidence, before?.confidence ?? 0) });
  }
  return { claims: [...claims.values()], things: [...things.values()] };
}

for (const paper of papers) {
  if (options.half !== undefined && options.half !== paper.half) continue;
  const given = extract(paper.document, vocabularyFor(paper));
  const wanted = claimsOf(paper.facts, reader(paper, []));
  const gotKeys = reader({ ...paper, mentions: [] }, given.mentions);
  const got = claimsOf(given.facts, gotKeys);
  lines.push(`\n## ${paper.document.title}`);
  const score = (what: string[], side: 'found' | 'right', hit: boolean): void => {
    for (const each of what) {
      const at = count(paper.half, each);
      at[side === 'found' ? 'wanted' : 'given']++;
      if (hit) at[side]++;
    }
  };
  for (const thing of wanted.things) {
    const hit = got.things.some(({ keys }) => meets(keys, thing.keys));
    score(['entities', thing.kind], 'found', hit);
    const seen = given.mentions.some((mention) => meets(gotKeys(mention), thing.keys));
    if (!hit) lines.push(`  missed ${thing.kind} ${thing.name}${seen ? ' (found, but no relation)' : ''}`);
  }
  for (const thing of got.things) {
    const hit = wanted.things.some(({ keys }) => meets(keys, thing.keys));
    score(['entities', thing.kind], 'right', hit);
    if (!hit) lines.push(`  WRONG  ${thing.kind} ${thing.name}`);
  }
  const same = (a: Claim, b: Claim): boolean => a.type === b.type && meets(a.from, b.from) && meets(a.to, b.to);
  for (const claim of wanted.claims) {
    const hit = got.claims.some((other) => same(other, claim));
    score(['relations', claim.type], 'found', hit);
    if (!hit) lines.push(`    missed ${claim.text}`);
  }
  for (const claim of got.claims) {
    const hit = wanted.claims.some((other) => same(other, claim));
    score(['relations', claim.type], 'right', hit);
    said.push({ half: paper.half, confidence: claim.confidence, right: hit });
    if (!hit) lines.push(`    WRONG  ${claim.confidence} ${claim.text}`);
  }
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
const shown = (value: number): string => value.toFixed(2);
const rows = [...counts].map(([at, { found, wanted, right, given }]) => {
  const [half = '', what = ''] = at.split('\t');
  return { half, what, recall: ratio(found, wanted), precision: ratio(right, given), found, wanted, right, given };
});
const reliability = [0, 0.5, 0.6, 0.7, 0.8, 0.9].map((low, i, all) => {
  const high = all[i + 1] ?? 1.01;
  const inside = said.filter(({ confidence }) => confidence >= low && confidence < high);
  const mean = ratio(inside.reduce((sum, { confidence }) => sum + confidence, 0), inside.length);
  return { from: low, facts: inside.length, said: mean, right: ratio(inside.filter(({ right }) => right).length, inside.length) };
});

const batch = Array.from({ length: 5 }, () => papers).flat();
const before = process.hrtime.bigint();
for (const { document } of batch) extract(document, knowledge.vocabulary);
const abstractsPerSecond = Math.round(batch.length / (Number(process.hrtime.bigint() - before) / 1e9));

if (options.json) console.log(JSON.stringify({ rows, reliability, abstractsPerSecond }, null, 2));
else {
  if (options.misses) console.log(lines.join('\n'));
  for (const half of ['tuned', 'held']) {
    const own = rows.filter((row) => row.half === half).sort((a, b) => b.wanted - a.wanted);
    if (own.length === 0) continue;
    console.log(`\n${half.padEnd(16)} recall          precision`);
    for (const { what, recall, precision, found, wanted, right, given } of own)
      console.log(`${what.padEnd(16)} ${shown(recall)} ${`${found}/${wanted}`.padEnd(10)} ${shown(precision)} ${right}/${given}`);
  }
  console.log('\nconfidence       facts  said  right');
  for (const { from, facts, said: mean, right } of reliability)
    if (facts > 0) console.log(`from ${String(from).padEnd(11)} ${String(facts).padEnd(6)} ${shown(mean)}  ${shown(right)}`);
  console.log(`\n${abstractsPerSecond} abstracts a second`);
}
