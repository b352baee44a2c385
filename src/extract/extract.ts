/** The extractor: a title and an abstract in, quoted facts out. Rules and a vocabulary, no network, no chance. */
import type { Vocabulary } from '../ingest/vocabulary.js';
import type { Document, Fact, Mention } from '../model.js';
import { about } from './about.js';
import { Claims } from './claims.js';
import type { Rule } from './confidence.js';
import type { Introduced } from './contributions.js';
import { introduce, mainOf } from './contributions.js';
import { BROAD, kindOfHead, WEAK_HEADS } from './cues.js';
import { ellipsesIn } from './ellipses.js';
import { evaluations } from './evaluations.js';
import { families } from './families.js';
import type { Sentence } from './language.js';
import { indexOf, Things } from './lookup.js';
import type { Way } from './naming.js';
import type { Reading } from './reading.js';
import { readingOf } from './reading.js';
import { relate } from './relations.js';
import { reposIn } from './repos.js';
import type { Scene } from './scene.js';
import type { Span, Thing } from './things.js';
import { keyOf, mentionOf, OwnNames } from './things.js';
import { describedIn, unknownIn } from './unknown.js';
import { withVarieties } from './varieties.js';

const RULE: Record<Way, Rule> = {
  title: 'introducedByTitle',
  named: 'introducedByName',
  acronym: 'introducedByName',
  proper: 'introducedByName',
  part: 'introducedPart',
  described: 'introducedByDescription',
  variant: 'introducedPart',
};

const SURVEY =
  /\b(?:surveys?|review|overview|(?:systematic|empirical|comprehensive|large-scale) (?:study|analysis|evaluation))\b|^(?:an? )?(?:analysis|understanding|analyzing|investigat\w+)\b/i;

/**
 * The facts that a document states, each with its exact quote, and everything it names with all spellings.
 * A pure function of its arguments; a document without text states nothing. At most 20,000 characters are read.
 */
export function extract(document: Document, vocabulary: Vocabulary): { facts: Fact[]; mentions: Mention[] } {
  const reading = readingOf(document);
  if (!reading) return { facts: [], mentions: [] };
  const things = new Things(new OwnNames(), indexOf(vocabulary), reading.content.slice(0, 20_000));
  const introduced = introduce(reading, things);
  defineAcronyms(reading, things);
  const spans = reading.sentences.map((words, s) => spansIn(reading, things, words, s));
  const main = mainOf(introduced, reading);
  const claims = new Claims(document, reading.content);
  const survey = SURVEY.test(document.title) && (main === null || main.kind === 'DATASET');
  const scene: Scene = { reading, spans, main, survey, claims, denied: new Set() };
  variants(scene, introduced);
  for (const [thing, { way, start, end }] of introduced)
    claims.add({ type: 'INTRODUCES', from: 'PAPER', to: thing, rule: RULE[way], start, end });
  relate(scene);
  evaluations(scene);
  about(scene);
  parts(scene, introduced);
  families(scene, things);
  for (const { url, ...quote } of reposIn(reading.content))
    claims.add({ type: 'IMPLEMENTED_IN', from: 'PAPER', to: repoThing(url), rule: 'repository', ...quote });
  return { facts: claims.facts(), mentions: things.all().map(mentionOf) };
}

const repoThing = (name: string): Thing => ({
  kind: 'REPO',
  name,
  aliases: new Set(),
  introduced: false,
  known: false,
});

/** Everything a sentence names: what is known, what looks like a name, what is described. */
function spansIn({ content }: Reading, things: Things, words: Sentence, sentence: number): Span[] {
  const found = { content, words, sentence, known: things.spansIn(words, sentence), things };
  const known = withVarieties(found, unknownIn(found));
  const more = [...ellipsesIn(found, known), ...describedIn({ ...found, known })];
  return more.length === 0 ? [...known] : [...known, ...more].sort((a, b) => a.first - b.first);
}

/** `small-scale MLLMs`: many models, none of them by name. */
const CLASSES = /^(?:m?llms|vlms|s?lms|plms|vlas?|vits|cnns|dnns|gnns|snns|models|networks)$/;

/** In its document an acronym means what the document says; one of something else than an entity means nothing. */
function defineAcronyms({ acronyms }: Reading, things: Things): void {
  for (const { short, long } of acronyms) {
    const name = long.replace(/\s+/g, ' ');
    if (things.own.find(keyOf(short)) ?? things.own.find(keyOf(name))) continue;
    const bySort = things.index.termsOf(short).filter((term) => term.name.toLowerCase() === name.toLowerCase());
    const [term] = [...things.index.termsOf(name), ...bySort];
    const head = name.split(' ').at(-1)?.toLowerCase() ?? '';
    const kind = term?.kind ?? (WEAK_HEADS.has(head) ? null : kindOfHead(head));
    const isClass = BROAD.has(name.toLowerCase().replace(/s$/, '')) || (!term && CLASSES.test(head));
    // `Low Rank Adapters (LoRA)`: who writes an acronym as nobody else would means what everybody means by it.
    const [famous] = kind === null && /\p{Ll}/u.test(short) ? things.index.termsOf(short) : [];
    if (famous) things.own.name(things.ofTerm(famous), name, short);
    else if (kind === null || isClass) things.own.block(short);
    else things.own.name(term ? things.ofTerm(term) : things.ofTerm({ kind, name }, false), name, short);
  }
}

/** `Foo-XL` beside an introduced `Foo` is introduced too. */
function variants({ spans }: Scene, introduced: Introduced): void {
  for (const { thing, start, end, sentence } of spans.flat())
    if (thing.introduced && !introduced.has(thing))
      introduced.set(thing, { name: thing.name, aliases: [], kind: thing.kind, way: 'variant', sentence, start, end });
}

/** A model that a technique yields is no part of it. */
const isPart = ({ kind }: Thing, main: Thing): boolean =>
  kind === 'TECHNIQUE' || (kind === 'MODEL' && main.kind === 'MODEL');

/** Whatever else a paper introduces is a part of its main method, which uses it. */
function parts({ main, claims }: Scene, introduced: Introduced): void {
  if (main === null || main.kind === 'DATASET') return;
  for (const [thing, { start, end, way }] of introduced)
    if (thing !== main && isPart(thing, main) && way !== 'title' && way !== 'variant')
      for (const [type, from, to] of [
        ['PART_OF', thing, main],
        ['USES', main, thing],
      ] as const)
        claims.add({ type, from, to, rule: 'partOf', start, end });
}
