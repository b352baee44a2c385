/** Finds names that the vocabulary or the document itself knows, the longest first. */
import type { Term, Vocabulary } from '../ingest/vocabulary.js';
import type { EntityKind } from '../ontology.js';
import { BROAD, CONTAINERS, kindOfHead, PRAISE, SHORT_FORMS } from './cues.js';
import { formOf } from './forms.js';
import { goneOn, Keys } from './keys.js';
import type { Sentence, Word } from './language.js';
import { wordAt } from './language.js';
import type { Phrase } from './phrases.js';
import { alternatives, capitalsIn, capitalsOf, isSpelled, sizeOf } from './spelling.js';
import type { OwnNames, Span, Thing } from './things.js';
import { between, joinKeys, keyOf } from './things.js';

/** `CLIP score` is a metric, not CLIP. */
export const METRIC_WORD = /^scores?$/;
const WORDS_MAX = 9;
const KINDS: readonly EntityKind[] = ['DATASET', 'MODEL', 'TECHNIQUE'];

interface Entry {
  term: Term;
  /** Capitals that the text must have too: the same letters in small are another word (`DROP`, `drop`; `Falcon`, `falcon`). */
  capitals: number;
  /** Written in one piece, so that `Gaussian Object` is no `GaussianObject`, `consistent 4D` no `Consistent4D`. */
  solid: boolean;
}

/** Several words, by which nothing is named that is written in one piece. */
const APART = /\p{L}\s\p{L}|^\p{Ll}+\s/u;

/** A vocabulary as the extractor reads it: every spelling of what it names, by key. */
class Index {
  private readonly entries = new Map<string, Entry[]>();
  readonly keys = new Keys(20);

  constructor(vocabulary: Vocabulary) {
    for (const term of [...vocabulary.terms, ...vocabulary.names])
      for (const spelling of [term.name, ...term.aliases])
        if (vocabulary.find(term.kind, spelling) === term && !BROAD.has(term.name)) this.add(term, spelling);
  }

  private add(term: Term, spelling: string): void {
    const key = keyOf(spelling);
    if (!KINDS.includes(term.kind) || key === '') return;
    this.entries.set(key, [
      ...(this.entries.get(key) ?? []),
      { term, capitals: capitalsOf(spelling), solid: !/[\s-]/.test(spelling) },
    ]);
    this.keys.add(key);
  }

  /** The term that the end of a term's name names, by kind and name, as far as it was asked for. */
  readonly families = new Map<string, Term | null>();

  /** The terms of all kinds that a text in the document may mean. */
  termsOf(text: string, key = keyOf(text)): Term[] {
    const entries = this.entries.get(key);
    if (entries === undefined) return [];
    return entries
      .filter(({ capitals, solid }) => (capitals === 0 || capitalsIn(text) >= capitals) && !(solid && APART.test(text)))
      .map(({ term }) => term);
  }
}

const indexes = new WeakMap<Vocabulary, Index>();
export function indexOf(vocabulary: Vocabulary): Index {
  const index = indexes.get(vocabulary) ?? new Index(vocabulary);
  indexes.set(vocabulary, index);
  return index;
}

/** Which of several kinds a name has where it stands. */
function choose(terms: readonly Term[], words: Sentence, first: number, last: number): Term | undefined {
  const head = kindOfHead(wordAt(words, last).lower);
  const before = wordAt(words, first - 1).lower === 'the' ? words[first - 2]?.lower : words[first - 1]?.lower;
  const wanted = head ?? (before === 'on' ? 'DATASET' : null);
  return terms.find(({ kind }) => kind === wanted) ?? terms.find(({ kind }) => kind === 'MODEL') ?? terms[0];
}

/** Whether a name can go on with a word: one with a key, or the `&` behind a word with a capital. */
const goesOn = (before: Word, { text, form }: Word): boolean =>
  form.key !== '' || (text === '&' && /\p{Lu}\S*$/u.test(before.text));

/** The things of one document: equal terms are one thing. */
export class Things {
  private readonly known = new Map<string, Thing>();
  private inLower: string | undefined;
  /** Those found so far in the sentence that is read. */
  private spans: Span[] = [];

  constructor(
    readonly own: OwnNames,
    readonly index: Index,
    /** The document. */
    private readonly text: string,
  ) {}

  /** The document in lower case, made once where it is asked for. */
  private get lower(): string {
    return (this.inLower ??= this.text.toLowerCase());
  }

  ofTerm(term: Pick<Term, 'kind' | 'name'>, known = true): Thing {
    const id = `${term.kind} ${term.name}`;
    const thing = this.known.get(id) ?? {
      kind: term.kind,
      name: term.name,
      aliases: new Set(),
      introduced: false,
      known,
    };
    this.known.set(id, thing);
    return thing;
  }

  all(): Thing[] {
    return [...new Set([...this.own.things, ...this.known.values()])];
  }

  /** Every name in a sentence that is known beforehand, left to right, none inside another. */
  spansIn(words: Sentence, sentence: number): Span[] {
    const spans: Span[] = [];
    this.spans = spans;
    for (let first = 0; first < words.length; first++) {
      const named = this.at(words, first);
      if (named === null) continue;
      const [found, last] = named;
      const start = wordAt(words, first).start;
      const end = words[last - 1]?.end ?? start;
      const short = last === first + 1 && SHORT_FORMS.has(wordAt(words, first).lower);
      for (const thing of found) spans.push({ thing, sentence, first, last, start, end, short });
      first = last - 1;
    }
    return spans;
  }

  /** The things named at a word, and the word after them; null where none is. */
  private at(words: Sentence, first: number): [Thing[], number] | null {
    const members = this.membersAt(wordAt(words, first));
    if (members !== null) return [members, first + 1];
    const match = this.longestAt(words, first) ?? this.shortAt(words, first);
    if (match === null) return null;
    const [thing, last] = match;
    if (METRIC_WORD.test(wordAt(words, last).lower)) return null;
    const size = sizeOf(thing.kind, wordAt(words, last));
    if (size === null) return [[thing], last];
    const name = thing.name + size;
    const known = this.index.termsOf(name).find(({ kind }) => kind === thing.kind);
    const sized = this.ofTerm(known ?? { kind: thing.kind, name }, known !== undefined);
    return [[this.named(sized, `${thing.name} ${wordAt(words, last).text}`)], last + 1];
  }

  /** `CIFAR-10/100`: both, where one of them is known. */
  private membersAt(word: Word): Thing[] | null {
    if (!word.text.includes('/')) return null;
    const members = alternatives(word.text);
    const things = members.map((text) => this.longestAt([{ ...word, text, form: formOf(text) }], 0)?.[0] ?? null);
    const known = things.find((thing) => thing !== null);
    if (!known) return null;
    return things.map((thing, i) => thing ?? this.ofTerm({ kind: known.kind, name: members[i] ?? '' }, false));
  }

  /** `a distillation framework`: what a short form means in this document. */
  private shortAt(words: Sentence, first: number): [Thing, number] | null {
    const word = words[first];
    const longer = SHORT_FORMS.get(word?.lower ?? '');
    if (!word || !longer) return null;
    const qualified =
      /^(?:NOUN|PROPN|ADJ|VERB)$/.test(wordAt(words, first - 1).pos) && !PRAISE.has(wordAt(words, first - 1).lower);
    if (qualified && !CONTAINERS.has(wordAt(words, first + 1).lower)) return null;
    const name = longer.find((form) => this.lower.includes(form)) ?? longer.at(-1);
    const [term] = this.index.termsOf(name ?? '');
    return term ? [this.named(this.ofTerm(term), word.text), first + 1] : null;
  }

  private longestAt(words: Sentence, first: number): [Thing, number] | null {
    let found: [Thing, number] | null = null;
    let { key, hash } = wordAt(words, first).form;
    if (key === '') return null;
    for (let last = first + 1; this.mayBegin(hash); last++) {
      const thing = this.mayBe(hash) ? this.namedBy(words, { first, last }) : null;
      if (thing) found = [thing, last];
      const next = wordAt(words, last);
      if (last - first === WORDS_MAX || !goesOn(wordAt(words, last - 1), next)) break;
      hash = goneOn(goneOn(hash, between(key, next.form.key)), next.form.key);
      key = next.form.key || key;
    }
    return found;
  }

  private mayBegin(hash: number): boolean {
    return this.index.keys.mayBegin(hash) || this.own.keys.mayBegin(hash);
  }

  private mayBe(hash: number): boolean {
    return this.index.keys.mayBe(hash) || this.own.keys.mayBe(hash);
  }

  /** What some words in a row name by themselves. */
  private namedBy(words: Sentence, { first, last }: Phrase): Thing | null {
    const run = words.slice(first, last);
    const key = run.map(({ form }) => form.key).reduce(joinKeys);
    const text = run.map(({ text: word }) => word).join(' ');
    const own = this.own.find(key);
    const inCapitals = own === null || !/\p{Lu}.*\p{Lu}/u.test(own.name) || wordAt(words, last - 1).form.capitalized;
    if (own !== null && (inCapitals || last - first > 1)) return own;
    if (this.own.isBlocked(key)) return null;
    const terms = this.index
      .termsOf(text, key)
      .filter(
        (each) =>
          !each.ambiguous ||
          isSpelled(each, text, words, { first, last }) ||
          this.isShown(each.kind, words, { first, last }),
      );
    const term = choose(terms, words, first, last);
    return term === undefined ? null : this.named(this.introducedAs(term) ?? this.ofTerm(term), text);
  }

  /** What the paper introduces under an acronym that a term has too: another spelling of the same. */
  private introducedAs({ kind, aliases }: Term): Thing | null {
    if (this.own.things.length === 0) return null;
    for (const alias of aliases) {
      const own = /^\p{Lu}{3,}$/u.test(alias) ? this.own.find(keyOf(alias)) : null;
      if (own?.introduced === true && own.kind === kind) return own;
    }
    return null;
  }

  /** Whether what stands around an ambiguous name shows that it means something of a kind. */
  private isShown(kind: EntityKind, words: Sentence, { first, last }: Phrase): boolean {
    const head = kindOfHead(wordAt(words, last).lower);
    if (head !== null) return head === kind;
    const before = this.spans.at(-1);
    const listed =
      before?.thing.kind === kind &&
      words.slice(before.last, first).every(({ lower }) => /^(?:,|and|or|both|\(|\/)$/.test(lower));
    return (
      (before !== undefined && listed) ||
      (kind === 'DATASET' && wordAt(words, first - 1).lower === 'on' && /\p{Lu}/u.test(wordAt(words, first).text))
    );
  }

  private named(thing: Thing, text: string): Thing {
    if (text !== thing.name) thing.aliases.add(text);
    return thing;
  }
}
