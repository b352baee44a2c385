/** Finds the JSON of an answer, whatever stands around it and wherever it was cut off. */

/** What an answer holds, not yet looked at. */
export interface Answer {
  entities: unknown[];
  facts: unknown[];
  /** Whether the end is missing: what was complete before it is here, at least one more was begun. */
  cut: boolean;
}

const START = /\{\s*"(?:entities|facts)"\s*:/g;

/** How many places at which an answer may begin are tried. */
const STARTS_MAX = 5;

/** The answer in a text; prose and code fences around it, and what the model thinks aloud, do not matter. */
export function readAnswer(text: string): Answer | { reason: string } {
  const spoken = text.replace(/<think>[^]*?(?:<\/think>|$)/g, '');
  const starts = [...spoken.matchAll(START)]
    .slice(0, STARTS_MAX)
    .map(({ index }) => ({ index, ...extent(spoken, index) }));
  for (const { index, end } of starts) {
    const answer = end === null ? null : parsed(spoken.slice(index, end), false);
    if (answer) return answer;
  }
  for (const { index, end, whole } of starts) {
    const answer = end === null ? parsed(`${spoken.slice(index, whole)}]}`, true) : null;
    if (answer) return answer;
  }
  return { reason: starts.length === 0 ? without(spoken) : 'its JSON is broken' };
}

function without(text: string): string {
  if (text.trim() === '') return 'it is empty';
  if (/^\s*<(?:!doctype|html|head|body)\b/i.test(text)) return 'it is HTML, not JSON';
  return 'it has no JSON with the keys entities and facts';
}

function parsed(json: string, cut: boolean): Answer | { reason: string } | null {
  try {
    const { entities = [], facts = cut ? [] : undefined } = JSON.parse(json) as Record<string, unknown>;
    if (Array.isArray(entities) && Array.isArray(facts)) return { entities, facts, cut };
    return { reason: 'its entities or facts are no list' };
  } catch {
    return null;
  }
}

/**
 * Where the object that begins at `start` ends, null when it does not; and where the last whole item of a list in it
 * ends, or the list begins.
 */
function extent(text: string, start: number): { end: number | null; whole: number } {
  let depth = 0;
  let whole = start;
  let quoted = false;
  for (let i = start; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign === '\\') i++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') {
      depth++;
      if (depth === 2) whole = i + 1;
    } else if (sign === '}' || sign === ']') {
      depth--;
      if (depth === 0) return { end: i + 1, whole };
      if (depth === 2) whole = i + 1;
    }
  }
  return { end: null, whole };
}
