import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Pothos loads graphql as CommonJS; without the alias tests would hold a second copy and `instanceof` would fail.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.ts', 'test/support/build.ts'],
    sequence: { shuffle: true },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Modules keep no state, so the files of a worker share them: loading them anew took a second for each file.
    isolate: false,
    // Two more than the cores of CI: tests wait for databases and clocks. With three a fifth of two cores was idle.
    maxWorkers: 4,
  },
});
