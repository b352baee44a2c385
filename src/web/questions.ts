/** What one playground tab asks. */
export interface Question {
  query: string;
  /** JSON text, empty when the query takes no variables. */
  variables: string;
}

const queryFiles = import.meta.glob<string>('../../examples/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const variablesFiles = import.meta.glob<string>('../../examples/*.variables.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The repository's examples, in file-name order. */
export const exampleQuestions: Question[] = Object.entries(queryFiles)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([path, query]) => question(query, variablesFiles[path.replace(/\.graphql$/, '.variables.json')]));

/** The question a `?query=...&variables=...` link carries, if any. */
export function linkedQuestion(search: string): Question | undefined {
  const parameters = new URLSearchParams(search);
  const query = parameters.get('query');
  return query?.trim() ? question(query, parameters.get('variables')) : undefined;
}

export function isSameQuestion(one: Question, other: Question): boolean {
  return one.query === other.query && one.variables === other.variables;
}

/** One spelling per question, so that a link to an example finds the example's tab. */
function question(query: string, variables: string | null | undefined): Question {
  return { query: query.trim(), variables: indentJson(variables?.trim() ?? '') };
}

function indentJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Left as it came: the editor shows the visitor what is wrong with it.
    return text;
  }
}
