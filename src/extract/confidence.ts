/** How often each rule is right, as measured on the tuned half of the curated papers (bench/evaluate.ts). */

export const CONFIDENCE = {
  repository: 0.99,
  introducedByTitle: 0.95,
  introducedByName: 0.95,
  introducedByDescription: 0.7,
  evaluatedPaper: 0.9,
  evaluatedMethod: 0.85,
  result: 0.9,
  uses: 0.75,
  usesWeakly: 0.6,
  extends: 0.7,
  isA: 0.85,
  isANamed: 0.8,
  outperforms: 0.8,
  compares: 0.75,
  applied: 0.8,
  appliedWeakly: 0.6,
  distills: 0.8,
  trained: 0.7,
  studies: 0.75,
  partOf: 0.85,
  titleUses: 0.85,
  titleApplied: 0.85,
} as const;

export type Rule = keyof typeof CONFIDENCE;
