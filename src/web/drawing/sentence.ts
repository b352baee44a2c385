/** A relation as a sentence. */
import { ruleOf } from '../../ontology.js';
import type { Evidence, GraphEdge, GraphNode } from './graph.js';

/** The names of nodes by their ids; an id stands for itself where the drawing does not have the node. */
export type Names = (id: string) => string;

export function namesOf(nodes: readonly GraphNode[]): Names {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

/** `Alpaca is derived from LLaMA (finetune)`. */
export function sentenceOf({ type, source, target, via }: GraphEdge, names: Names): string {
  return `${names(source)} ${ruleOf(type).verb} ${names(target)}${via ? ` (${via})` : ''}`;
}

/** `curated, 90 % sure`, as far as it was asked. */
export const standingOf = ({ method, confidence }: Pick<Evidence, 'method' | 'confidence'>): string =>
  [method?.toLowerCase(), confidence === null ? null : sureness(confidence)].filter(Boolean).join(', ');

/** `0.9` as people say it: `90 % sure`. */
export const sureness = (confidence: number): string => `${Math.round(confidence * 100)} % sure`;
