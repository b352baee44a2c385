/** Reads English: words with their offsets and parts of speech, sentence by sentence. */
import model from 'wink-eng-lite-web-model';
import type { WinkMethods } from 'wink-nlp';
import winkNLP from 'wink-nlp';
import { SUFFIXES } from './cues.js';

export interface Word {
  text: string;
  /** In lower case. */
  lower: string;
  /** UTF-16 offsets in the text that was read. */
  start: number;
  end: number;
  /** Universal part of speech; of a compound that of its last part, or PROPN where any part is. */
  pos: string;
}

export type Sentence = Word[];

const NOWHERE: Word = { text: '', lower: '', start: 0, end: 0, pos: '' };
/** The word at a place of a sentence; an empty one outside it. */
export const wordAt = (words: readonly Word[], at: number): Word => words[at] ?? NOWHERE;

/** More of a text is not read: no abstract is longer, and the time to read one stays bounded. */
const TEXT_MAX = 20_000;
const SENTENCES_MAX = 150;

let loaded: WinkMethods | undefined;
/** Loaded when first needed, so that programs that extract nothing do not wait for it. */
const language = (): WinkMethods => (loaded ??= winkNLP(model, ['sbd', 'pos']));

/** The sentences of a text; every offset is shifted by `shift`. */
export function sentencesOf(text: string, shift = 0): Sentence[] {
  const nlp = language();
  const read = text.slice(0, TEXT_MAX);
  const document = nlp.readDoc(read);
  const values = document.tokens().out();
  const tags = document.tokens().out(nlp.its.pos);
  const spans = document.sentences().out(nlp.its.span) as unknown as [number, number][];
  const tokens: Word[] = [];
  let cursor = 0;
  for (const [i, value] of values.entries()) {
    const start = Math.max(cursor, read.indexOf(value, cursor));
    cursor = start + value.length;
    tokens.push({ text: value, lower: value.toLowerCase(), start, end: cursor, pos: tags[i] ?? 'X' });
  }
  const sentences: Sentence[] = [];
  let from = 0;
  for (const [, last] of spans.slice(0, SENTENCES_MAX)) {
    if (continues(wordAt(tokens, last), wordAt(tokens, last + 1))) continue;
    sentences.push(
      wordsOf([...tokens.slice(from, last), undotted(wordAt(tokens, last))]).map((word) => ({
        ...word,
        start: word.start + shift,
        end: word.end + shift,
      })),
    );
    from = last + 1;
  }
  return sentences.filter((words) => words.length > 0);
}

/** A full stop inside `v1.5` or before a small letter ends no sentence. */
const continues = (last: Word, next: Word): boolean => last.end === next.start && /^[\p{Ll}\d]/u.test(next.text);

const adjacent = (a: Word, b: Word): boolean => a.end === b.start;

/** Whether the joiner between two parts makes them one word: `text-to-image`, `CIFAR-10/100`, `v1.5`, `64×64`. */
function joins(left: Word, joiner: Word, right: Word | undefined): boolean {
  if (right === undefined || !/^[\p{L}\p{N}]/u.test(right.text) || !/[\p{L}\p{N}+]$/u.test(left.text)) return false;
  if (/^[-–‐]$/.test(joiner.text)) return !SUFFIXES.has(right.lower);
  if (joiner.text === '/') return /^(\d+|\p{Lu}\+?)$/u.test(right.text);
  if (joiner.text === '.') return /\d$/.test(left.text) && /^\d/.test(right.text);
  return joiner.text === '×' && /\d$/.test(left.text) && /^\d/.test(right.text);
}

/** `… and ImageNet-A.`: the full stop of a sentence is no part of its last word. */
const undotted = (word: Word): Word =>
  /^\p{Lu}\.$/u.test(word.text) ? { ...word, text: word.text.slice(0, -1), end: word.end - 1 } : word;

/** Puts the parts of compounds together again. */
function wordsOf(tokens: readonly Word[]): Word[] {
  const words: Word[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === undefined || token.text.trim() === '') continue;
    const word = { ...token };
    for (let next = tokens[i + 1]; next !== undefined && adjacent(word, next); next = tokens[i + 1]) {
      const after = tokens[i + 2];
      if (next.text === '+' && /[\p{L}\p{N}]$/u.test(word.text)) i += 1;
      else if (/^times\d+$/.test(next.text) && /^\d+$/.test(word.text)) i += 1;
      else if (after !== undefined && adjacent(next, after) && joins(word, next, after)) i += 2;
      else break;
      const last = tokens[i] ?? next;
      word.text += tokens[i] === next ? next.text : next.text + last.text;
      word.end = last.end;
      if (word.pos !== 'PROPN' && last !== next) word.pos = last.pos;
    }
    word.lower = word.text.toLowerCase();
    words.push(word);
  }
  return words;
}
