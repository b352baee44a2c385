/** What a paper contributes: everything it introduces, each thing once, and which of them is the main one. */
import type { Term } from '../ingest/vocabulary.js';
import type { Acronym } from './acronyms.js';
import { formOf } from './forms.js';
import { introductionsIn } from './introduced.js';
import type { Things } from './lookup.js';
import type { Introduction, Known, Way } from './naming.js';
import { opensTitle } from './naming.js';
import type { Reading } from './reading.js';
import type { Thing } from './things.js';
import { keyOf } from './things.js';
import { titled } from './titles.js';

export type Introduced = Map<Thing, Introduction>;

/** Ways that give a contribution a name of its own. */
const givesName = (way: Way): boolean => way !== 'described' && way !== 'part' && way !== 'variant';

/** Everything the title and the text introduce, in the order of the text. */
export function introduce(reading: Reading, things: Things): Introduced {
  const wordsOf = (name: string): Term[] =>
    things.index
      .termsOf(name)
      .filter((term) => /^\p{Ll}|[\s-]/u.test(term.name) && !term.name.split(' ').some((text) => formOf(text).proper));
  const known: Known = {
    isKnown: (name) => wordsOf(name).length > 0,
    isCommon: (name) => wordsOf(name).some((term) => /^\p{Ll}/u.test(term.name) || term.description !== null),
    isEstablished: (name) => wordsOf(name).some(({ description }) => description !== null),
    isTerm: (name) => things.index.termsOf(name).length > 0,
  };
  const inText = introductionsIn(reading, known);
  const isNamed = inText.some(({ way }) => way !== 'described' && way !== 'part');
  const title = titled(reading, known, isNamed);
  const key = title && keyOf(title.name);
  const same = title && inText.find(({ name }) => keyOf(name) === key);
  const introduced: Introduced = new Map();
  const acronyms = acronymsOf(reading);
  for (const introduction of title ? [{ ...title, kind: same?.kind ?? title.kind }, ...inText] : inText) {
    if (introduction.whole === true && (isNamed || title)) continue;
    const thing = thingOf(introduction, acronyms, things);
    if (!introduced.has(thing)) introduced.set(thing, introduction);
  }
  return introduced;
}

/** The acronyms of a document by the keys of both their forms, the first of each. */
function acronymsOf({ acronyms }: Reading): Map<string, Acronym> {
  const found = new Map<string, Acronym>();
  for (const acronym of acronyms)
    for (const key of [keyOf(acronym.short), keyOf(acronym.long)]) if (!found.has(key)) found.set(key, acronym);
  return found;
}

/** The thing that an introduction names, by any of its spellings. */
function thingOf({ name, aliases, kind }: Introduction, acronyms: Map<string, Acronym>, things: Things): Thing {
  const acronym = acronyms.get(keyOf(name));
  const long = acronym?.long.replace(/\s+/g, ' ');
  const spellings = [name, ...aliases, ...(acronym && long !== undefined ? [long, acronym.short] : [])];
  const before = spellings.map((spelling) => things.own.find(keyOf(spelling))).find((thing) => thing !== null);
  const term = things.index.termsOf(name).find((each) => each.kind === kind);
  const known = term !== undefined;
  const thing = before ?? { kind, name: term?.name ?? long ?? name, aliases: new Set(), introduced: true, known };
  things.own.name(thing, ...spellings);
  return thing;
}

/** The main contribution: the one that the title begins with, else the first that has a name of its own; null where two are presented side by side. */
export function mainOf(introduced: Introduced, reading: Reading): Thing | null {
  const named = [...introduced].filter(([, { way }]) => givesName(way));
  const title = named.find(([{ name, aliases }]) => [name, ...aliases].some((each) => opensTitle(reading, each)));
  if (title) return title[0];
  const [first, second] = named;
  const beside = first && second && first[1].sentence > 0 && first[1].sentence === second[1].sentence;
  if (beside && first[1].start === second[1].start) return null;
  return first?.[0] ?? null;
}
