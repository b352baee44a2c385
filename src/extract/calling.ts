/** Verbs that give a name to what they speak of: `we call this loss X`, `which we term X`, `refer to our method as X`. */
import { CONTAINERS, kindOfHead } from './cues.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import { isCapitalized } from './phrases.js';

export const CALLING: ReadonlySet<string> = new Set('call term dub name refer coin denote'.split(' '));

const lower = (words: Sentence, i: number): string => wordAt(words, i).lower;
const REACH = 7;

/** The word before the name that the verb at `i` gives: the verb itself, or the end of what it names; -1 where it gives none. */
export function beforeName(words: Sentence, i: number): number {
  const verb = lower(words, i + 1) === 'to' ? i + 1 : i;
  const at = objectEnd(words, verb);
  const asked = /^(?:we|to)$/.test(lower(words, i - 1)) || (at > verb && /^(?:and|then)$/.test(lower(words, i - 1)));
  return asked ? at : -1;
}

/** Where the object of a naming verb ends: at `it`, before `as`, at a head noun before a capital; the verb without one. */
function objectEnd(words: Sentence, verb: number): number {
  if (/^(?:it|them)$/.test(lower(words, verb + 1))) return verb + 1;
  if (!/^(?:our|this|the|these|such|its)$/.test(lower(words, verb + 1))) return verb;
  for (let at = verb + 2; at <= verb + REACH; at++) {
    if (lower(words, at) === 'as') return at;
    const head = CONTAINERS.has(lower(words, at)) || kindOfHead(lower(words, at)) !== null;
    if (head && isCapitalized(wordAt(words, at + 1))) return at;
  }
  return verb;
}
