/** A cluster (`neo4j://`): reads at its readers, writes at its leader, and everybody reads what they wrote. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/graph/engine.js';
import { graphOf } from '../../src/graph/graph.js';
import { openNeo4j } from '../../src/graph/neo4j.js';
import { probe } from '../conformance/kit.js';
import { neo4jUnderTest, openEmptyNeo4j, settingsOf, writeTriples } from '../testkit.js';
import type { Cluster } from './cluster.js';
import { startCluster } from './cluster.js';

const ONE = probe<{ one: number }>('RETURN 1 AS one LIMIT 1');

describe.skipIf(neo4jUnderTest === null)('a cluster (Neo4j)', () => {
  let cluster: Cluster;
  let engine: Engine;
  beforeEach(async () => {
    await (await openEmptyNeo4j()).close();
    cluster = await startCluster(neo4jUnderTest ?? '', 3);
    engine = openNeo4j(settingsOf(cluster.uri));
  });
  afterEach(async () => {
    await engine.close();
    await cluster.close();
  });

  /** How many transactions of a mode each member was asked for since it was last looked at. */
  const asked = (mode: 'READ' | 'WRITE'): number[] =>
    cluster.members.map((member) => member.asked.filter((one) => one.mode === mode).length);
  const forget = (): void => {
    for (const member of cluster.members) member.asked.length = 0;
  };
  const write = (name: string): Promise<void> =>
    writeTriples(engine, [[`model:${name}`, 'EXTENDS', 'model:root']], name);

  it('reads go to the readers, both of them, and writes to the leader', async () => {
    for (const name of ['a', 'b']) await write(name);
    expect(asked('WRITE')).toEqual([2, 0, 0]);
    forget();
    await Promise.all(Array.from({ length: 20 }, () => engine.read(ONE, {})));
    await graphOf(engine).checksum();
    const [leader, ...readers] = asked('READ');
    expect([leader, asked('WRITE')]).toEqual([0, [0, 0, 0]]);
    for (const reads of readers) expect(reads).toBeGreaterThan(0);
  });

  it('whoever reads after a write asks for a state that has it', async () => {
    for (const name of ['a', 'b', 'c']) {
      await write(name);
      forget();
      expect((await graphOf(engine).findEntity(`model:${name}`))?.id).toBe(`model:${name}`);
      const { written } = cluster;
      expect(written).toMatch(/^FB:/);
      expect(cluster.members.flatMap((member) => member.asked).map(({ mode, bookmarks }) => [mode, bookmarks])).toEqual(
        [['READ', [written]]],
      );
    }
  });

  it('when another member becomes the leader, writes go there, and all of them are done once', async () => {
    await write('before');
    cluster.leader = 2;
    forget();
    await Promise.all(['a', 'b', 'c'].map(write));
    expect(asked('WRITE')[2]).toBe(3);
    expect((await graphOf(engine).stats()).documents).toBe(4);
    expect(await graphOf(engine).check()).toEqual([]);
  });

  it('when a reader is gone, reads go to the other', async () => {
    await engine.read(ONE, {});
    cluster.members[1]?.stop();
    forget();
    expect(await Promise.all(Array.from({ length: 10 }, () => engine.read(ONE, {})))).toEqual(
      Array(10).fill([{ one: 1 }]),
    );
    expect(asked('READ')[2]).toBe(10);
  });

  it('a cluster none of whose members is there is away, in a sentence that names it', async () => {
    for (const member of cluster.members) member.stop();
    const message = expect.stringMatching(/^Neo4j at 127\.0\.0\.1:\d+ cannot answer/) as string;
    await expect(engine.read(ONE, {})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', message });
  });
});
