/** How often each rule is right, as `npm run evaluate` measures it on the half of the curated papers it was tuned on. */
import type { Link } from './governors.js';
import type { Role } from './roles.js';

const CONFIDENCE = {
  repository: 0.99,
  introducedByTitle: 0.95,
  introducedByName: 0.95,
  introducedByDescription: 0.7,
  introducedPart: 0.85,
  evaluated: 0.9,
  result: 0.9,
  uses: 0.75,
  extends: 0.7,
  isA: 0.8,
  described: 0.85,
  describedUses: 0.7,
  isANamed: 0.8,
  example: 0.8,
  outperforms: 0.8,
  compares: 0.7,
  applied: 0.75,
  distills: 0.8,
  trained: 0.8,
  studies: 0.8,
  partOf: 0.85,
  about: 0.7,
  namedOnce: 0.5,
} as const;

export type Rule = Exclude<keyof typeof CONFIDENCE, Role> | `${Role}.${Link}`;

export function confidenceOf(rule: Rule): number {
  const dot = rule.indexOf('.');
  return CONFIDENCE[(dot < 0 ? rule : rule.slice(0, dot)) as keyof typeof CONFIDENCE];
}
