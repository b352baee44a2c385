/** The things a document names, and where it names them. */
import { nameKey } from '../ingest/names.js';
import type { Mention } from '../model.js';
import type { EntityKind } from '../ontology.js';
import { remembered } from './remembered.js';

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

/** Whether a thing has a name of its own, rather than the name of a family: `SDXL`, not `diffusion model`. */
export const isNamed = ({ name }: Thing): boolean => /\p{Lu}.*[\p{Lu}\d]|^\p{Lu}\S+$/u.test(name);

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

/** Families of methods: what improves `dataset distillation` is one; what serves `continual learning` is none. */
export const isFamily = ({ kind, name }: Thing): boolean =>
  kind === 'TECHNIQUE' && /(?:distillation|condensation|compression|pruning|quantization)$/i.test(name);

/** `nameKey` of a word; empty for what has no letter and no digit. */
export const wordKey = remembered((word) => (/[\p{L}\p{N}]/u.test(word) ? nameKey(word) : ''));

/** `nameKey` of a text of several words, from the remembered keys of its words. */
export const keyOf = (text: string): string => text.split(/\s+/).map(wordKey).reduce(joinKeys, '');

/** The key of a name from the keys of its words. */
export const joinKeys = (left: string, right: string): string =>
  /\d$/.test(left) && /^\d/.test(right) ? `${left}.${right}` : left + right;

/** The names that hold in one document only: what it introduces, and its acronyms. */
export class OwnNames {
  private readonly byKey = new Map<string, Thing>();
  private readonly blocked = new Set<string>();
  private longest = 0;
  readonly things: Thing[] = [];

  /** In this document the spelling names no entity. */
  block(spelling: string): void {
    this.blocked.add(keyOf(spelling));
  }

  isBlocked(key: string): boolean {
    return this.blocked.has(key);
  }

  find(key: string): Thing | null {
    return this.byKey.get(key) ?? null;
  }

  /** Whether some name may begin with a key. */
  mayBegin(key: string): boolean {
    if (key.length > this.longest) return false;
    for (const name of this.byKey.keys()) if (name.startsWith(key)) return true;
    return false;
  }

  /** Adds a name of a thing. A name that means another thing already keeps its meaning. */
  name(thing: Thing, ...spellings: string[]): void {
    if (!this.things.includes(thing)) this.things.push(thing);
    for (const spelling of spellings) {
      const key = keyOf(spelling);
      if (key === '' || (this.byKey.has(key) && this.byKey.get(key) !== thing)) continue;
      this.byKey.set(key, thing);
      this.longest = Math.max(this.longest, key.length);
      if (spelling !== thing.name) thing.aliases.add(spelling);
    }
  }
}
