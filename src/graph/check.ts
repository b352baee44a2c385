/** Whether the stored graph obeys its own rules. */
import { factId } from '../ingest/identify.js';
import { nameKey, slug } from '../ingest/names.js';
import type { Entity, StoredFact } from '../model.js';
import { contentOf } from '../model.js';
import type { RelationType } from '../ontology.js';
import { ENTITY_KINDS, forbids, kindOfId, LINEAGE_TYPES, ruleOf } from '../ontology.js';
import { findDocuments, findEntities } from './entities.js';
import { statement } from './engine.js';
import type { Reader } from './reader.js';
import type { FactRow } from './relations.js';
import { FACT_COLUMNS } from './relations.js';
import { RESTORE_META, restoreWasCutOff } from './restore.js';
import { pages, ROWS_MAX } from './stats.js';

interface DerivedRow {
  descendant: string;
  relation: RelationType;
  ancestor: string;
  confidence: number;
  /** kinds, as the relationship has them */
  descendantKind: string | null;
  ancestorKind: string | null;
}

const DERIVED = statement<DerivedRow>('stats.derived')`
UNWIND $ids AS id MATCH (a:Entity {id: id})-[x:DESCENDS_FROM]->(b:Entity)
RETURN a.id AS descendant, x.relation AS relation, b.id AS ancestor, x.confidence AS confidence,
  x.descendantKind AS descendantKind, x.ancestorKind AS ancestorKind
ORDER BY descendant, relation, ancestor LIMIT $limit`;

const INCOMING = statement<FactRow>('stats.incoming')`
UNWIND $ids AS id MATCH (b:Entity {id: id})<-[r]-(a:Entity) WHERE type(r) IN $types
RETURN ${FACT_COLUMNS} ORDER BY b.id, r.fact LIMIT $limit`;

const SHARED_NAMES = statement<{ key: string; kind: string; ids: string[] }>('stats.sharedNames')`
MATCH (name:Name)-[:NAMES]->(n:Entity) WITH name, n ORDER BY n.id WITH name, collect(n.id) AS ids WHERE size(ids) > 1
RETURN name.key AS key, name.kind AS kind, ids ORDER BY key, kind LIMIT $limit`;

/** Keys that others handed out: two entities of one kind never have one. */
const EXTERNAL = /^(?:arxiv|doi|hf|repo):/;

/** What is local to a document has its title in its id, and may share its name with others. */
const isLocal = ({ id, name }: Entity): boolean => id.slice(id.indexOf(':') + 1).startsWith(`${slug(name)}-`);

/** Entities that cannot be found by what their mentions say: a name without its look-up, a word without its token. */
const UNINDEXED = statement<{ id: string; missing: string }>('check.unindexed')`
UNWIND $ids AS id MATCH (e:Entity {id: id})<-[m:MENTIONS]-(:Document) UNWIND m.keys AS missing
WITH DISTINCT e, missing WHERE NOT EXISTS { MATCH (e)<-[:NAMES]-(:Name {key: missing}) }
RETURN e.id AS id, missing ORDER BY id, missing LIMIT $limit`;

/** Look-ups that lead to entities of which no document says that name any more. */
const OUTDATED = statement<{ id: string; key: string }>('check.outdated')`
UNWIND $ids AS id MATCH (e:Entity {id: id})<-[:NAMES]-(name:Name)
WHERE NOT EXISTS { MATCH (e)<-[m:MENTIONS]-(:Document) WHERE name.key IN m.keys }
RETURN e.id AS id, name.key AS key ORDER BY id, key LIMIT $limit`;

/** Entities whose search tokens are other ones than those of their mentions. */
const UNSEARCHABLE = statement<{ id: string }>('check.unsearchable')`
UNWIND $ids AS id MATCH (e:Entity {id: id})<-[m:MENTIONS]-(:Document) UNWIND m.tokens AS token
WITH e, token ORDER BY token WITH e, collect(DISTINCT token) AS tokens
WHERE coalesce(e.tokens <> reduce(all = ' ', token IN tokens | all + token + ' '), true)
RETURN e.id AS id ORDER BY id LIMIT $limit`;

/** Entities that are called something else than their mentions say. */
const MISNAMED = statement<{ id: string }>('check.misnamed')`
UNWIND $ids AS id MATCH (e:Entity {id: id})<-[m:MENTIONS]-(:Document)
WITH e, min(m.name) AS name WHERE coalesce(e.name <> name, true) RETURN e.id AS id ORDER BY id LIMIT $limit`;

/** Facts whose own copy of their ends, along which pages are read, is not that of the entities. */
const UNPAGED = statement<{ fact: string }>('check.unpaged')`
UNWIND $ids AS id MATCH (a:Entity {id: id})-[r]->(b:Entity) WHERE r.fact IS NOT NULL
AND coalesce(r.source <> a.id OR r.sourceName <> a.name OR r.target <> b.id OR r.targetName <> b.name, true)
RETURN r.fact AS fact ORDER BY fact LIMIT $limit`;

/** Facts that stand although their claim is retracted. */
const UNSETTLED = statement<{ fact: string; reason: string }>('check.unsettled')`
MATCH (x:Retraction) MATCH (a:Entity {id: x.from})-[r]->(b:Entity {id: x.to})
WHERE type(r) = x.type AND r.document = x.document AND r.method = x.method
RETURN r.fact AS fact, x.reason AS reason ORDER BY fact LIMIT $limit`;

/** One thing that is wrong with the graph. */
export interface Problem {
  /** Which rule is broken: `quote`, `fact`, `ontology`, `orphan`, `label`, `lineage`, `index`, `key`, `name`, `retraction`, `restore`. */
  rule: string;
  /** What breaks it, by id. */
  subject: string;
  message: string;
}

/** How many problems are listed. */
const PROBLEMS_MAX = 1_000;

/** Every way in which the graph breaks its own rules, at most 1,000. Empty when it is sound. */
export async function check(reader: Reader): Promise<Problem[]> {
  const problems: Problem[] = [];
  const say = (rule: string, subject: string, message: string): number => problems.push({ rule, subject, message });
  for await (const { ids, entities, facts } of pages(reader)) {
    if (problems.length >= PROBLEMS_MAX) break;
    for (const { id, labels, mentioned } of entities) {
      const kind = kindOfId(id);
      if (kind === null || !labels.includes(ENTITY_KINDS[kind].label) || labels.length !== 2)
        say('label', id, `has the labels ${labels.join(', ')}`);
      if (!mentioned) say('orphan', id, 'no document mentions it; ingest its document again');
    }
    await checkQuotes(reader, facts, say);
    checkIds(facts, say);
    for (const { fact, type, from, to } of facts) {
      const [source, target] = [kindOfId(from), kindOfId(to)];
      const forbidden = source && target ? forbids(type, source, target) : 'an end is no entity';
      if (forbidden !== null) say('ontology', fact, `${from} ${type} ${to}: ${forbidden}`);
    }
    await checkLineage(reader, ids, facts, say);
    await checkIndex(reader, ids, say);
  }
  if (await restoreWasCutOff(reader))
    say('restore', RESTORE_META, 'a restore was cut off; run it again with the same file');
  for (const { fact, reason } of await reader.read(UNSETTLED, { limit: PROBLEMS_MAX }))
    say('retraction', fact, `stands although its claim is retracted (${reason})`);
  for (const { key, kind, ids } of await reader.read(SHARED_NAMES, { limit: PROBLEMS_MAX })) {
    if (EXTERNAL.test(key)) say('key', key, `is the id of ${ids.join(' and ')}; correct one of them, or make them one`);
    const namesakes = (await findEntities(reader, ids)).filter(
      (entity) => entity && nameKey(entity.name) === key && !isLocal(entity),
    );
    if (namesakes.length > 1) {
      const named = namesakes.flatMap((entity) => entity?.id ?? []).join(' and ');
      say('name', key, `is the name of ${named}, each a ${kind}; call them one, or name them apart`);
    }
  }
  return problems.slice(0, PROBLEMS_MAX);
}

type Say = (rule: string, subject: string, message: string) => void;

async function checkQuotes(reader: Reader, facts: readonly StoredFact[], say: Say): Promise<void> {
  const documents = await findDocuments(reader, [...new Set(facts.map(({ document }) => document))]);
  const contents = new Map(
    documents.flatMap((document) => (document ? [[document.id, contentOf(document)] as const] : [])),
  );
  for (const { fact, document, quote, start, end } of facts) {
    const content = contents.get(document);
    if (content === undefined) say('quote', fact, `its document ${document} is not in the graph`);
    else if (quote !== null && content?.slice(start ?? 0, end ?? 0) !== quote)
      say('quote', fact, `${JSON.stringify(quote)} does not stand in ${document} at ${String(start)}…${String(end)}`);
  }
}

/** A fact is there once, under the id that follows from what it says. */
function checkIds(facts: readonly StoredFact[], say: Say): void {
  const met = new Set<string>();
  for (const stored of facts) {
    if (met.has(stored.fact)) say('fact', stored.fact, 'is there more than once; run stemma check --repair');
    else if (factId(stored) !== stored.fact) say('fact', stored.fact, 'is not the id of what it says');
    met.add(stored.fact);
  }
}

async function checkLineage(
  { read }: Reader,
  ids: readonly string[],
  outgoing: readonly StoredFact[],
  say: Say,
): Promise<void> {
  const derived = await read(DERIVED, { ids, limit: ROWS_MAX });
  const forward = LINEAGE_TYPES.filter((type) => ruleOf(type).lineage === 'forward');
  const incoming = await read(INCOMING, { ids, types: forward, limit: ROWS_MAX });
  const expected = new Map<string, number>();
  const expect = (descendant: string, relation: string, ancestor: string, confidence: number): void => {
    const at = `${descendant} descends from ${ancestor} by ${relation}`;
    expected.set(at, Math.max(expected.get(at) ?? 0, confidence));
  };
  for (const { type, from, to, confidence } of outgoing)
    if (ruleOf(type).lineage === 'reverse') expect(from, type, to, confidence);
  for (const { type, from, to, confidence } of incoming) expect(to, type, from, confidence);
  for (const { descendant, relation, ancestor, confidence, ...kinds } of derived) {
    const at = `${descendant} descends from ${ancestor} by ${relation}`;
    const ofKinds = kinds.descendantKind === kindOfId(descendant) && kinds.ancestorKind === kindOfId(ancestor);
    if (expected.get(at) !== confidence || !ofKinds) say('lineage', descendant, `${at} is not what the facts say`);
    expected.delete(at);
  }
  for (const at of expected.keys())
    say('lineage', at.split(' ')[0] ?? at, `${at}, say the facts, but the lineage lacks it`);
}

async function checkIndex({ read }: Reader, ids: readonly string[], say: Say): Promise<void> {
  const asked = { ids, limit: PROBLEMS_MAX };
  for (const { id, missing } of await read(UNINDEXED, asked))
    say('index', id, `cannot be looked up as ${JSON.stringify(missing)}`);
  for (const { id, key } of await read(OUTDATED, asked))
    say('index', id, `is looked up as ${JSON.stringify(key)}, which no document calls it`);
  for (const { id } of await read(UNSEARCHABLE, asked))
    say('index', id, 'is not found by the words that are said of it');
  for (const { id } of await read(MISNAMED, asked)) say('index', id, 'has another name than its documents give it');
  for (const { fact } of await read(UNPAGED, asked)) say('index', fact, 'does not have the names of its ends');
}
