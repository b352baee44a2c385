/** Reads curated facts: YAML files, one document each, every fact with its quote checked against the document. */
import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { numberOf } from '../metrics.js';
import type { Document, Fact, Mention, Rejection } from '../model.js';
import { contentOf } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { ENTITY_KINDS, forbids, KINDS, RELATION_TYPES } from '../ontology.js';
import { nameKey } from './names.js';

const kinds = new Map<string, EntityKind>(KINDS.map((kind) => [ENTITY_KINDS[kind].label, kind]));

/** The kind that files call `Technique`, `Dataset`… */
export const kindOfLabel = (label: string): EntityKind => kinds.get(label) ?? 'TECHNIQUE';

const httpUrl = z.url({ protocol: /^https?$/ });
const text = z.string().trim().min(1).max(500);

/** One entity as curation files declare it. */
export const CuratedEntity = z.strictObject({
  kind: z.enum(['Paper', 'Technique', 'Dataset', 'Model', 'Repo']),
  name: text,
  aliases: z.array(text).default([]),
  description: text.optional(),
  url: httpUrl.optional(),
  local: z.boolean().optional(),
});

const CuratedFact = z
  .strictObject({
    type: z.enum(RELATION_TYPES as [RelationType, ...RelationType[]]),
    from: text.optional(),
    to: text,
    quote: z.string().min(1),
    confidence: z.number().min(0).max(1).default(1),
    via: text.optional(),
    metric: text.optional(),
    raw: text.optional(),
    value: z.number().optional(),
    unit: text.optional(),
    setting: text.optional(),
  })
  .refine(({ metric, raw }) => (metric === undefined) === (raw === undefined), 'metric and raw come together')
  .refine(
    ({ metric, value, unit, setting }) => metric !== undefined || (value ?? unit ?? setting) === undefined,
    'value, unit and setting need a metric',
  )
  .refine(({ type, metric }) => metric === undefined || type === 'EVALUATED_ON', 'only EVALUATED_ON has a metric')
  .refine(({ type, via }) => via === undefined || type === 'DERIVED_FROM', 'only DERIVED_FROM has via');

/** The keys of a curation file. */
const KEYS = ['document', 'entities', 'facts'];

type CuratedFact = z.infer<typeof CuratedFact>;

/** One curation file, read but not yet compared with its document. */
export interface Curation {
  file: string;
  /** Exact title of the document. */
  title: string;
  mentions: Mention[];
  facts: { line: number; fact: CuratedFact }[];
}

/** Reads one curation file. Entities and facts that do not parse are rejected one by one. */
export function readCuration(file: string, source: string): { curation: Curation | null; rejections: Rejection[] } {
  const lines = new LineCounter();
  const yaml = parseDocument(source, { lineCounter: lines });
  const rejections: Rejection[] = [];
  const reject = (offset: number | undefined, reason: string): number =>
    rejections.push({ file, line: Math.max(1, lines.linePos(offset ?? 0).line), reason });
  const [broken] = yaml.errors;
  if (broken) {
    reject(broken.pos[0], broken.message.replace(/:?\n.*/s, ''));
    return { curation: null, rejections };
  }
  const title: unknown = yaml.get('document');
  if (!isMap(yaml.contents) || typeof title !== 'string') {
    reject(0, 'the key `document` must hold the exact title of a paper');
    return { curation: null, rejections };
  }
  for (const { key } of yaml.contents.items)
    if (!KEYS.includes(String(key)))
      reject(offsetOf(key), `unknown key \`${String(key)}\`; the keys are ${KEYS.join(', ')}`);
  const items = <T>(key: string, schema: z.ZodType<T>): { offset: number; value: T }[] => {
    const list = yaml.get(key, true);
    if (list !== undefined && !isSeq(list)) reject(offsetOf(list), `${key}: must be a list`);
    if (!isSeq(list)) return [];
    return list.items.flatMap((node) => {
      const offset = offsetOf(node);
      const parsed = schema.safeParse((node as { toJSON?: () => unknown }).toJSON?.() ?? node);
      if (parsed.success) return [{ offset, value: parsed.data }];
      const [issue] = parsed.error.issues;
      reject(offset, `${key}: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}`);
      return [];
    });
  };
  const mentions = new Map<string, Mention>();
  for (const { offset, value } of items('entities', CuratedEntity))
    if (mentions.has(value.name)) reject(offset, `entities: ${JSON.stringify(value.name)} is declared already`);
    else mentions.set(value.name, mentionOf(value));
  const facts = items('facts', CuratedFact).map(({ offset, value }) => ({
    line: lines.linePos(offset).line,
    fact: value,
  }));
  return { curation: { file, title, mentions: [...mentions.values()], facts }, rejections };
}

/** A declared entity as a mention. */
export const mentionOf = (entity: z.infer<typeof CuratedEntity>): Mention => ({
  ...entity,
  kind: kindOfLabel(entity.kind),
});

const offsetOf = (node: unknown): number => (isNode(node) ? node.range?.[0] : null) ?? 0;

/**
 * The facts of a curation about its document. A fact is rejected when an end is not declared, the ontology forbids
 * it, its quote is not in the document, or it says what another one says.
 */
export function curatedFacts(curation: Curation, document: Document): { facts: Fact[]; rejections: Rejection[] } {
  const declared = new Map(curation.mentions.map((mention) => [mention.name, mention]));
  const facts: Fact[] = [];
  const rejections: Rejection[] = [];
  const seen = new Set<string>();
  for (const { line, fact: entry } of curation.facts) {
    const { type, from, to, quote, metric, raw, setting } = entry;
    const same = JSON.stringify([
      from === undefined ? null : nameKey(from),
      type,
      nameKey(to),
      quote,
      metric,
      raw,
      setting,
    ]);
    const stated = statedFact(entry, declared, document);
    const reason =
      'reason' in stated ? stated.reason : seen.has(same) ? 'the same fact stands in this file already' : null;
    if (reason !== null)
      rejections.push({ file: curation.file, line, reason: `${from ?? 'this paper'} ${type} ${to}: ${reason}` });
    else if ('fact' in stated) {
      seen.add(same);
      facts.push(stated.fact);
    }
  }
  return { facts, rejections };
}

/** The fact that an entry states of a document, or why it states none. */
function statedFact(
  { type, from, to, quote, confidence, via, metric, raw, value, unit, setting }: CuratedFact,
  declared: ReadonlyMap<string, Mention>,
  document: Document,
): { fact: Fact } | { reason: string } {
  const source =
    from === undefined ? ({ kind: 'PAPER', name: document.title, aliases: [] } as const) : declared.get(from);
  const target = declared.get(to);
  if (!source || !target) return { reason: `${JSON.stringify(source ? to : from)} is not declared under entities` };
  const forbidden = forbids(type, source.kind, target.kind);
  if (forbidden !== null) return { reason: forbidden };
  if (source.kind === target.kind && nameKey(source.name) === nameKey(target.name))
    return { reason: 'an entity cannot relate to itself' };
  const start = contentOf(document)?.indexOf(quote) ?? -1;
  if (start < 0)
    return {
      reason: `the quote ${JSON.stringify(quote)} is not in the text of ${JSON.stringify(document.title)}; copy it exactly`,
    };
  const fact: Fact = {
    type, from: source, to: target, document: document.id, quote, start, end: start + quote.length,
    method: 'CURATED', confidence, via: via ?? null, score: null,
  }; // prettier-ignore
  if (metric === undefined || raw === undefined) return { fact };
  return {
    fact: {
      ...fact,
      score: { metric, raw, value: value ?? numberOf(raw), unit: unit ?? null, setting: setting ?? null },
    },
  };
}
