/** Texts repeat their words: what a function says of a word is remembered. */

const WORDS_MAX = 50_000;

/** A function of a word that computes each answer once, for at most 50,000 words at a time. */
export function remembered<T>(compute: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined || known.has(word)) return before as T;
    const value = compute(word);
    if (known.size >= WORDS_MAX) known.clear();
    known.set(word, value);
    return value;
  };
}
