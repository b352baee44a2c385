/** What a paper introduces: the name before the colon of its title, `we propose X (Y)`, `a method called X`. */
import type { EntityKind } from '../ontology.js';
import type { Acronym } from './acronyms.js';
import { kindOfHead, NAMING, PRESENTING, WEAKLY_PRESENTING } from './cues.js';
import type { Sentence } from './language.js';
import type { Phrase } from './phrases.js';
import { isCapitalized, isGeneric, isProper, isQuote, kindOfPhrase, nameAt, phraseAt, textOf, withoutContainer } from './phrases.js';
import type { Reading } from './reading.js';
import { ownAt } from './reading.js';

/** How the text introduces it: by title, by naming it, by an acronym, by a proper name, after a comma, by a description. */
export type Way = 'title' | 'named' | 'acronym' | 'proper' | 'apposition' | 'described' | 'via' | 'possessed' | 'defined';

export interface Introduction {
  name: string;
  aliases: string[];
  kind: EntityKind;
  way: Way;
  sentence: number;
  /** UTF-16 offsets of the quote. */
  start: number;
  end: number;
}

const REACH = 28;
const PASSIVE = /^(?:proposed|introduced|presented|developed|designed|devised|constructed)$/;
const LISTED = /^(?:components|modules|strategies|techniques|stages|losses|approaches|parts|contributions|methods|designs|objectives|mechanisms|tasks)$/;
const lower = (words: Sentence, i: number): string => words[i]?.lower ?? '';

/** Whether the verb at `i` is one by which the authors present: `we propose`, `this paper presents`. */
function presents(words: Sentence, i: number): boolean {
  if (!PRESENTING.has(lower(words, i))) return false;
  let at = i - 1;
  while (words[at]?.pos === 'ADV' || /^(?:also|further|then|therefore|thus|here|hereby|,)$/.test(lower(words, at))) at--;
  if (/^(?:we|paper|work|study|article|report|i)$/.test(lower(words, at))) return true;
  if (lower(words, at) === 'to' && /^(?:is|was)$/.test(lower(words, at - 1)) && lower(words, at - 2) === 'contribution') return true;
  return /^(?:and|then)$/.test(lower(words, at)) && words.slice(0, at).some(({ lower: word }) => word === 'we');
}

/** The name right after `called`, `dubbed`, … */
function namedAfter(words: Sentence, at: number): Phrase | null {
  let first = at;
  while (isQuote(words[first]) || ['as', 'the', 'a'].includes(lower(words, first)) || lower(words, first) === ':') first++;
  const proper = nameAt(words, first);
  if (proper) return proper;
  const phrase = phraseAt(words, first);
  return phrase && phrase.first === first && phrase.last - phrase.first <= 5 ? phrase : null;
}

/** Reads introductions sentence by sentence. */
export class Introductions {
  readonly found: Introduction[] = [];

  constructor(private readonly reading: Reading) {}

  /** All of them, the paper's main contribution first. */
  read(isKnown: (name: string) => boolean): Introduction[] {
    const { sentences, titles } = this.reading;
    for (let s = titles; s < sentences.length; s++) this.sentence(sentences[s] ?? [], s, isKnown);
    this.defined(isKnown);
    this.title(sentences[0] ?? [], isKnown);
    return this.found;
  }

  private sentence(words: Sentence, s: number, isKnown: (name: string) => boolean): void {
    for (let i = 0; i < words.length; i++) {
      if (presents(words, i) || this.lists(words, i)) this.object(words, s, i, isKnown);
      else if (PASSIVE.test(lower(words, i)) && /^(?:is|are)$/.test(lower(words, i - 1))) this.passive(words, s, i - 1, isKnown);
      else if (/^(?:our|proposed)$/.test(lower(words, i))) this.possessed(words, s, i);
      else if (NAMING.has(lower(words, i)) && !['so', 'is', 'are', 'commonly', 'often', 'also'].includes(lower(words, i - 1))) this.naming(words, s, i);
      else if (/^(call|term|dub|name|refer|coin|denote)$/.test(lower(words, i)) && lower(words, i - 1) === 'we') this.naming(words, s, lower(words, i + 1) === 'to' ? i + 2 : i, true);
    }
  }

  /** Whether the colon at `i` opens a list of what the paper has: `we propose two modules: X and Y`. */
  private lists(words: Sentence, i: number): boolean {
    const before = lower(words, i) === ':' ? i - 1 : lower(words, i) === 'namely' ? i - (lower(words, i - 1) === ',' ? 2 : 1) : -1;
    return before > 0 && LISTED.test(lower(words, before)) && ownAt(words) >= 0 && words.slice(0, i).some(({ lower: word }) => PRESENTING.has(word));
  }

  /** `a novel loss is proposed` */
  private passive(words: Sentence, s: number, end: number, isKnown: (name: string) => boolean): void {
    let first = end;
    while (first > 0 && end - first < 8 && /^(?:ADJ|NOUN|PROPN|NUM)$/.test(words[first - 1]?.pos ?? '')) first--;
    const phrase = first < end && /^(?:an?|the)$/.test(lower(words, first - 1)) ? phraseAt(words, first) : null;
    if (phrase?.last === end && s > 1) this.one(words, s, { verb: end + 1, phrase, from: first }, isKnown);
  }

  /** `our FooNet`, `the proposed FooNet framework` */
  private possessed(words: Sentence, s: number, i: number): void {
    const run = nameAt(words, i + 1);
    const name = run && withoutContainer(words, run);
    if (name && name.last > name.first && words.slice(name.first, name.last).some(isProper) && (words[name.last]?.text ?? '') !== '-') this.add(words, s, name, { way: 'possessed', from: i, kind: kindOfHead(lower(words, name.last)) });
  }

  private naming(words: Sentence, s: number, i: number, properOnly = false): void {
    const phrase = namedAfter(words, i + 1);
    const acronym = this.acronymIn(words, { first: i + 1, last: Math.min(words.length, i + 3) });
    if (acronym && (ownAt(words) >= 0 || this.speaksOfNew(words, i))) return this.addAcronym(words, s, acronym, Math.max(0, i - 3), this.headBefore(words, i));
    if (!phrase || (ownAt(words) < 0 && !this.speaksOfNew(words, i))) return;
    const headed = words.slice(Math.max(0, i - 4), i).some(({ lower: word }) => kindOfHead(word) !== null);
    if ((properOnly || !headed) && !words.slice(phrase.first, phrase.last).some((word) => isProper(word) || isCapitalized(word))) return;
    const from = words.findLastIndex(({ lower: word }, j) => j < i && (PRESENTING.has(word) || word === 'our'));
    this.add(words, s, phrase, { way: 'named', from: from < 0 ? Math.max(0, i - 3) : Math.max(0, from - (lower(words, from) === 'our' ? 0 : 1)), kind: this.headBefore(words, i) });
  }

  private headBefore(words: Sentence, i: number): EntityKind | null {
    const before = words.slice(Math.max(0, i - 12), i).findLast(({ lower: word }) => kindOfHead(word) !== null);
    return before ? kindOfHead(before.lower) : null;
  }

  private speaksOfNew(words: Sentence, i: number): boolean {
    return words.slice(Math.max(0, i - 12), i).some(({ lower: word }) => /^(novel|new|propose[ds]?|our|introduced?)$/.test(word));
  }

  /** What a presenting verb at `i` has as its object, and the members of a list. */
  private object(words: Sentence, s: number, i: number, isKnown: (name: string) => boolean): void {
    let at = i + 1;
    for (let n = 0; n < 4; n++) {
      const phrase = phraseAt(words, at);
      if (!phrase || phrase.first > at + 12) return;
      const end = this.one(words, s, { verb: i, phrase }, isKnown);
      const next = lower(words, end);
      if (next === 'and' || (next === ',' && n > 0) || (next === ',' && lower(words, end + 1) === 'and')) at = next === ',' && lower(words, end + 1) === 'and' ? end + 2 : end + 1;
      else if (next === 'as' && lower(words, end + 1) === 'well') at = end + 3;
      else return;
    }
  }

  /** One object. @returns the word after it */
  private one(words: Sentence, s: number, { verb, phrase, from = Math.max(0, verb - 1) }: { verb: number; phrase: Phrase; from?: number }, isKnown: (name: string) => boolean): number {
    const acronym = this.acronymIn(words, phrase);
    if (acronym) {
      this.addAcronym(words, s, acronym, from, kindOfPhrase(words, phrase) ?? this.headAfter(words, acronym));
      return words.findIndex(({ start }) => start > acronym.shortEnd);
    }
    const naming = words.findIndex(({ lower: word }, j) => j >= phrase.last && j < verb + REACH && NAMING.has(word));
    if (naming >= 0 && !words.slice(phrase.last, naming).some((_, j) => presents(words, phrase.last + j))) return phrase.last;
    const proper = this.properIn(words, phrase);
    const head = kindOfPhrase(words, phrase);
    if (proper) {
      this.add(words, s, proper, { way: 'proper', from, kind: proper.last < phrase.last ? head : this.appositionHead(words, phrase.last) });
      return phrase.last;
    }
    if (this.apposition(words, s, phrase, from)) return phrase.last;
    if (WEAKLY_PRESENTING.has(lower(words, verb))) return phrase.last;
    const bare = withoutContainer(words, phrase);
    const size = bare.last - bare.first;
    const ends = [phrase, bare].some(({ first, last }) => words.slice(first, last).some((_, k) => isKnown(textOf(this.reading.content, words, { first: first + k, last }))));
    if (size >= 2 && size <= 4 && head !== null && head !== 'DATASET' && !isGeneric(words, bare) && !ends)
      this.add(words, s, bare, { way: 'described', from, kind: head, alias: textOf(this.reading.content, words, phrase) });
    return phrase.last;
  }

  /** What an own sentence defines by an acronym after an article: `with a Feature Compensator (FC)`. */
  private defined(isKnown: (name: string) => boolean): void {
    const { sentences, titles, acronyms } = this.reading;
    for (const acronym of acronyms) {
      const s = sentences.findIndex((words) => (words[0]?.start ?? 0) <= acronym.start && (words.at(-1)?.end ?? 0) >= acronym.end);
      const words = sentences[s] ?? [];
      const at = words.findIndex(({ start }) => start >= acronym.start);
      const article = words.slice(Math.max(0, at - 4), at).some(({ lower: word }) => /^(?:an?|novel|new|our)$/.test(word));
      const begun = this.found.some(({ sentence }) => sentence <= s);
      const kind = kindOfHead(acronym.long.split(/\s+/).at(-1)?.toLowerCase() ?? '') ?? this.headAfter(words, acronym);
      if (s < titles || !article || !begun || kind === null || kind === 'DATASET' || [acronym.long, acronym.short].some(isKnown)) continue;
      this.push({ name: acronym.long.replace(/\s+/g, ' '), aliases: [acronym.short], kind, way: 'defined', sentence: s, start: words[Math.max(0, at - 1)]?.start ?? acronym.start, end: this.closed(acronym.shortEnd) });
    }
  }

  private acronymIn(words: Sentence, { first, last }: Phrase): Acronym | undefined {
    const start = words[first]?.start ?? 0;
    const end = words[last - 1]?.end ?? 0;
    return this.reading.acronyms.find((acronym) => acronym.start >= start - 1 && acronym.start < end && acronym.shortEnd >= end);
  }

  private headAfter(words: Sentence, { shortEnd }: Acronym): EntityKind | null {
    const next = words.findIndex(({ start }) => start >= shortEnd && start < shortEnd + 3);
    const after = next < 0 ? -1 : lower(words, next) === ')' ? next + 1 : next;
    return after < 0 ? null : (kindOfHead(lower(words, after)) ?? this.appositionHead(words, after));
  }

  /** `X, a … framework`: the kind of what follows a name after a comma. */
  private appositionHead(words: Sentence, at: number): EntityKind | null {
    if (!/^[,:–—-]$/.test(lower(words, at)) || !/^(an?|the|our|one)$/.test(lower(words, at + 1))) return null;
    const phrase = phraseAt(words, at + 1);
    return phrase && kindOfPhrase(words, phrase);
  }

  /** The run of capitalised words in a phrase that is a name. */
  private properIn(words: Sentence, phrase: Phrase): Phrase | null {
    for (let i = phrase.first; i < phrase.last; i++) {
      const word = words[i];
      if (!word || !isCapitalized(word)) continue;
      const run = nameAt(words, i);
      if (!run) return null;
      const name = run.last - run.first > 1 ? withoutContainer(words, run) : run;
      const capitals = words.slice(name.first, name.last).some(isProper) || name.last - name.first > 1;
      const follows = lower(words, name.last);
      const end = kindOfHead(lower(words, name.last)) !== null || name.last >= phrase.last;
      return capitals && end && !/^[-–]$/.test(follows) && !isGeneric(words, name) ? name : null;
    }
    return null;
  }

  /** `a novel method, swing distillation, which …`; `a new dataset: FooBench` */
  private apposition(words: Sentence, s: number, phrase: Phrase, from: number): boolean {
    if (!/^[,:–—-]$/.test(lower(words, phrase.last)) || kindOfPhrase(words, phrase) === null) return false;
    const at = phrase.last + 1;
    if (/^(a|an|which|that|where|to|by|with|and|i\.e\.?|e\.g\.?)$/.test(lower(words, at))) return false;
    const second = phraseAt(words, at);
    if (!second || second.first > at + 1 || second.last - second.first > 5) return false;
    const name = this.properIn(words, second) ?? (kindOfPhrase(words, second) && second.last - second.first > 1 && /^[,.(]$/.test(lower(words, second.last)) ? second : null);
    if (!name || isGeneric(words, name)) return false;
    this.add(words, s, name, { way: 'apposition', from, kind: kindOfPhrase(words, phrase) });
    return true;
  }

  private addAcronym(words: Sentence, s: number, acronym: Acronym, from: number, kind: EntityKind | null): void {
    const { long, short, shortEnd } = acronym;
    const rest = words.find(({ start }) => start > shortEnd && start <= shortEnd + 2);
    const longer = rest && /^\p{Lu}\p{Ll}/u.test(rest.text) && kindOfHead(rest.lower) !== null ? ` ${rest.text}` : '';
    const head = kindOfHead((long + longer).split(/\s+/).at(-1)?.toLowerCase() ?? '');
    this.push({ name: long.replace(/\s+/g, ' ') + longer, aliases: longer === '' ? [short] : [short + longer, short], kind: kind ?? head ?? 'TECHNIQUE', way: 'acronym', sentence: s, start: words[from]?.start ?? 0, end: this.closed(shortEnd) });
  }

  private closed(end: number): number {
    return this.reading.content[end] === ')' ? end + 1 : end;
  }

  private add(words: Sentence, s: number, phrase: Phrase, { way, from, kind, alias }: { way: Way; from: number; kind: EntityKind | null; alias?: string }): void {
    const { content } = this.reading;
    const name = textOf(content, words, phrase).replace(/^["'`“”‘’]+|["'`“”‘’]+$/g, '');
    if (isGeneric(words, phrase) || name.length < 2) return;
    const decided = kind ?? this.appositionHead(words, phrase.last) ?? kindOfHead(lower(words, phrase.last)) ?? kindOfPhrase(words, phrase) ?? 'TECHNIQUE';
    const start = words[Math.min(from, phrase.first)]?.start ?? 0;
    this.push({ name, aliases: alias !== undefined && alias !== name ? [alias] : [], kind: decided, way, sentence: s, start, end: words[phrase.last - 1]?.end ?? start });
  }

  private push(introduction: Introduction): void {
    this.found.push(introduction);
  }

  /** `FYI: Flip Your Images for …`, `…: A Benchmark for …`, `… via Difficulty-Aligned Trajectory Matching` */
  private title(words: Sentence, isKnown: (name: string) => boolean): void {
    const colon = words.findIndex(({ text }) => text === ':');
    if (colon > 0 && colon <= 6) this.beforeColon(words, colon, isKnown);
    if (this.found.some(({ way }) => way !== 'described')) return;
    const via = words.findIndex(({ lower: word }) => word === 'via' || word === 'with' || word === 'through');
    const phrase = via < 0 ? null : phraseAt(words, via + 1);
    const name = phrase && nameAt(words, phrase.first);
    if (!name || name.last - name.first < 2 || kindOfPhrase(words, name) !== 'TECHNIQUE' || lower(words, name.last) === 'and') return;
    if (isGeneric(words, name) || isKnown(textOf(this.reading.content, words, name))) return;
    this.add(words, 0, name, { way: 'via', from: via, kind: 'TECHNIQUE' });
  }

  private beforeColon(words: Sentence, colon: number, isKnown: (name: string) => boolean): void {
    const { content, document } = this.reading;
    const phrase = { first: 0, last: colon };
    const name = textOf(content, words, phrase);
    if (isGeneric(words, phrase) || isKnown(name)) return;
    const proper = words.slice(0, colon).some(isProper);
    const body = document.text ?? '';
    const repeated = body.includes(name) || (colon > 1 && body.toLowerCase().includes(name.toLowerCase()));
    const initials = this.expansion(words, colon);
    const unnamed = this.found.every(({ way }) => way === 'described');
    const first = words[0];
    const short = colon <= 3 && unnamed && !/ing$/.test(first?.lower ?? '') && words.slice(0, colon).every((word) => isCapitalized(word));
    if (!(repeated || (proper && colon <= 2) || short)) return;
    const after = phraseAt(words, colon + 1);
    const kind = kindOfHead(lower(words, colon - 1)) ?? (/^an?$/.test(lower(words, colon + 1)) && after ? kindOfPhrase(words, after) : null);
    const start = words[0]?.start ?? 0;
    this.found.unshift({ name, aliases: initials === null ? [] : [initials], kind: kind ?? this.kindInText(name) ?? 'TECHNIQUE', way: 'title', sentence: 0, start, end: words[colon - 1]?.end ?? start });
  }

  /** The kind that the text tells of a name: `X, a … model`, `a framework called X`. */
  private kindInText(name: string): EntityKind | null {
    for (const words of this.reading.sentences.slice(this.reading.titles))
      for (let i = 0; i < words.length; i++)
        if (words[i]?.text === name.split(' ').at(-1)) {
          const kind = kindOfHead(lower(words, i + 1)) ?? this.appositionHead(words, i + 1);
          if (kind) return kind;
        }
    return null;
  }

  /** `FYI: Flip Your Images for …` → `Flip Your Images`: the words after the colon that the name abbreviates. */
  private expansion(words: Sentence, colon: number): string | null {
    const letters = colon === 1 && /^\p{Lu}{3,}$/u.test(words[0]?.text ?? '') ? (words[0]?.lower ?? '') : '';
    const spelled = words.slice(colon + 1, colon + 1 + letters.length);
    if (letters === '' || spelled.map(({ lower: word }) => word[0]).join('') !== letters) return null;
    return textOf(this.reading.content, words, { first: colon + 1, last: colon + 1 + letters.length });
  }
}
