/** Reads curated facts: YAML files, one document each, every fact with its quote checked against the document. */
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Document, Fact, Mention, Rejection } from '../model.js';
import { contentOf } from '../model.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { ENTITY_KINDS, forbids, KINDS, RELATION_TYPES } from '../ontology.js';
import { nameKey } from './names.js';

const kindOfLabel = new Map<string, EntityKind>(KINDS.map((kind) => [ENTITY_KINDS[kind].label, kind]));

const httpUrl = z.url({ protocol: /^https?$/ });
const text = z.string().trim().min(1);

const CuratedEntity = z.strictObject({
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
  .refine(({ type, metric }) => metric === undefined || type === 'EVALUATED_ON', 'only EVALUATED_ON has a metric')
  .refine(({ type, via }) => via === undefined || type === 'DERIVED_FROM', 'only DERIVED_FROM has via');

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
  const rejections: Rejection[] = yaml.errors.map(({ message, pos }) => ({
    file,
    line: lines.linePos(pos[0]).line,
    reason: message.split('\n')[0] ?? message,
  }));
  const title: unknown = yaml.errors.length > 0 ? null : yaml.get('document');
  if (rejections.length > 0 || !isMap(yaml.contents) || typeof title !== 'string') {
    if (rejections.length === 0) rejections.push({ file, line: 1, reason: 'the key `document` must hold the exact title of a paper' });
    return { curation: null, rejections };
  }
  const items = <T>(key: string, schema: z.ZodType<T>): { line: number; value: T }[] => {
    const list = yaml.get(key, true);
    if (!isSeq(list)) return [];
    return list.items.flatMap((node) => {
      const range = (node as { range?: [number, number, number] }).range;
      const line = lines.linePos(range?.[0] ?? 0).line;
      const parsed = schema.safeParse((node as { toJSON?: () => unknown }).toJSON?.() ?? node);
      if (parsed.success) return [{ line, value: parsed.data }];
      const [issue] = parsed.error.issues;
      rejections.push({ file, line, reason: `${key}: ${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')}` });
      return [];
    });
  };
  const mentions = items('entities', CuratedEntity).map(({ value }): Mention => {
    const { kind, description, url, local, ...rest } = value;
    return {
      ...rest,
      kind: kindOfLabel.get(kind) ?? 'TECHNIQUE',
      ...(description === undefined ? {} : { description }),
      ...(url === undefined ? {} : { url }),
      ...(local === undefined ? {} : { local }),
    };
  });
  const facts = items('facts', CuratedFact).map(({ line, value }) => ({ line, fact: value }));
  return { curation: { file, title, mentions, facts }, rejections };
}

/**
 * The facts of a curation about its document. A fact is rejected when an end is not declared, the ontology forbids
 * it, its quote is not in the document, or it says what another one says.
 */
export function curatedFacts(curation: Curation, document: Document): { facts: Fact[]; rejections: Rejection[] } {
  const { file } = curation;
  const paper: Mention = { kind: 'PAPER', name: document.title, aliases: [] };
  const declared = new Map(curation.mentions.map((mention) => [mention.name, mention]));
  const content = contentOf(document);
  const facts: Fact[] = [];
  const rejections: Rejection[] = [];
  const seen = new Set<string>();
  for (const { line, fact } of curation.facts) {
    const { type, from, to, quote, confidence, via = null, metric, raw, value, unit, setting } = fact;
    const claim = `${from ?? 'this paper'} ${type} ${to}`;
    const reject = (reason: string): number => rejections.push({ file, line, reason: `${claim}: ${reason}` });
    const source = from === undefined ? paper : declared.get(from);
    const target = declared.get(to);
    const start = content?.indexOf(quote) ?? -1;
    const same = JSON.stringify([from === undefined ? null : nameKey(from), type, nameKey(to), quote, metric, raw, setting]);
    const forbidden = source && target ? forbids(type, source.kind, target.kind) : null;
    if (!source || !target) reject(`${JSON.stringify(source ? to : (from ?? ''))} is not declared under entities`);
    else if (forbidden !== null) reject(forbidden);
    else if (source === target) reject('an entity cannot relate to itself');
    else if (start < 0) reject(`the quote ${JSON.stringify(quote)} is not in the text of ${JSON.stringify(document.title)}; copy it exactly`);
    else if (seen.has(same)) reject('the same fact stands in this file already');
    else {
      seen.add(same);
      const score =
        metric === undefined || raw === undefined
          ? null
          : { metric, raw, value: value ?? null, unit: unit ?? null, setting: setting ?? null };
      facts.push({
        type, from: source, to: target, document: document.id, quote, start, end: start + quote.length,
        method: 'CURATED', confidence, via, score,
      }); // prettier-ignore
    }
  }
  return { facts, rejections };
}
