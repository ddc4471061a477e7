import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { referenceTables } from './reference-tables.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

/** The column by which the rows of a table are distributed. */
const workspaceColumn = (table: string): string => (table === 'workspaces' ? 'id' : 'workspace_id');

/** The tables of the gateway, without partitions, which have the keys of their parent. */
const readTables = async (): Promise<{ name: string; unlogged: boolean; column: string | null }[]> => store
  .database.sql`
  select c.relname as name, c.relpersistence = 'u' as unlogged,
    (
      select format('%s%s', format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end)
      from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    ) as "column"
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  order by 1`;

const isDistributed = (table: string): boolean => !(table in referenceTables);

it('has a workspace of one type in each table that is distributed', async () => {
  const distributed = (await readTables()).filter(({ name }) => isDistributed(name));
  expect(distributed.length).toBeGreaterThan(15);
  expect(distributed.filter(({ column }) => column !== 'uuid not null')).toEqual([]);
});

it('contains the workspace in each primary key and each unique index', async () => {
  const keys = await store.database.sql<{ table: string; name: string; columns: string }[]>`
    select c.relname as table, i.indexrelid::regclass::text as name,
      (
        select string_agg(a.attname, ',')
        from unnest(i.indkey::int2[]) k join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k
      ) as columns
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and i.indisunique
    order by 1, 2`;
  expect(keys.length).toBeGreaterThan(20);
  const wrong = keys.filter(
    ({ table, columns }) => isDistributed(table) && !columns.split(',').includes('workspace_id'),
  );
  expect(wrong).toEqual([]);
});

it('contains the workspace in each foreign key, at the same place on both sides', async () => {
  const keys = await store.database.sql<{ table: string; to: string; columns: string; columns_to: string }[]>`
    select c.conrelid::regclass::text as table, c.confrelid::regclass::text as to,
      (
        select string_agg(a.attname, ',' order by k.ordinality)
        from unnest(c.conkey) with ordinality k (attnum, ordinality)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
      ) as columns,
      (
        select string_agg(a.attname, ',' order by k.ordinality)
        from unnest(c.confkey) with ordinality k (attnum, ordinality)
        join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum
      ) as columns_to
    from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0
    order by 1, 2`;
  expect(keys.length).toBeGreaterThan(5);
  const wrong = keys.filter((key) => {
    const at = key.columns.split(',').indexOf(workspaceColumn(key.table));
    const hasWorkspace = at !== -1 && key.columns_to.split(',')[at] === workspaceColumn(key.to);
    // Every node has the rows of a reference table. The other way round, no node has all rows that could be meant.
    if (!isDistributed(key.table)) return isDistributed(key.to);
    return !hasWorkspace;
  });
  expect(wrong).toEqual([]);
});

it('uses no sequence, which would be one for all nodes', async () => {
  expect(
    await store.database.sql`
      select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace
      union all
      select attrelid::regclass::text || '.' || attname from pg_attribute
      where attidentity <> '' and attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`,
  ).toEqual([]);
});

it('lists exactly the tables that exist, and keeps unlogged ones on the coordinator', async () => {
  const tables = await readTables();
  const names = tables.map(({ name }) => name);
  expect(Object.keys(referenceTables).filter((name) => !names.includes(name))).toEqual([]);
  for (const { name } of tables.filter(({ unlogged }) => unlogged)) {
    expect(referenceTables[name]?.place).toBe('COORDINATOR');
  }
});

it('lists the same tables, with the same reasons, in docs/scaling.md', () => {
  const docs = readFileSync(path.resolve(import.meta.dirname, '../../docs/scaling.md'), 'utf8');
  for (const [name, { place, reason }] of Object.entries(referenceTables)) {
    const where = place === 'REFERENCE' ? 'every node' : 'the coordinator';
    expect(docs).toContain(`| \`${name}\` | ${where} | ${reason} |`);
  }
});
