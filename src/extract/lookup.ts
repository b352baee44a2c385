/** Finds names that the vocabulary or the document itself knows, the longest first. */
import type { Term, Vocabulary } from '../ingest/vocabulary.js';
import type { EntityKind } from '../ontology.js';
import { kindOfHead } from './cues.js';
import type { Sentence, Word } from './language.js';
import type { OwnNames, Span, Thing } from './things.js';
import { joinKeys, wordKey } from './things.js';

const WORDS_MAX = 7;
const KINDS: readonly EntityKind[] = ['DATASET', 'MODEL', 'TECHNIQUE'];
const FOUND_MAX = 50_000;

interface Entry {
  term: Term;
  /** Written in capitals: the same letters in small are another word (`DROP`, `drop`). */
  capitals: boolean;
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
        const capitals = !/\s/.test(spelling) && /\p{Lu}.*\p{Lu}/u.test(spelling);
        this.entries.set(key, [...(this.entries.get(key) ?? []), { term, capitals }]);
      }
  }

  /** The terms of all kinds that a text in the document may mean. */
  termsOf(text: string, key: string, nameLike: boolean): Term[] {
    const entries = this.entries.get(key);
    if (entries !== undefined) return entries.filter(({ capitals }) => !capitals || /\p{Lu}.*\p{Lu}/u.test(text)).map(({ term }) => term);
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

/** The things of one document: equal terms are one thing. */
export class Things {
  private readonly known = new Map<string, Thing>();

  constructor(
    readonly own: OwnNames,
    readonly index: Index,
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
      const match = this.longestAt(words, first);
      if (match === null) continue;
      const [thing, last] = match;
      const start = words[first]?.start ?? 0;
      const end = words[last - 1]?.end ?? start;
      spans.push({ thing, sentence, first, last, start, end });
      first = last - 1;
    }
    return spans;
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
