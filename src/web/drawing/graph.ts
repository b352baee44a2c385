/** What can be drawn: nodes and relations of any answer, and how a relation points and reads. */
import { ruleOf } from '../../ontology.js';
import type { EntityKind, RelationType } from '../../ontology.js';

export interface GraphNode {
  id: string;
  kind: EntityKind;
  name: string;
  /** Whether it leads to nodes that the answer does not have. */
  frontier?: boolean;
}

/** One fact behind a relation; `quote` is null where only the reference is known. */
export interface Evidence {
  quote: string | null;
  /** The sentences around the quote; null or left out where they were not asked. */
  context?: string | null;
  /** Null where it was not asked. */
  method: string | null;
  /** 0 to 1; null where it was not asked. */
  confidence: number | null;
  document: { title: string; url: string | null };
  /** The paper that the document is; null or left out where it is none or was not asked. */
  source?: GraphNode | null;
}

export interface GraphEdge {
  id: string;
  type: RelationType;
  source: string;
  target: string;
  /** 0 to 1. */
  confidence: number;
  /** How a model was derived: finetune, quantized …; null or left out for other relations. */
  via?: string | null;
  /** How many facts support it, of which `evidence` has the first; left out where it was not asked. */
  evidenceCount?: number;
  evidence?: readonly Evidence[];
}

export interface Graph {
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
}

/** The end that an arrow leaves: the ancestor, or the source of a relation without lineage. */
export const tailOf = ({ type, source, target }: GraphEdge): string =>
  ruleOf(type).lineage === 'reverse' ? target : source;

/** The end that an arrow reaches. */
export const headOf = ({ type, source, target }: GraphEdge): string =>
  ruleOf(type).lineage === 'reverse' ? source : target;

/** What a relation says, read along its arrow: `used by` from a part to the method that uses it. */
export const alongArrow = (type: RelationType): string => {
  const { lineage, verb, inverse } = ruleOf(type);
  return (lineage === 'reverse' ? inverse : verb).replace(/^is (the )?/, '');
};

/** Total order of texts that no locale changes. */
export const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
