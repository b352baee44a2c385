/** Walks a sentence from left to right and tells for every name which verb and which preposition govern it. */
import { METRICS } from '../metrics.js';
import { CONTAINERS, kindOfHead } from './cues.js';
import type { Governor, Link } from './governors.js';
import { governorAt, replaces } from './governors.js';
import type { Sentence, Word } from './language.js';
import { wordAt } from './language.js';
import type { Span } from './things.js';

/** What governs the words at a place. */
export interface State {
  /** null: no verb stands before them in their clause. */
  governor: Governor | null;
  /** The word the governor begins at; -1 without one. */
  at: number;
  link: Link;
  /** What is set apart stays so up to the next comma. */
  sticky: boolean;
}

const CLAUSE: ReadonlySet<string> = new Set(
  ': which while where whereas but although because since so when whether however therefore thus that if whose —'.split(
    ' ',
  ),
);
/** `better results than X` */
const WINNING = /^(?:better|higher|stronger|superior|faster|greater)$/;
const DASH = /^[-–]+$/;
const NEGATIONS: ReadonlySet<string> = new Set(['not', "n't", 'never', 'cannot', 'nor', 'no', 'without']);
/** Words that speak of a whole group of rivals. */
export const CROWD =
  /^(?:existing|previous|prior|state-of-the-art|sota|strong|other|recent|current|conventional|traditional|most|many|competing|various|several|popular|classical|vanilla|common)$/;
/** Under these `existing methods` are whom one meets, not whom one leaves. */
const AMONG: ReadonlySet<Governor | null> = new Set<Governor>(['outperform', 'compare', 'applied']);
const RIVALRY: ReadonlySet<Governor | null> = new Set<Governor>(['outperform', 'compare']);
/** What a rival is met in: `on par with the performance of X`, `outperforms the baseline of X`. */
const MEASURE = /^(?:performance|accuracy|results|quality|scores?|level|baselines?)$/;
const APART = /^(?:unlike|different|without|instead|rather|contrary|as|beyond)$/;

const START: State = { governor: null, at: -1, link: 'none', sticky: false };
/** A title presents, from its beginning and again after its colon. */
const TITLE: State = { ...START, governor: 'present', link: 'object' };

const NONE: readonly Span[] = [];

/** Every name of a sentence (`spans` by their first word) with its state, in order. A title begins as if it said `we present`. */
export function governed(words: Sentence, spans: readonly Span[], title: boolean): [Span, State][] {
  const met: [Span, State][] = [];
  const begin = title ? TITLE : START;
  let state = begin;
  let next = 0;
  for (let i = 0; i < words.length; i++) {
    while (i > (spans[next]?.first ?? i)) next++;
    const from = next;
    while (spans[next]?.first === i) next++;
    const here = from === next ? NONE : spans.slice(from, next);
    const found = here.length > 0 || (RIVALRY.has(state.governor) && isQuality(words, i)) ? null : governorAt(words, i);
    if (here.some((span) => isGerund(words, span))) state = taken(state, 'compress', words, i);
    else for (const span of here) met.push([span, state]);
    if (here[0]) i = here[0].last - 1;
    else if (found) {
      state = taken(state, found.governor, words, i);
      i += found.length - 1;
    } else state = passed(state, words, i, begin);
  }
  return met;
}

/** `outperforms the established X`: a participle that says what a rival is like. */
const isQuality = (words: Sentence, i: number): boolean =>
  wordAt(words, i).lower.endsWith('ed') &&
  wordAt(words, i - 1).pos === 'DET' &&
  /^(?:NOUN|PROPN|ADJ)$/.test(wordAt(words, i + 1).pos);

/** The state behind a new governor. */
function taken(state: State, governor: Governor, words: Sentence, at: number): State {
  if (state.governor === 'deny' && state.sticky) return state;
  const { lower } = wordAt(words, at);
  if (governor === 'deny' && AMONG.has(state.governor) && CROWD.test(lower)) return state;
  if (RIVALRY.has(state.governor) && MEASURE.test(lower) && wordAt(words, at + 1).lower === 'of') return state;
  const wins = lower === 'than' && words.slice(Math.max(0, at - 4), at).some((word) => WINNING.test(word.lower));
  if (wins) return { governor: 'outperform', at, link: 'object', sticky: false };
  const denied = words.slice(Math.max(0, at - 3), at).some((word) => NEGATIONS.has(word.lower));
  return { governor: denied ? 'deny' : governor, at, link: 'object', sticky: governor === 'deny' && APART.test(lower) };
}

/** The state behind a word that governs nothing itself: a preposition, the end of a clause, or another verb. */
function passed(state: State, words: Sentence, i: number, begin: State): State {
  const word = wordAt(words, i);
  if (exemplifies(words, i)) return state.governor === 'outperform' ? { ...state, link: 'object' } : state;
  if (word.text === ',') return state.sticky && !gives(words, i) ? START : state;
  if (state.governor === 'deny' && replaces(words, i))
    return { governor: 'use', at: state.at, link: 'object', sticky: false };
  const link = linkAt(words, i, word, state.governor);
  if (link !== null) return { ...state, link: state.governor === 'deny' ? 'none' : link };
  if (state.sticky && /^(?:that|which|whose)$/.test(word.lower)) return state;
  if (endsClause(words, i, word)) return begin === TITLE ? { ...TITLE, at: i } : START;
  return isVerb(words, i, word) ? taken(state, 'other', words, i) : state;
}

/** Whether a clause ends at a word: at a dash, at one that begins another clause, at a semicolon in no list. */
function endsClause(words: Sentence, i: number, { text, lower, form, start }: Word): boolean {
  if (text === ';') return !isListed(words, i);
  return CLAUSE.has(lower) || (!form.lettered && DASH.test(text) && start > wordAt(words, i - 1).end);
}

/** `without tricks, such as X; Y and Z; W`: whether what follows a semicolon goes on with a list, as it says nothing. */
function isListed(words: Sentence, at: number): boolean {
  for (let i = at + 1; i < words.length && wordAt(words, i).text !== ';'; i++) {
    const word = wordAt(words, i);
    const gerund = word.lower.endsWith('ing');
    if (/^(?:AUX|PRON)$/.test(word.pos) || (!gerund && isVerb(words, i, word))) return false;
  }
  return true;
}

/** `beats models of equal size, such as X`: examples hang on the verb as the models do. */
const exemplifies = (words: Sentence, i: number): boolean =>
  wordAt(words, i).lower === 'including' || (wordAt(words, i).lower === 'as' && wordAt(words, i - 1).lower === 'such');

/** Whether a comma is followed by examples. */
const gives = (words: Sentence, comma: number): boolean =>
  exemplifies(words, comma + 1) || exemplifies(words, comma + 2);

/** What the word at a place adds as a preposition, `81 % accuracy over X` being on X; null for another word, and for the `to` of a verb. */
function linkAt(words: Sentence, i: number, { lower, form }: Word, governor: Governor | null): Link | null {
  if (form.link === null) return null;
  const verbs = lower === 'to' && wordAt(words, i + 1).pos === 'VERB';
  if (lower === 'of' && RIVALRY.has(governor) && MEASURE.test(wordAt(words, i - 1).lower)) return 'object';
  if (lower === 'over' && METRICS.has(wordAt(words, i - 1).lower)) return 'on';
  return verbs || isMargin(words, i) ? null : form.link;
}

/** `outperforms X by 3.4 points and Y by 2`, `by a large margin`: how much, not by what means. */
const isMargin = (words: Sentence, i: number): boolean =>
  wordAt(words, i).lower === 'by' && [i + 1, i + 2].some((k) => MARGIN.test(wordAt(words, k).lower));
const MARGIN = /^(?:\d.*|large|wide|significant|considerable|substantial)$/;

/** Participles before a noun are no verbs: `a pretrained encoder`. */
const isVerb = (words: Sentence, i: number, { pos, lower }: Word): boolean =>
  pos === 'VERB' && !(/(?:ed|ing|en)$/.test(lower) && /^(?:NOUN|PROPN|ADJ|VERB|NUM)$/.test(wordAt(words, i + 1).pos));

/** `by pruning empty regions`: the name of a technique is a verb there. */
function isGerund(words: Sentence, { first, last }: Span): boolean {
  const next = wordAt(words, last);
  if (last !== first + 1 || !wordAt(words, first).lower.endsWith('ing')) return false;
  const object = /^(?:DET|ADJ|NOUN|PROPN|PRON)$/.test(next.pos);
  return object && !CONTAINERS.has(next.lower) && kindOfHead(next.lower) === null;
}
