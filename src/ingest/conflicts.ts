/** Names that may mean two things, for a person to look at: what the rules of identity joined or kept apart. */
import type { Method } from '../model.js';
import { ENTITY_KINDS, kindOfId } from '../ontology.js';
import { lookAlike } from './folding.js';
import type { GraphRecords, Reading } from './identify.js';
import type { EntityMention } from './mentions.js';
import { nameKey } from './names.js';

/** One name that may mean two things. */
export interface Conflict {
  /** `acronym`, `kind` and `letters` arise within a document; `namesakes`, `key` and `introduced` between documents. */
  rule: 'acronym' | 'kind' | 'letters' | 'namesakes' | 'key' | 'introduced';
  /** The name, or the external id. */
  name: string;
  /** Titles of the documents in which it stands, sorted. */
  documents: string[];
  /** What it may mean, and what to do. */
  message: string;
}

const quoted = (names: Iterable<string>): string =>
  [...new Set(names)]
    .sort()
    .map((name) => JSON.stringify(name))
    .join(' and ');

/** Names that one document uses for two things. */
function within({ document, mentions, facts }: Reading): Conflict[] {
  const named = [...mentions, ...facts.flatMap(({ from, to }) => [from, to])].filter(
    ({ kind }) => kind !== 'PAPER' && kind !== 'REPO',
  );
  const at = { documents: [document.title] };
  const shortFor = new Map<string, string[]>();
  for (const { kind, name, aliases } of named)
    for (const alias of aliases) put(shortFor, `${kind} ${nameKey(alias)}`, name);
  const aliases = several(shortFor).filter(([, names]) => new Set(names.map(nameKey)).size > 1);
  const kindsOf = new Map<string, string[]>();
  for (const { kind, name } of named) put(kindsOf, nameKey(name), ENTITY_KINDS[kind].label);
  const kinds = several(kindsOf);
  const spelled = new Set(named.flatMap(({ name, aliases }) => [name, ...aliases]));
  const nameOf = new Map([...spelled].map((name) => [nameKey(name), name]));
  const shown = (key: string): string => nameOf.get(key) ?? key;
  return [
    ...aliases.map(([place, names]): Conflict => {
      const name = shown(place.slice(place.indexOf(' ') + 1));
      return {
        ...at,
        rule: 'acronym',
        name,
        message: `${JSON.stringify(name)} is short for ${quoted(names)}; it is read as the first`,
      };
    }),
    ...kinds.map(([key, found]): Conflict => {
      const message = `${JSON.stringify(shown(key))} is a ${found.join(' and a ')}; where these are one thing, give it one kind`;
      return { ...at, rule: 'kind', name: shown(key), message };
    }),
    ...[...spelled].flatMap((name): Conflict[] => {
      const letter = lookAlike(name);
      if (letter === null) return [];
      const code = `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
      return [
        {
          ...at,
          rule: 'letters',
          name,
          message: `the ${JSON.stringify(letter)} in ${JSON.stringify(name)} is no Latin letter (${code}); it is another name than with one`,
        },
      ];
    }),
  ];
}

/** How many documents a notice names at most. */
const TITLES_MAX = 20;

/** An entity as the documents that were read mention it. */
interface Known {
  /** As the last of them does, by document and method. */
  name: string;
  document: string;
  method: Method;
  /** Titles of documents in which it stands, the first 20, sorted. */
  titles: readonly string[];
  /** Which papers introduce it: at most 20 of their ids. */
  introducedBy: readonly string[];
}

/** A text of its own: a piece of a long text would keep all of it in memory. */
const copied = (text: string): string => Buffer.from(text).toString();

/** The first 20 of some texts and one more, sorted. */
function kept(texts: readonly string[], text: string): readonly string[] {
  const last = texts[TITLES_MAX - 1];
  if (texts.includes(text) || (last !== undefined && last < text)) return texts;
  return [...texts, copied(text)].sort().slice(0, TITLES_MAX);
}

/**
 * Names that may mean two things, of documents that are read a batch at a time. What is found does not depend on how
 * they are split; of each entity only its name, the documents that a notice would name and its external ids are kept.
 */
export class Conflicts {
  private readonly withins: Conflict[] = [];
  private readonly entities = new Map<string, Known>();
  /** Entity ids by kind and key of their names, and by kind and external id. */
  private readonly named = new Map<string, string[]>();
  private readonly keyed = new Map<string, string[]>();

  add(readings: readonly Reading[], { documents, mentions, facts }: GraphRecords): void {
    this.withins.push(...readings.flatMap(within));
    const titleOf = new Map(documents.map(({ id, title }) => [id, title]));
    for (const mention of mentions) this.meet(mention, titleOf.get(mention.document) ?? mention.document);
    for (const { type, from, to } of facts) {
      const known = type === 'INTRODUCES' && kindOfId(from) === 'PAPER' ? this.entities.get(to) : undefined;
      if (known) known.introducedBy = kept(known.introducedBy, from);
    }
  }

  /** How many entities were mentioned. */
  get size(): number {
    return this.entities.size;
  }

  /** By rule and name. */
  all(): Conflict[] {
    return [...this.withins, ...this.namesakes(), ...this.keys(), ...this.introduced()].sort((a, b) =>
      `${a.rule} ${a.name} ${a.message}` < `${b.rule} ${b.name} ${b.message}` ? -1 : 1,
    );
  }

  private meet({ id, name, document, method, keys }: EntityMention, title: string): void {
    const known = this.entities.get(id) ?? { name, document, method, titles: [], introducedBy: [] };
    const isLast = document > known.document || (document === known.document && method >= known.method);
    if (isLast) Object.assign(known, { name: copied(name), document, method });
    known.titles = kept(known.titles, title);
    this.entities.set(id, known);
    const kind = kindOfId(id) ?? '';
    put(this.named, `${kind} ${nameKey(name)}`, id);
    for (const key of keys) if (/^(?:arxiv|doi|hf|repo):/.test(key)) put(this.keyed, `${kind} ${key}`, id);
  }

  private nameOf(id: string): string {
    return this.entities.get(id)?.name ?? id;
  }

  private titles(ids: readonly string[]): string[] {
    return sorted(ids.flatMap((id) => this.entities.get(id)?.titles ?? [])).slice(0, TITLES_MAX);
  }

  private namesakes(): Conflict[] {
    return several(this.named).map(([, ids]) => {
      const name = this.nameOf(ids[0] ?? '');
      const message = `${JSON.stringify(name)} is the name of ${ids.join(' and ')}, which are kept apart`;
      return { rule: 'namesakes', name, documents: this.titles(ids), message };
    });
  }

  private keys(): Conflict[] {
    return several(this.keyed).map(([place, ids]) => {
      const name = place.slice(place.indexOf(' ') + 1);
      const message = `${name} is the id of ${ids.join(' and ')}; one of them is wrong, or they are one`;
      return { rule: 'key', name, documents: this.titles(ids), message };
    });
  }

  private introduced(): Conflict[] {
    return [...this.entities].flatMap(([id, { name, introducedBy }]): Conflict[] => {
      const papers = sorted(introducedBy.map((paper) => this.nameOf(paper)));
      if (papers.length < 2) return [];
      const message = `${JSON.stringify(name)} is introduced by ${quoted(papers)} and is one entity, ${id}; where they mean two things, mark it \`local: true\``;
      return [{ rule: 'introduced', name, documents: papers, message }];
    });
  }
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

function put(places: Map<string, string[]>, place: string, id: string): void {
  const ids = places.get(place);
  if (ids === undefined) places.set(place, [id]);
  else if (!ids.includes(id)) ids.push(id);
}

/** The places that more than one id has, each with its ids, sorted. */
const several = (places: ReadonlyMap<string, readonly string[]>): [string, string[]][] =>
  [...places].filter(([, ids]) => ids.length > 1).map(([place, ids]) => [place, sorted(ids)]);

/** Every name that may mean two things in what was read together, by rule and name. */
export function conflictsOf(readings: readonly Reading[], records: GraphRecords): Conflict[] {
  const conflicts = new Conflicts();
  conflicts.add(readings, records);
  return conflicts.all();
}
