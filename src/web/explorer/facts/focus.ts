/** Which facts the visitor looks at: pointing at a fact marks its words in the text, pointing at words marks their facts. */
import { createContext, useContext } from 'react';

export interface FactFocus {
  /** ids of facts */
  facts: readonly string[];
  look: (facts: readonly string[]) => void;
}

export const FactFocusContext = createContext<FactFocus>({ facts: [], look: () => undefined });

/** What makes an element that shows facts answer to the pointer and the keyboard. */
export function useFactFocus(ids: readonly string[]) {
  const { facts, look } = useContext(FactFocusContext);
  return {
    'data-looked-at': ids.some((id) => facts.includes(id)) || undefined,
    onMouseEnter: () => look(ids),
    onMouseLeave: () => look([]),
    onFocus: () => look(ids),
    onBlur: () => look([]),
  };
}
