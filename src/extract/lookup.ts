/** Finds names that the vocabulary or the document itself knows, the longest first. */
import type { Term, Vocabulary } from '../ingest/vocabulary.js';
import type { EntityKind } from '../ontology.js';
import { CONTAINERS, kindOfHead, PRAISE, SHORT_FORMS } from './cues.js';
import type { Sentence, Word } from './language.js';
import type { OwnNames, Span, Thing } from './things.js';
import { joinKeys, wordKey } from './things.js';

const WORDS_MAX = 7;
const KINDS: readonly EntityKind[] = ['DATASET', 'MODEL', 'TECHNIQUE'];
const FOUND_MAX = 50_000;

const capitalsIn = (text: string): number => text.match(/\p{Lu}/gu)?.length ?? 0;

interface Entry {
  term: Term;
  /** Capitals that the text must have too: the same letters in small are another word (`DROP`, `drop`; `Falcon`, `falcon`). */
  capitals: number;
}

/** A vocabulary as the extractor reads it: every spelling of its terms by key. */
class Index {
  private readonly entries = new Map<string, Entry[]>();
  private readonly found = new Map<string, Term[]>();

  constructor(private readonly vocabulary: Vocabulary) {
    for (const term of vocabulary.terms)
      for (const spelling of [term.name, ...term.aliases]) {
        const key = spelling.split(/\s+/).map(wordKey).reduce(joinKeys, '');
        if (!KINDS.includes(term.kind) || vocabulary.find(term.kind, spelling) !== term) continue;
        const capitals = /\s/.test(spelling) || kindOfHead(spelling.toLowerCase()) !== null ? 0 : Math.min(2, capitalsIn(spelling));
        this.entries.set(key, [...(this.entries.get(key) ?? []), { term, capitals }]);
      }
  }

  /** The terms of all kinds that a text in the document may mean. */
  termsOf(text: string, key: string, nameLike: boolean): Term[] {
    const entries = this.entries.get(key);
    if (entries !== undefined) return entries.filter(({ capitals }) => capitalsIn(text) >= capitals).map(({ term }) => term);
    return nameLike ? this.named(key, text) : [];
  }

  private named(key: string, text: string): Term[] {
    const before = this.found.get(key);
    if (before !== undefined) return before;
    const terms = KINDS.flatMap((kind) => this.vocabulary.find(kind, text) ?? []);
    if (this.found.size >= FOUND_MAX) this.found.clear();
    this.found.set(key, terms);
    return terms;
  }
}

const indexes = new WeakMap<Vocabulary, Index>();
export function indexOf(vocabulary: Vocabulary): Index {
  const index = indexes.get(vocabulary) ?? new Index(vocabulary);
  indexes.set(vocabulary, index);
  return index;
}

const capital = (word: Word | undefined): boolean => word !== undefined && /[\p{Lu}\d]/u.test(word.text);

/** Names that are not terms are looked for where a text looks like a name only. */
const nameLike = (words: Sentence, first: number, last: number): boolean =>
  (capital(words[first]) && capital(words[last - 1]) && (last - first > 1 || /\p{Lu}.*[\p{Lu}\d]|\d/u.test(words[first]?.text ?? '') || first > 0)) ||
  (last - first > 1 && last - first < 5 && kindOfHead(words[last - 1]?.lower ?? '') !== null);

/** Which of several kinds a name has where it stands. */
function choose(terms: readonly Term[], words: Sentence, first: number, last: number): Term | undefined {
  const head = kindOfHead(words[last]?.lower ?? '');
  const before = words[first - 1]?.lower === 'the' ? words[first - 2]?.lower : words[first - 1]?.lower;
  const wanted = head ?? (before === 'on' ? 'DATASET' : null);
  return terms.find(({ kind }) => kind === wanted) ?? terms.find(({ kind }) => kind === 'MODEL') ?? terms[0];
}

/** `CIFAR-10/100` → `CIFAR-10`, `CIFAR-100`; `ImageNet-R/A/C` → three. Nothing where the parts are not alike (`ViT-B/16`). */
function alternatives(text: string): string[] {
  const [head = '', ...rest] = text.split('/');
  const [, stem, part] = /^(.*?)(\d+|\p{Lu})$/u.exec(head) ?? [];
  const alike = /^\d+$/.test(part ?? '') ? /^\d+$/ : /^\p{Lu}$/u;
  if (rest.length === 0 || stem === undefined || stem.length < 2 || !rest.every((other) => alike.test(other))) return [];
  return [head, ...rest.map((other) => stem + other)];
}

/** The things of one document: equal terms are one thing. */
export class Things {
  private readonly known = new Map<string, Thing>();

  constructor(
    readonly own: OwnNames,
    readonly index: Index,
    /** The document in lower case. */
    private readonly text: string,
  ) {}

  ofTerm(term: Pick<Term, 'kind' | 'name'>, known = true): Thing {
    const id = `${term.kind} ${term.name}`;
    const thing = this.known.get(id) ?? { kind: term.kind, name: term.name, aliases: new Set(), introduced: false, known };
    this.known.set(id, thing);
    return thing;
  }

  all(): Thing[] {
    return [...new Set([...this.own.things, ...this.known.values()])];
  }

  /** Every name in a sentence that is known beforehand, left to right, none inside another. */
  spansIn(words: Sentence, sentence: number): Span[] {
    const spans: Span[] = [];
    for (let first = 0; first < words.length; first++) {
      const [found, last] = this.at(words, first);
      const start = words[first]?.start ?? 0;
      const end = words[last - 1]?.end ?? start;
      for (const thing of found) spans.push({ thing, sentence, first, last, start, end, short: last === first + 1 && SHORT_FORMS.has(words[first]?.lower ?? '') });
      if (found.length > 0) first = last - 1;
    }
    return spans;
  }

  /** The things named at a word, and the word after them. */
  private at(words: Sentence, first: number): [Thing[], number] {
    const members = words[first]?.text.includes('/') === true ? alternatives(words[first].text) : [];
    if (members.length > 0) {
      const things = members.map((member) => this.longestAt([{ ...(words[first] as Word), text: member }], 0)?.[0] ?? null);
      const [known] = things.filter((thing) => thing !== null);
      if (known) return [things.map((thing, i) => thing ?? this.ofTerm({ kind: known.kind, name: members[i] ?? '' }, false)), first + 1];
    }
    const match = this.longestAt(words, first) ?? this.shortAt(words, first);
    if (match === null) return [[], first + 1];
    const [thing, last] = match;
    const size = /^(\d+)(?:x|×|times)(\d+)$/.exec(words[last]?.lower ?? '');
    if (thing.kind !== 'DATASET' || !size) return [[thing], last];
    const [, width = '', height = ''] = size;
    const name = `${thing.name}-${width}x${height}`;
    return [[this.named(this.ofTerm(this.index.termsOf(name, wordKey(name), true).find(({ kind }) => kind === 'DATASET') ?? { kind: 'DATASET', name }), `${thing.name} ${words[last]?.text ?? ''}`)], last + 1];
  }

  /** `a distillation framework`: what a short form means in this document. */
  private shortAt(words: Sentence, first: number): [Thing, number] | null {
    const word = words[first];
    const longer = SHORT_FORMS.get(word?.lower ?? '');
    if (!word || !longer) return null;
    const qualified = /^(?:NOUN|PROPN|ADJ|VERB)$/.test(words[first - 1]?.pos ?? '') && !PRAISE.has(words[first - 1]?.lower ?? '');
    if (qualified && !CONTAINERS.has(words[first + 1]?.lower ?? '')) return null;
    const name = longer.find((form) => this.text.includes(form)) ?? longer.at(-1);
    const [term] = this.index.termsOf(name ?? '', wordKey(name ?? ''), false);
    return term ? [this.named(this.ofTerm(term), word.text), first + 1] : null;
  }

  private longestAt(words: Sentence, first: number): [Thing, number] | null {
    let key = '';
    let text = '';
    let found: [Thing, number] | null = null;
    for (let last = first + 1; last <= Math.min(words.length, first + WORDS_MAX); last++) {
      const word = words[last - 1];
      if (word === undefined) break;
      const part = wordKey(word.text);
      if (part === '' && (last === first + 1 || word.text !== '&')) break;
      key = joinKeys(key, part);
      text = text === '' ? word.text : `${text} ${word.text}`;
      const own = this.own.find(key);
      if (own !== null && (/\p{Lu}/u.test(word.text) || last - first > 1 || !/\p{Lu}.*\p{Lu}/u.test(own.name))) {
        found = [own, last];
        continue;
      }
      if (this.own.isBlocked(key)) continue;
      const term = choose(this.index.termsOf(text, key, nameLike(words, first, last)), words, first, last);
      if (term !== undefined) found = [this.named(this.ofTerm(term), text), last];
    }
    return found;
  }

  private named(thing: Thing, text: string): Thing {
    if (text !== thing.name) thing.aliases.add(text);
    return thing;
  }
}
