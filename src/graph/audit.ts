/** Who changed what: one record in the transaction of each change. */
import { randomUUID } from 'node:crypto';
import type { Write } from './engine.js';
import { statement } from './engine.js';

/** Where a change came from. */
export type Author = 'api' | 'command line';

interface Deed {
  action: 'ingest' | 'retract' | 'undo';
  by: Author;
  /** ISO timestamp */
  at: string;
  /** What was changed: ids of documents, or of a fact. */
  subjects: readonly string[];
  /** Why, in the words of who did it; null where nobody was asked. */
  reason: string | null;
}

const RECORD = statement('audit.record')`
MERGE (a:Audit {id: $id}) SET a.action = $action, a.by = $by, a.at = $at, a.subjects = $subjects, a.reason = $reason`;

/** The record of a deed; a transaction that is run again writes it once. */
export const audited = (deed: Deed): Write => ({ statement: RECORD, params: { id: randomUUID(), ...deed } });
