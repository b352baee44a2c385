/** Repair: derived data that was damaged is found by check and made anew. */
import { expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { repair } from '../../src/graph/repair.js';
import { onBothEngines, writeTriples } from '../testkit.js';
import { probe, withEngine } from './kit.js';

const DERIVED = [
  'MATCH (a:Entity)-[x:DESCENDS_FROM]->(b:Entity) RETURN a.id AS a, x.relation AS r, b.id AS b, x.confidence AS c ORDER BY a, r, b',
  'MATCH (k:Name) OPTIONAL MATCH (k)-[:NAMES]->(n:Entity) RETURN k.key AS key, k.kind AS kind, n.id AS id ORDER BY key, kind, id',
  'MATCH (n:Entity) RETURN n.id AS id, n.name AS name, n.tokens AS tokens ORDER BY id',
  'MATCH (a:Entity)-[r]->(b:Entity) WHERE r.fact IS NOT NULL RETURN a.id AS a, b.id AS b, r.fact AS fact, properties(r) AS of ORDER BY fact',
].map((text) => probe(text));

const DAMAGE: readonly (readonly [rule: string, text: string])[] = [
  ['lineage', "MATCH (:Entity {id: 'model:b'})-[x:DESCENDS_FROM]->(:Entity {id: 'model:a'}) DELETE x"],
  ['lineage', "MATCH (:Entity {id: 'model:b'})-[x:DESCENDS_FROM]->(:Entity {id: 'model:a'}) SET x.confidence = 0.1"],
  ['lineage', "MATCH (a:Entity {id: 'model:a'}) MATCH (b:Entity {id: 'model:b'}) CREATE (a)-[:DESCENDS_FROM {relation: 'EXTENDS', confidence: 1.0}]->(b)"],
  ['lineage', "MATCH (b:Entity {id: 'model:b'}) MATCH (a:Entity {id: 'model:a'}) CREATE (b)-[:DESCENDS_FROM {relation: 'DISTILLS_INTO', confidence: 0.7, ancestorKind: 'MODEL', descendantKind: 'MODEL'}]->(a)"],
  ['lineage', "MATCH (:Entity {id: 'model:b'})-[x:DESCENDS_FROM]->(:Entity {id: 'model:a'}) SET x.ancestorKind = 'DATASET'"],
  ['fact', "MATCH (a:Entity {id: 'model:a'})-[r:DISTILLS_INTO]->(b:Entity {id: 'model:b'}) CREATE (a)-[n:DISTILLS_INTO]->(b) SET n += properties(r)"],
  ['index', "MATCH (n:Entity {id: 'model:a'}) CREATE (:Name {key: 'other', kind: 'MODEL'})-[:NAMES]->(n)"],
  ['index', "MATCH (n:Entity {id: 'model:a'}) SET n.tokens = n.tokens + 'wzzz '"],
  ['index', "MATCH (:Entity {id: 'model:a'})-[r:DISTILLS_INTO]->() SET r.targetName = 'stale'"],
  ['index', "MATCH (:Entity {id: 'model:a'})-[r:DISTILLS_INTO]->() SET r.source = 'model:stale'"],
  ['index', "MATCH (:Entity {id: 'model:a'})-[r:DISTILLS_INTO]->() REMOVE r.sourceName"],
  ['index', "MATCH (n:Entity {id: 'model:a'})-[r:DISTILLS_INTO]->() SET n.name = 'stale', r.sourceName = 'stale'"],
  ['index', "MATCH (:Name {key: 'a'})-[r:NAMES]->(:Entity) DELETE r"],
  ['index', "MATCH (n:Name {key: 'a'}) DETACH DELETE n"],
  ['index', "MATCH (n:Entity {id: 'model:a'}) SET n.tokens = ' xmodel '"],
  ['index', "MATCH (n:Entity {id: 'model:a'}) REMOVE n.tokens"],
]; // prettier-ignore

onBothEngines('repair', (open) => {
  const withGraph = (use: (engine: Engine) => Promise<void>): Promise<void> =>
    withEngine(open, async (engine) => {
      await writeTriples(engine, [
        ['model:a', 'DISTILLS_INTO', 'model:b', { confidence: 0.7 }],
        ['model:b', 'TRAINED_ON', 'dataset:d'],
      ]);
      await use(engine);
    });
  const derived = (engine: Engine) => Promise.all(DERIVED.map((statement) => engine.read(statement, {})));

  it.each(DAMAGE)('finds damage to the %s and mends it: %s', (rule, text) =>
    withGraph(async (engine) => {
      const sound = await derived(engine);
      await engine.write([{ statement: probe(text), params: {} }]);
      expect(new Set((await graphOf(engine).check()).map((problem) => problem.rule))).toEqual(new Set([rule]));
      await repair(engine);
      expect(await graphOf(engine).check()).toEqual([]);
      expect(await derived(engine)).toEqual(sound);
    }),
  );

  it('changes nothing in a graph that is sound', () =>
    withGraph(async (engine) => {
      const before = [await derived(engine), await graphOf(engine).checksum()];
      await repair(engine);
      expect([await derived(engine), await graphOf(engine).checksum()]).toEqual(before);
    }));
});
