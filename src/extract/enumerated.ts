/** Lists whose members are numbered: `two components: (1) X, which …; and (2) Y`. */
import type { Sentence } from './language.js';
import { wordAt } from './language.js';

const NUMBER = /^(?:[1-9]|i{1,3}|iv|[a-e])$/;
const lower = (words: Sentence, i: number): string => wordAt(words, i).lower;

/** The word behind the number that stands at `i`, `(1)` or `1)`; -1 where none does. */
function behindNumber(words: Sentence, i: number): number {
  const at = lower(words, i) === '(' ? i + 1 : i;
  return NUMBER.test(lower(words, at)) && lower(words, at + 1) === ')' ? at + 2 : -1;
}

/** Where the members of a numbered list begin that opens right at or behind `from`; empty where none opens there. */
export function membersFrom(words: Sentence, from: number): number[] {
  if (behindNumber(words, from) < 0) return [];
  const members: number[] = [];
  for (let i = from; i < words.length; i++) {
    const at = behindNumber(words, i);
    if (at < 0) continue;
    members.push(at);
    i = at - 1;
  }
  return members;
}
