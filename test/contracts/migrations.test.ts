import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { is } from 'drizzle-orm';
import { getTableConfig, isPgEnum, PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as schema from '../../schema/tables/index.js';
import { migrate } from '../../src/platform/migrate.js';
import { createTestDatabase } from '../support/database.js';

const root = path.resolve(import.meta.dirname, '../..');
const journalShape = z.object({
  entries: z.array(z.object({ idx: z.int(), when: z.int(), tag: z.string() })),
});
const journal = journalShape.parse(
  JSON.parse(readFileSync(path.join(root, 'migrations/meta/_journal.json'), 'utf8')),
).entries;

/** The output of drizzle-kit for a copy of tables and migrations. Its exit code is 0 even when it fails. */
const generate = async (change: (folder: string) => void = () => {}): Promise<string> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-drift-'));
  try {
    for (const name of ['schema', 'migrations', 'drizzle.config.ts', 'package.json', 'tsconfig.json']) {
      cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    change(folder);
    const command = path.join(root, 'node_modules/.bin/drizzle-kit');
    const { stdout, stderr } = await promisify(execFile)(command, ['generate'], { cwd: folder });
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('the migrations', () => {
  it('create exactly the tables of schema/tables (npm run generate:migration)', async () => {
    expect(await generate()).toContain('No schema changes');
  });

  it('differ when a table of schema/tables has changed', async () => {
    const output = await generate((folder) => {
      const file = path.join(folder, 'schema/tables/tokens.ts');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(/\bname: text\(\)\.notNull\(\)/, '$&, nickname: text()'));
    });
    expect(output).not.toContain('No schema changes');
    expect(output).toContain('.sql');
  });

  it('are named, numbered without a gap, and in the order of their time', () => {
    const files = readdirSync(path.join(root, 'migrations')).filter((name) => /^\d.*\.sql$/.test(name));
    expect(files.toSorted()).toEqual(journal.map(({ tag }) => `${tag}.sql`));
    journal.forEach(({ idx, tag }, index) => {
      expect(idx).toBe(index);
      expect(tag).toMatch(new RegExp(`^${String(index).padStart(4, '0')}_[a-z]+(_[a-z]+)*$`));
    });
    const times = journal.map(({ when }) => when);
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
  });

  it('create the columns and enum values that the code expects', async () => {
    const store = await createTestDatabase({ empty: true });
    try {
      await migrate(store.address);
      const columns = await store.database.sql<{ line: string }[]>`
        select format('%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' else '' end) as line
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
          and a.attnum > 0 and not a.attisdropped`;
      const enums = await store.database.sql<{ line: string }[]>`
        select format('%s: %s', t.typname, string_agg(e.enumlabel, ' ' order by e.enumsortorder)) as line
        from pg_enum e join pg_type t on t.oid = e.enumtypid group by t.typname`;
      expect(columns.map(({ line }) => line).toSorted()).toEqual(expectedColumns().toSorted());
      expect(enums.map(({ line }) => line).toSorted()).toEqual(expectedEnums().toSorted());
    } finally {
      await store.close();
    }
  });

  it('keep what Drizzle cannot express: partitions, an unlogged table and a storage parameter', async () => {
    const store = await createTestDatabase();
    try {
      const [found] = await store.database.sql`
        select pg_get_partkeydef('entries'::regclass) as entries,
          (select relpersistence from pg_class where oid = 'rate_limits'::regclass) as rate_limits,
          (select reloptions::text from pg_class where oid = 'snapshots'::regclass) as snapshots`;
      expect(found).toEqual({
        entries: 'RANGE (id)',
        rate_limits: 'u',
        snapshots: '{toast_tuple_target=2712}',
      });
    } finally {
      await store.close();
    }
  });
});

const expectedColumns = (): string[] =>
  Object.values<unknown>(schema)
    .filter((one) => is(one, PgTable))
    .map((table) => getTableConfig(table))
    .flatMap(({ name, columns, primaryKeys }) => {
      const keys = new Set(primaryKeys.flatMap((key) => key.columns.map((column) => column.name)));
      return columns.map((column) => {
        const required = column.notNull || column.primary || keys.has(column.name);
        return `${name}.${column.name} ${column.getSQLType()}${required ? ' not null' : ''}`;
      });
    });

const expectedEnums = (): string[] =>
  Object.values<unknown>(schema)
    .filter((one) => isPgEnum(one))
    .map(({ enumName, enumValues }) => `${enumName}: ${enumValues.join(' ')}`);
