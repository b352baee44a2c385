/** Values remembered in a store outside the graph proper, such as which seed was loaded. */
import { auditedHere } from './audit.js';
import type { Engine } from './engine.js';
import { statement } from './engine.js';
import type { Reader } from './reader.js';

const META = statement<{ value: string }>('meta.byId')`MATCH (m:Meta {id: $id}) RETURN m.value AS value LIMIT 1`;

const SET_META = statement('write.meta')`
MERGE (m:Meta {id: $id}) SET m.value = $value`;

/** null when nothing is remembered under this name */
export const readMeta = async ({ read }: Pick<Reader, 'read'>, id: string): Promise<string | null> =>
  (await read(META, { id }))[0]?.value ?? null;

export const writeMeta = (engine: Engine, id: string, value: string): Promise<void> =>
  engine.write([{ statement: SET_META, params: { id, value } }, auditedHere('remember', [id])]);
