/**
 * A made-up graph of any size, the same for the same size: papers, what they introduce, and three facts for each
 * entity. Few entities are named often, most seldom; one dataset is a hub, on which a tenth as many results are
 * reported as there are entities.
 */
import { externalId } from '../../src/ingest/external.js';
import { documentId } from '../../src/ingest/identify.js';
import type { Reading } from '../../src/ingest/identify.js';
import { slug } from '../../src/ingest/names.js';
import type { Document, Fact, Mention } from '../../src/model.js';
import type { EntityKind, RelationType } from '../../src/ontology.js';

/** Of a hundred entities so many are of each kind. */
const SHARES: Record<EntityKind, number> = { PAPER: 40, TECHNIQUE: 30, MODEL: 15, DATASET: 10, REPO: 5 };

const FACTS_PER_ENTITY = 3;
/** One in so many papers reports a result on the hub. */
const HUB_EVERY = 4;
/** One in so many picks is of something newer, so that there are cycles. */
const NEWER_EVERY = 200;

/** The last papers join what they introduce to nothing else. */
export const ISLANDS = 2;

const FIRST = 'sparse latent neural guided causal robust adaptive masked joint hybrid'.split(' ');
const SECOND = 'fusion routing sampling pruning matching alignment caching attention tuning search'.split(' ');

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const countOf = (kind: EntityKind, entities: number): number => Math.floor((entities * SHARES[kind]) / 100);

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** The number in letters, so that names differ by words rather than by digits. */
const lettered = (n: number): string =>
  n < 26 ? LETTERS.charAt(n) : lettered(Math.floor(n / 26) - 1) + LETTERS.charAt(n % 26);

/** The name of the nth entity of a kind, of n from 0. */
function nameOf(kind: EntityKind, n: number): string {
  if (kind === 'REPO') return `https://github.com/lab-${String(n % 997)}/code-${String(n)}`;
  const words = `${FIRST[n % 10] ?? ''} ${SECOND[Math.floor(n / 10) % 10] ?? ''}`;
  const own = `q${lettered(n)}`;
  if (kind === 'PAPER') return `On ${words} by ${own}: a study of ${FIRST[(n * 7) % 10] ?? ''} models`;
  return kind === 'TECHNIQUE' ? `${own} ${words}` : `${own}-${kind === 'MODEL' ? 'Net' : 'Set'}`;
}

/** The id that the nth entity of a kind has in the graph. */
export const entityId = (kind: EntityKind, n: number): string =>
  externalId(kind, nameOf(kind, n))?.key ?? identifiedBy(kind, nameOf(kind, n));

const identifiedBy = (kind: EntityKind, name: string): string =>
  `${kind.toLowerCase()}:${kind === 'PAPER' ? slug(name) : slug(name).replaceAll('-', '')}`;

const mention = (kind: EntityKind, n: number): Mention => ({ kind, name: nameOf(kind, n), aliases: [] });

const dayOf = (paper: number): string =>
  new Date(Date.UTC(2015, 0, 1) + (paper % 3_650) * 86_400_000).toISOString().slice(0, 10);

interface Draft {
  type: RelationType;
  from: Mention;
  to: Mention;
  score?: Fact['score'];
}

/** What the nth paper says: it introduces what is its own, and joins that to what others made before. */
function draftsOf(paper: number, entities: number, random: () => number): Draft[] {
  const papers = countOf('PAPER', entities);
  /** Small numbers are old and picked often. */
  const pick = (kind: EntityKind, before: number): Mention => {
    const newer = random() * NEWER_EVERY < 1;
    const among = newer ? countOf(kind, entities) : Math.max(1, Math.min(before, countOf(kind, entities)));
    return mention(kind, Math.floor(among * random() ** 1.5));
  };
  const age = (kind: EntityKind): number => Math.floor((paper / papers) * countOf(kind, entities));
  const own = (kind: EntityKind): Mention | null =>
    age(kind) < Math.floor(((paper + 1) / papers) * countOf(kind, entities)) ? mention(kind, age(kind)) : null;
  const from = mention('PAPER', paper);
  const [technique, model, dataset, repo] = (['TECHNIQUE', 'MODEL', 'DATASET', 'REPO'] as const).map(own);
  const drafts: Draft[] = [
    ...[technique, model, dataset].flatMap((to): Draft[] => (to ? [{ type: 'INTRODUCES', from, to }] : [])),
    ...(repo ? [{ type: 'IMPLEMENTED_IN' as const, from, to: repo }] : []),
    ...(technique ? [{ type: 'EXTENDS' as const, from: technique, to: pick('TECHNIQUE', age('TECHNIQUE')) }] : []),
    ...(model ? [{ type: 'DISTILLS_INTO' as const, from: pick('MODEL', age('MODEL')), to: model }] : []),
    ...(model ? [{ type: 'TRAINED_ON' as const, from: model, to: pick('DATASET', age('DATASET')) }] : []),
  ];
  if (paper >= papers - ISLANDS) return drafts.filter(({ from: { kind } }) => kind === 'PAPER');
  const value = Math.round(random() * 1_000) / 10;
  const score = { metric: 'accuracy', value, raw: String(value), unit: '%', setting: null };
  if (paper % HUB_EVERY === 0) drafts.push({ type: 'EVALUATED_ON', from, to: mention('DATASET', 0), score });
  const facts = Math.floor((entities * FACTS_PER_ENTITY) / papers) + (paper % 2);
  const rest: (() => Draft)[] = [
    () => ({ type: 'CITES', from, to: pick('PAPER', paper) }),
    () => ({ type: 'EVALUATED_ON', from, to: pick('DATASET', age('DATASET')), score }),
    () => ({ type: 'USES', from, to: pick('TECHNIQUE', age('TECHNIQUE')) }),
    () => ({ type: 'COMPARES_WITH', from, to: pick('MODEL', age('MODEL')) }),
  ];
  for (let i = 0; drafts.length < facts; i++) drafts.push(...rest.slice(i % 4, (i % 4) + 1).map((make) => make()));
  return drafts.filter((draft) => draft.from.name !== draft.to.name);
}

/** What was read from the nth paper. */
function readingOf(paper: number, entities: number): Reading {
  const random = randomOf(paper * 7_919 + entities);
  const drafts = draftsOf(paper, entities, random);
  const title = nameOf('PAPER', paper);
  const sentences = drafts.map(
    ({ type, from, to }, i) =>
      `In part ${String(i)} of the ${FIRST[Math.floor(random() * 10)] ?? ''} work ${from.name} ${type.toLowerCase().replaceAll('_', ' ')} ${to.name}.`,
  );
  const text = sentences.join(' ');
  const document: Document = {
    id: documentId(title), title, text, url: null, publishedOn: dayOf(paper), year: 2015, arxivId: null, isPaper: true,
  }; // prettier-ignore
  let end = title.length + 1;
  const facts = drafts.map(({ score = null, ...draft }, i): Fact => {
    const quote = sentences[i] ?? '';
    const start = end + 1;
    end = start + quote.length;
    const confidence = Math.round(50 + random() * 50) / 100;
    return { ...draft, document: document.id, quote, start, end, method: 'CURATED', confidence, via: null, score };
  });
  return { document, methods: ['IMPORTED', 'CURATED'], facts, mentions: [] };
}

/** How many papers one part has. */
const PART = 2_000;

/** Everything the papers of a graph with so many entities say, in parts, so that no size needs more memory. */
export function* readingsOf(entities: number): Generator<Reading[]> {
  const papers = countOf('PAPER', entities);
  for (let from = 0; from < papers; from += PART)
    yield Array.from({ length: Math.min(PART, papers - from) }, (_, i) => readingOf(from + i, entities));
}
