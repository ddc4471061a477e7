import { describe, expect, it } from 'vitest';
import { readSources, type Source, specifiersOf, targetOf } from './architecture/read-sources.js';
import * as rules from './architecture/rules.js';

/** Which room may import from which: this table is the architecture. Arrows run one way only. */
const ground = ['errors', 'platform'];
const arrows = {
  schema: [],
  errors: [],
  platform: ['errors', 'schema'],
  // The addresses and limits of the providers are defaults of its settings.
  config: [...ground, 'providers'],

  access: [...ground, 'schema'],
  connections: [...ground, 'schema', 'access'],
  providers: ground,
  'rate-limit': ground,
  ledger: [...ground, 'schema', 'access', 'usage'],
  alerts: [...ground, 'connections'],
  budgets: [...ground, 'schema', 'access', 'connections', 'alerts'],
  balances: [...ground, 'schema', 'access', 'connections', 'alerts'],
  usage: [...ground, 'schema', 'access', 'providers'],
  idempotency: [...ground, 'schema', 'access', 'connections'],
  waterfalls: [...ground, 'schema', 'access', 'connections', 'providers'],
  enrichment: [...ground, 'access', 'connections', 'providers', 'ledger', 'waterfalls'],
  sandbox: [],
  // It runs in the browser, and knows the gateway by its API alone.
  dashboard: [],
  demo: [...ground, 'access', 'connections', 'enrichment', 'sandbox'],

  graphql: [
    ...ground,
    'access',
    'connections',
    'providers',
    'ledger',
    'enrichment',
    'waterfalls',
    'budgets',
    'balances',
    'usage',
  ],
  http: [...ground, 'access', 'enrichment', 'ledger', 'providers', 'usage', 'idempotency', 'graphql'],
  gateway: [
    ...ground,
    'config',
    'access',
    'connections',
    'providers',
    'rate-limit',
    'ledger',
    'budgets',
    'balances',
    'usage',
    'idempotency',
    'waterfalls',
    'enrichment',
    'sandbox',
    'demo',
    'graphql',
    'http',
  ],
  main: [...ground, 'config', 'gateway', 'sandbox', 'http'],
  cli: [
    ...ground,
    'config',
    'gateway',
    'access',
    'connections',
    'budgets',
    'balances',
    'ledger',
    'usage',
    'idempotency',
    'enrichment',
    'sandbox',
  ],
};

const everywhere = Object.keys(arrows);

/** Which packages are used where. Node's own modules are free but for those named here. */
const packages = {
  'drizzle-orm': [
    'schema',
    'platform',
    'access',
    'connections',
    'budgets',
    'balances',
    'waterfalls',
    'ledger',
    'usage',
    'idempotency',
  ],
  postgres: ['platform'],
  uuid: ['platform'],
  pino: ['platform'],
  undici: ['providers', 'alerts'],
  graphql: ['graphql', 'http'],
  'graphql-yoga': ['http'],
  '@graphql-yoga/render-graphiql': ['http'],
  '@pothos/core': ['graphql'],
  dataloader: ['graphql'],
  uplot: ['dashboard'],
  zod: everywhere.filter(
    (room) => !['schema', 'errors', 'graphql', 'http', 'sandbox', 'dashboard'].includes(room),
  ),
  'node:http': ['http', 'sandbox'],
  'node:https': [],
  'node:http2': [],
  'node:child_process': ['platform'],
  'node:crypto': ['platform', 'access', 'connections', 'alerts', 'http', 'demo'],
};

const sqlRooms = [
  'schema',
  'platform',
  'access',
  'connections',
  'ledger',
  'rate-limit',
  'budgets',
  'balances',
  'waterfalls',
  'usage',
  'idempotency',
];

// The last hands the path, and nothing else, to the database's programs.
const environmentReaders = ['src/main.ts', 'src/cli', 'src/platform/embedded/run.ts'];

const all = readSources();
const src = all.filter(({ path }) => path.startsWith('src/') && path.endsWith('.ts'));
const modules = all.filter(({ path }) => /^(?:src|schema)\/.*\.ts$/.test(path));
const code = all.filter(({ path }) => /^(?:src|schema|test)\/.*\.m?[jt]s$/.test(path));
const imported = new Set(
  src.flatMap(({ path, text }) => specifiersOf(text).map((specifier) => targetOf(path, specifier))),
);
// What runs rather than being imported: main, and the commands.
const entryPoints = src
  .map(({ path }) => path)
  .filter((path) => /^src\/(?:main|cli\/.*|dashboard\/main)\.ts$/.test(path) && !imported.has(path));

describe('the architecture', () => {
  it('has only the arrows of the table between its rooms', () => {
    expect(rules.strayArrows(modules, arrows)).toEqual([]);
  });

  it('uses each package only where the table says', () => {
    expect(rules.strayPackages(modules, packages)).toEqual([]);
  });

  it('writes SQL only in the rooms that keep something', () => {
    expect(rules.straySql(modules, sqlRooms)).toEqual([]);
  });

  it('has no import cycle between files', () => {
    expect(rules.cycles(code)).toEqual([]);
  });

  it('names files after what they hold', () => {
    expect(rules.poorNames(code)).toEqual([]);
  });

  it('has no any, no enum, no default export and no export of everything', () => {
    expect(rules.bannedPhrases(code.filter(({ path }) => !path.startsWith('test/architecture')))).toEqual([]);
  });

  it('reads the environment at its edges only', () => {
    expect(rules.strayEnvironment(modules, environmentReaders)).toEqual([]);
  });

  it('is silent when imported', () => {
    expect(rules.loudImports(modules, entryPoints)).toEqual([]);
  });

  it('keeps files short', () => {
    expect(rules.tooLong(src, 250)).toEqual([]);
  });

  it('mentions no place that only one machine has', () => {
    expect(rules.privatePlaces(all)).toEqual([]);
  });
});

const file = (path: string, text = ''): Source => ({ path, text });

describe('each rule', () => {
  const table = { ledger: ['access'], access: [] };
  const access = file('src/access/caller.ts');

  it.each([
    ['type import', "import type { A } from '../ledger/ask.js';"],
    ['import over several lines', "import {\n  type A,\n  b,\n} from '../ledger/ask.js';"],
    ['re-export', "export { a } from '../ledger/ask.js';"],
    ['bare import', "import '../ledger/ask.js';"],
    ['dynamic import', "const a = () => import('../ledger/ask.js');"],
    ['double-quoted import', 'import { a } from "../ledger/ask.js";'],
  ])('sees an arrow against the table in a %s', (_, text) => {
    const found = rules.strayArrows([file('src/access/caller.ts', text), file('src/ledger/types.ts')], table);
    expect(found).toEqual(['src/access/caller.ts imports from ledger']);
  });

  it('sees rooms without a table and tables without a room, and lets allowed arrows pass', () => {
    const ledger = file('src/ledger/types.ts', "import type { Caller } from '../access/caller.js';");
    expect(rules.strayArrows([access, ledger], table)).toEqual([]);
    expect(rules.strayArrows([access], table)).toEqual(['ledger is in the table, but there is no such room']);
    expect(rules.strayArrows([access, file('src/bulk/run.ts')], { access: [] })).toEqual([
      'bulk is a room, but not in the table',
    ]);
  });

  it.each(['undici', 'drizzle-orm/pg-core', '@pothos/core', 'left-pad', 'node:http'])(
    'sees the package %s where it does not belong',
    (name) => {
      const found = rules.strayPackages([file('src/access/a.ts', `import a from '${name}';`)], packages);
      expect(found).toHaveLength(name === 'drizzle-orm/pg-core' ? 0 : 1);
      expect(
        rules.strayPackages([file('src/enrichment/a.ts', `import a from '${name}';`)], packages),
      ).toHaveLength(1);
    },
  );

  it.each(['await sql`select 1`', 'sql<Row[]>`select 1`', 'database.sql`select 1`'])(
    'sees SQL: %s',
    (text) => {
      expect(rules.straySql([file('src/graphql/a.ts', text)], sqlRooms)).toHaveLength(1);
      expect(rules.straySql([file('src/ledger/a.ts', text)], sqlRooms)).toEqual([]);
    },
  );

  it('sees a cycle, through type imports too', () => {
    const a = file('src/x/a.ts', "import type { B } from './b.js';");
    const b = file('src/x/b.ts', "import { c } from '../y/c.js';");
    const c = file('src/y/c.ts', "import { a } from '../x/a.js';");
    expect(rules.cycles([a, b, c])).toEqual(['src/x/a.ts → src/x/b.ts → src/y/c.ts → src/x/a.ts']);
    expect(rules.cycles([a, b])).toEqual([]);
  });

  it.each(['src/utils/a.ts', 'src/access/helpers.ts', 'src/access/Caller.ts', 'src/access/find_caller.ts'])(
    'sees the poor name %s',
    (path) => expect(rules.poorNames([file(path), access])).toEqual([`${path} is poorly named`]),
  );

  it.each([
    "export * from './a.js';",
    'export default a;',
    'const a = b as any;',
    'const a = (b: any) => b;',
    'enum A {}',
    ['// @ts', 'ignore'].join('-'),
  ])('sees the banned phrase %s', (text) => {
    expect(rules.bannedPhrases([file('src/a/b.ts', text)])).toHaveLength(1);
  });

  it('does not take the inside of a template for statements', () => {
    const text = 'const a = `one\n${b === null ? "" : `two\n${b}`}\nthree();\n`;\n';
    expect(rules.loudImports([file('src/a/b.ts', text)], [])).toEqual([]);
  });

  it('lets banned phrases stand in comments and texts', () => {
    const text = '// export * as any\n/** as any */\nconst a = `as any`;\nexport { a };\n';
    expect(rules.bannedPhrases([file('src/a/b.ts', text)])).toEqual([]);
  });

  it('sees a reader of the environment', () => {
    const reader = file('src/ledger/a.ts', "const a = process.env['A'];");
    expect(rules.strayEnvironment([reader], environmentReaders)).toHaveLength(1);
    expect(rules.strayEnvironment([{ ...reader, path: 'src/cli/a.ts' }], environmentReaders)).toEqual([]);
  });

  it.each([
    'start();',
    'await start();',
    'const a = await start();',
    'process.on("exit", a);',
    'if (a) b();',
  ])('hears what an import would do: %s', (text) => {
    expect(rules.loudImports([file('src/a/b.ts', text)], [])).toHaveLength(1);
    expect(rules.loudImports([file('src/a/b.ts', text)], ['src/a/b.ts'])).toEqual([]);
  });

  it('counts lines', () => {
    expect(rules.tooLong([file('src/a/b.ts', '1\n2\n3\n')], 2)).toEqual(['src/a/b.ts has 3 lines']);
    expect(rules.tooLong([file('src/a/b.ts', '1\n2\n')], 2)).toEqual([]);
  });

  it.each([
    ['..', 'shared', 'a'],
    ['', 'work', 'main'],
    ['', 'root', 'a'],
    ['', 'home', 'me', 'a'],
  ])('sees a private place', (...parts) => {
    expect(rules.privatePlaces([file('README.md', `see ${parts.join('/')}`)])).toHaveLength(1);
    expect(rules.privatePlaces([file('README.md', 'see src/work/a and homework/b')])).toEqual([]);
  });
});
