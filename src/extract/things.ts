/** The things a document names, and where it names them. */
import { nameKey } from '../ingest/names.js';
import type { Mention } from '../model.js';
import type { EntityKind } from '../ontology.js';

/** One entity as the document names it. */
export interface Thing {
  kind: EntityKind;
  name: string;
  aliases: Set<string>;
  /** The paper presents it as its own. */
  introduced: boolean;
  /** The vocabulary has it. */
  known: boolean;
}

/** Where a sentence names a thing: the words `first` to `last`, the last excluded. */
export interface Span {
  thing: Thing;
  sentence: number;
  first: number;
  last: number;
  start: number;
  end: number;
  /** Only a short form stands here, which says what something is, not what it uses. */
  short?: boolean;
}

export const mentionOf = ({ kind, name, aliases }: Thing): Mention => ({
  kind,
  name,
  aliases: [...aliases].filter((alias) => alias !== name).sort(),
});

const KEYS_MAX = 50_000;
const keys = new Map<string, string>();

/** `nameKey` of a word, remembered, as the same words come again and again. */
export function wordKey(word: string): string {
  const before = keys.get(word);
  if (before !== undefined) return before;
  const key = /[\p{L}\p{N}]/u.test(word) ? nameKey(word) : '';
  if (keys.size >= KEYS_MAX) keys.clear();
  keys.set(word, key);
  return key;
}

/** The key of a name from the keys of its words. */
export const joinKeys = (left: string, right: string): string =>
  /\d$/.test(left) && /^\d/.test(right) ? `${left}.${right}` : left + right;

/** The names that hold in one document only: what it introduces, and its acronyms. */
export class OwnNames {
  private readonly byKey = new Map<string, Thing>();
  private readonly blocked = new Set<string>();
  readonly things: Thing[] = [];

  /** In this document the spelling names no entity. */
  block(spelling: string): void {
    this.blocked.add(nameKey(spelling));
  }

  isBlocked(key: string): boolean {
    return this.blocked.has(key);
  }

  find(key: string): Thing | null {
    return this.byKey.get(key) ?? null;
  }

  /** Adds a name of a thing. A name that means another thing already keeps its meaning. */
  name(thing: Thing, ...spellings: string[]): void {
    if (!this.things.includes(thing)) this.things.push(thing);
    for (const spelling of spellings) {
      const key = nameKey(spelling);
      if (key === '' || (this.byKey.has(key) && this.byKey.get(key) !== thing)) continue;
      this.byKey.set(key, thing);
      if (spelling !== thing.name) thing.aliases.add(spelling);
    }
  }
}
