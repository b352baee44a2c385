/** Reads relations sentence by sentence: every name takes the cue that governs it, every cue its subject. */
import type { End } from './claims.js';
import type { Rule } from './confidence.js';
import type { Cue, CueType } from './cues.js';
import { CONTAINERS, cueAt, SUFFIXES } from './cues.js';
import type { Sentence } from './language.js';
import { phraseAt } from './phrases.js';
import { resultsIn } from './results.js';
import type { Scene } from './scene.js';
import { isOwn, ownFrom, subjectOf } from './scene.js';
import type { Span, Thing } from './things.js';
import { evaluates } from './unknown.js';

/** Words that a cue reaches over before it is forgotten. */
const REACH = 9;
const WEAK_REACH = 4;
const BREAK = /^(?:;|which|while|where|whereas|but|although|because|since|so|when|whether|however|therefore|thus|and\/or|that)$/;
const COMPARING: ReadonlySet<CueType | null> = new Set<CueType | null>(['OUTPERFORMS', 'COMPARES_WITH']);
const NEGATION = /^(?:not|n't|without|never|cannot|nor|no)$/;
const CROWD = /^(?:existing|previous|prior|state-of-the-art|sota|strong|other|recent|current|conventional|traditional|most|many|competing)$/;
const OTHERS = /^(?:existing|previous|prior|conventional|traditional|not|beyond)$/;

interface Governor extends Cue {
  at: number;
}

/** The relations of all sentences after the title. */
export function relate(scene: Scene): void {
  const from = ownFrom(scene);
  const { sentences, titles } = scene.reading;
  for (let s = titles; s < sentences.length; s++) {
    const words = sentences[s] ?? [];
    const spans = scene.spans[s] ?? [];
    if (spans.length === 0) continue;
    new Reader(scene, words, spans, isOwn(words, spans, s >= from)).read();
    if (s >= from) evaluation(scene, words, spans);
  }
}

/** On what a sentence reports, with the numbers it gives. */
function evaluation({ claims, main }: Scene, words: Sentence, spans: readonly Span[]): void {
  const ends: [End, Rule][] = main === null || main.kind === 'DATASET' ? [['PAPER', 'evaluatedPaper']] : [['PAPER', 'evaluatedPaper'], [main, 'evaluatedMethod']]; // prettier-ignore
  const start = words[0]?.start ?? 0;
  for (const { dataset, score, ...quote } of resultsIn(words, spans)) for (const [from] of ends) claims.add({ type: 'EVALUATED_ON', from, to: dataset.thing, rule: 'result', score, ...quote });
  const reports = evaluates(words);
  for (const span of spans) {
    if (span.thing.kind !== 'DATASET' || (!reports && words[span.first - 1]?.lower !== 'on') || trainedOn(words, span) || (span.thing.introduced && words[span.first - 1]?.lower !== 'on')) continue;
    for (const [from, rule] of ends) claims.add({ type: 'EVALUATED_ON', from, to: span.thing, rule, start, end: span.end });
  }
}

const trainedOn = (words: Sentence, { first }: Span): boolean =>
  words.slice(Math.max(0, first - 4), first).some(({ lower }, i, all) => /train|tuned|tuning/.test(lower) && /^(?:on|with|using|from)$/.test(all[i + 1]?.lower ?? ''));

class Reader {
  private cue: Governor | null = null;
  private readonly at = new Map<number, Span[]>();
  private readonly reports: boolean;

  constructor(
    private readonly scene: Scene,
    private readonly words: Sentence,
    private readonly spans: readonly Span[],
    private readonly own: boolean,
  ) {
    for (const span of spans) this.at.set(span.first, [...(this.at.get(span.first) ?? []), span]);
    this.reports = own && evaluates(words);
  }

  read(): void {
    let since = 0;
    for (let i = 0; i < this.words.length; i++) {
      const spans = this.at.get(i);
      if (spans) {
        for (const span of spans) {
          if (this.cue && (since <= (this.cue.weak ? WEAK_REACH : REACH) || (this.scene.survey && this.cue.type === 'STUDIES'))) this.govern(span, this.cue);
          this.described(span);
          this.example(span);
          i = span.last - 1;
        }
        since = 0;
        continue;
      }
      const cue = cueAt(this.words, i);
      if (cue) {
        since = 0;
        this.take(cue, i);
        i += cue.length - 1;
      } else if (this.words[i]?.text === ')' && this.words[i - 1]?.pos === 'NUM') this.cue = null;
      else if (this.cue?.weak === true && this.words[i]?.pos === 'ADP') this.cue = null;
      else if (BREAK.test(this.words[i]?.lower ?? '') || this.words[i]?.pos === 'PRON') this.cue = null;
      else since++;
    }
  }

  /** A new cue governs what follows, but a weak one never a comparison. */
  private take(cue: Cue, at: number): void {
    const word = this.words[at]?.lower ?? '';
    if (cue.type === null && this.cue && COMPARING.has(this.cue.type) && OTHERS.test(word)) return;
    if (cue.weak && this.cue && (this.cue.type === 'STUDIES' || (word === 'including' && !this.cue.weak))) return;
    if (this.words.slice(Math.max(0, at - 3), at).some(({ lower }) => NEGATION.test(lower))) return this.forget();
    if (cue.weak && this.cue && COMPARING.has(this.cue.type)) this.cue = null;
    else if (word === 'to' && /^appl/.test(this.words[this.cue?.at ?? at]?.lower ?? '')) this.cue = { ...cue, weak: false, type: 'APPLIED_TO', at: this.cue?.at ?? at };
    else this.cue = { ...cue, at };
  }

  private forget(): void {
    this.cue = null;
  }

  private govern(span: Span, cue: Governor): void {
    if (cue.type === null || (span.short === true && cue.type !== 'INTRODUCES' && cue.type !== 'STUDIES')) return;
    const { thing } = span;
    const subject = this.subject(cue, span);
    if (subject === null || subject === thing) return;
    const { claims, main, survey } = this.scene;
    const quote = { start: this.quoteStart(cue), end: span.end };
    const add = (type: CueType, from: End, rule: Rule): void => claims.add({ type, from, to: thing, rule, ...quote });
    if (cue.type === 'USES') this.uses(span, cue, subject, quote);
    else if (cue.type === 'STUDIES') {
      if (this.own && (survey || main === null) && !thing.introduced && thing.kind !== 'DATASET') add('STUDIES', 'PAPER', 'studies');
    } else if (cue.type === 'APPLIED_TO') this.applied(span, cue, subject, quote);
    else if (cue.type === 'TRAINED_ON') {
      if (thing.kind === 'DATASET') add('TRAINED_ON', subject === main ? 'PAPER' : subject, 'trained');
    } else if (cue.type === 'EXTENDS') {
      if (thing.known || !thing.introduced) add('EXTENDS', subject, 'extends');
    } else if (cue.type === 'OUTPERFORMS') add('OUTPERFORMS', subject, 'outperforms');
    else if (cue.type === 'COMPARES_WITH') add('COMPARES_WITH', subject, 'compares');
    else if (cue.type === 'INTRODUCES' && this.own && SUFFIXES.has(this.suffix(span))) add('USES', subject, 'uses');
    else if (cue.type === 'INTRODUCES' && main && main.kind === thing.kind && !thing.introduced && this.heads(span, cue)) claims.add({ type: 'IS_A', from: main, to: thing, rule: 'isA', ...quote });
  }

  /** A rival has a name; `existing distillation methods` are no one. */
  private compares({ thing, first }: Span, cue: Governor, from: End, quote: { start: number; end: number }): void {
    const crowd = /^\p{Ll}/u.test(thing.name) && this.words.slice(Math.max(0, first - 3), first).some(({ lower }) => CROWD.test(lower));
    if (!crowd) this.scene.claims.add({ type: cue.type === 'OUTPERFORMS' ? 'OUTPERFORMS' : 'COMPARES_WITH', from, to: thing, rule: cue.type === 'OUTPERFORMS' ? 'outperforms' : 'compares', ...quote });
  }

  private uses(span: Span, cue: Governor, subject: End, quote: { start: number; end: number }): void {
    const { thing } = span;
    if (thing.kind === 'DATASET' || (cue.weak && (!this.own || thing.kind !== 'TECHNIQUE' || !this.presented(cue)))) return;
    if (thing.kind === 'MODEL' && this.words.slice(0, cue.at).some(({ lower }) => /^experiment/.test(lower))) return this.applied(span, { ...cue, weak: false }, subject, quote);
    this.scene.claims.add({ type: 'USES', from: subject, to: thing, rule: cue.weak ? 'usesWeakly' : 'uses', ...quote });
  }

  private applied(span: Span, cue: Governor, subject: End, quote: { start: number; end: number }): void {
    const { thing } = span;
    const { claims } = this.scene;
    if (!this.own || thing.introduced) return;
    const verb = this.words[cue.at]?.lower ?? '';
    if (/^distil/.test(verb) && thing.kind === 'MODEL') this.student(span, quote.start);
    const presented = this.presented(cue);
    const text = this.scene.reading.content.slice(span.start, span.end);
    const tried = this.reports && /^[\p{Lu}\d]/u.test(text);
    if (thing.kind === 'MODEL' && (!cue.weak || presented || tried)) claims.add({ type: 'APPLIED_TO', from: subject, to: thing, rule: cue.weak ? 'appliedWeakly' : 'applied', ...quote });
    if (thing.kind === 'TECHNIQUE' && /^(?:appl|adapt)/.test(verb) && !cue.weak) claims.add({ type: 'APPLIED_TO', from: subject, to: thing, rule: 'applied', ...quote });
  }

  private presented({ at }: Governor): boolean {
    return this.words.slice(0, at).some((_, i) => cueAt(this.words, i)?.type === 'INTRODUCES');
  }

  /** `distill X into Y` where both have names. */
  private student(teacher: Span, start: number): void {
    const student = this.spans.find(({ first, thing }) => first > teacher.last && first <= teacher.last + 6 && thing.kind === 'MODEL');
    const into = student && this.words.slice(teacher.last, student.first).some(({ lower }) => lower === 'into' || lower === 'to');
    if (student && into) this.scene.claims.add({ type: 'DISTILLS_INTO', from: teacher.thing, to: student.thing, rule: 'distills', start, end: student.end });
  }

  /** `based` after `CLIP-based`. */
  private suffix({ last }: Span): string {
    return /^[-–]$/.test(this.words[last]?.text ?? '') ? (this.words[last + 1]?.lower ?? '') : '';
  }

  /** Whether a name is what the presented thing is called by: `a novel X framework`. */
  private heads({ first, last }: Span, { at, length }: Governor): boolean {
    const phrase = phraseAt(this.words, at + length);
    return phrase !== null && first >= phrase.first && (last === phrase.last || (last < phrase.last && CONTAINERS.has(this.words[phrase.last - 1]?.lower ?? '')));
  }

  /** `diffusion models, such as SDXL`: examples of an established family. */
  private example(span: Span): void {
    let at = span.first - 1;
    while (/^(?:,|and|or|e\.g\.|\()$/.test(this.words[at]?.lower ?? '') || this.at.has(at) || this.inside(at)) {
      if (this.words[at]?.lower === 'e.g.') break;
      at--;
    }
    const link = this.words[at]?.lower ?? '';
    const such = link === 'as' && this.words[at - 1]?.lower === 'such';
    if (!such && !/^(?:like|e\.g\.|including)$/.test(link)) return;
    let end = at - (such ? 2 : 1);
    while (/^[,()]$/.test(this.words[end]?.text ?? '') || CONTAINERS.has(this.words[end]?.lower ?? '')) end--;
    const family = this.spans.find(({ first, last }) => end >= first && end < last + 1 && last <= end + 1);
    const { thing, end: stop } = span;
    if (!family || family.thing === thing || family.thing.kind !== thing.kind || !family.thing.known || family.thing.introduced || /^\p{Lu}/u.test(family.thing.name)) return;
    this.scene.claims.add({ type: 'IS_A', from: thing, to: family.thing, rule: 'isA', start: family.start, end: stop });
  }

  private inside(at: number): boolean {
    return this.spans.some(({ first, last }) => at >= first && at < last);
  }

  /** `X, a Y framework` and `X is a Y method`. */
  private described({ thing, last, start }: Span): void {
    if (!thing.introduced) return;
    let at = last;
    while (/^[()]$/.test(this.words[at]?.text ?? '') || this.at.get(at)?.[0]?.thing === thing) at = this.at.get(at)?.[0]?.last ?? at + 1;
    const link = this.words[at]?.lower ?? '';
    if (!/^(?:,|is|:|-|–|—|as)$/.test(link) || !/^(?:an?|the|our)$/.test(this.words[at + 1]?.lower ?? '')) return;
    const phrase = phraseAt(this.words, at + 1);
    if (!phrase) return;
    for (const span of this.spans)
      if (span.first >= phrase.first && span.last <= phrase.last && span.thing.kind === thing.kind && !span.thing.introduced) this.scene.claims.add({ type: 'IS_A', from: thing, to: span.thing, rule: 'isA', start, end: span.end });
  }

  /** Who does what the cue says: a name right before it, else the paper's method in the paper's own sentences. */
  private subject(cue: Governor, target: Span): End | null {
    const explicit = this.before(cue.at);
    if (explicit && explicit !== target.thing && !cue.weak) return explicit;
    return this.own ? subjectOf(this.scene) : null;
  }

  /** The name whose predicate begins at a word: only adverbs, auxiliaries and its own head noun stand between. */
  private before(at: number): Thing | null {
    for (let i = at - 1; i >= Math.max(0, at - 5); i--) {
      const span = this.spans.find(({ first, last }) => i >= first && i < last);
      if (span) return span.thing.introduced || /^\p{Lu}/u.test(this.words[span.first]?.text ?? '') ? span.thing : null;
      const word = this.words[i];
      const passes = word && (word.pos === 'ADV' || word.pos === 'AUX' || word.text === ')' || CONTAINERS.has(word.lower) || /^(?:that|which|can|to|be)$/.test(word.lower));
      if (!passes) return null;
    }
    return null;
  }

  private quoteStart({ at }: Governor): number {
    const from = Math.max(0, this.words.findLastIndex((word, i) => i < at && i >= at - 8 && (word.pos === 'PRON' || this.at.has(i))));
    return this.words[at - from <= 8 ? from : at]?.start ?? 0;
  }
}
