/** Reads landmarks: facts of public knowledge about models, datasets and techniques, with documents but without quotes. */
import { isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Document, Fact, Mention, Rejection } from '../model.js';
import type { RelationType } from '../ontology.js';
import { forbids, RELATION_TYPES } from '../ontology.js';
import { CuratedEntity, mentionOf } from './curated.js';
import type { Reading } from './identify.js';
import { documentId } from './identify.js';

/** Less sure than a fact with its sentence: nobody can check it on the spot. */
const CONFIDENCE = 0.9;

const text = z.string().trim().min(1).max(500);

const Landmark = z.strictObject({
  title: text,
  kind: z.enum(['Paper', 'Page']),
  year: z.number().int().min(1900).max(2100).optional(),
  arxiv: z
    .string()
    .regex(/^\d{4}\.\d{4,5}$/, 'must look like "2405.14867"')
    .optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  entities: z.array(CuratedEntity),
  facts: z.array(
    z.strictObject({
      type: z.enum(RELATION_TYPES as [RelationType, ...RelationType[]]),
      from: text.optional(),
      to: text,
      via: text.optional(),
    }),
  ),
});

type Landmark = z.infer<typeof Landmark>;

/** The readings of one landmark file. A document that does not parse is rejected, a fact against the ontology too. */
export function readLandmarks(file: string, source: string): { readings: Reading[]; rejections: Rejection[] } {
  const lines = new LineCounter();
  const yaml = parseDocument(source, { lineCounter: lines });
  const rejections: Rejection[] = yaml.errors.map(({ message, pos }) => ({
    file,
    line: lines.linePos(pos[0]).line,
    reason: message.split('\n')[0] ?? message,
  }));
  if (rejections.length === 0 && !isSeq(yaml.contents))
    rejections.push({ file, line: 1, reason: 'must be a list of documents' });
  if (rejections.length > 0 || !isSeq(yaml.contents)) return { readings: [], rejections };
  const readings = yaml.contents.items.flatMap((node) => {
    if (!isNode(node)) return [];
    const { line } = lines.linePos(node.range[0]);
    const reject = (reason: string): number => rejections.push({ file, line, reason });
    const parsed = Landmark.safeParse(node.toJSON());
    if (parsed.success) return [readingOf(parsed.data, reject)];
    const [issue] = parsed.error.issues;
    reject([issue?.path.join('.'), issue?.message].filter(Boolean).join(': '));
    return [];
  });
  return { readings, rejections };
}

const documentOf = ({ title, kind, year, arxiv, url }: Landmark): Document => ({
  id: kind === 'Paper' ? documentId(title) : documentId(title).replace('document:', 'page:'),
  title,
  text: null,
  url: url ?? (arxiv === undefined ? null : `https://arxiv.org/abs/${arxiv}`),
  publishedOn: null,
  year: year ?? null,
  arxivId: arxiv ?? null,
  isPaper: kind === 'Paper',
});

function readingOf(landmark: Landmark, reject: (reason: string) => void): Reading {
  const document = documentOf(landmark);
  const mentions = landmark.entities.map(mentionOf);
  const declared = new Map(mentions.map((mention) => [mention.name, mention]));
  const paper: Mention | undefined = document.isPaper
    ? { kind: 'PAPER', name: document.title, aliases: [] }
    : undefined;
  const facts = landmark.facts.flatMap(({ type, from, to, via }): Fact[] => {
    const source = from === undefined ? paper : declared.get(from);
    const target = declared.get(to);
    const missing = `${JSON.stringify(source ? to : (from ?? 'this paper'))} is not declared under entities`;
    const forbidden = source && target ? forbids(type, source.kind, target.kind) : missing;
    const wrong = source === target ? 'an entity cannot relate to itself' : forbidden;
    if (wrong !== null) reject(`${from ?? 'this paper'} ${type} ${to}: ${wrong}`);
    if (wrong !== null || !source || !target) return [];
    return [{
      type, from: source, to: target, document: document.id, quote: null, start: null, end: null,
      method: 'CURATED', confidence: CONFIDENCE, via: via ?? null, score: null,
    }]; // prettier-ignore
  });
  return { document, methods: ['IMPORTED', 'CURATED'], facts, mentions };
}
