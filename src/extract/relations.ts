/** Reads relations sentence by sentence: every name has the role that its verb and its preposition give it. */
import type { RelationType } from '../ontology.js';
import type { End } from './claims.js';
import { CONTAINERS } from './cues.js';
import type { Sentence, Word } from './language.js';
import { wordAt } from './language.js';
import { isSuffixed, phraseAt } from './phrases.js';
import { presents } from './presenting.js';
import type { Role } from './roles.js';
import { roleOf } from './roles.js';
import type { Scene } from './scene.js';
import { isOwn, ownFrom, subjectOf } from './scene.js';
import { teachings } from './teachers.js';
import type { Span, Thing } from './things.js';
import { isFamily, isNamed } from './things.js';
import type { State } from './walk.js';
import { CROWD, governed } from './walk.js';

/** The relations of the title and of the paper's own sentences. */
export function relate(scene: Scene): void {
  const from = ownFrom(scene);
  const { sentences, titles } = scene.reading;
  const first = sentences.findIndex((words, s) => s >= titles && words.some((_, i) => presents(words, i)));
  for (const [s, words] of sentences.entries()) {
    const spans = scene.spans[s] ?? [];
    const title = s < titles;
    if (!title && !isOwn(words, spans, s >= from)) continue;
    const reports = words.some(({ lower, text }) => lower.startsWith('experiment') || text === '%');
    const presenting = title || s === first;
    const met = governed(words, spans, title);
    for (const [span, state] of met) new Met({ scene, words, spans, title, reports, presenting }, span, state).claim();
    const told = met.filter(([, { governor }]) => governor !== 'deny').map(([span]) => span);
    for (const claim of teachings(words, told)) scene.claims.add(claim);
  }
}

/** A sentence of the paper's own. */
interface Place {
  scene: Scene;
  words: Sentence;
  spans: readonly Span[];
  title: boolean;
  /** It tells of experiments. */
  reports: boolean;
  /** It says what the main contribution is; what later sentences present are parts of it. */
  presenting: boolean;
}

/** A name where a sentence has it, with what governs it. */
class Met {
  private readonly state: State;

  constructor(
    private readonly place: Place,
    private readonly span: Span,
    state: State,
  ) {
    const compared = /^(?:outperform|compare|deny)$/.test(state.governor ?? '');
    this.state = !compared && isSuffixed(place.words, span) ? { ...state, governor: 'use', link: 'object' } : state;
  }

  claim(): void {
    const { survey, main } = this.place.scene;
    const { thing, short } = this.span;
    const role = this.role();
    if (this.state.governor === 'deny') this.place.scene.denied.add(thing);
    const itself = role !== 'trained' && (thing === main || this.subject() === thing);
    if (itself || (short === true && role !== 'studies')) return;
    if (thing.introduced) this.own(role);
    else if (survey && this.state.governor !== 'deny' && thing.kind !== 'DATASET') this.studied();
    else if (this.place.title && main === null && this.isStudied(role)) this.add('STUDIES', role ?? 'studies', 'PAPER');
    else if (role !== null) this.asRole(role);
  }

  /** What is said of another thing of the paper's own. */
  private own(role: Role | null): void {
    if (role === 'uses' && this.state.link === 'object' && this.span.thing.kind === 'TECHNIQUE') this.add('USES', role);
    else if (role === 'trained') this.add('TRAINED_ON', role, 'PAPER');
  }

  private role(): Role | null {
    const { kind } = this.span.thing;
    const { governor, link } = this.state;
    const tried = this.place.reports && kind === 'MODEL';
    // `improves X efficiency`
    if (governor === 'improve' && kind === 'TECHNIQUE' && COSTS.test(wordAt(this.place.words, this.span.last).lower))
      return null;
    if (tried && governor === 'use') return 'applied';
    // A model with a name of its own that a report of experiments names is one of those it was tried on.
    return (
      roleOf(governor, link, kind) ?? (tried && governor !== 'deny' && isNamed(this.span.thing) ? 'applied' : null)
    );
  }

  /** What a title names as its object is studied where the paper presents nothing of its own. */
  private isStudied(role: Role | null): boolean {
    const means = role === 'uses' && (this.state.link === 'means' || isSuffixed(this.place.words, this.span));
    return role !== null && role !== 'applied' && !means;
  }

  private asRole(role: Role): void {
    const { scene, title, words } = this.place;
    const { thing } = this.span;
    const verb = this.verb();
    if (role === 'uses') this.add('USES', role);
    else if (role === 'applied') this.applied();
    else if (role === 'extends' && isClass(thing)) this.applied();
    else if (role === 'extends' && /^an?$/.test(verb) && wordAt(words, this.state.at - 1).text === ',') this.apposed();
    else if (role === 'extends') this.add(title && isFamily(thing) ? 'IS_A' : 'EXTENDS', role);
    else if (role === 'trained') this.add('TRAINED_ON', role, this.subject() === scene.main ? 'PAPER' : this.subject());
    else if (role === 'studies') this.studied();
    else if (role === 'evaluated') this.evaluated(verb);
    else if (role === 'isA') this.presented();
    else this.rival(role);
  }

  /** A group of rivals is none, but what they do is not what the paper does. */
  private rival(role: Role): void {
    const { thing } = this.span;
    if (!this.isCrowd()) this.add(role === 'outperforms' ? 'OUTPERFORMS' : 'COMPARES_WITH', role);
    else if (thing.kind === 'TECHNIQUE') this.place.scene.denied.add(thing);
  }

  private verb(): string {
    return wordAt(this.place.words, this.state.at).lower;
  }

  private add(type: RelationType, role: Role, from: End = this.subject()): void {
    const { thing, end } = this.span;
    const rule = `${role}.${this.state.link}` as const;
    const claim = from === 'PAPER' && (type === 'EXTENDS' || type === 'IS_A') ? 'USES' : type;
    this.place.scene.claims.add({ type: claim, from, to: thing, rule, start: this.quoteStart(), end });
  }

  private studied(): void {
    const { survey, main } = this.place.scene;
    if (survey || main === null || this.isExamined()) this.add('STUDIES', 'studies', 'PAPER');
  }

  /** `we systematically investigate X`: said of X even where the paper presents a method too. */
  private isExamined(): boolean {
    const { words } = this.place;
    if (!/^(?:object|of)$/.test(this.state.link)) return false;
    let at = this.state.at - 1;
    while (wordAt(words, at).pos === 'ADV') at--;
    return EXAMINING.test(this.verb()) && /^(?:we|paper|work|study|article)$/.test(wordAt(words, at).lower);
  }

  private evaluated(verb: string): void {
    const subject = this.subject();
    if (/train|tun/.test(verb) && !this.isCost()) return void this.add('TRAINED_ON', 'trained', 'PAPER');
    this.add('EVALUATED_ON', 'evaluated', 'PAPER');
    if (subject !== 'PAPER' && subject.kind !== 'DATASET') this.add('EVALUATED_ON', 'evaluated', subject);
  }

  /** `training efficiency on X`, `fine-tuning time`: measured there, not trained. */
  private isCost(): boolean {
    return COSTS.test(wordAt(this.place.words, this.state.at + 1).lower);
  }

  private applied(): void {
    const subject = this.subject();
    const { thing } = this.span;
    if (thing.kind === 'DATASET' && /train|tun/.test(this.verb()))
      return void this.add('TRAINED_ON', 'trained', 'PAPER');
    const isStudent = this.state.link === 'for' && this.verb().startsWith('distil');
    if (isStudent) return;
    const improves = this.place.title && subject !== 'PAPER' && isFamily(thing) && subject.kind === 'TECHNIQUE';
    if (improves) this.add('IS_A', 'applied');
    else this.add('APPLIED_TO', 'applied', subject !== 'PAPER' && subject.kind !== 'TECHNIQUE' ? 'PAPER' : subject);
  }

  /** The object of `we propose`: what the main contribution is, or what it is made with. */
  private presented(): void {
    const { scene, words, presenting } = this.place;
    const { first, last, thing } = this.span;
    const phrase = phraseAt(words, this.state.at + 1);
    if (!phrase || first < phrase.first) return;
    if (first >= phrase.last) {
      if (thing.kind === 'TECHNIQUE' && !presenting) this.add('USES', 'isA', subjectOf(scene));
      return;
    }
    const names = this.place.spans.some((span) => span.first === last && span.thing === scene.main);
    const heads = last === phrase.last || names || CONTAINERS.has(wordAt(words, last).lower);
    if (heads && presenting && scene.main?.kind === thing.kind) this.add('IS_A', 'isA', scene.main);
    else if (thing.kind === 'TECHNIQUE') this.add('USES', 'isA', subjectOf(scene));
  }

  /** `X, a generalization of Y`: what is said of X, not of the paper's method. */
  private apposed(): void {
    const before = this.place.spans.find(({ last }) => last === this.state.at - 1);
    if (before && before.thing.kind !== 'DATASET') this.add('EXTENDS', 'extends', before.thing);
  }

  /** A rival has a name; `existing distillation methods` and `language models` are no one. */
  private isCrowd(): boolean {
    const { words } = this.place;
    const { thing, first, last } = this.span;
    if (isClass(thing)) return true;
    if (!/^\p{Ll}/u.test(thing.name) || /\p{Lu}.*\p{Lu}/u.test(wordAt(words, first).text)) return false;
    const one = wordAt(words, first - 2).lower === 'the';
    const before = words.slice(Math.max(0, first - 3), first).some(({ lower }) => CROWD.test(lower));
    return (before && !one) || CONTAINERS.has(wordAt(words, last).lower);
  }

  /** Who does what the verb says: a name right before it, else the paper's method. */
  private subject(): End {
    const explicit = this.state.at > 0 ? this.nameBefore(this.state.at) : null;
    return explicit !== null && explicit !== this.span.thing ? explicit : subjectOf(this.place.scene);
  }

  /** The name whose predicate begins at a word: only adverbs, auxiliaries and its own head noun stand between. */
  private nameBefore(at: number): Thing | null {
    const { words, spans } = this.place;
    for (let i = at - 1; i >= Math.max(0, at - 5); i--) {
      const span = spans.find(({ first, last }) => i >= first && i < last);
      if (!span && !isBetween(wordAt(words, i))) return null;
      if (!span) continue;
      const { lower, form } = wordAt(words, span.first - 1);
      if (this.state.governor !== 'train' && lower !== 'of' && form.link !== null) return null;
      const named = span.thing.introduced || (isNamed(span.thing) && /^\p{Lu}/u.test(wordAt(words, span.first).text));
      return named && span.thing.kind !== 'DATASET' ? span.thing : null;
    }
    return null;
  }

  /** A quote begins at the subject of its verb, no more than eight words before it. */
  private quoteStart(): number {
    const { words, spans } = this.place;
    const at = this.state.at < 0 || this.span.first - this.state.at > 25 ? this.span.first : this.state.at;
    const from = words.findLastIndex(
      ({ pos }, i) => i < at && i >= at - 8 && (pos === 'PRON' || spans.some(({ first }) => first === i)),
    );
    return wordAt(words, from >= 0 ? from : at).start;
  }
}

/** `language model`: no one model. */
const isClass = ({ name }: Thing): boolean => /^\p{Ll}.* model$/u.test(name);

const EXAMINING = /^(?:investigat|stud[yi]|analy[sz]e|examine|revisit|survey|review)/;

const COSTS =
  /^(?:accuracy|costs?|dynamics|efficiency|loss|overhead|performance|speed|speedups?|stability|time|times)$/;

const isBetween = ({ pos, text, lower }: Word): boolean =>
  pos === 'ADV' || pos === 'AUX' || text === ')' || CONTAINERS.has(lower) || /^(?:that|which|can|to|be)$/.test(lower);
