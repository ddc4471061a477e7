import { defaultExclude, defineConfig } from 'vitest/config';
import { useMemory } from './test/support/use-memory.js';

useMemory();

/**
 * Files that share processes, since their modules keep no state: loading them anew took a second for each file. The
 * others run programs, or replace timers or modules.
 */
const sharing = [
  'test/{access,alerts,balances,budgets,config,connections,contracts,dashboard,demo,enrichment,graphql,guarantees}',
  'test/{http,jobs,key-leak,ledger,migrations,providers,rate-limit,records,sandbox,subscriptions,tokens,uploads}',
  'test/{usage,waterfalls}',
].map((folders) => `${folders}/**/!(late-reservation|report-queue).test.ts`);

const common = {
  // Pothos loads graphql as CommonJS; without the alias tests would hold a second copy and `instanceof` would fail.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    sequence: { shuffle: true },
    setupFiles: './test/support/each-file.ts',
    // Several times what they take alone: CI runs four files at once on two cores, which are slow on some days.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    // Two more than the cores of CI: tests wait for databases, browsers and clocks.
    maxWorkers: 4,
  },
} as const;

export default defineConfig({
  test: {
    globalSetup: ['test/support/postgres.ts', 'test/support/build.ts'],
    projects: [
      { ...common, test: { ...common.test, name: 'sharing processes', include: sharing, isolate: false } },
      {
        ...common,
        test: {
          ...common.test,
          name: 'own process',
          include: ['test/**/*.test.ts'],
          exclude: [...defaultExclude, ...sharing],
        },
      },
    ],
  },
});
