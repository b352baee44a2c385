/** Names that may mean two things, for a person to look at: what the rules of identity joined or kept apart. */
import type { Mention } from '../model.js';
import type { EntityKind } from '../ontology.js';
import { ENTITY_KINDS, kindOfId } from '../ontology.js';
import { lookAlike } from './folding.js';
import type { GraphRecords, Reading } from './identify.js';
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

/** What each of some texts stands for. */
function groups<T>(pairs: Iterable<readonly [string, T]>): [string, Set<T>][] {
  const found = new Map<string, Set<T>>();
  for (const [at, value] of pairs) found.set(at, (found.get(at) ?? new Set<T>()).add(value));
  return [...found];
}

const several = <T>(pairs: Iterable<readonly [string, T]>): [string, Set<T>][] =>
  groups(pairs).filter(([, values]) => values.size > 1);

/** Names that one document uses for two things. */
function within({ document, mentions, facts }: Reading): Conflict[] {
  const named = [...mentions, ...facts.flatMap(({ from, to }) => [from, to])].filter(
    ({ kind }) => kind !== 'PAPER' && kind !== 'REPO',
  );
  const at = { documents: [document.title] };
  const aliases = several(
    named.flatMap((mention: Mention) =>
      mention.aliases.map((alias) => [`${mention.kind} ${nameKey(alias)}`, mention.name] as const),
    ),
  ).filter(([, names]) => new Set([...names].map(nameKey)).size > 1);
  const kinds = several(named.map(({ kind, name }) => [nameKey(name), kind] as const));
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
      const labels = [...found].map((kind: EntityKind) => ENTITY_KINDS[kind].label).sort();
      const message = `${JSON.stringify(shown(key))} is a ${labels.join(' and a ')}; where these are one thing, give it one kind`;
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

/** Names and external ids that several documents use for different things, and things that two papers introduce. */
function between({ documents, mentions, facts }: GraphRecords): Conflict[] {
  const titleOf = new Map(documents.map(({ id, title }) => [id, title]));
  const titles = (ids: Set<string>): string[] =>
    [
      ...new Set(mentions.filter(({ id }) => ids.has(id)).map(({ document }) => titleOf.get(document) ?? document)),
    ].sort();
  const kind = (id: string): string => kindOfId(id) ?? '';
  const nameOf = new Map(mentions.map(({ id, name }) => [id, name]));
  const named = several(mentions.map(({ id, name }) => [`${kind(id)} ${nameKey(name)}`, id] as const));
  const keyed = several(
    mentions.flatMap(({ id, keys }) =>
      keys.filter((key) => /^(?:arxiv|doi|hf|repo):/.test(key)).map((key) => [`${kind(id)} ${key}`, id] as const),
    ),
  );
  const introduced = several(
    facts
      .filter(({ type, from }) => type === 'INTRODUCES' && kindOfId(from) === 'PAPER')
      .map(({ from, to }) => [to, nameOf.get(from) ?? from] as const),
  );
  return [
    ...named.map(([, ids]): Conflict => {
      const name = nameOf.get([...ids][0] ?? '') ?? '';
      return {
        rule: 'namesakes',
        name,
        documents: titles(ids),
        message: `${JSON.stringify(name)} is the name of ${[...ids].sort().join(' and ')}, which are kept apart`,
      };
    }),
    ...keyed.map(([place, ids]): Conflict => {
      const name = place.slice(place.indexOf(' ') + 1);
      return {
        rule: 'key',
        name,
        documents: titles(ids),
        message: `${name} is the id of ${[...ids].sort().join(' and ')}; one of them is wrong, or they are one`,
      };
    }),
    ...introduced.map(([id, papers]): Conflict => {
      const name = nameOf.get(id) ?? id;
      return {
        rule: 'introduced',
        name,
        documents: [...papers].sort(),
        message: `${JSON.stringify(name)} is introduced by ${quoted(papers)} and is one entity, ${id}; where they mean two things, mark it \`local: true\``,
      };
    }),
  ];
}

/** Every name that may mean two things in what was read together, by rule and name. */
export const conflictsOf = (readings: readonly Reading[], records: GraphRecords): Conflict[] =>
  [...readings.flatMap(within), ...between(records)].sort((a, b) =>
    `${a.rule} ${a.name} ${a.message}` < `${b.rule} ${b.name} ${b.message}` ? -1 : 1,
  );
