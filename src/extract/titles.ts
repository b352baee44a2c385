/** What a title introduces: `FYI: Flip Your Images for …`, `… via Aligned Matching`, `Residual Distillation for …`. */
import type { EntityKind } from '../ontology.js';
import { kindOfHead, kindOfName, PRAISE, WEAK_HEADS } from './cues.js';
import type { Introduction, Known } from './naming.js';
import type { Sentence } from './language.js';
import { wordAt } from './language.js';
import type { Phrase } from './phrases.js';
import { isCapitalized, isGeneric, isProper, kindOfPhrase, nameAt, phraseAt, textOf } from './phrases.js';
import type { Reading } from './reading.js';
import { keyOf } from './things.js';

const SENTENCES =
  /^(?:towards?|on|a|an|the|is|are|how|can|why|what|when|do|does|rethinking|revisiting|understanding|improv\w+|learning|exploring|beyond|from|less|no|not|all|every|your|you|we)$/;

const lower = (words: Sentence, i: number): string => wordAt(words, i).lower;

/**
 * The name that the title gives to what the paper presents, null where it gives none.
 * @param named whether the text names a contribution of its own
 */
export function titled(reading: Reading, known: Known, named: boolean): Introduction | null {
  const words = reading.sentences[0] ?? [];
  const colon = words.findIndex(({ text }) => text === ':');
  const before = colon > 0 && colon <= 6 ? beforeColon(reading, words, { colon, known, named }) : null;
  if (before !== null || named) return before;
  return afterMeans(reading, words, known) ?? wholePhrase(reading, words, known);
}

interface Colon {
  colon: number;
  known: Known;
  named: boolean;
}

function beforeColon(reading: Reading, words: Sentence, { colon, known, named }: Colon): Introduction | null {
  const phrase = { first: 0, last: colon };
  const name = textOf(reading.content, words, phrase);
  const within = words.slice(0, colon);
  if (isGeneric(words, phrase) || known.isCommon(name)) return null;
  const body = reading.document.text ?? '';
  const repeated = body.includes(name) || (colon > 1 && body.toLowerCase().includes(name.toLowerCase()));
  const proper = colon <= 2 && within.some(isProper);
  const headed = kindOfHead(lower(words, colon - 1)) !== null;
  if (!repeated && !proper && ((named && !headed) || colon > 3 || !canBeName(within))) return null;
  const expansion = expansionOf(reading, words, colon);
  return introduction(words, phrase, {
    name,
    aliases: expansion === null ? [] : [expansion],
    kind:
      kindInText(reading, name) ?? kindOfHead(lower(words, colon - 1)) ?? kindSaid(words, colon) ?? kindOfName(name),
  });
}

/** Capitals throughout and no sentence: `Talking Models`, not `Breaking Barriers`. */
const canBeName = (within: Sentence): boolean =>
  !lower(within, 0).endsWith('ing') &&
  !SENTENCES.test(lower(within, 0)) &&
  within.every((word) => isCapitalized(word) && word.pos !== 'VERB');

/** The kind of what follows the colon: `FooBench: A Benchmark for …`. */
function kindSaid(words: Sentence, colon: number): EntityKind | null {
  const after = /^an?$/.test(lower(words, colon + 1)) ? phraseAt(words, colon + 1) : null;
  return after && kindOfPhrase(words, after);
}

/** `… via Difficulty-Aligned Trajectory Matching` */
function afterMeans(reading: Reading, words: Sentence, { isKnown }: Known): Introduction | null {
  const means = words.findIndex(({ lower: word }) => /^(?:via|with|through|by)$/.test(word));
  const phrase = means < 0 ? null : phraseAt(words, means + 1);
  const name = phrase && nameAt(words, phrase.first);
  if (
    !name ||
    name.last - name.first < 2 ||
    kindOfPhrase(words, name) !== 'TECHNIQUE' ||
    WEAK_HEADS.has(lower(words, name.last - 1)) ||
    lower(words, name.last) === 'and' ||
    isGeneric(words, name)
  )
    return null;
  const text = textOf(reading.content, words, name);
  return isKnown(text) ? null : introduction(words, name, { name: text, aliases: [], kind: 'TECHNIQUE' });
}

/** `Subspace Distillation for Continual Learning`: the title's first phrase, where it can be a name. */
function wholePhrase(reading: Reading, words: Sentence, { isKnown }: Known): Introduction | null {
  const phrase = phraseAt(words, 0);
  if (
    !phrase ||
    phrase.first > 0 ||
    lower(words, 0).endsWith('ing') ||
    SENTENCES.test(lower(words, 0)) ||
    PRAISE.has(lower(words, 0))
  )
    return null;
  const size = phrase.last - phrase.first;
  const next = lower(words, phrase.last);
  const kind = kindOfPhrase(words, phrase);
  const closed = next === '' || /^(?:for|of|in|on|with|via|from|:|by|to)$/.test(next);
  const tail = Array.from({ length: size }, (_, k) => k).find((k) =>
    isKnown(textOf(reading.content, words, { first: k, last: phrase.last })),
  );
  if (
    size < 2 ||
    size > 5 ||
    !closed ||
    kind === null ||
    kind === 'DATASET' ||
    tail === 0 ||
    isGeneric(words, { first: 0, last: tail ?? phrase.last })
  )
    return null;
  return introduction(words, phrase, { name: textOf(reading.content, words, phrase), aliases: [], kind });
}

const introduction = (
  words: Sentence,
  { first, last }: Phrase,
  named: Pick<Introduction, 'name' | 'aliases' | 'kind'>,
): Introduction => ({
  ...named,
  way: 'title',
  sentence: 0,
  start: wordAt(words, first).start,
  end: wordAt(words, last - 1).end,
});

/** The kind that the text tells of a name: `the X model`, `X, a … model`, `X-7B`. */
function kindInText(reading: Reading, name: string): EntityKind | null {
  const sized = `${name.toLowerCase()}-`;
  const ends = namedBy(name);
  for (const words of reading.sentences.slice(reading.titles))
    for (let i = 0; i < words.length; i++) {
      const { lower: text } = wordAt(words, i);
      if (text.startsWith(sized) && SIZE.test(text.slice(sized.length))) return 'MODEL';
      const kind = ends(words, i) ? kindBehind(words, i + 1) : null;
      if (kind) return kind;
    }
  return null;
}
const SIZE = /^\d+(?:\.\d+)?[bm]$/;

/** Whether a name ends at a word, in one piece or in several: `Foo-Bar` and `Foo Bar`. */
function namedBy(name: string): (words: Sentence, i: number) => boolean {
  const parts = name.toLowerCase().split(' ');
  const key = keyOf(name);
  return (words, i) =>
    wordAt(words, i).form.key === key || parts.every((part, k) => lower(words, i - parts.length + 1 + k) === part);
}

/** The kind that the noun behind a name tells, or what follows it after a comma. */
function kindBehind(words: Sentence, at: number): EntityKind | null {
  const apposed = /^[,:–—-]$/.test(lower(words, at)) && /^(?:an?|the|our|one)$/.test(lower(words, at + 1));
  const phrase = apposed ? phraseAt(words, at + 1) : null;
  return kindOfHead(lower(words, at)) ?? (phrase && kindOfPhrase(words, phrase));
}

/** `FYI: Flip Your Images for …` → `Flip Your Images`: the words after the colon that the name abbreviates. */
function expansionOf(reading: Reading, words: Sentence, colon: number): string | null {
  const letters = colon === 1 && /^\p{Lu}{3,}$/u.test(wordAt(words, 0).text) ? lower(words, 0) : '';
  const spelled = words.slice(colon + 1, colon + 1 + letters.length);
  if (letters === '' || spelled.map(({ lower: word }) => word[0]).join('') !== letters) return null;
  return textOf(reading.content, words, { first: colon + 1, last: colon + 1 + letters.length });
}
