/** The closed set of statements: how each is written, and that each runs. */
import { expect, it } from 'vitest';
import type { Params, Statement } from '../../src/graph/engine.js';
import { DIALECTS, statements } from '../../src/graph/engine.js';
import { onBothEngines, writeTriples } from '../testkit.js';
import { withEngine } from './kit.js';

const all = [...statements().values()];
const texts = all.flatMap(({ name, text }) => DIALECTS.map((dialect) => ({ name, text: text[dialect] })));
const writes = (text: string): boolean => /\b(MERGE|CREATE|SET|DELETE)\b/.test(text);
const namesWhere = (wrong: (text: string) => boolean, among = texts): string[] =>
  among.filter(({ text }) => wrong(text)).map(({ name }) => name);

const reading = texts.filter(({ text }) => !writes(text));
/** The statement without its title and its strings. */
const code = (text: string): string => text.replace(/^.*\n/, '').replace(/'[^']*'/g, "''");

/** What a parameter, or a field of a list's elements, may be: told from how the text uses it. */
function plausible(use: string, text: string): unknown {
  const escaped = use.replace(/[$.]/g, '\\$&');
  const used = (before: string): boolean => new RegExp(`\\b${before} ${escaped}\\b`).test(text);
  if (used('LIMIT') || used('SKIP')) return 5;
  if (!used('UNWIND') && !used('IN'))
    return /(onfidence|need|rank|start|end|at)$/.test(use) ? 0.5 : use === '$to' ? 'model:b' : 'model:a';
  const binders = text.matchAll(new RegExp(`UNWIND ${escaped} AS (\\w+)|(\\w+) IN ${escaped} WHERE`, 'g'));
  const fields = [...binders].flatMap(([, unwound, bound]) => {
    const binder = unwound ?? bound ?? '';
    return [...text.matchAll(new RegExp(`(?<![\\w.])${binder}\\.(\\w+)`, 'g'))].map(
      ([of, field = '']) => [field, plausible(of, text)] as const,
    );
  });
  return [fields.length > 0 ? Object.fromEntries(fields) : 'model:a'];
}

const plausibleParams = (text: string): Params =>
  Object.fromEntries([...text.matchAll(/\$(\w+)/g)].map(([use, name = '']) => [name, plausible(use, text)]));

it('every statement begins with a line that names it', () => {
  expect(all.length).toBeGreaterThan(100);
  expect(texts.filter(({ name, text }) => !text.startsWith(`// ${name}\n`))).toEqual([]);
});

it('every reading statement has a limit unless it only counts, and an order unless it gives one row', () => {
  const last = (text: string): string => text.slice(text.lastIndexOf('RETURN'));
  const counts = (text: string): boolean => /^RETURN count\(\w+\) AS \w+$/.test(last(text));
  expect(namesWhere((text) => !/\bLIMIT (\$\w+|\d+)\b/.test(text) && !counts(text), reading)).toEqual([]);
  expect(
    namesWhere((text) => !/\bORDER BY\b/.test(last(text)) && !/\bLIMIT 1$/.test(last(text)) && !counts(text), reading),
  ).toEqual([]);
});

it('every traversal of variable length has a bound', () => {
  const lengths = texts.flatMap(({ text }) =>
    [...code(text).matchAll(/\[[^\][]*\*([^\][]*)\]/g)].map(([, length = '']) => length),
  );
  expect(lengths.filter((length) => !/^\d+\.\.\d+\b/.test(length))).toEqual([]);
});

it('values stand in parameters only: the strings in a statement are separators and the name of an index', () => {
  const strings = texts.flatMap(({ text }) => [...text.matchAll(/'([^']*)'/g)].map(([, string = '']) => string));
  expect([...new Set(strings)].filter((string) => /\w/.test(string))).toEqual(['entity_tokens']);
  expect(namesWhere((text) => /["`;]/.test(text))).toEqual([]);
});

it('a parameter is told from its use', () => {
  const text =
    'UNWIND $rows AS row MATCH (n {id: row.id}) WHERE n.id IN row.ids AND n.c > $minConfidence RETURN n LIMIT $limit';
  expect(plausibleParams(text)).toEqual({ rows: [{ id: 'model:a', ids: ['model:a'] }], minConfidence: 0.5, limit: 5 });
});

onBothEngines('statements', (open) => {
  it(
    'every statement of the closed set runs',
    () =>
      withEngine(open, async (engine) => {
        await writeTriples(engine, [['model:a', 'DISTILLS_INTO', 'model:b']]);
        const run = async (statement: Statement): Promise<string | null> => {
          const text = statement.text[engine.dialect];
          const params = { ...plausibleParams(text), lucene: '+qmodel' };
          const done = writes(text) ? engine.write([{ statement, params }]) : engine.read(statement, params);
          return done.then(
            () => null,
            (error: unknown) => `${statement.name}: ${String(error)}`,
          );
        };
        const own = all.filter(({ name }) => !name.startsWith('search.') || name === `search.${engine.dialect}`);
        const failures: (string | null)[] = [];
        for (const statement of own) failures.push(await run(statement));
        expect(failures.filter((failure) => failure !== null)).toEqual([]);
      }),
    120_000,
  );
});
