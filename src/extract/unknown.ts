/** Names that nobody knows beforehand, told by their shape and by what stands around them. */
import type { EntityKind } from '../ontology.js';
import { cueAt, kindOfHead, PART_HEADS, PRAISE } from './cues.js';
import type { Sentence } from './language.js';
import type { Things } from './lookup.js';
import type { Phrase } from './phrases.js';
import { isCapitalized, isGeneric, isProper, nameAt, phraseAt, textOf, withoutContainer } from './phrases.js';
import { nameKey } from '../ingest/names.js';
import type { Span } from './things.js';

const LISTING = /^(?:including|like|e\.g\.?|i\.e\.?|namely|as|of|:)$/;
const BETWEEN = /^(?:,|and|or|both|the|&|\/|\()$/;
/** What may follow a family's name in the name of a member: sizes, versions, variants. */
const MEMBER = /^(?:[-\s.]?(?:v?\d+(?:\.\d+)*[bBmMkK]?|[\p{Lu}]{1,2}|[a-z]|tiny|small|base|large|huge|mini|nano|medium|xl|xxl|turbo|lightning|instruct|chat|lt|plus|\d+x\d+|\+|\/))+\+?$/iu;
const EVALUATING = /^(?:experiments?|evaluat\w+|results?|benchmark\w*|validat\w+|test(?:ed|s)?|performance|achiev\w+|outperform\w*|state-of-the-art|accurac\w+|demonstrat\w+|improv\w+|surpass\w*|comparisons?|gains?|observe|effectiveness|superior\w*|competitive|consistently)$/;

export const evaluates = (words: Sentence): boolean => words.some(({ lower }) => EVALUATING.test(lower));

/** Finds unknown names in one sentence, beside the spans that are found already. */
export function unknownIn(content: string, words: Sentence, sentence: number, known: readonly Span[], things: Things): Span[] {
  const taken = new Set(known.flatMap(({ first, last }) => Array.from({ length: last - first }, (_, i) => first + i)));
  const spans = [...known];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!word || taken.has(i) || !isCapitalized(word)) continue;
    const run = runAt(words, i, taken, sentence === 0);
    if (!run) continue;
    const text = textOf(content, words, run);
    if (things.own.isBlocked(nameKey(text))) continue;
    const kind = kindOfMember(words, run, things) ?? kindByContext(words, run, spans);
    if (kind === null) continue;
    const own = things.own.find(nameKey(text));
    const thing = own ?? things.ofTerm({ kind, name: text }, false);
    const start = word.start;
    spans.push({ thing, sentence, first: run.first, last: run.last, start, end: words[run.last - 1]?.end ?? start });
    i = run.last - 1;
  }
  return spans.sort((a, b) => a.first - b.first);
}

/** What a sentence says is used under a describing name: `we employ a balanced quality loss`. */
export function describedIn(content: string, words: Sentence, sentence: number, known: readonly Span[], things: Things): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < words.length; i++) {
    const cue = cueAt(words, i);
    if (cue?.type !== 'USES' || cue.weak) continue;
    for (let at = i + cue.length; ; ) {
      const phrase = phraseAt(words, at);
      if (!phrase || phrase.first > at + 6) break;
      const bare = withoutContainer(words, phrase);
      const size = bare.last - bare.first;
      const free = !known.some(({ first, last }) => first < phrase.last && last > phrase.first);
      const named = PART_HEADS.has(words[bare.last - 1]?.lower ?? '') && !isGeneric(words, bare) && words.slice(bare.first, bare.last - 1).some(({ pos }) => pos !== 'ADJ');
      const start = words[bare.first]?.start ?? 0;
      if (free && named && size >= 2 && size <= 4)
        spans.push({ thing: things.ofTerm({ kind: 'TECHNIQUE', name: textOf(content, words, bare) }, false), sentence, ...bare, start, end: words[bare.last - 1]?.end ?? start });
      if (words[phrase.last]?.lower !== 'and' && words[phrase.last]?.text !== ',') break;
      at = phrase.last + 1;
    }
  }
  return spans;
}

/** A run of words that look like one name and are not taken; the first word of a sentence needs more than its capital. */
function runAt(words: Sentence, at: number, taken: ReadonlySet<number>, titled: boolean): Phrase | null {
  const run = nameAt(words, at);
  if (!run) return null;
  let last = run.last;
  for (let i = run.first; i < last; i++) if (taken.has(i)) last = i;
  const name = withoutContainer(words, { first: run.first, last });
  const within = words.slice(name.first, name.last);
  const proper = within.some(isProper);
  if (titled && !proper) return null;
  if (name.last <= name.first || (!proper && name.first === 0)) return null;
  return proper && within.length === 1 ? name : proper || within.every(isCapitalized) ? name : null;
}

/** `ResNet-18` is a model where `ResNet-50` is one: the kind of the family that a name is a member of. */
function kindOfMember(words: Sentence, { first, last }: Phrase, things: Things): EntityKind | null {
  if (last - first !== 1) return null;
  const { text = '' } = words[first] ?? {};
  for (const [, family = ''] of [...text.matchAll(/^(\p{L}[\p{L}]+(?:-\p{L}{2,})?)(?=[-\d+vV])/gu)]) {
    if (!MEMBER.test(text.slice(family.length))) continue;
    const [term] = things.index.termsOf(family, nameKey(family), true);
    if (term && term.kind !== 'TECHNIQUE') return term.kind;
  }
  return null;
}

/** The kind that a name's surroundings tell. */
function kindByContext(words: Sentence, run: Phrase, spans: readonly Span[]): EntityKind | null {
  const next = words[run.last]?.lower ?? '';
  const head = kindOfHead(next) ?? (/^(?:test|validation|training|val)$/.test(next) ? 'DATASET' : null);
  const proper = words.slice(run.first, run.last).some(isProper);
  if (head !== null && (proper || (head === 'DATASET' && run.last - run.first > 1))) return head;
  let at = run.first - 1;
  while (PRAISE.has(words[at]?.lower ?? '')) at--;
  const before = words[at]?.lower ?? '';
  const neighbour = listed(words, run, spans);
  if (neighbour !== null && (proper || neighbour === 'DATASET' || run.last - run.first > 1)) return neighbour;
  if (!proper) return null;
  if (before === 'on' && evaluates(words)) return 'DATASET';
  if (/^distil|^compress|^(?:teacher|student|backbone|llm|llms)$/.test(before)) return 'MODEL';
  return null;
}

/** In a list every name has the kind of the others, or of the noun that announces the list. */
function listed(words: Sentence, { first }: Phrase, spans: readonly Span[]): EntityKind | null {
  let at = first - 1;
  for (let n = 0; n < 40 && at >= 0; n++) {
    const span = spans.find(({ first: from, last }) => at >= from && at < last);
    if (span) return span.thing.introduced || n === 0 ? null : span.thing.kind;
    const word = words[at]?.lower ?? '';
    if (LISTING.test(word)) return announced(words, at);
    if (!BETWEEN.test(word)) return null;
    at--;
  }
  return null;
}

/** `datasets such as`, `benchmarks, including`, `models:` */
function announced(words: Sentence, at: number): EntityKind | null {
  for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
    const word = words[i]?.lower ?? '';
    const head = kindOfHead(word);
    if (head !== null && word.endsWith('s')) return head;
    if (word === 'tasks') return 'DATASET';
    if (!/^(?:such|,|\(|i\.e\.?|e\.g\.?|including)$/.test(word)) return null;
  }
  return null;
}
