/** The things a document names, and where it names them. */
import type { Mention } from '../model.js';
import type { EntityKind } from '../ontology.js';
import { formOf } from './forms.js';
import { Keys } from './keys.js';

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
export const isNamed = ({ name }: Thing): boolean => /\p{Lu}.*[\p{Lu}\d]|^\p{Lu}\S+$|\p{L}\d/u.test(name);

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

/** The places of all words that some spans hold. */
export function placesOf(spans: readonly Span[]): Set<number> {
  const places = new Set<number>();
  for (const { first, last } of spans) for (let i = first; i < last; i++) places.add(i);
  return places;
}

export const mentionOf = ({ kind, name, aliases }: Thing): Mention => ({
  kind,
  name,
  aliases: [...aliases].filter((alias) => alias !== name).sort(),
});

/** Families of methods: what improves `dataset distillation` is one; what serves `continual learning` is none. */
export const isFamily = ({ kind, name }: Thing): boolean =>
  kind === 'TECHNIQUE' &&
  !/\p{Lu}/u.test(name) &&
  /(?:distillation|condensation|compression|pruning|quantization)$/.test(name);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** What stands between the keys of two words in the key of both. */
export const between = (left: string, right: string): '.' | '' =>
  isDigit(left.charCodeAt(left.length - 1)) && isDigit(right.charCodeAt(0)) ? '.' : '';

/** The key of a name from the keys of its words. */
export const joinKeys = (left: string, right: string): string => left + between(left, right) + right;

/** `nameKey` of a text, from the remembered keys of its words. */
export const keyOf = (text: string): string =>
  /\s/.test(text)
    ? text
        .split(/\s+/)
        .map((word) => formOf(word).key)
        .reduce(joinKeys, '')
    : formOf(text).key;

/** The names that hold in one document only: what it introduces, and its acronyms. */
export class OwnNames {
  private readonly byKey = new Map<string, Thing>();
  private readonly blocked = new Set<string>();
  readonly keys = new Keys(12);
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

  /** Adds a name of a thing. A name that means another thing already keeps its meaning. */
  name(thing: Thing, ...spellings: string[]): void {
    if (!this.things.includes(thing)) this.things.push(thing);
    for (const spelling of spellings) {
      const key = keyOf(spelling);
      if (key === '' || (this.byKey.has(key) && this.byKey.get(key) !== thing)) continue;
      this.byKey.set(key, thing);
      this.keys.add(key);
      if (spelling !== thing.name) thing.aliases.add(spelling);
    }
  }
}
