/** The things that an answer names, as far as the text names them too: each has one kind and one name. */
import { repoOf } from '../../ingest/external.js';
import { nameKey } from '../../ingest/names.js';
import type { Vocabulary } from '../../ingest/vocabulary.js';
import type { EntityKind } from '../../ontology.js';
import { KINDS } from '../../ontology.js';
import { reposIn } from '../repos.js';
import { abbreviates, namesIn } from './occurs.js';
import { AnsweredEntity } from './schema.js';

export interface Thing {
  kind: EntityKind;
  /** As the answer has it; for a repository its URL. */
  name: string;
  /** Every spelling that stands in the text. */
  spellings: string[];
}

export class Things {
  /** Whether the text has a name. */
  readonly isNamed: (name: string) => boolean;
  /** by the key of every name */
  private readonly known = new Map<string, Thing>();
  /** by id */
  private readonly repos: ReadonlyMap<string | undefined, Thing>;

  constructor(
    entities: readonly unknown[],
    private readonly content: string,
    private readonly vocabulary: Vocabulary,
  ) {
    this.isNamed = namesIn(content);
    this.repos = new Map(
      reposIn(content).map(({ url }) => [
        repoOf(url)?.id,
        { kind: 'REPO', name: url, spellings: [repoOf(url)?.name ?? url] },
      ]),
    );
    for (const entity of entities) {
      const { data } = AnsweredEntity.safeParse(entity);
      const kind = KINDS.find((each) => each === data?.kind);
      if (data && kind && kind !== 'PAPER') this.find(kind, data.name, data.aliases);
    }
  }

  all(): Thing[] {
    return [...new Set(this.known.values())];
  }

  /** The thing of a name, null where the text has neither the name nor its acronym. The first kind said of it stays. */
  find(kind: EntityKind, name: string, aliases: readonly string[] = []): Thing | null {
    if (kind === 'REPO') return this.repos.get(repoOf(name)?.id) ?? null;
    const known = this.known.get(nameKey(name));
    if (known) return spelled(known, [name].filter(this.isNamed));
    const spellings = [name, ...aliases.filter((alias) => this.isSpelling(alias, name))].filter(this.isNamed);
    const acronym = initialsOf(name);
    if (spellings.length === 0 && acronym.length > 1 && this.isNamed(acronym)) spellings.push(acronym);
    if (spellings.length === 0) return null;
    const term = this.termOf(kind, name);
    const same = term && this.known.get(nameKey(term.name));
    const thing = spelled(same ?? { kind: term?.kind ?? kind, name, spellings: [] }, spellings);
    for (const spelling of [name, ...spellings, ...(term ? [term.name] : [])])
      if (!this.known.has(nameKey(spelling))) this.known.set(nameKey(spelling), thing);
    return thing;
  }

  /** What the vocabulary means by a name. What it has under one other kind only is of that kind. */
  private termOf(kind: EntityKind, name: string): { kind: EntityKind; name: string } | null {
    const [term, ...others] = KINDS.flatMap((each) => this.vocabulary.find(each, name) ?? []);
    const only = term && others.length === 0 && !term.ambiguous ? term : null;
    return this.vocabulary.find(kind, name) ?? only;
  }

  /** An alias is the same name, its acronym, or what the text defines: `Lanternfish (LF)`. */
  private isSpelling(alias: string, name: string): boolean {
    return (
      nameKey(alias) === nameKey(name) ||
      abbreviates(alias, name) ||
      abbreviates(name, alias) ||
      this.content.includes(`${name} (${alias}`) ||
      this.content.includes(`${alias} (${name}`)
    );
  }
}

const initialsOf = (name: string): string =>
  [...name.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].join('').toUpperCase();

function spelled(thing: Thing, spellings: readonly string[]): Thing {
  thing.spellings.push(...spellings.filter((spelling) => !thing.spellings.includes(spelling)));
  return thing;
}
