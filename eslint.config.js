/** Lint rules, and the boundaries between the parts of the program as rules. */
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const forbidden = {
  graphql: {
    group: ['graphql', 'graphql/*', 'graphql-*', '@graphql-tools/*', '@apollo/*', '**/generated/*'],
    message: 'The graph and what fills it know nothing of GraphQL.',
  },
  surfaces: {
    group: ['**/api.js', '**/resolvers.js', '**/server.js', '**/cli.js', '**/cli/*'],
    message: 'Nothing flows back: this part never imports what stands on it.',
  },
  engines: {
    group: ['@grafeo-db/js', 'neo4j-driver', 'neo4j-driver-*'],
    message: 'Only the adapters, src/graph/grafeo.ts, neo4j.ts and its driver.ts, know a database library.',
  },
  graph: {
    group: ['**/graph/*'],
    message: 'Reading and identifying are pure: only src/ingest/ingest.ts writes to the graph.',
  },
  environment: { group: ['process', 'node:process'], message: 'Only src/config.ts reads the environment.' },
};

/** In `files`, imports of the named groups are errors. A file is in one boundary: the last that matches counts. */
const boundary = (files, ...names) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: names.map((name) => forbidden[name]) }] },
});

export default defineConfig(
  { ignores: ['dist/', 'data/', 'coverage/', 'src/generated/', 'src/web/generated/', '.neo4j/'] },
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    rules: {
      complexity: ['error', 18],
      eqeqeq: 'error',
      'max-depth': ['error', 4],
      'max-lines': ['error', 250],
      'max-params': ['error', 4],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'object-shorthand': 'error',
      'prefer-template': 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['vite.config.ts'] } } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // The shape of an answer belongs to who asks: ask<Answer>(query).
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  // Laws compared by brute force nest loops and take names apart.
  { files: ['test/**/*.ts'], rules: { 'max-depth': 'off', '@typescript-eslint/no-misused-spread': 'off' } },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config.ts reads the environment.' },
      ],
    },
  },
  boundary(['src/**/*.{ts,tsx}'], 'engines', 'environment'),
  boundary(['src/graph/**/*.ts'], 'graphql', 'surfaces', 'engines', 'environment'),
  boundary(['src/graph/{grafeo,neo4j,driver}.ts'], 'graphql', 'surfaces', 'environment'),
  boundary(['src/ingest/**/*.ts', 'src/extract/**/*.ts'], 'graphql', 'surfaces', 'engines', 'graph', 'environment'),
  boundary(['src/ingest/ingest.ts'], 'graphql', 'surfaces', 'engines', 'environment'),
  {
    // A factory is as long as the methods it returns, the command line as its commands; the driver's options are classes.
    files: ['src/graph/{graph,grafeo,neo4j,driver}.ts', 'src/cli.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    // The driver's options are classes.
    files: ['bench/speed/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  // The accessors of wink are functions that its types call methods.
  { files: ['src/extract/language.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  {
    files: ['src/config.ts', 'src/production.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
);
