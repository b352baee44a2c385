/** Reads English: words with their offsets and parts of speech, sentence by sentence. */
import model from 'wink-eng-lite-web-model';
import type { WinkMethods } from 'wink-nlp';
import winkNLP from 'wink-nlp';
import { SUFFIXES } from './cues.js';
import type { Form } from './forms.js';
import { formOf } from './forms.js';

export interface Word {
  text: string;
  /** In lower case. */
  lower: string;
  form: Form;
  /** UTF-16 offsets in the text that was read. */
  start: number;
  end: number;
  /** Universal part of speech; of a compound that of its last part, or PROPN where any part is. */
  pos: string;
}

export type Sentence = Word[];

const NOWHERE: Word = { text: '', lower: '', form: formOf(''), start: 0, end: 0, pos: '' };
/** The word at a place of a sentence; an empty one outside it. The place is compared first, as reading `words[-1]` is slow. */
export const wordAt = (words: readonly Word[], at: number): Word =>
  at >= 0 && at < words.length ? (words[at] ?? NOWHERE) : NOWHERE;

/** More of a text is not read: no abstract is longer, and the time to read one stays bounded. */
const TEXT_MAX = 20_000;
const SENTENCES_MAX = 150;

/** After so many texts the tokenizer is loaded anew, as it keeps every word that it ever met. */
const READ_MAX = 40_000;

let loaded: WinkMethods | undefined;
let read = 0;
/** Loaded when first needed, so that programs that extract nothing do not wait for it. */
function language(): WinkMethods {
  if (loaded === undefined || ++read > READ_MAX) [loaded, read] = [winkNLP(model, ['sbd', 'pos']), 0];
  return loaded;
}

/** The sentences of a text; every offset is shifted by `shift`. */
export function sentencesOf(text: string, shift = 0): Sentence[] {
  const nlp = language();
  const whole = text.slice(0, TEXT_MAX);
  const document = nlp.readDoc(whole);
  const values = document.tokens().out();
  const tags = document.tokens().out(nlp.its.pos);
  const spans = document.sentences().out(nlp.its.span) as unknown as [number, number][];
  let cursor = 0;
  // Tokens are words whose form is not known yet.
  const tokens = values.map((text, i): Word => {
    const start = placeOf(text, whole, cursor);
    cursor = start + text.length;
    return { text, lower: '', form: NOWHERE.form, start: start + shift, end: cursor + shift, pos: tags[i] ?? 'X' };
  });
  const sentences: Sentence[] = [];
  let from = 0;
  for (const [, last] of spans.slice(0, SENTENCES_MAX)) {
    const end = tokens[last];
    if (end === undefined || continues(end, tokens[last + 1])) continue;
    undot(end);
    const words = wordsOf(tokens, from, last + 1);
    if (words.length > 0) sentences.push(words);
    from = last + 1;
  }
  return sentences;
}

/** Where a token stands in a text: at the cursor or behind one space, so that the text is hardly ever searched for it. */
function placeOf(token: string, text: string, cursor: number): number {
  const at = text[cursor] === ' ' ? cursor + 1 : cursor;
  return text.startsWith(token, at) ? at : Math.max(cursor, text.indexOf(token, cursor));
}

/** A full stop inside `v1.5` or before a small letter ends no sentence. */
const continues = (last: Word, next: Word | undefined): boolean =>
  last.end === next?.start && /^[\p{Ll}\d]/u.test(next.text);

/** `… and ImageNet-A.`: the full stop of a sentence is no part of its last word. */
function undot(token: Word): void {
  if (token.text.length > 3 || !/^\p{Lu}\.$/u.test(token.text)) return;
  token.text = token.text.slice(0, -1);
  token.end -= 1;
}

const BEGINS_WORD = /^[\p{L}\p{N}]/u;
const ENDS_WORD = /[\p{L}\p{N}]$/u;
const NUMERAL = /^\d+(?:\.\d+)?$/;
/** Of a number of parameters: `7B` is one word. */
const UNIT = /^(?:[BM]|x\d+B)$/i;
const MEMBER = /^(\d+|\p{Lu}\+?)$/u;

/** Whether the joiner between two parts makes them one word: `text-to-image`, `CIFAR-10/100`, `v1.5`, `64×64`. */
function joins(left: Word, joiner: Word, right: Word): boolean {
  if (!BEGINS_WORD.test(right.text) || !(left.text.endsWith('+') || ENDS_WORD.test(left.text))) return false;
  if (/^[-–‐]$/.test(joiner.text)) return !SUFFIXES.has(right.text.toLowerCase());
  if (joiner.text === '/') return MEMBER.test(right.text);
  return (joiner.text === '.' || joiner.text === '×') && /\d$/.test(left.text) && /^\d/.test(right.text);
}

/** Whether what stands right behind a word is its end: `AIME+`, `7B`, `64times64`. */
const ends = ({ text }: Word, next: Word): boolean =>
  (next.text === '+' && ENDS_WORD.test(text)) ||
  (NUMERAL.test(text) && (UNIT.test(next.text) || /^times\d+$/.test(next.text)));

/** Puts the parts of compounds together again, and finishes the words that the tokens from `first` up to `end` are. */
function wordsOf(tokens: readonly Word[], first: number, end: number): Word[] {
  const words: Word[] = [];
  const at = (i: number): Word | undefined => (i < end ? tokens[i] : undefined);
  for (let i = first; i < end; i++) {
    const token = tokens[i];
    if (token === undefined || token.text.trim() === '') continue;
    for (let next = at(i + 1); next?.start === token.end; next = at(i + 1)) {
      const after = at(i + 2);
      if (ends(token, next)) i += 1;
      else if (after?.start === next.end && joins(token, next, after)) i += 2;
      else break;
      const last = tokens[i] ?? next;
      token.text += tokens[i] === next ? next.text : next.text + last.text;
      token.end = last.end;
      if (token.pos !== 'PROPN' && last !== next) token.pos = last.pos;
    }
    token.form = formOf(token.text);
    token.lower = token.form.lower;
    words.push(token);
  }
  return withDatasets(words);
}

/** `data set` is one word, as `dataset` is. */
function withDatasets(words: Word[]): Word[] {
  if (!words.some(({ lower }) => lower === 'data')) return words;
  return words.flatMap((word, i) => {
    const next = wordAt(words, i + 1);
    if (word.lower === 'data' && /^sets?$/.test(next.lower)) {
      const form = formOf(`data${next.lower}`);
      return [{ ...word, text: `data ${next.text}`, lower: form.lower, form, end: next.end, pos: 'NOUN' }];
    }
    return /^sets?$/.test(word.lower) && words[i - 1]?.lower === 'data' ? [] : [word];
  });
}
