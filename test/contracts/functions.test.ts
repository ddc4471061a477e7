import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSchema } from '../../src/platform/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
beforeAll(async () => {
  store = await createTestDatabase();
});
afterAll(() => store.close());

const { functions: files } = readSchema();
/** The statements of a file without its comments. */
const codeOf = (text: string): string => text.replaceAll(/--.*$/gm, '');

describe('the files of schema/functions', () => {
  it('create one object each, of the name of the file', async () => {
    const objects = await store.database.sql<{ name: string }[]>`
      select proname as name from pg_proc where pronamespace = 'public'::regnamespace
      union all
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'c'`;
    const names = files.map(({ name }) => name).filter((name) => name !== 'triggers');
    expect(objects.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  });

  it('require the files whose objects they use, and no others', () => {
    for (const file of files) {
      // A column may have the name of a function.
      const used = files.filter(
        ({ name, isType }) =>
          name !== file.name && new RegExp(`\\b${name}${isType ? '\\b' : '\\('}`).test(codeOf(file.text)),
      );
      expect({ [file.name]: file.requires.toSorted() }).toEqual({
        [file.name]: used.map(({ name }) => name).toSorted(),
      });
    }
  });

  it('name the columns of each composite in the order of its type', async () => {
    const rows = await store.database.sql<{ type: string; columns: string[] }[]>`
      select c.relname as type, json_agg(a.attname order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'c' group by c.relname`;
    const columnsOf = new Map(rows.map(({ type, columns }) => [type, columns]));
    const built = files.flatMap(({ text }) => compositesIn(codeOf(text)));
    expect(built.length).toBeGreaterThan(5);
    for (const { type, columns } of built)
      expect({ [type]: columns }).toEqual({ [type]: columnsOf.get(type) });
  });

  it('have no composite with values by position', () => {
    for (const { name, text } of files) {
      const positional = codeOf(text).match(/\brow\([^()]*,/g) ?? [];
      expect({ [name]: positional }).toEqual({ [name]: [] });
    }
  });

  it('have no fault that plpgsql_check finds', async (context) => {
    const checked = await createTestDatabase();
    try {
      const { sql } = checked.database;
      const [extension] = await sql`select from pg_available_extensions where name = 'plpgsql_check'`;
      if (extension === undefined) {
        console.warn(
          'plpgsql_check is not installed on the test server: its check of schema/functions is SKIPPED',
        );
        return context.skip();
      }
      await sql`create extension plpgsql_check`;
      const faults = await sql`
        select p.proname, c.lineno, c.level, c.message, c.query
        from pg_proc p
        cross join lateral plpgsql_check_function_tb(
          p.oid::regprocedure,
          relid := case
            when p.proname = 'queue_alert_deliveries' then 'alerts'::regclass
            when p.proname in ('delete_record_words', 'renew_snapshot') then 'snapshots'::regclass
            when p.prorettype = 'trigger'::regtype then 'entries'::regclass
            else 0::regclass
          end,
          oldtable := case p.proname when 'delete_record_words' then 'deleted_snapshots' end,
          newtable := case p.proname when 'add_usage' then 'new_entries' when 'queue_alert_deliveries' then 'new_alerts' end,
          -- It returns the rows of a statement that it builds, which the check cannot read.
          extra_warnings := p.proname <> 'summarize_entries'
        ) c
        join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
        where p.pronamespace = 'public'::regnamespace and p.proname in ${sql(files.map(({ name }) => name))}`;
      expect([...faults]).toEqual([]);
    } finally {
      await checked.close();
    }
  });
});

/** Each `row(alias.*)::type` of a text, with the names of the columns of the subselect `(select ...) alias`. */
const compositesIn = (code: string): { type: string; columns: string[] }[] =>
  [...code.matchAll(/\brow\((\w+)\.\*\)::(\w+)/g)].map(({ 1: alias = '', 2: type = '', index }) => {
    // The first end of a subselect with that alias which is on the outer level of the statement.
    const ends = [...code.slice(index).matchAll(new RegExp(`\\n\\s*\\) ${alias}\\b`, 'g'))];
    const end = index + (ends[0]?.index ?? 0) + (ends[0]?.[0].indexOf(')') ?? 0);
    const start = openingOf(code, end);
    return { type, columns: columnNames(code.slice(start + 1, end)) };
  });

/** The place of the parenthesis that the one at `end` closes. */
const openingOf = (code: string, end: number): number => {
  let depth = 0;
  for (let place = end; place >= 0; place -= 1) {
    if (code[place] === ')') depth += 1;
    if (code[place] === '(') depth -= 1;
    if (depth === 0) return place;
  }
  return 0;
};

/** The names of the columns of `select a, b.c, d as e from ...`. */
const columnNames = (select: string): string[] => {
  const columns: string[] = [];
  let [depth, current] = [0, ''];
  // Nothing within parentheses or a CASE separates columns.
  for (const token of select.replace(/^\s*select\s/, '').match(/\w+|\s+|[^\w\s]/g) ?? []) {
    if (depth === 0 && token === 'from') break;
    if (token === '(' || token === 'case') depth += 1;
    if (token === ')' || token === 'end') depth -= 1;
    if (depth === 0 && token === ',') {
      columns.push(current);
      current = '';
    } else current += token;
  }
  return [...columns, current].map((column) => /(\w+)\s*$/.exec(column)?.[1] ?? '');
};
