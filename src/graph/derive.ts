/**
 * What follows from the mentions and the facts of documents: the lineage between the entities that they mention, and
 * these entities themselves, each the fold of all its mentions. What only adds to a fold is added to what is there, so
 * that a mention costs the same however many there are; an entity that lost a mention is folded anew. What people say of
 * an entity by hand, in the one document that is its entry, comes before what all others say.
 */
import { ENTRY } from '../ingest/assertion.js';
import { withLineage } from '../ontology.js';
import type { Fragment, Write } from './engine.js';
import { cypher, relationTypes, statement } from './engine.js';

/** Which entities are meant, each once as `e`: those that documents mention or mentioned, that lost a mention, or given ones. */
const ANCHORS = {
  touched: cypher`UNWIND $documents AS document MATCH (d:Document {id: document})-[:MENTIONS|FORGETS]->(e:Entity) WITH DISTINCT e`,
  changed: cypher`UNWIND $documents AS document MATCH (d:Document {id: document})-[:FORGETS]->(e:Entity) WITH DISTINCT e`,
  given: cypher`UNWIND $ids AS id MATCH (e:Entity {id: id})`,
};

const FORWARD = cypher`[r:${relationTypes(withLineage('forward'))}]`;
const REVERSE = cypher`[r:${relationTypes(withLineage('reverse'))}]`;

/** The lineage of entities anew. All go from descendants to ancestors, for who has many descendants has few ancestors. */
const lineage = (name: string, entities: Fragment) => {
  const derive = cypher`WITH e, a, type(r) AS relation, max(r.confidence) AS confidence
MERGE (e)-[x:DESCENDS_FROM {relation: relation}]->(a)
SET x.confidence = confidence, x.ancestorKind = toUpper(split(a.id, ':')[0]), x.descendantKind = toUpper(split(e.id, ':')[0])`;
  return [
    statement(`${name}.descendForward`)`${entities} MATCH (e)<-${FORWARD}-(a:Entity) ${derive}`,
    statement(`${name}.descendReverse`)`${entities} MATCH (e)-${REVERSE}->(a:Entity) ${derive}`,
    statement(`${name}.forgetDerived`)`
${entities} MATCH (e)-[x:DESCENDS_FROM]->(a:Entity)
WHERE NOT (EXISTS { MATCH (e)-${REVERSE}->(a) WHERE type(r) = x.relation } OR EXISTS { MATCH (e)<-${FORWARD}-(a) WHERE type(r) = x.relation })
DELETE x`,
  ];
};

const NAME = cypher`MERGE (n:Name {key: key, kind: toUpper(split(e.id, ':')[0])}) MERGE (n)-[:NAMES]->(e)`;

const MENTIONS = cypher`MATCH (e)<-[m:MENTIONS]-(:Document)`;
const SORTED_TOKENS = cypher`WITH e, token ORDER BY token WITH e, collect(DISTINCT token) AS tokens
SET e.tokens = reduce(all = ' ', token IN tokens | all + token + ' ')`;

/** Entities anew from all their mentions. */
const fold = (name: string, entities: Fragment) => [
  statement(`${name}.foldEntities`)`
${entities} ${MENTIONS}
WITH e, min(m.name) AS name, min(m.description) AS description, min(m.url) AS url, min(m.abstract) AS abstract,
     min(m.publishedOn) AS publishedOn, min(m.year) AS year, min(m.arxivId) AS arxivId
SET e.name = name, e.description = description, e.url = url, e.abstract = abstract, e.publishedOn = publishedOn,
    e.year = year, e.arxivId = arxivId`,
  statement(`${name}.noAliases`)`
${entities} SET e.aliases = []`,
  statement(`${name}.foldAliases`)`
${entities} ${MENTIONS} UNWIND m.names AS alias
WITH e, alias ORDER BY alias WHERE alias <> e.name WITH e, collect(DISTINCT alias) AS aliases SET e.aliases = aliases`,
  statement(`${name}.foldTokens`)`
${entities} ${MENTIONS} UNWIND m.tokens AS token ${SORTED_TOKENS}`,
  statement(`${name}.forgetNames`)`
${entities} MATCH (e)<-[r:NAMES]-(n:Name)
WHERE NOT EXISTS { MATCH (e)<-[m:MENTIONS]-(:Document) WHERE n.key IN m.keys } DELETE r`,
  statement(`${name}.foldNames`)`
${entities} ${MENTIONS} UNWIND m.keys AS key WITH DISTINCT e, key ${NAME}`,
];

/** The description and the page of entities that somebody gave by hand. */
const entries = (name: string, entities: Fragment) =>
  statement(`${name}.entries`)`
${entities} WITH e, $entry + e.id AS entry MATCH (d:Document {id: entry})-[m:MENTIONS]->(e) WHERE m.method = $byHand
SET e.description = coalesce(d.text, e.description), e.url = coalesce(d.url, e.url)`;
const BY_HAND = { entry: ENTRY, byHand: 'CURATED' };

/** The smaller of what an entity has and what is said of it; null only where both are. */
const smaller = (has: Fragment, said: Fragment): Fragment =>
  cypher`CASE WHEN ${said} IS NULL OR ${has} <= ${said} THEN ${has} ELSE ${said} END`;

/**
 * Facts carry the ids and names of both their ends, so that a page of them can be read along an index. These follow
 * when an entity is renamed.
 */
const naming = (name: string, named: Fragment) => [
  statement(`${name}.nameSources`)`
${named} MATCH (e)-[r]->(:Entity) WHERE r.fact IS NOT NULL AND coalesce(r.sourceName <> name OR r.source <> e.id, true)
SET r.source = e.id, r.sourceName = name`,
  statement(`${name}.nameTargets`)`
${named} MATCH (e)<-[r]-(:Entity) WHERE r.fact IS NOT NULL AND coalesce(r.targetName <> name OR r.target <> e.id, true)
SET r.target = e.id, r.targetName = name`,
];

const SAID = cypher`UNWIND $documents AS document MATCH (d:Document {id: document})-[m:MENTIONS]->(e:Entity)`;

/** What the mentions of documents add to the entities that they mention. */
const GROW = [
  // The name counts among the aliases until the smallest is known.
  statement('write.growAliases')`
${SAID} UNWIND m.names AS alias WITH DISTINCT e, alias WHERE e.name IS NULL OR (alias <> e.name AND NOT alias IN e.aliases)
WITH e, collect(alias) + CASE WHEN e.name IS NULL THEN [] ELSE e.aliases + [e.name] END AS aliases
UNWIND aliases AS alias WITH e, alias ORDER BY alias WITH e, collect(DISTINCT alias) AS aliases SET e.aliases = aliases`,
  ...naming('write.grown', cypher`${SAID} WITH e, min(m.name) AS name WHERE name < e.name`),
  statement('write.growEntities')`
${SAID}
WITH e, min(m.name) AS name, min(m.description) AS description, min(m.url) AS url, min(m.abstract) AS abstract,
     min(m.publishedOn) AS publishedOn, min(m.year) AS year, min(m.arxivId) AS arxivId
SET e.name = ${smaller(cypher`e.name`, cypher`name`)}, e.description = ${smaller(cypher`e.description`, cypher`description`)}, e.url = ${smaller(cypher`e.url`, cypher`url`)},
    e.abstract = ${smaller(cypher`e.abstract`, cypher`abstract`)}, e.publishedOn = ${smaller(cypher`e.publishedOn`, cypher`publishedOn`)}, e.year = ${smaller(cypher`e.year`, cypher`year`)},
    e.arxivId = ${smaller(cypher`e.arxivId`, cypher`arxivId`)}`,
  statement('write.growNoAlias')`
${SAID} WITH DISTINCT e WHERE e.name IN e.aliases SET e.aliases = [alias IN e.aliases WHERE alias <> e.name]`,
  // An entity that is new has most of its tokens from one mention, which need no sorting.
  statement('write.firstTokens')`
${SAID} WHERE e.tokens IS NULL
WITH e, max(reduce(all = ' ', token IN m.tokens | all + token + ' ')) AS tokens SET e.tokens = tokens`,
  statement('write.growTokens')`
${SAID} UNWIND m.tokens AS token WITH e, token WHERE NOT e.tokens CONTAINS (' ' + token + ' ')
WITH e, collect(token) + split(trim(e.tokens), ' ') AS tokens UNWIND tokens AS token ${SORTED_TOKENS}`,
  statement('write.growNames')`
${SAID} UNWIND m.keys AS key WITH DISTINCT e, key ${NAME}`,
];

const DROP_ORPHANS = statement('write.dropOrphans')`
UNWIND $documents AS document MATCH (d:Document {id: document})-[:FORGETS]->(e:Entity) WHERE NOT EXISTS { MATCH (e)<-[:MENTIONS]-(:Document) }
WITH DISTINCT e DETACH DELETE e`;

const FORGOTTEN = statement('write.forgotten')`
UNWIND $documents AS document MATCH (d:Document {id: document})-[f:FORGETS]->(:Entity) DELETE f`;

const LINEAGE = lineage('write', ANCHORS.touched);
const FOLDS = [
  DROP_ORPHANS,
  ...GROW,
  ...fold('write', ANCHORS.changed),
  entries('write', ANCHORS.touched),
  ...naming('write', cypher`${ANCHORS.changed} WITH e, e.name AS name`),
];
const NAMING = naming('repair', cypher`${ANCHORS.given} WITH e, e.name AS name`);

/** What is there more than once: of a fact one stays, and lineage is derived anew. */
const SINGLE = [
  statement('repair.doubledFacts')`
${ANCHORS.given} MATCH (e)-[r]->(a:Entity) WHERE r.fact IS NOT NULL
WITH e, a, type(r) AS type, r.fact AS fact, collect(r) AS doubles WHERE size(doubles) > 1
UNWIND doubles[1..] AS double DELETE double`,
  statement('repair.doubledLineage')`
${ANCHORS.given} MATCH (e)-[x:DESCENDS_FROM]->(a:Entity)
WITH e, a, x.relation AS relation, collect(x) AS doubles WHERE size(doubles) > 1
UNWIND doubles AS double DELETE double`,
];
const ANEW = [
  ...SINGLE,
  ...lineage('repair', ANCHORS.given),
  ...fold('repair', ANCHORS.given),
  entries('repair', ANCHORS.given),
  ...NAMING,
];

/** The lineage between the entities of documents anew, from the facts there are now. */
export const lineageWrites = (documents: readonly string[]): Write[] =>
  LINEAGE.map((statement) => ({ statement, params: { documents } }));

/**
 * The entities of documents, folded with what the documents say of them; those that nothing mentions any more are
 * dropped. A document FORGETS the entities of which it no longer says what it said.
 */
export const foldWrites = (documents: readonly string[]): Write[] =>
  FOLDS.map((statement) => ({ statement, params: { documents, ...BY_HAND } }));

/** Ends what a write began: all that documents forgot has been seen to. */
export const forgottenWrites = (documents: readonly string[]): Write[] => [
  { statement: FORGOTTEN, params: { documents } },
];

/** The facts of entities, with the names that these have. */
export const namingWrites = (ids: readonly string[]): Write[] =>
  NAMING.map((statement) => ({ statement, params: { ids } }));

/** Everything that follows about entities, made anew from all there is. */
export const derivedWrites = (ids: readonly string[]): Write[] =>
  ANEW.map((statement) => ({ statement, params: { ids, ...BY_HAND } }));
