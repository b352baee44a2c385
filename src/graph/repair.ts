/** Repair: whatever follows from documents, mentions and facts, made anew from them. */
import { auditedHere } from './audit.js';
import { derivedWrites, namingWrites } from './derive.js';
import type { Engine, Statement, Write } from './engine.js';
import { statement } from './engine.js';
import { settledWrites } from './retract.js';

const DOCUMENTS = statement<{ id: string }>('repair.documents')`
MATCH (d:Document) WHERE d.id > $after RETURN d.id AS id ORDER BY id LIMIT $limit`;

const ENTITIES = statement<{ id: string }>('repair.entities')`
MATCH (e:Entity) WHERE e.id > $after RETURN e.id AS id ORDER BY id LIMIT $limit`;

const DROP_NAMES = statement('repair.names')`
MATCH (n:Name) WHERE NOT EXISTS { MATCH (n)-[:NAMES]->(:Entity) } DELETE n`;

/** How many documents or entities one transaction takes. */
const PAGE = 500;

interface Going {
  action: 'repair' | 'upgrade';
  writesOf: (ids: string[]) => Write[];
  progress?: (done: number) => void;
}

/** Writes for all that a statement lists, by id, a transaction a page. */
async function inPages(
  engine: Engine,
  pages: Statement<{ id: string }>,
  { action, writesOf, progress }: Going,
): Promise<void> {
  let done = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const ids: string[] = (await engine.read(pages, { after, limit: PAGE })).map(({ id }) => id);
    if (ids.length > 0) await engine.write([...writesOf(ids), auditedHere(action, ids)]);
    progress?.((done += ids.length));
    after = ids.at(-1);
  }
}

/**
 * Derives lineage, names, aliases and search tokens anew, a transaction for every 500 entities. Idempotent.
 * @param progress told how many entities are done
 */
export async function repair(engine: Engine, progress: (entities: number) => void = () => undefined): Promise<void> {
  await inPages(engine, DOCUMENTS, { action: 'repair', writesOf: settledWrites });
  await inPages(engine, ENTITIES, { action: 'repair', writesOf: derivedWrites, progress });
  await engine.write([{ statement: DROP_NAMES, params: {} }, auditedHere('repair', ['names'])]);
}

/** Gives the facts of a store that was made before they carried them the names of their ends. Idempotent. */
export const nameEnds = (engine: Engine): Promise<void> =>
  inPages(engine, ENTITIES, { action: 'upgrade', writesOf: namingWrites });
