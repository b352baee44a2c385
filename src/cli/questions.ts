/** The commands that ask: lineage, path, search, stats, check. */
import { StemmaError } from '../errors.js';
import type { EntityKind, RelationType } from '../ontology.js';
import { ENTITY_KINDS, ruleOf } from '../ontology.js';
import type { Asker } from './ask.js';
import { bold, dim, print, printJson, table, wrapped } from './output.js';

interface Named {
  id: string;
  name: string;
  kind: EntityKind;
}

interface Step {
  type: RelationType;
  source: Named;
  target: Named;
  confidence: number;
  evidence: { id: string; quote: string | null; document: { title: string } }[];
}

const NAMED = 'id name kind';
const STEP = `type confidence source { ${NAMED} } target { ${NAMED} } evidence(first: 1) { id quote document { title } }`;

const labelOf = ({ kind }: Named): string => ENTITY_KINDS[kind].label;
const shown = (entity: Named): string => `${bold(entity.name)} ${dim(`[${labelOf(entity)}]`)}`;

/** The entity that a name or an id means. @throws NOT_FOUND with what comes near */
async function resolve(asker: Asker, name: string, kind?: string): Promise<Named> {
  type Answer = { byName: Named | null; byId: Named | null };
  const query = `query ($name: String!, $id: ID!, $kind: EntityKind) { byId: entity(id: $id) { ${NAMED} } byName: entity(name: $name, kind: $kind) { ${NAMED} } }`;
  const { byId, byName } = await asker.ask<Answer>(query, { name, id: name, kind: kind?.toUpperCase() ?? null });
  const found = byId ?? byName;
  if (found) return found;
  const near = await nearTo(asker, name);
  throw new StemmaError(
    'NOT_FOUND',
    `nothing is called ${JSON.stringify(name)}${near.length > 0 ? `; near to it: ${near.join(', ')}` : ''}`,
  );
}

async function nearTo(asker: Asker, text: string): Promise<string[]> {
  if (!/[\p{L}\p{N}]/u.test(text)) return [];
  type Answer = { search: { nodes: Named[] } };
  const { search } = await asker.ask<Answer>(
    `query ($text: String!) { search(text: $text, first: 5) { nodes { ${NAMED} } } }`,
    {
      text: text.slice(0, 200),
    },
  );
  return search.nodes.map(({ name }) => JSON.stringify(name));
}

/** One hop as a sentence, with the words of the document that say it. */
function sentence({ type, source, target, evidence }: Step, indent: string): string[] {
  const [proof] = evidence;
  const said = proof?.quote ?? null;
  const lines = said === null ? ['(public knowledge, no quote)'] : wrapped(`“${said}”`, 96 - indent.length);
  const from = proof ? dim(`${indent}  — ${proof.document.title}`) : '';
  return [
    `${indent}${source.name} ${dim(ruleOf(type).verb)} ${target.name}`,
    ...lines.map((line) => dim(`${indent}  ${line}`)),
    from,
  ].filter(Boolean);
}

export interface LineageOptions {
  kind?: string;
  direction: string;
  depth: number;
  limit: number;
  relations?: string[];
  kinds?: string[];
  minConfidence?: number;
  quotes: boolean;
  json?: boolean;
}

const upper = (values?: string[]): string[] | null => values?.map((value) => value.toUpperCase()) ?? null;

export async function lineageCommand(asker: Asker, name: string, options: LineageOptions): Promise<void> {
  const root = await resolve(asker, name, options.kind);
  type Lineage = {
    nodes: { depth: number; direction: string; entity: Named }[];
    edges: Step[];
    complete: boolean;
    truncatedBy: string[];
    frontier: string[];
  };
  const query = `query ($of: ID!, $direction: LineageDirection, $depth: Int, $limit: Int, $relations: [RelationType!], $kinds: [EntityKind!], $minConfidence: Float) {
    lineage(of: $of, direction: $direction, depth: $depth, limit: $limit, relations: $relations, kinds: $kinds, minConfidence: $minConfidence) {
      complete truncatedBy frontier nodes { depth direction entity { ${NAMED} } } edges { ${STEP} } } }`;
  const { lineage } = await asker.ask<{ lineage: Lineage }>(query, {
    of: root.id,
    direction:
      { up: 'UPSTREAM', down: 'DOWNSTREAM', both: 'BOTH' }[options.direction] ?? options.direction.toUpperCase(),
    depth: options.depth,
    limit: options.limit,
    relations: upper(options.relations),
    kinds: upper(options.kinds),
    minConfidence: options.minConfidence ?? null,
  });
  if (options.json) return void printJson({ root, ...lineage });
  print(shown(root));
  const depthOf = new Map(lineage.nodes.map(({ depth, entity }) => [entity.id, depth]));
  for (const { depth, direction, entity } of lineage.nodes.slice(1)) {
    const indent = '  '.repeat(depth);
    const nearer = (step: Step): string => (step.source.id === entity.id ? step.target.id : step.source.id);
    const steps = lineage.edges.filter(
      (step) =>
        (step.source.id === entity.id || step.target.id === entity.id) && depthOf.get(nearer(step)) === depth - 1,
    );
    print(`${indent}${{ DOWNSTREAM: '▼', UPSTREAM: '▲' }[direction] ?? '◆'} ${shown(entity)}`);
    for (const step of steps) for (const line of options.quotes ? sentence(step, `${indent}    `) : []) print(line);
  }
  print();
  const rest = `not all: ${lineage.truncatedBy.join(', ')}; ${String(lineage.frontier.length)} of these lead further (--depth, --limit)`;
  print(
    `${String(lineage.nodes.length)} entities, ${String(lineage.edges.length)} relations; ${lineage.complete ? 'this is all there is' : rest}`,
  );
}

export interface PathOptions {
  directed?: boolean;
  maxLength: number;
  first: number;
  minConfidence?: number;
  relations?: string[];
  json?: boolean;
}

/** @returns whether there is a path */
export async function pathCommand(asker: Asker, from: string, to: string, options: PathOptions): Promise<boolean> {
  const [a, b] = [await resolve(asker, from), await resolve(asker, to)];
  const query = `query ($from: ID!, $to: ID!, $directed: Boolean, $maxLength: Int, $first: Int, $minConfidence: Float, $relations: [RelationType!]) {
    paths(from: $from, to: $to, directed: $directed, maxLength: $maxLength, first: $first, minConfidence: $minConfidence, relations: $relations) {
      length nodes { ${NAMED} } steps { ${STEP} } } }`;
  type Answer = { paths: { length: number; nodes: Named[]; steps: Step[] }[] };
  const { maxLength, first, directed = false, minConfidence = null } = options;
  const variables = {
    from: a.id,
    to: b.id,
    directed,
    maxLength,
    first,
    minConfidence,
    relations: upper(options.relations),
  };
  const { paths } = await asker.ask<Answer>(query, variables);
  if (options.json) printJson({ from: a, to: b, paths });
  else if (paths.length === 0)
    print(`no path of at most ${String(maxLength)} steps joins ${a.name} and ${b.name} (--max-length)`);
  else
    for (const [i, { length, nodes, steps }] of paths.entries()) {
      print(`${String(i + 1)}. ${String(length)} steps: ${nodes.map(({ name }) => bold(name)).join(' — ')}`);
      for (const step of steps) for (const line of sentence(step, '   ')) print(line);
    }
  return paths.length > 0;
}

/** @returns whether anything was found */
export async function searchCommand(
  asker: Asker,
  text: string,
  options: { first: number; kinds?: string[]; json?: boolean },
): Promise<boolean> {
  const query = `query ($text: String!, $first: Int, $kinds: [EntityKind!]) { search(text: $text, first: $first, kinds: $kinds) {
    totalCount edges { score snippet node { ${NAMED} } } } }`;
  type Answer = { search: { totalCount: number; edges: { score: number; snippet: string; node: Named }[] } };
  const { search } = await asker.ask<Answer>(query, { text, first: options.first, kinds: upper(options.kinds) });
  if (options.json) printJson(search);
  else {
    for (const { node, snippet } of search.edges) {
      print(`${shown(node)} ${dim(node.id)}`);
      for (const line of wrapped(snippet, 96)) print(dim(`  ${line}`));
    }
    print(`${String(search.edges.length)} of ${String(search.totalCount)} found`);
  }
  return search.totalCount > 0;
}

export async function statsCommand(asker: Asker, options: { checksum?: boolean; json?: boolean }): Promise<void> {
  const query = `query ($checksum: Boolean!) { stats { documents entities relations facts kinds { kind count } types { type count facts } checksum @include(if: $checksum) } }`;
  type Answer = {
    stats: {
      documents: number;
      entities: number;
      relations: number;
      facts: number;
      kinds: { kind: EntityKind; count: number }[];
      types: { type: RelationType; count: number; facts: number }[];
      checksum?: string;
    };
  };
  const { stats } = await asker.ask<Answer>(query, { checksum: options.checksum ?? false });
  if (options.json) return void printJson(stats);
  if (options.checksum) return void print(stats.checksum);
  const kinds = stats.kinds.map(({ kind, count }) => [ENTITY_KINDS[kind].label, count] as const);
  const types = stats.types
    .filter(({ facts }) => facts > 0)
    .map(({ type, count, facts }) => [type, count, facts] as const);
  print(table([...kinds, ['all entities', stats.entities], ['documents', stats.documents]]));
  print();
  print(table([['relation', 'relations', 'facts'], ...types, ['all', stats.relations, stats.facts]]));
}

/** @returns whether the graph is sound */
export async function checkCommand(asker: Asker, options: { json?: boolean }): Promise<boolean> {
  type Answer = { check: { rule: string; subject: string; message: string }[] };
  const { check } = await asker.ask<Answer>('{ check { rule subject message } }');
  if (options.json) printJson(check);
  else if (check.length === 0)
    print('sound: every quote stands in its text, every fact obeys the ontology, the lineage agrees with the facts');
  else print(table(check.map(({ rule, subject, message }) => [rule, subject, message])));
  return check.length === 0;
}
