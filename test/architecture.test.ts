import { describe, expect, it } from 'vitest';
import { readSources, specifiersOf, targetOf } from './architecture/read-sources.js';
import * as rules from './architecture/rules.js';

/** Which module may import from which. This table is the architecture; dependencies run one way. */
const ground = ['errors', 'platform'];
const allowedImports = {
  schema: [],
  errors: [],
  // It runs in the browser too, so it uses no Node.js.
  csv: [],
  platform: ['errors', 'schema'],
  // The addresses and limits of the providers are defaults of its settings.
  config: [...ground, 'providers'],

  access: [...ground, 'schema'],
  connections: [...ground, 'schema', 'access'],
  providers: ground,
  // A permit is what a provider's call waits for: its type is the providers'.
  'rate-limit': [...ground, 'providers'],
  alerts: [...ground, 'schema', 'access', 'connections'],
  ledger: [...ground, 'schema', 'access', 'alerts'],
  budgets: [...ground, 'schema', 'access', 'connections', 'alerts'],
  // Apart from access, which every module uses: the credits a day of a token are a budget.
  tokens: [...ground, 'schema', 'access', 'connections', 'budgets'],
  balances: [...ground, 'schema', 'access', 'connections', 'alerts', 'ledger'],
  records: [...ground, 'schema', 'access', 'providers', 'enrichment'],
  usage: [...ground, 'schema', 'access', 'providers', 'ledger', 'records'],
  idempotency: [...ground, 'schema', 'access', 'connections'],
  waterfalls: [...ground, 'schema', 'access', 'connections', 'providers'],
  'saved-views': [...ground, 'schema', 'access'],
  enrichment: [...ground, 'csv', 'access', 'connections', 'providers', 'ledger', 'waterfalls', 'alerts'],
  sandbox: [],
  // It runs in the browser, and uses the public API only. It splits a CSV file into requests.
  dashboard: ['csv'],
  demo: [...ground, 'access', 'connections', 'enrichment', 'sandbox'],

  graphql: [
    ...ground,
    'access',
    'connections',
    'providers',
    'ledger',
    'enrichment',
    'waterfalls',
    'alerts',
    'budgets',
    'tokens',
    'balances',
    'records',
    'usage',
    'idempotency',
    'saved-views',
  ],
  http: [
    ...ground,
    'access',
    'enrichment',
    'ledger',
    'providers',
    'records',
    'usage',
    'idempotency',
    'alerts',
    'graphql',
  ],
  alerting: [...ground, 'access', 'alerts', 'budgets', 'balances', 'ledger'],
  'scheduled-work': [
    ...ground,
    'alerting',
    'connections',
    'alerts',
    'ledger',
    'budgets',
    'balances',
    'records',
    'idempotency',
  ],
  gateway: [
    ...ground,
    'alerting',
    'scheduled-work',
    'alerts',
    'config',
    'access',
    'connections',
    'providers',
    'rate-limit',
    'ledger',
    'budgets',
    'balances',
    'records',
    'usage',
    'idempotency',
    'waterfalls',
    'enrichment',
    'sandbox',
    'demo',
    'graphql',
    'http',
  ],
  main: ['cli'],
  cli: [
    ...ground,
    'csv',
    'config',
    'gateway',
    'access',
    'connections',
    'providers',
    'alerts',
    'budgets',
    'balances',
    'tokens',
    'ledger',
    'usage',
    'idempotency',
    'enrichment',
    'http',
  ],
};

const everywhere = Object.keys(allowedImports);

const sqlModules = [
  'alerts',
  'schema',
  'platform',
  'access',
  'connections',
  'ledger',
  'rate-limit',
  'budgets',
  'tokens',
  'balances',
  'waterfalls',
  'records',
  'usage',
  'idempotency',
  'saved-views',
];

/** Which packages are imported where. Modules of Node.js are free, except those named here. */
const packages = {
  'drizzle-orm': sqlModules.filter((module) => module !== 'rate-limit'),
  postgres: ['platform'],
  commander: ['cli'],
  uuid: ['platform'],
  'temporal-polyfill': ['balances'],
  tldts: ['enrichment'],
  pino: ['platform'],
  '@opentelemetry/api': ['platform'],
  '@opentelemetry/core': ['platform'],
  '@opentelemetry/resources': ['platform'],
  '@opentelemetry/sdk-trace-base': ['platform'],
  '@opentelemetry/exporter-trace-otlp-http': ['platform'],
  '@opentelemetry/exporter-trace-otlp-proto': ['platform'],
  'lru-cache': ['platform', 'http'],
  undici: ['providers', 'alerts'],
  nodemailer: ['alerts'],
  'csv-parse': ['csv'],
  graphql: ['graphql', 'http'],
  'graphql-yoga': ['http'],
  '@graphql-yoga/render-graphiql': ['http'],
  '@graphql-yoga/plugin-persisted-operations': ['http'],
  '@pothos/core': ['graphql'],
  '@pothos/plugin-relay': ['graphql'],
  '@pothos/plugin-with-input': ['graphql'],
  'prom-client': ['http'],
  'csv-stringify': ['usage', 'dashboard'],
  dataloader: ['graphql'],
  uplot: ['dashboard'],
  '@atlaskit/pragmatic-drag-and-drop': ['dashboard'],
  preact: ['dashboard'],
  'wouter-preact': ['dashboard'],
  '@tanstack/preact-query': ['dashboard'],
  '@tanstack/preact-table': ['dashboard'],
  zod: everywhere.filter(
    (module) => !['schema', 'errors', 'graphql', 'http', 'sandbox', 'dashboard'].includes(module),
  ),
  'node:http': ['http', 'sandbox'],
  'node:https': [],
  'node:http2': [],
  'node:child_process': ['platform'],
  'node:crypto': ['platform', 'access', 'connections', 'ledger', 'alerts', 'http', 'demo'],
};

// The last passes PATH, and nothing else, to the database's programs.
const environmentReaders = ['src/cli', 'src/platform/embedded/start-postgres.ts'];

const all = readSources();
const src = all.filter(({ path }) => path.startsWith('src/') && /\.tsx?$/.test(path));
const sources = all.filter(({ path }) => /^(?:src|schema)\/.*\.tsx?$/.test(path));
const code = all.filter(({ path }) => /^(?:src|schema|test)\/.*(?:\.m?[jt]s|\.tsx)$/.test(path));
const imported = new Set(
  src.flatMap(({ path, text }) => specifiersOf(text).map((specifier) => targetOf(path, specifier))),
);
// Files that are run: main, and the commands.
const entryPoints = src
  .map(({ path }) => path)
  .filter(
    (path) =>
      /^src\/(?:main|cli\/.*|dashboard\/(?:graphiql\/)?main)\.tsx?$/.test(path) && !imported.has(path),
  );

describe('the architecture', () => {
  it('has only the imports between modules that the table allows', () => {
    expect(rules.forbiddenImports(sources, allowedImports)).toEqual([]);
  });

  it('imports each package in the modules of the table only', () => {
    expect(rules.forbiddenPackages(sources, packages)).toEqual([]);
  });

  it('writes SQL in the modules of the table only', () => {
    expect(rules.forbiddenSql(sources, sqlModules)).toEqual([]);
  });

  it('has no import cycle between files', () => {
    expect(rules.cycles(code)).toEqual([]);
  });

  it('names files in kebab-case, after their content', () => {
    expect(rules.badNames(code)).toEqual([]);
  });

  it('has no any, no enum, no default export and no export of everything', () => {
    expect(rules.bannedPhrases(code.filter(({ path }) => !path.startsWith('test/architecture')))).toEqual([]);
  });

  it('reads the environment in the command line only', () => {
    expect(rules.environmentReads(sources, environmentReaders)).toEqual([]);
  });

  it('has no effect when imported', () => {
    expect(rules.effectsAtImport(sources, entryPoints)).toEqual([]);
  });

  it('has no file over 250 lines', () => {
    expect(rules.tooLong(code, 250)).toEqual([]);
  });

  it('names no path or host of one machine', () => {
    expect(rules.machinePaths(all)).toEqual([]);
  });
});
