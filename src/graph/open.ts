/** Opens the engine that the configuration names, ready to answer. */
import type { Config } from '../config.js';
import type { Engine } from './engine.js';
import { openGrafeo } from './grafeo.js';
import { openNeo4j } from './neo4j.js';

type Place = Pick<Config, 'neo4j' | 'dataDirectory'>;

/**
 * The engine as it is, its schema not yet seen to; a Neo4j need not be there.
 * @throws StemmaError STORE_IN_USE or SERVICE_UNAVAILABLE where the embedded store cannot be opened
 */
export const engineOf = ({ neo4j, dataDirectory }: Place): Engine =>
  neo4j ? openNeo4j(neo4j) : openGrafeo(dataDirectory);

/** @throws StemmaError STORE_IN_USE or SERVICE_UNAVAILABLE in words that say what to do */
export async function openEngine(place: Place): Promise<Engine> {
  const engine = engineOf(place);
  try {
    await engine.schema();
  } catch (error) {
    await engine.close();
    throw error;
  }
  return engine;
}
