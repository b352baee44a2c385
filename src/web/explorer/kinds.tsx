/** The kinds of entities as the explorer shows them; their colours are in tokens.css. */
import type { ReactNode } from 'react';
import { ENTITY_KINDS, type EntityKind } from '../../ontology.js';

/** Drawn in a square of 16 by lines of the current colour. */
const DRAWINGS: Record<EntityKind, ReactNode> = {
  PAPER: (
    <>
      <path d="M3.5 1.5h6l3 3v10h-9z" />
      <path d="M9.5 1.5v3h3M5.5 8h5M5.5 11h5" />
    </>
  ),
  TECHNIQUE: (
    <>
      <path d="M8 1.5l5.6 3.25v6.5L8 14.5l-5.6-3.25v-6.5z" />
      <circle cx="8" cy="8" r="2.2" />
    </>
  ),
  DATASET: (
    <>
      <ellipse cx="8" cy="3.7" rx="5.5" ry="2.2" />
      <path d="M2.5 3.7v8.6c0 1.2 2.5 2.2 5.5 2.2s5.5-1 5.5-2.2V3.7M2.5 8c0 1.2 2.5 2.2 5.5 2.2s5.5-1 5.5-2.2" />
    </>
  ),
  MODEL: (
    <>
      <path d="M4 4.5l8 3.5M4 4.5l8 0M4 11.5l8-3.5M4 11.5l8 0M4 4.5v7M12 4.5v7" />
      <circle cx="3.5" cy="4" r="1.9" />
      <circle cx="3.5" cy="12" r="1.9" />
      <circle cx="12.5" cy="4" r="1.9" />
      <circle cx="12.5" cy="12" r="1.9" />
    </>
  ),
  REPO: (
    <>
      <path d="M4.5 5v6M11.5 6.5c0 3-7 1.5-7 4.5" />
      <circle cx="4.5" cy="3.3" r="1.7" />
      <circle cx="4.5" cy="12.7" r="1.7" />
      <circle cx="11.5" cy="4.8" r="1.7" />
    </>
  ),
};

/** The lines of a kind's icon, for inside a picture. */
export const KindLines = ({ kind }: { kind: EntityKind }) => <g className="kind-lines">{DRAWINGS[kind]}</g>;

/** The icon of a kind; named for those who do not see it. */
export function KindIcon({ kind }: { kind: EntityKind }) {
  return (
    <svg className="kind-icon" data-kind={kind} viewBox="0 0 16 16" role="img" aria-label={ENTITY_KINDS[kind].label}>
      {DRAWINGS[kind]}
    </svg>
  );
}
