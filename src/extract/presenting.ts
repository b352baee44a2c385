/** Where a text presents: the verbs by which authors do, and the lists that follow. */
import type { EntityKind } from '../ontology.js';
import { kindOfHead, PRESENTING } from './cues.js';
import { membersFrom } from './enumerated.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import { ownAt } from './reading.js';

/** `a loss is proposed` */
export const PASSIVE: ReadonlySet<string> = new Set(
  'proposed introduced presented developed designed devised constructed'.split(' '),
);
/** Nouns that announce a list of contributions. */
export const PLURAL =
  /^(?:components|modules|strategies|techniques|stages|losses|approaches|parts|contributions|methods|designs|objectives|mechanisms|tasks|algorithms|models|datasets|variants|terms|innovations|heads|branches|schemes|tricks|improvements|metrics|ideas|tools|networks|constraints|extensions|enhancements|additions|regularizers|optimizations)$/;
/** These comprise techniques only: models and datasets that one employs are others'. */
const EMPLOYING = /^(?:employ|adopt|utili[sz]|leverag|featur|us(?:es|ing)$)/;
const COMPRISING = /^(?:incorporat|compris|encompass|consist|contain|investigat|includ|has$|combin|integrat)/;
/** What opens a list. */
export const OPENS: ReadonlySet<string> = new Set([':', 'namely', 'including', 'i.e', 'i.e.', ',']);
const OTHERS_TOO = /^(?:models|networks|datasets|tasks|metrics|tools|terms|algorithms|methods|techniques)$/;
const COUNTED = /^(?:two|three|four|novel|new)$/;
const BETWEEN = /^(?:also|further|then|therefore|thus|here|hereby|,|first|next)$/;
const AUTHORS = /^(?:we|paper|work|study|article|report|i|approach|method|framework|model)$/;

/** What others made: `outperforms previous methods, including …`. */
const OTHERS =
  /^(?:outperform\w*|surpass\w*|exceed\w*|beat|beats|beating|existing|previous|prior|state-of-the-art|sota|other|recent|current|conventional|traditional|popular|compared|competing|leading|standard|public|representative|mainstream|well-known|widely-used)$/;

const lower = (words: Sentence, i: number): string => wordAt(words, i).lower;

/** Whether a sentence speaks of the paper's own work, if only by beginning with `the`, `it` or one of its names. */
const speaksOfOwn = (words: Sentence, names: () => readonly string[]): boolean => {
  if (ownAt(words) >= 0 || /^(?:the|it)$/.test(lower(words, 0))) return true;
  const own = names();
  return words.slice(0, 4).some(({ text }) => own.includes(text));
};

/** Whether the verb at `i` is one by which the authors present: `we propose`, `this paper presents`. */
export function presents(words: Sentence, i: number): boolean {
  if (!PRESENTING.has(lower(words, i))) return false;
  let at = i - 1;
  while (wordAt(words, at).pos === 'ADV' || BETWEEN.test(lower(words, at))) at--;
  if (AUTHORS.test(lower(words, at))) return ownAt(words) >= 0 || (at <= 2 && lower(words, 0) === 'the');
  if (/^(?:contribution|idea) (?:is|was) to$/.test([at - 2, at - 1, at].map((k) => lower(words, k)).join(' ')))
    return true;
  return /^(?:and|then|by)$/.test(lower(words, at)) && ownAt(words) >= 0 && ownAt(words) < at;
}

/** The place of the noun that announces the list which the word at `i` opens. */
function announcing(words: Sentence, i: number): number {
  const near = /^[,(]$/.test(lower(words, i - 1)) ? i - 2 : i - 1;
  if (lower(words, i) !== ':' || PLURAL.test(lower(words, near))) return near;
  // `two approaches to make use of the data: X and Y`
  const far = words.findLastIndex(
    (_, j) =>
      j < near &&
      PLURAL.test(lower(words, j)) &&
      words.slice(Math.max(0, j - 3), j).some((word) => COUNTED.test(word.lower)),
  );
  return far < 0 || words.slice(far, i).some(({ lower: text }) => text === ',') ? near : far;
}

/** Whether a list of what the paper has begins: `we propose two modules: X and Y`, `it comprises parts, including X`. */
export function lists(words: Sentence, i: number, names: () => readonly string[] = () => []): boolean {
  if (!OPENS.has(lower(words, i))) return false;
  const noun = announcing(words, i);
  const before = words.slice(0, noun);
  if (PASSIVE.has(lower(words, noun))) return before.some((word) => PLURAL.test(word.lower));
  const counted = lower(words, i) !== ',' || before.some((word) => COUNTED.test(word.lower));
  if (!PLURAL.test(lower(words, noun)) || !counted || !speaksOfOwn(words, names)) return false;
  const employs = !OTHERS_TOO.test(lower(words, noun));
  const governor = before.findLastIndex(
    ({ lower: text }) => PRESENTING.has(text) || COMPRISING.test(text) || (employs && EMPLOYING.test(text)),
  );
  const elsewhere = before
    .slice(governor + 1)
    .some(
      ({ lower: text, pos }, k) =>
        pos === 'ADP' &&
        (/^(?:on|to|from|against|with)$/.test(text) ||
          (text === 'into' && !COUNTED.test(lower(words, governor + k + 2)))),
    );
  const others = words.slice(Math.max(0, governor), noun).some((word) => OTHERS.test(word.lower));
  return lower(words, i) === 'namely' || (governor >= 0 && !elsewhere && !others);
}

/** Whether a numbered list of what the paper has begins: `we propose a scheme in two stages: 1) X and 2) Y`. */
export const numbers = (words: Sentence, i: number, names: () => readonly string[]): boolean =>
  membersFrom(words, i + 1).length > 1 &&
  speaksOfOwn(words, names) &&
  words.slice(0, i).some(({ lower: text }) => PRESENTING.has(text) || COMPRISING.test(text) || EMPLOYING.test(text));

/** The kind that the noun before a list of contributions tells: `two modules: X and Y`; null where no list begins. */
export function announced(words: Sentence, i: number): EntityKind | null {
  if (!lists(words, i)) return null;
  const noun = lower(words, announcing(words, i));
  return kindOfHead(noun) ?? kindOfHead(noun.replace(/ies$/, 'y').replace(/(?<=ss)es$|s$/, ''));
}
