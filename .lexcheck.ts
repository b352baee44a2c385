import { readKnowledge } from './src/ingest/knowledge.js';
import { vocabularyOf } from './src/ingest/vocabulary.js';
import { nameKey } from './src/ingest/names.js';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
const k = readKnowledge();
for (const r of k.rejections) console.log('REJ', r.file, r.line, r.reason);
// names of curated mentions that a lexicon term would rename or merge
const lex = readdirSync('seed/vocabulary').filter((f) => f.startsWith('lexicon')).flatMap((f) => parse(readFileSync('seed/vocabulary/' + f, 'utf8')) as { kind: string; name: string; aliases?: string[] }[]);
const lexNames = new Set(lex.map((t) => t.kind.toUpperCase() + ' ' + t.name));
const cur = new Map<string, Set<string>>();
for (const c of [...k.curations.values()].flatMap((x) => x.mentions)) { if (c.local) continue; const t = k.vocabulary.find(c.kind, c.name); if (t && lexNames.has(c.kind + ' ' + t.name) && t.name !== c.name) console.log('RENAMES', c.kind, c.name, '->', t.name); }
