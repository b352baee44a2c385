/** What a name is to the paper, by the verb and the preposition that govern it. */
import type { EntityKind } from '../ontology.js';
import type { Governor, Link } from './governors.js';

export type Role =
  'isA' | 'uses' | 'applied' | 'outperforms' | 'compares' | 'evaluated' | 'studies' | 'extends' | 'trained';

type Rows = readonly (readonly [governors: string, links: string, kinds: string, role: Role])[];

/** The first row that matches decides; what no row matches has no role. T technique, M model, D dataset. */
const TABLE: Rows = [
  ['train', 'object means on of from for none', 'D', 'trained'],
  ['evaluate outperform compare improve present compress extend use other nothing', 'on over', 'D', 'evaluated'],
  ['evaluate improve outperform', 'over', 'T M', 'outperforms'],
  ['evaluate', 'object means for of from none', 'D', 'evaluated'],
  ['applied', 'object for on of', 'D', 'evaluated'],
  ['compress', 'object of', 'D', 'applied'],
  ['present', 'object', 'T M', 'isA'],
  ['present use compress improve extend applied other nothing', 'means', 'T M', 'uses'],
  ['use', 'object from', 'T M', 'uses'],
  ['use', 'of', 'T M', 'uses'],
  ['nothing', 'on for', 'M', 'applied'],
  ['other', 'on', 'M', 'applied'],
  ['present', 'from', 'T M', 'uses'],
  ['applied', 'object for on of', 'T M', 'applied'],
  ['present', 'for', 'T M', 'applied'],
  ['present use improve extend evaluate outperform compare', 'for on of', 'M', 'applied'],
  ['evaluate outperform compare', 'means', 'M', 'applied'],
  ['evaluate', 'object', 'M', 'applied'],
  ['compress', 'object for on of from', 'M', 'applied'],
  ['improve', 'object', 'M', 'applied'],
  ['improve extend', 'object', 'T', 'extends'],
  ['extend', 'object of', 'M', 'extends'],
  ['outperform', 'object', 'T M', 'outperforms'],
  ['compare', 'object from', 'T M', 'compares'],
  ['study', 'object of for on from', 'T M', 'studies'],
]; // prettier-ignore

const LETTERS: Partial<Record<EntityKind, string>> = { TECHNIQUE: 'T', MODEL: 'M', DATASET: 'D' };

const decided = new Map<string, Role | null>();

/** The role of a name of a kind under a governor (null: no verb before it), null where it has none. */
export function roleOf(governor: Governor | null, link: Link, kind: EntityKind): Role | null {
  const at = `${governor ?? 'nothing'} ${link} ${kind}`;
  const known = decided.get(at);
  if (known !== undefined) return known;
  const letter = LETTERS[kind] ?? '';
  const has = (list: string, item: string): boolean => list.split(' ').includes(item);
  const row = TABLE.find(
    ([governors, links, kinds]) => has(governors, governor ?? 'nothing') && has(links, link) && has(kinds, letter),
  );
  const role = row?.[3] ?? null;
  decided.set(at, role);
  return role;
}
