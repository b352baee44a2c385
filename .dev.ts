import { readFileSync } from 'node:fs';
import { readKnowledge } from './src/ingest/knowledge.js';
import { extract } from './src/extract/extract.js';
const k = readKnowledge();
const lines = readFileSync('/tmp/dev.txt', 'utf8').trim().split('\n');
for (let i = 0; i < lines.length; i += 2) {
  console.log('##', lines[i]);
  const r = extract({ id: 'd', title: lines[i] ?? '', text: lines[i + 1] ?? '', url: null, publishedOn: null, year: null, arxivId: null, isPaper: true }, k.vocabulary);
  for (const f of r.facts) console.log('  ', f.from.kind === 'PAPER' ? 'PAPER' : f.from.name, f.type, f.to.kind[0], f.to.name, f.confidence, f.score ? JSON.stringify(f.score) : '', '«' + (f.quote ?? '').slice(-70) + '»');
}
