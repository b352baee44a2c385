import type { Storage } from '@graphiql/toolkit';
import { isSameQuestion, type Question } from './questions.js';

const keyPrefix = 'stemma:';
const tabsKey = 'graphiql:tabState';
const queryKey = 'graphiql:query';
const variablesKey = 'graphiql:variables';

/**
 * GraphiQL's keys carry no application name, so another GraphiQL once served from the same
 * host and port would otherwise greet Stemma's first-time visitors with its own tabs.
 */
export const playgroundStorage: Storage = {
  getItem: (key) => localStorage.getItem(keyPrefix + key),
  setItem: (key, value) => localStorage.setItem(keyPrefix + key, value),
  removeItem: (key) => localStorage.removeItem(keyPrefix + key),
  clear: () => storedKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return storedKeys().length;
  },
};

/**
 * Puts the right question in front and returns the tabs of a first visit. A returning visitor's
 * stored tabs win over these: GraphiQL only adds the linked question, unless a tab holds it.
 */
export function prepareTabs(examples: Question[], linked: Question | undefined): Question[] {
  const isFirstVisit = playgroundStorage.getItem(tabsKey) === null;
  const front = linked ?? (isFirstVisit ? examples[0] : undefined);
  if (!front) return examples;
  // GraphiQL fills its editors, and picks the active tab, from these two keys. It does not
  // take the first tab's variables from the tab itself.
  playgroundStorage.setItem(queryKey, front.query);
  playgroundStorage.setItem(variablesKey, front.variables);
  return [front, ...examples.filter((example) => !isSameQuestion(example, front))];
}

function storedKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(keyPrefix));
}
