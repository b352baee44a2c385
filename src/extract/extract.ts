/** The extractor: a title and an abstract in, quoted facts out. Rules and a vocabulary, no network, no chance. */
import { nameKey } from '../ingest/names.js';
import type { Vocabulary } from '../ingest/vocabulary.js';
import type { Document, Fact, Mention } from '../model.js';
import { Claims } from './claims.js';
import type { Rule } from './confidence.js';
import { kindOfHead, SHORT_FORMS } from './cues.js';
import type { Introduction, Way } from './introduced.js';
import { Introductions } from './introduced.js';
import { indexOf, Things } from './lookup.js';
import { isProper } from './phrases.js';
import type { Reading } from './reading.js';
import { readingOf } from './reading.js';
import { relate } from './relations.js';
import { reposIn } from './repos.js';
import type { Sentence } from './language.js';
import type { Scene } from './scene.js';
import type { Span, Thing } from './things.js';
import { mentionOf, OwnNames } from './things.js';
import { relateTitle } from './title.js';
import { describedIn, unknownIn } from './unknown.js';

const RULE: Record<Way, Rule> = {
  title: 'introducedByTitle',
  named: 'introducedByName',
  acronym: 'introducedByName',
  proper: 'introducedByName',
  apposition: 'introducedByName',
  described: 'introducedByDescription',
  via: 'introducedByDescription',
  possessed: 'introducedByName',
  defined: 'introducedByDescription',
};

const SURVEY = /\b(?:surveys?|review|overview|systematic study|empirical study|comprehensive study|analysis|understanding|investigation)\b/i;

/**
 * The facts that a document states, each with its exact quote, and everything it names with all spellings.
 * A pure function of its arguments; a document without text states nothing. At most 20,000 characters are read.
 */
export function extract(document: Document, vocabulary: Vocabulary): { facts: Fact[]; mentions: Mention[] } {
  const reading = readingOf(document);
  if (!reading) return { facts: [], mentions: [] };
  const things = new Things(new OwnNames(), indexOf(vocabulary), reading.content.slice(0, 20_000).toLowerCase());
  const claims = new Claims(document, reading.content);
  const introduced = introduce(reading, things);
  defineAcronyms(reading, things);
  const spansOf = (words: Sentence, s: number): Span[] => {
    const spans = unknownIn(reading.content, words, s, things.spansIn(words, s), things);
    return [...spans, ...describedIn(reading.content, words, s, spans, things)].sort((a, b) => a.first - b.first);
  };
  const spans = reading.sentences.map(spansOf);
  const main = mainOf(introduced);
  const scene: Scene = { reading, spans, main, survey: SURVEY.test(document.title), claims };
  for (const [thing, introduction] of introduced) claims.add({ type: 'INTRODUCES', from: 'PAPER', to: thing, rule: RULE[introduction.way], start: introduction.start, end: introduction.end });
  relateTitle(scene);
  relate(scene);
  parts(scene, introduced);
  named(scene, introduced, things);
  families(scene, things);
  for (const { url, start, end } of reposIn(reading.content)) claims.add({ type: 'IMPLEMENTED_IN', from: 'PAPER', to: { kind: 'REPO', name: url, aliases: new Set(), introduced: false, known: false }, rule: 'repository', start, end });
  return { facts: claims.facts(), mentions: things.all().map(mentionOf) };
}

type Introduced = Map<Thing, Introduction>;

/** What the paper introduces; several introductions of one thing are joined. */
function introduce(reading: Reading, things: Things): Introduced {
  const isKnown = (name: string): boolean => things.index.termsOf(name, nameKey(name), false).some((term) => !term.name.split(' ').some((text) => isProper({ text, lower: text.toLowerCase(), start: 0, end: 0, pos: 'X' })));
  const introduced: Introduced = new Map();
  for (const introduction of new Introductions(reading).read(isKnown)) {
    const { name, aliases, kind } = introduction;
    const acronym = reading.acronyms.find(({ short, long }) => [short, long].some((form) => nameKey(form) === nameKey(name)));
    const spellings = [name, ...aliases, ...(acronym ? [acronym.long.replace(/\s+/g, ' '), acronym.short] : [])];
    const before = spellings.map((spelling) => things.own.find(nameKey(spelling))).find((thing) => thing !== null);
    if (spellings.some(isKnown)) continue;
    const [term] = spellings.flatMap((spelling) => things.index.termsOf(spelling, nameKey(spelling), false));
    const thing = before ?? { kind: term?.kind ?? kind, name: term?.name ?? acronym?.long.replace(/\s+/g, ' ') ?? name, aliases: new Set<string>(), introduced: true, known: term !== undefined };
    things.own.name(thing, ...spellings);
    const earlier = introduced.get(thing);
    if (!earlier) introduced.set(thing, introduction);
  }
  return introduced;
}

/** The main contribution: the first, but one with a name of its own before one that is only described. */
function mainOf(introduced: Introduced): Thing | null {
  const [first] = [...introduced].filter(([, { way }]) => way !== 'described' && way !== 'defined');
  const [only, ...others] = introduced.keys();
  return first?.[0] ?? (others.length === 0 ? only : null) ?? null;
}

/** In its document an acronym means what the document says; one of something else than an entity means nothing. */
function defineAcronyms({ acronyms }: Reading, things: Things): void {
  for (const { short, long } of acronyms) {
    const name = long.replace(/\s+/g, ' ');
    if (things.own.find(nameKey(short)) ?? things.own.find(nameKey(name))) continue;
    const [term] = [...things.index.termsOf(name, nameKey(name), true), ...things.index.termsOf(short, nameKey(short), false).filter((found) => found.name.toLowerCase() === name.toLowerCase())];
    const kind = term?.kind ?? kindOfHead(name.split(' ').at(-1)?.toLowerCase() ?? '');
    if (kind === null) things.own.block(short);
    else things.own.name(term ? things.ofTerm(term) : things.ofTerm({ kind, name }, false), name, short);
  }
}

/** Whatever else a paper introduces is a part of its main method. */
function parts({ main, claims }: Scene, introduced: Introduced): void {
  if (main === null || main.kind === 'DATASET') return;
  for (const [thing, { start, end, way }] of introduced)
    if (thing !== main && thing.kind !== 'DATASET' && way !== 'via') claims.add({ type: 'PART_OF', from: thing, to: main, rule: 'partOf', start, end });
}

/** A name that ends in an established one is one of those: `Hierarchical Self-Distillation`, `Swing Distillation`. */
function named({ claims, reading }: Scene, introduced: Introduced, things: Things): void {
  for (const [thing, { start, end }] of introduced) {
    if (thing.kind === 'DATASET') continue;
    const words = thing.name.toLowerCase().split(/[\s-]+/);
    for (let i = 1; i < words.length; i++) {
      const family = words.slice(i).join(' ');
      const longer = SHORT_FORMS.get(family);
      const name = longer ? (longer.find((form) => reading.content.toLowerCase().includes(form)) ?? longer.at(-1) ?? family) : family;
      const term = things.index.termsOf(name, nameKey(name), false).find(({ kind }) => kind === thing.kind);
      if (!term) continue;
      claims.add({ type: 'IS_A', from: thing, to: things.ofTerm(term), rule: 'isANamed', start, end });
      break;
    }
  }
}

/** `text-to-image diffusion model` is a `diffusion model`: the end of an established name names the family. */
function families({ spans, claims }: Scene, things: Things): void {
  const named = new Set(spans.flat().map(({ thing }) => thing));
  for (const { thing, start, end } of spans.flat()) {
    if (!thing.known || thing.introduced) continue;
    const words = thing.name.split(' ');
    for (let i = 1; i < words.length; i++) {
      const family = words.slice(i).join(' ');
      const term = family.includes(' ') ? things.index.termsOf(family, nameKey(family), false).find(({ kind }) => kind === thing.kind) : undefined;
      if (!term || !named.has(things.ofTerm(term))) continue;
      claims.add({ type: 'IS_A', from: thing, to: things.ofTerm(term), rule: 'isANamed', start, end });
      break;
    }
  }
}
