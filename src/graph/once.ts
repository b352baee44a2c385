/** Questions about the whole graph, whose answer takes as long as the graph is large. */
import type { Engine } from './engine.js';

const underWay = new WeakMap<Engine, Map<string, Promise<unknown>>>();

/** Whoever asks while the same is being answered shares that answer, so that asking often costs no more than asking once. */
export function onceAtATime<T>(engine: Engine, question: string, answer: () => Promise<T>): Promise<T> {
  const asked = underWay.get(engine) ?? new Map<string, Promise<unknown>>();
  underWay.set(engine, asked);
  const shared = asked.get(question);
  if (shared) return shared as Promise<T>;
  const answering = answer().finally(() => asked.delete(question));
  asked.set(question, answering);
  return answering;
}

/** After a change nobody is given an answer that was begun before it. */
export const toBeAskedAnew = (engine: Engine): void => void underWay.delete(engine);
