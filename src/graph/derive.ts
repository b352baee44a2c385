/**
 * What follows from the mentions and the facts of documents: the lineage between the entities that they mention, and
 * these entities themselves, each the fold of all its mentions.
 */
import { withLineage } from '../ontology.js';
import type { Statement, Write } from './engine.js';
import { cypher, statement } from './engine.js';

const TOUCHED = cypher`UNWIND $documents AS document MATCH (d:Document {id: document})-[:MENTIONS|FORGETS]->(e:Entity) WITH DISTINCT e`;

const DERIVE_FORWARD = statement('write.descendForward')`
${TOUCHED} MATCH (e)-[r]->(b:Entity) WHERE type(r) IN $forward
WITH e, b, type(r) AS relation, max(r.confidence) AS confidence
MERGE (b)-[x:DESCENDS_FROM {relation: relation}]->(e)
SET x.confidence = confidence, x.ancestorKind = toUpper(split(e.id, ':')[0]), x.descendantKind = toUpper(split(b.id, ':')[0])`;

const DERIVE_REVERSE = statement('write.descendReverse')`
${TOUCHED} MATCH (e)-[r]->(b:Entity) WHERE type(r) IN $reverse
WITH e, b, type(r) AS relation, max(r.confidence) AS confidence
MERGE (e)-[x:DESCENDS_FROM {relation: relation}]->(b)
SET x.confidence = confidence, x.ancestorKind = toUpper(split(b.id, ':')[0]), x.descendantKind = toUpper(split(e.id, ':')[0])`;

const FORGET_DERIVED = statement('write.forgetDerived')`
${TOUCHED} MATCH (e)-[x:DESCENDS_FROM]-(:Entity)
WITH DISTINCT x, startNode(x) AS s, endNode(x) AS t
WHERE NOT (EXISTS { MATCH (s)-[r]->(t) WHERE type(r) = x.relation AND x.relation IN $reverse }
  OR EXISTS { MATCH (t)-[r]->(s) WHERE type(r) = x.relation AND x.relation IN $forward })
DELETE x`;

const FOLD = statement('write.foldEntities')`
${TOUCHED} MATCH (e)<-[m:MENTIONS]-(:Document)
WITH e, min(m.name) AS name, min(m.description) AS description, min(m.url) AS url, min(m.abstract) AS abstract,
     min(m.publishedOn) AS publishedOn, min(m.year) AS year, min(m.arxivId) AS arxivId
SET e.name = name, e.description = description, e.url = url, e.abstract = abstract, e.publishedOn = publishedOn,
    e.year = year, e.arxivId = arxivId`;

const FOLD_ALIASES = statement('write.foldAliases')`
${TOUCHED} MATCH (e)<-[m:MENTIONS]-(:Document) UNWIND m.names AS alias
WITH e, alias ORDER BY alias WHERE alias <> e.name WITH e, collect(DISTINCT alias) AS aliases SET e.aliases = aliases`;

const NO_ALIASES = statement('write.noAliases')`
${TOUCHED} SET e.aliases = []`;

const FOLD_TOKENS = statement('write.foldTokens')`
${TOUCHED} MATCH (e)<-[m:MENTIONS]-(:Document) UNWIND m.tokens AS token
WITH e, token ORDER BY token WITH e, collect(DISTINCT token) AS tokens
SET e.tokens = reduce(all = ' ', token IN tokens | all + token + ' ')`;

const FORGET_NAMES = statement('write.forgetNames')`
${TOUCHED} MATCH (e)<-[r:NAMES]-(n:Name)
WHERE NOT EXISTS { MATCH (e)<-[m:MENTIONS]-(:Document) WHERE n.key IN m.keys } DELETE r`;

const FOLD_NAMES = statement('write.foldNames')`
${TOUCHED} MATCH (e)<-[m:MENTIONS]-(:Document) UNWIND m.keys AS key WITH DISTINCT e, key
MERGE (n:Name {key: key, kind: toUpper(split(e.id, ':')[0])}) MERGE (n)-[:NAMES]->(e)`;

const DROP_ORPHANS = statement('write.dropOrphans')`
UNWIND $documents AS document MATCH (d:Document {id: document})-[:FORGETS]->(e:Entity) WHERE NOT EXISTS { MATCH (e)<-[:MENTIONS]-(:Document) }
WITH DISTINCT e DETACH DELETE e`;

const FORGOTTEN = statement('write.forgotten')`
UNWIND $documents AS document MATCH (d:Document {id: document})-[f:FORGETS]->(:Entity) DELETE f`;

/** The lineage between the entities of documents anew, from the facts there are now. */
export function lineageWrites(documents: readonly string[]): Write[] {
  const params = { documents, forward: withLineage('forward'), reverse: withLineage('reverse') };
  return [DERIVE_FORWARD, DERIVE_REVERSE, FORGET_DERIVED].map((statement) => ({ statement, params }));
}

const FOLDS: readonly Statement[] = [
  DROP_ORPHANS, FOLD, NO_ALIASES, FOLD_ALIASES, FOLD_TOKENS, FORGET_NAMES, FOLD_NAMES, FORGOTTEN,
]; // prettier-ignore

/** The entities of documents, folded anew from their mentions; those that nothing mentions any more are dropped. */
export const foldWrites = (documents: readonly string[]): Write[] =>
  FOLDS.map((statement) => ({ statement, params: { documents } }));
