import type { Sql } from '../../src/platform/database.js';

/**
 * Every table, column, default, enum, type, index, constraint, function and trigger of a database, one line each, sorted.
 * The order of a table's columns is left out, and so are the names that PostgreSQL 18 gives to NOT NULL. The partitions of
 * all months appear as one.
 */
export const describeSchema = async (sql: Sql): Promise<string[]> => {
  const rows = await sql<{ line: string }[]>`
    select concat_ws(' ', 'table', c.relname, c.relkind, c.relpersistence, c.reloptions, c.relispartition,
      pg_get_partkeydef(c.oid)) as line
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    union all
    select concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
      a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped
    union all
    select concat_ws(' ', 'type', c.relname, string_agg(
      a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum))
    from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'c'
    group by c.relname
    union all
    select concat_ws(' ', 'enum', t.typname, string_agg(e.enumlabel, ', ' order by e.enumsortorder))
    from pg_type t join pg_enum e on e.enumtypid = t.oid
    where t.typnamespace = 'public'::regnamespace
    group by t.typname
    union all
    select concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid), i.indisvalid)
    from pg_index i join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
    union all
    select concat_ws(' ', 'constraint', n.conrelid::regclass, n.conname, n.contype, n.convalidated,
      pg_get_constraintdef(n.oid))
    from pg_constraint n where n.connamespace = 'public'::regnamespace and n.conrelid <> 0 and n.contype <> 'n'
    union all
    select 'function ' || pg_get_functiondef(p.oid)
    from pg_proc p where p.pronamespace = 'public'::regnamespace
    union all
    select concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), t.tgenabled)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid and c.relnamespace = 'public'::regnamespace
    where not t.tgisinternal
    union all
    select concat_ws(' ', 'sequence', c.relname)
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'`;
  const lines = rows
    .map(({ line }) => line.replaceAll(/entries_\d{4}_\d{2}/g, 'entries_month'))
    // The bounds of a partition are those of its month.
    .map((line) => line.replace(/^constraint entries_month .* CHECK .*$/, 'constraint entries_month bounds'));
  return [...new Set(lines)].toSorted();
};
