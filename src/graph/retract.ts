/**
 * Retraction: a claim (type, ends, document, method) that somebody overruled. Its facts stand aside as RETRACTED
 * relationships, which no walk takes, and stay there when its document is read again.
 */
import { checkText } from '../checks.js';
import { badInput, notFound } from '../errors.js';
import type { StoredFact } from '../model.js';
import type { RelationType } from '../ontology.js';
import { RELATION_TYPES } from '../ontology.js';
import type { Author } from './audit.js';
import { audited } from './audit.js';
import type { Page, PageArgs } from './cursor.js';
import { keysAfter, pageOf, pageSize } from './cursor.js';
import { lineageWrites } from './derive.js';
import type { CallOptions, Engine, Params, Write } from './engine.js';
import { cypher, relationType, statement } from './engine.js';
import { groupBy } from './group.js';
import type { Reader } from './reader.js';
import type { FactRow } from './relations.js';
import { FACT_COLUMNS, factOf } from './relations.js';

/** How long a reason may be, in UTF-16 units. */
const REASON_MAX = 1_000;

/** How many facts one retraction shows. */
const FACTS_MAX = 100;

/** A claim that somebody overruled. */
export interface Retraction {
  /** The fact that was named when it was retracted. */
  fact: string;
  type: RelationType;
  /** entity ids; an entity is gone when no document mentions it any more */
  from: string;
  to: string;
  /** document id */
  document: string;
  method: StoredFact['method'];
  reason: string;
  /** ISO timestamp */
  retractedAt: string;
  /** Identifies the claim. */
  claim: string;
}

type Claim = Pick<Retraction, 'type' | 'from' | 'to' | 'document' | 'method'>;

/** The columns of a retraction `x`. */
export const RETRACTION_COLUMNS = cypher`x.claim AS claim, x.fact AS fact, x.type AS type, x.from AS from, x.to AS to, x.document AS document, x.method AS method, x.reason AS reason, x.retractedAt AS retractedAt`;

const CLAIM_OF = statement<Claim>('retract.claimOf')`
MATCH (a:Entity)-[r]->(b:Entity) WHERE r.fact = $fact
RETURN coalesce(r.type, type(r)) AS type, a.id AS from, b.id AS to, r.document AS document, r.method AS method LIMIT 1`;

const BY_CLAIM = statement<Retraction>('retract.byClaim')`
MATCH (d:Document {id: $document})-[:RETRACTS]->(x:Retraction {claim: $claim}) RETURN ${RETRACTION_COLUMNS} LIMIT 1`;

const BY_FACT = statement<Retraction>('retract.byFact')`
MATCH (x:Retraction) WHERE x.fact = $fact RETURN ${RETRACTION_COLUMNS} LIMIT 1`;

const PAGE = statement<Retraction>('retract.page')`
MATCH (x:Retraction) WHERE x.retractedAt < $at OR (x.retractedAt = $at AND x.claim > $claim)
RETURN ${RETRACTION_COLUMNS} ORDER BY retractedAt DESC, claim LIMIT $limit`;

const COUNT = statement<{ total: number }>('retract.count')`MATCH (x:Retraction) RETURN count(x) AS total LIMIT 1`;

const FACTS = statement<FactRow & { claim: string }>('retract.facts')`
UNWIND $rows AS row MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to}) CALL (a, b, row) {
  MATCH (a)-[r:RETRACTED]->(b) WHERE r.type = row.type AND r.document = row.document AND r.method = row.method
  RETURN r ORDER BY r.fact LIMIT $most }
RETURN row.claim AS claim, ${FACT_COLUMNS} ORDER BY claim, fact LIMIT $limit`;

/** Whoever writes of the same entities waits, so that the lineage between them is derived from what both leave. */
const HOLD = statement('retract.hold')`
UNWIND $ends AS id MATCH (e:Entity {id: id}) SET e:Entity`;

/** The document is written to first: who reads it again at the same time waits, or is waited for. */
const RETRACT = statement('retract.claim')`
MATCH (d:Document {id: $document}) SET d.id = $document MERGE (d)-[:RETRACTS]->(x:Retraction {claim: $claim})
ON CREATE SET x.fact = $fact, x.type = $type, x.from = $from, x.to = $to, x.document = $document, x.method = $method,
  x.reason = $reason, x.retractedAt = $at`;

const FORGET = statement('retract.forget')`
MATCH (d:Document {id: $document}) SET d.id = $document WITH d
MATCH (d)-[:RETRACTS]->(x:Retraction {claim: $claim}) DETACH DELETE x`;

/** Facts of retracted claims step aside; one that did so before keeps the time it was first recorded. */
const SETTLE = statement('retract.settle')`
UNWIND $documents AS document MATCH (:Document {id: document})-[:RETRACTS]->(x:Retraction)
MATCH (a:Entity {id: x.from})-[r]->(b:Entity {id: x.to})
WHERE type(r) = x.type AND r.document = document AND r.method = x.method
MERGE (a)-[n:RETRACTED {fact: r.fact}]->(b) ON CREATE SET n.recordedAt = r.recordedAt
WITH n, r, x.type AS type, n.recordedAt AS recordedAt
SET n += properties(r) SET n.type = type, n.recordedAt = recordedAt DELETE r`;

const RESTORE = new Map(
  RELATION_TYPES.map((type) => [
    type,
    statement(`retract.restore.${type}`)`
MATCH (a:Entity {id: $from})-[n:RETRACTED]->(b:Entity {id: $to})
WHERE n.type = $type AND n.document = $document AND n.method = $method
MERGE (a)-[r:${relationType(type)} {fact: n.fact}]->(b) SET r += properties(n) REMOVE r.type DELETE n`,
  ]),
);

/** What keeps retracted claims retracted after the facts of documents were written. */
export const settledWrites = (documents: readonly string[]): Write[] => [{ statement: SETTLE, params: { documents } }];

const keyOf = ({ type, from, to, document, method }: Claim): string =>
  JSON.stringify([type, from, to, document, method]);

/** The retraction of a claim, null where it stands. */
export const retractionOf = async ({ read }: Reader, claim: Claim): Promise<Retraction | null> =>
  (await read(BY_CLAIM, { document: claim.document, claim: keyOf(claim) }))[0] ?? null;

/** The claim behind a fact, which may be retracted, and its retraction if it is. @throws NOT_FOUND */
async function claimBehind(reader: Reader, fact: string): Promise<{ claim: Claim; retraction: Retraction | null }> {
  const [claim] = await reader.read(CLAIM_OF, { fact });
  const retraction = claim ? await retractionOf(reader, claim) : ((await reader.read(BY_FACT, { fact }))[0] ?? null);
  const known = claim ?? retraction;
  if (!known) throw notFound('fact', fact);
  return { claim: known, retraction };
}

/** What a decision needs: the engine it is written to, bound to a request. */
export interface Deciding {
  engine: Engine;
  reader: Reader;
  options: CallOptions;
}

const paramsOf = ({ type, from, to, document, method }: Claim): Params & Claim => ({
  type, from, to, document, method, claim: keyOf({ type, from, to, document, method }), ends: [from, to].sort(),
}); // prettier-ignore

/**
 * Retracts the claim that a fact makes, with every fact by which its document makes it. A claim that is retracted
 * already stays as it is, with its first reason.
 * @throws NOT_FOUND for an unknown fact, BAD_USER_INPUT without a reason
 */
export async function retract(
  { engine, reader, options }: Deciding,
  { fact, reason, by }: { fact: string; reason: string; by: Author },
): Promise<Retraction> {
  const why = reason.trim();
  if (why === '') throw badInput('reason', 'say why the fact is wrong');
  checkText('reason', why);
  if (why.length > REASON_MAX) throw badInput('reason', `has more than ${String(REASON_MAX)} characters`);
  const { claim, retraction } = await claimBehind(reader, fact);
  if (retraction) return retraction;
  const at = new Date().toISOString();
  const params = { ...paramsOf(claim), fact, reason: why, at };
  const documents = [claim.document];
  const writes = [
    ...[RETRACT, HOLD].map((statement) => ({ statement, params })),
    ...settledWrites(documents),
    ...lineageWrites(documents),
  ];
  await engine.write([...writes, audited({ action: 'retract', by, at, subjects: [fact], reason: why })], options);
  const stored = await retractionOf(reader, claim);
  if (!stored) throw notFound('fact', fact);
  return stored;
}

/**
 * Takes the retraction of a fact's claim back: what its document says of it now is in the graph again.
 * @returns the retraction as it was, null where the fact is not retracted
 * @throws NOT_FOUND for an unknown fact
 */
export async function undoRetraction(
  { engine, reader, options }: Deciding,
  { fact, by }: { fact: string; by: Author },
): Promise<Retraction | null> {
  const { claim, retraction } = await claimBehind(reader, fact);
  const restore = RESTORE.get(claim.type);
  if (!retraction || !restore) return null;
  const params = paramsOf(claim);
  const writes = [FORGET, HOLD, restore].map((statement) => ({ statement, params }));
  const record = audited({ action: 'undo', by, at: new Date().toISOString(), subjects: [fact], reason: null });
  await engine.write([...writes, ...lineageWrites([claim.document]), record], options);
  return retraction;
}

/** All retractions, the latest first. */
export async function retractions({ read }: Reader, { first, after }: PageArgs): Promise<Page<Retraction>> {
  const size = pageSize(first);
  const query = ['retractions'];
  const [at, claim] = keysAfter(query, after, 2) ?? ['9999', ''];
  const rows = await read(PAGE, { at, claim, limit: size + 1 });
  return pageOf(query, rows, {
    size,
    after,
    keys: (row) => [row.retractedAt, row.claim],
    item: (row) => row,
    count: async () => (await read(COUNT, {}))[0]?.total ?? 0,
  });
}

/** What the documents of retractions say of their claims now, by fact; at most 100 a retraction. */
export async function retractedFacts({ read }: Reader, of: readonly Retraction[]): Promise<StoredFact[][]> {
  const rows = await read(FACTS, { rows: of, most: FACTS_MAX, limit: of.length * FACTS_MAX });
  const byClaim = groupBy(rows, ({ claim }) => claim);
  return of.map(({ claim, type }) =>
    (byClaim.get(claim) ?? []).map(({ claim: _, ...row }) => factOf({ ...row, type })),
  );
}
