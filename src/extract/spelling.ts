/** How names are written: their capitals, their sizes, their members behind a slash. */
import type { Term } from '../ingest/vocabulary.js';
import type { EntityKind } from '../ontology.js';
import { kindOfHead } from './cues.js';
import type { Sentence, Word } from './language.js';
import { wordAt } from './language.js';
import type { Phrase } from './phrases.js';

const CAPITALS = /\p{Lu}/gu;
export const capitalsIn = (text: string): number => text.match(CAPITALS)?.length ?? 0;

/** How many capitals a text needs to mean a name: none where its letters are no other word, `cifar10`; one where few write them all, `Imagenet`. */
export function capitalsOf(spelling: string): number {
  const plain =
    /\s/.test(spelling) ||
    /\p{L}{3}.*\d/u.test(spelling) ||
    (kindOfHead(spelling.toLowerCase()) !== null && /\p{Ll}/u.test(spelling));
  return plain ? 0 : Math.min(/\p{Ll}/u.test(spelling) && spelling.length > 4 ? 1 : 2, capitalsIn(spelling));
}

/** Whether an ambiguous name stands where only names have capitals, and as it is written: `we fine-tune Whisper`. */
export function isSpelled({ kind, name }: Term, text: string, words: Sentence, { first, last }: Phrase): boolean {
  if (text !== name || first === 0) return false;
  if (kind === 'DATASET' && !(/^\p{Lu}{3,}\d*$/u.test(name) && words.some(({ form }) => form.evaluating))) return false;
  const [before, next] = [wordAt(words, first - 1), wordAt(words, last)];
  return /\p{Lu}/u.test(name) && !(before.form.capitalized && first > 1) && !/^\p{Lu}\p{Ll}/u.test(next.text);
}

/** `CIFAR-10/100` → `CIFAR-10`, `CIFAR-100`; `ImageNet-R/A/C` → three. Nothing where the parts are not alike (`ViT-B/16`). */
export function alternatives(text: string): string[] {
  const [head = '', ...rest] = text.split('/');
  const [, stem, part] = /^(.*?)(\d+|\p{Lu})$/u.exec(head) ?? [];
  const alike = /^\d+$/.test(part ?? '') ? /^\d+$/ : /^\p{Lu}$/u;
  if (rest.length === 0 || stem === undefined || stem.length < 2 || !rest.every((other) => alike.test(other)))
    return [];
  return [head, ...rest.map((other) => stem + other)];
}

/** What a size or a year behind a name adds to it: `ImageNet 64×64`, `Mistral 7B`, `WMT 2014`; null where none stands there. */
export function sizeOf(kind: EntityKind, { text, lower }: Word): string | null {
  const [, width, height] = /^(\d+)(?:x|×|times)(\d+)$/.exec(lower) ?? [];
  if (kind === 'DATASET' && width !== undefined && height !== undefined) return `-${width}x${height}`;
  if (kind === 'DATASET' && /^(?:19|20)\d\d(?:-\d+k)?$/.test(lower)) return ` ${text}`;
  return kind === 'MODEL' && /^\d+(?:\.\d+)?b$/.test(lower) ? ` ${text}` : null;
}
