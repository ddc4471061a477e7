import { describe, expect, it } from 'vitest';
import type { Source } from './read-sources.js';
import * as rules from './rules.js';

const file = (path: string, text = ''): Source => ({ path, text });

describe('each rule', () => {
  const table = { ledger: ['access'], access: [] };
  const access = file('src/access/caller.ts');

  it.each([
    ['type import', "import type { A } from '../ledger/types.js';"],
    ['import over several lines', "import {\n  type A,\n  b,\n} from '../ledger/types.js';"],
    ['re-export', "export { a } from '../ledger/types.js';"],
    ['bare import', "import '../ledger/types.js';"],
    ['dynamic import', "const a = () => import('../ledger/types.js');"],
    ['double-quoted import', 'import { a } from "../ledger/types.js";'],
  ])('finds an import that the table does not allow in a %s', (_, text) => {
    const found = rules.forbiddenImports(
      [file('src/access/caller.ts', text), file('src/ledger/types.ts')],
      table,
    );
    expect(found).toEqual(['src/access/caller.ts imports from ledger']);
  });

  it('finds modules that only one of table and tree has, and accepts allowed imports', () => {
    const ledger = file('src/ledger/types.ts', "import type { Caller } from '../access/caller.js';");
    expect(rules.forbiddenImports([access, ledger], table)).toEqual([]);
    expect(rules.forbiddenImports([access], table)).toEqual(['ledger is in the table, and does not exist']);
    expect(rules.forbiddenImports([access, file('src/bulk/run.ts')], { access: [] })).toEqual([
      'bulk is not in the table',
    ]);
  });

  it.each(['undici', '@pothos/core', 'left-pad', 'node:http'])(
    'finds the package %s in a module that may not import it',
    (name) => {
      const packages = { undici: ['providers'], '@pothos/core': ['graphql'], 'node:http': ['http'] };
      const found = rules.forbiddenPackages([file('src/access/a.ts', `import a from '${name}';`)], packages);
      expect(found).toEqual([`src/access/a.ts uses ${name}`]);
    },
  );

  it('allows a part of a package where the package is allowed', () => {
    const text = "import a from 'drizzle-orm/pg-core';";
    expect(rules.forbiddenPackages([file('src/access/a.ts', text)], { 'drizzle-orm': ['access'] })).toEqual(
      [],
    );
  });

  it.each(['await sql`select 1`', 'sql<Row[]>`select 1`', 'database.sql`select 1`'])(
    'finds SQL: %s',
    (text) => {
      expect(rules.forbiddenSql([file('src/graphql/a.ts', text)], ['ledger'])).toHaveLength(1);
      expect(rules.forbiddenSql([file('src/ledger/a.ts', text)], ['ledger'])).toEqual([]);
    },
  );

  it('finds a cycle, also through type imports', () => {
    const a = file('src/x/a.ts', "import type { B } from './b.js';");
    const b = file('src/x/b.ts', "import { c } from '../y/c.js';");
    const c = file('src/y/c.ts', "import { a } from '../x/a.js';");
    expect(rules.cycles([a, b, c])).toEqual(['src/x/a.ts → src/x/b.ts → src/y/c.ts → src/x/a.ts']);
    expect(rules.cycles([a, b])).toEqual([]);
  });

  it.each(['src/utils/a.ts', 'src/access/helpers.ts', 'src/access/Caller.ts', 'src/access/find_caller.ts'])(
    'finds the bad name %s',
    (path) => expect(rules.badNames([file(path), access])).toEqual([`${path} has a bad name`]),
  );

  it.each([
    "export * from './a.js';",
    'export default a;',
    'const a = b as any;',
    'const a = (b: any) => b;',
    'enum A {}',
    ['// @ts', 'ignore'].join('-'),
  ])('finds the forbidden feature %s', (text) => {
    expect(rules.bannedPhrases([file('src/a/b.ts', text)])).toHaveLength(1);
  });

  it('ignores the content of a template', () => {
    const text = 'const a = `one\n${b === null ? "" : `two\n${b}`}\nthree();\n`;\n';
    expect(rules.effectsAtImport([file('src/a/b.ts', text)], [])).toEqual([]);
  });

  it('ignores comments and strings', () => {
    const text = '// export * as any\n/** as any */\nconst a = `as any`;\nexport { a };\n';
    expect(rules.bannedPhrases([file('src/a/b.ts', text)])).toEqual([]);
  });

  it('finds a reader of the environment', () => {
    const reader = file('src/ledger/a.ts', "const a = process.env['A'];");
    expect(rules.environmentReads([reader], ['src/cli'])).toHaveLength(1);
    expect(rules.environmentReads([{ ...reader, path: 'src/cli/a.ts' }], ['src/cli'])).toEqual([]);
  });

  it.each([
    'start();',
    'await start();',
    'const a = await start();',
    'process.on("exit", a);',
    'if (a) b();',
  ])('finds an effect at import: %s', (text) => {
    expect(rules.effectsAtImport([file('src/a/b.ts', text)], [])).toHaveLength(1);
    expect(rules.effectsAtImport([file('src/a/b.ts', text)], ['src/a/b.ts'])).toEqual([]);
  });

  it('finds a hook in a module that test files import', () => {
    const text = 'afterAll(close);\n';
    expect(rules.hooksAtImport([file('test/a/setup.ts', text)])).toHaveLength(1);
    expect(rules.hooksAtImport([file('test/a/b.test.ts', text)])).toEqual([]);
    const inside = 'const use = () => {\n  afterAll(close);\n};\n';
    expect(rules.hooksAtImport([file('test/a/setup.ts', inside)])).toEqual([]);
  });

  it('finds an export that no other file uses', () => {
    const one = file(
      'src/csv/one.ts',
      'export const used = 1;\nexport const unused = 2;\nexport type Row = {};',
    );
    const other = file('src/csv/other.ts', "import { used } from './one.js';\n// unused");
    expect(rules.unusedExports([one, other], [one, other])).toEqual([
      'src/csv/one.ts exports unused, which no other file uses',
    ]);
  });

  it('finds a file that is too long', () => {
    expect(rules.tooLong([file('src/a/b.ts', '1\n2\n3\n')], 2)).toEqual(['src/a/b.ts has 3 lines']);
    expect(rules.tooLong([file('src/a/b.ts', '1\n2\n')], 2)).toEqual([]);
  });

  it.each([
    ['..', 'shared', 'a'],
    ['', 'work', 'main'],
    ['', 'root', 'a'],
    ['', 'home', 'me', 'a'],
  ])('finds a path of one machine', (...parts) => {
    expect(rules.machinePaths([file('README.md', `see ${parts.join('/')}`)])).toHaveLength(1);
    expect(rules.machinePaths([file('README.md', 'see src/work/a and homework/b')])).toEqual([]);
  });
});
