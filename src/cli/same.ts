/** `stemma same`: whether two names mean one thing, and which rule of identity decided. */
import { StemmaError } from '../errors.js';
import { externalId } from '../ingest/external.js';
import { lookAlike } from '../ingest/folding.js';
import { identifyAlone } from '../ingest/identify.js';
import type { Identity } from '../ingest/identify.js';
import { readKnowledge } from '../ingest/knowledge.js';
import type { Vocabulary } from '../ingest/vocabulary.js';
import type { EntityKind } from '../ontology.js';
import { ENTITY_KINDS, KINDS } from '../ontology.js';
import { bold, dim, print, printJson } from './output.js';

export interface SameOptions {
  kind?: string;
  /** Directory laid out like seed/. */
  knowledge?: string;
  json?: boolean;
}

interface Side {
  text: string;
  id: string;
  /** What was compared. */
  key: string;
  /** The canonical name in the vocabulary, null where it has none. */
  term: string | null;
}

interface Verdict {
  same: boolean;
  kind: EntityKind;
  rule: Identity['rule'];
  because: string;
  a: Side;
  b: Side;
}

const sideOf = (text: string, { id, key, term }: Identity): Side => ({ text, id, key, term: term?.name ?? null });

/** Why two identities are one or two, by the rule that decided. */
function reasonOf(a: Identity, b: Identity): Pick<Verdict, 'rule' | 'because'> {
  const same = a.id === b.id;
  if (a.rule === 'external id' || b.rule === 'external id')
    return {
      rule: 'external id',
      because: same ? `both are ${a.id}` : 'an external id decides, and it is not the same',
    };
  if (a.key === b.key)
    return { rule: 'name', because: `both are written ${a.key} without case, spaces, hyphens and plural` };
  const [known] = [a.term, b.term].filter((term) => term !== null);
  if (same) return { rule: 'vocabulary', because: `both are spellings of ${known?.name ?? a.name} in the vocabulary` };
  return a.term && b.term
    ? { rule: 'vocabulary', because: `the vocabulary has ${a.term.name} and ${b.term.name} as two things` }
    : { rule: 'name', because: `${a.key} and ${b.key} differ, and no vocabulary joins them` };
}

function verdictOf(kind: EntityKind, [a, b]: readonly [string, string], vocabulary: Vocabulary): Verdict {
  const alone = (name: string): Identity => identifyAlone({ kind, name, aliases: [] }, vocabulary);
  const [one, other] = [alone(a), alone(b)];
  return { same: one.id === other.id, kind, ...reasonOf(one, other), a: sideOf(a, one), b: sideOf(b, other) };
}

/** The kinds that are meant: the one asked for, else those of which the vocabulary or an id knows something. */
function kindsOf(
  asked: string | undefined,
  names: readonly string[],
  vocabulary: Vocabulary,
): readonly [EntityKind, ...EntityKind[]] {
  if (asked !== undefined) {
    const kind = KINDS.find((known) => known === asked.toUpperCase());
    if (!kind)
      throw new StemmaError(
        'BAD_USER_INPUT',
        `--kind: ${JSON.stringify(asked)} is no kind; the kinds are ${KINDS.map((known) => ENTITY_KINDS[known].label).join(', ')}`,
      );
    return [kind];
  }
  const [first, ...others] = KINDS.filter((kind) =>
    names.some((name) => vocabulary.find(kind, name) ?? externalId(kind, name)),
  );
  return first ? [first, ...others] : ['TECHNIQUE'];
}

/** Whether two names mean one thing, and why. @throws BAD_USER_INPUT for an empty name or a kind that is none */
export function verdictOn(a: string, b: string, vocabulary: Vocabulary, kind?: string): Verdict {
  if (a.trim() === '' || b.trim() === '') throw new StemmaError('BAD_USER_INPUT', 'give two names; one is empty');
  const [first, ...others] = kindsOf(kind, [a, b], vocabulary);
  const on = (one: EntityKind): Verdict => verdictOf(one, [a, b], vocabulary);
  return [first, ...others].map(on).find(({ same }) => same) ?? on(first);
}

/** Says whether two names mean one thing. @returns whether they do */
export function sameCommand(a: string, b: string, { kind, knowledge, json = false }: SameOptions): boolean {
  const verdict = verdictOn(a, b, readKnowledge(knowledge).vocabulary, kind);
  if (json) printJson({ ...verdict, otherLetters: [a, b].flatMap((text) => lookAlike(text) ?? []) });
  else {
    print(`${bold(verdict.same ? 'same' : 'different')}, by ${verdict.rule}: ${verdict.because}`);
    for (const { text, id, key, term } of [verdict.a, verdict.b])
      print(`  ${JSON.stringify(text)} is ${id} ${dim(`(key ${key}${term === null ? '' : `, vocabulary: ${term}`})`)}`);
    for (const text of [a, b]) {
      const letter = lookAlike(text);
      if (letter !== null)
        print(`  the ${JSON.stringify(letter)} in ${JSON.stringify(text)} looks like a Latin letter but is none`);
    }
  }
  return verdict.same;
}
