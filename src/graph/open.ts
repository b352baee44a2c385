/** Opens the engine that the configuration names, ready to answer. */
import type { Config } from '../config.js';
import type { Engine } from './engine.js';
import { openGrafeo } from './grafeo.js';
import { openNeo4j } from './neo4j.js';

/** @throws StemmaError STORE_IN_USE or SERVICE_UNAVAILABLE in words that say what to do */
export async function openEngine({ neo4j, dataDirectory }: Pick<Config, 'neo4j' | 'dataDirectory'>): Promise<Engine> {
  const engine = neo4j ? openNeo4j(neo4j) : openGrafeo(dataDirectory);
  try {
    await engine.schema();
  } catch (error) {
    await engine.close();
    throw error;
  }
  return engine;
}
