/** Who changed what: one record in the transaction of each change. */
import { randomUUID } from 'node:crypto';
import type { Write } from './engine.js';
import { statement } from './engine.js';

/** Where a change came from. */
export type Author = 'api' | 'command line';

export interface Deed {
  /** `upsert`: of an entity; `remember`: a value outside the graph proper; `upgrade`: a store of an older form. */
  action: 'ingest' | 'assert' | 'upsert' | 'retract' | 'undo' | 'restore' | 'repair' | 'upgrade' | 'remember';
  by: Author;
  /** ISO timestamp */
  at: string;
  /** What was changed: ids of documents, of entities or of a fact; names of values. */
  subjects: readonly string[];
  /** Why, in the words of who did it; null where nobody was asked. */
  reason: string | null;
}

const RECORD = statement('audit.record')`
MERGE (a:Audit {id: $id}) SET a.action = $action, a.by = $by, a.at = $at, a.subjects = $subjects, a.reason = $reason`;

/** The record of a deed; a transaction that is run again writes it once. */
export const audited = (deed: Deed): Write => ({ statement: RECORD, params: { id: randomUUID(), ...deed } });

/** The record of what is done from the command line, now. */
export const auditedHere = (action: Deed['action'], subjects: Iterable<string>, reason: Deed['reason'] = null): Write =>
  audited({ action, by: 'command line', at: new Date().toISOString(), subjects: [...new Set(subjects)], reason });
