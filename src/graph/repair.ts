/** Repair: whatever follows from documents, mentions and facts, made anew from them. */
import { foldWrites, lineageWrites } from './derive.js';
import type { Engine } from './engine.js';
import { statement } from './engine.js';
import { settledWrites } from './retract.js';

const DOCUMENTS = statement<{ id: string }>('repair.documents')`
MATCH (d:Document) WHERE d.id > $after RETURN d.id AS id ORDER BY id LIMIT $limit`;

const DROP_NAMES = statement('repair.names')`
MATCH (n:Name) WHERE NOT EXISTS { MATCH (n)-[:NAMES]->(:Entity) } DELETE n`;

/** How many documents one transaction takes. */
const PAGE = 100;

/**
 * Derives lineage, names, aliases and search tokens anew, a transaction for every 100 documents. Idempotent.
 * @param progress told how many documents are done
 */
export async function repair(engine: Engine, progress: (documents: number) => void = () => undefined): Promise<void> {
  let done = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const ids: string[] = (await engine.read(DOCUMENTS, { after, limit: PAGE })).map(({ id }) => id);
    if (ids.length > 0) await engine.write([...settledWrites(ids), ...lineageWrites(ids), ...foldWrites(ids)]);
    progress((done += ids.length));
    after = ids.at(-1);
  }
  await engine.write([{ statement: DROP_NAMES, params: {} }]);
}
