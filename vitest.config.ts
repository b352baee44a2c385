import { defineConfig } from 'vitest/config';

const onNeo4j = process.env['STEMMA_TEST_NEO4J'] === '1' || process.env['NEO4J_URI'] !== undefined;

export default defineConfig({
  // Without it vitest loads graphql twice, and a schema of one copy is foreign to the other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup.ts'],
    reporters: ['default', './test/reporter.ts'],
    // A page is waited for as long as a slow machine takes.
    expect: { poll: { timeout: 20_000 } },
    // The tests of one Neo4j share its database.
    fileParallelism: false,
    // A test that is given up goes on in the background, where it empties the database of the next; Neo4j may be slow.
    testTimeout: onNeo4j ? 180_000 : 120_000,
    hookTimeout: onNeo4j ? 180_000 : 120_000,
  },
});
