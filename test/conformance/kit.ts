/** What the conformance tests share: documents in few words, random graphs, statements outside the closed set. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { backupLines } from '../../src/graph/backup.js';
import type { Engine, Statement } from '../../src/graph/engine.js';
import { readerOf } from '../../src/graph/reader.js';
import type { GraphRecords } from '../../src/ingest/identify.js';
import { documentId, identifyAll } from '../../src/ingest/identify.js';
import { SEED_META } from '../../src/ingest/ingest.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import type { Document, Fact, Mention, Relation } from '../../src/model.js';
import type { EntityKind, RelationType } from '../../src/ontology.js';
import { forbids, kindOfId, RELATION_TYPES } from '../../src/ontology.js';
import type { TinyFact } from '../testkit.js';

export const mentionOf = (kind: Mention['kind'], name: string, ...aliases: string[]): Mention => ({
  kind,
  name,
  aliases,
});

/** A document whose facts are triples of mentions; every fact is quoted by a sentence of its own. */
export interface TinyDocument {
  title: string;
  text?: string;
  facts: readonly (readonly [Mention, RelationType, Mention, TinyFact?])[];
}

/** The records that a document makes, identity decided without a vocabulary. */
export function recordsOf({ title, text = '', facts }: TinyDocument): GraphRecords {
  const quotes = facts.map(([from, type, to], i) => `Sentence ${i} says: ${from.name} ${type} ${to.name}.`);
  const content = `${title}\n\n${[text, ...quotes].join(' ')}`;
  const id = documentId(title);
  const document: Document = {
    id,
    title,
    text: content.slice(title.length + 2),
    url: null,
    publishedOn: null,
    year: null,
    arxivId: null,
    isPaper: true,
  };
  const claims = facts.map(([from, type, to, extra = {}], i): Fact => {
    const quote = quotes[i] ?? '';
    const start = content.indexOf(quote);
    const at = { document: id, quote, start, end: start + quote.length };
    return {
      type,
      from,
      to,
      ...at,
      method: 'CURATED',
      confidence: extra.confidence ?? 1,
      via: extra.via ?? null,
      score: null,
    };
  });
  return identifyAll(
    [{ document, methods: ['IMPORTED', 'CURATED'], facts: claims, mentions: [] }],
    vocabularyOf([]).vocabulary,
  );
}

/** A statement for one test, the same text on both engines; it does not join the closed set. */
export const probe = <Row>(text: string): Statement<Row> => ({ name: 'probe', text: { embedded: text, neo4j: text } });

/** All that is stored, property by property. */
export const KEPT = [
  'MATCH (n:Entity) RETURN n.id AS id, size(labels(n)) AS labels, properties(n) AS of ORDER BY id',
  'MATCH (k:Name)-[:NAMES]->(n:Entity) RETURN k.key AS key, k.kind AS kind, n.id AS id ORDER BY key, kind, id',
  'MATCH (a:Entity)-[r]->(b:Entity) RETURN a.id AS a, type(r) AS type, b.id AS b, r.fact AS fact, r.relation AS relation, properties(r) AS of ORDER BY a, type, b, fact, relation',
  'MATCH (d:Document)-[m:MENTIONS]->(n:Entity) RETURN d.id AS d, m.method AS method, n.id AS id, properties(m) AS of ORDER BY d, method, id',
  'MATCH (d:Document) RETURN d.id AS id, properties(d) AS of ORDER BY id',
  'MATCH (d:Document)-[:RETRACTS]->(x:Retraction) RETURN d.id AS d, x.claim AS claim, properties(x) AS of ORDER BY claim',
  'MATCH (a:Audit) RETURN a.id AS id, properties(a) AS of ORDER BY id',
  'MATCH (m:Meta) RETURN m.id AS id, m.value AS value ORDER BY id',
].map((text) => probe(text));

/** Opens an engine for as long as `use` takes. */
export async function withEngine<T>(open: () => Promise<Engine>, use: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await open();
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

/** Every triple that the ontology allows between the given ends. */
export const legalTriples = <End>(ends: readonly End[], kindOf: (end: End) => EntityKind): [End, RelationType, End][] =>
  ends.flatMap((from) =>
    ends.flatMap((to) =>
      RELATION_TYPES.filter((type) => from !== to && forbids(type, kindOf(from), kindOf(to)) === null).map(
        (type): [End, RelationType, End] => [from, type, to],
      ),
    ),
  );

export type TinyTriple = [string, RelationType, string, TinyFact];

const NODES = ['technique:a', 'technique:b', 'technique:c', 'technique:d', 'technique:e', 'model:a', 'model:b', 'model:c', 'model:d', 'dataset:a', 'dataset:b']; // prettier-ignore

/** A random graph of up to 11 nodes with cycles, parallel relations and doubled facts, as triples. */
export const anyTangle: fc.Arbitrary<TinyTriple[]> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...legalTriples(NODES, (id) => kindOfId(id) ?? 'MODEL')),
      fc.constantFrom([0.2], [0.5], [1], [0.5, 0.2]),
    ),
    {
      minLength: 1,
      maxLength: 24,
    },
  )
  .map((drawn) => drawn.flatMap(([triple, confidences]) => confidences.map((confidence) => ({ triple, confidence }))))
  .map((facts) =>
    facts.map(({ triple, confidence }, i): TinyTriple => [...triple, { confidence, quote: `Sentence ${i} says so.` }]),
  );

/** The relations that triples make: all facts of one type between two entities are one, with the highest confidence. */
export const relationsOf = (triples: readonly TinyTriple[]): Relation[] => {
  const relations = new Map<string, Relation>();
  for (const [source, type, target, { confidence = 1 }] of triples) {
    const relation = relations.get([source, type, target].join(' ')) ?? { type, source, target, confidence };
    relations.set([source, type, target].join(' '), {
      ...relation,
      confidence: Math.max(relation.confidence, confidence),
    });
  }
  return [...relations.values()];
};

/** All items of all pages. */
export async function all<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

/** The lines of a backup, which also holds what is remembered of the seed. */
export async function backupOf(engine: Engine): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of backupLines(readerOf(engine, {}), [SEED_META])) lines.push(line.slice(0, -1));
  return lines;
}

/** Lines as they come from a file. */
export async function* each(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line);
}

/** A disk of two megabytes, null where this machine does not let us have one. */
export function smallDisk(directory: string): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', directory], { stdio: 'ignore' });
    return directory;
  } catch {
    return null;
  }
}
