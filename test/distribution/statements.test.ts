import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { is, getTableName } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import * as schema from '../../schema/tables/index.js';
import { referenceTables } from './reference-tables.js';

const folder = path.resolve(import.meta.dirname, '../../schema/functions');

const distributed = Object.values<unknown>(schema)
  .filter((one) => is(one, PgTable))
  .map((table) => getTableName(table))
  .filter((name) => !(name in referenceTables));

/** They read the whole table by their purpose, so each node runs them for its own rows. */
const runOnEachNode = ['expire_reservations', 'resolve_presumed_charges', 'create_entry_partitions'];

/** The statements of a file, without comments. */
const statementsOf = (file: string): string[] =>
  readFileSync(path.join(folder, file), 'utf8').replaceAll(/--.*$/gm, '').split(';');

/** What a statement reads or changes: distributed tables, each with the name that the statement gives it. */
const referencesIn = (statement: string): { table: string; alias: string; by: string }[] => {
  const pattern = new RegExp(
    String.raw`\b(from|join|update|delete from|using|into)\s+(${distributed.join('|')})\b(?!\s*\()(?:\s+(?:as\s+)?(?!where\b|set\b|on\b|order\b|values\b)([a-z_]+))?`,
    'g',
  );
  return [...statement.matchAll(pattern)].map(([, by = '', table = '', alias]) => ({
    by,
    table,
    alias: alias ?? table,
  }));
};

const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));

describe('each statement of the SQL functions', () => {
  const named = files.filter((file) => !runOnEachNode.includes(path.basename(file, '.sql')));

  it('names the workspace of each distributed table that it reads or changes', () => {
    const references = named.flatMap((file) =>
      statementsOf(file).flatMap((statement) =>
        referencesIn(statement)
          .filter(({ by }) => by !== 'into')
          .map((reference) => ({ file, statement, ...reference })),
      ),
    );
    expect(references.length).toBeGreaterThan(30);
    const wrong = references.filter(({ statement, alias }) => {
      const column = String.raw`\b${alias}\.workspace_id`;
      return !new RegExp(String.raw`${column}\s*=|=\s*${column}\b`).test(statement);
    });
    expect(wrong.map(({ file, by, table, alias }) => `${file}: ${by} ${table} ${alias}`)).toEqual([]);
  });

  it('inserts the workspace, and looks for conflicts by it', () => {
    const inserts = named.flatMap((file) =>
      statementsOf(file).flatMap((statement) =>
        [...statement.matchAll(/\binsert into (\w+)(?: as \w+)? \(([^)]*)\)/g)].map(
          ([, table = '', columns = '']) => ({
            file,
            table,
            columns,
            conflict: /\bon conflict \(([^)]*)\)/.exec(statement)?.[1] ?? null,
          }),
        ),
      ),
    );
    const own = inserts.filter(({ table }) => distributed.includes(table));
    expect(own.length).toBeGreaterThan(8);
    expect(own.filter(({ columns }) => !columns.includes('workspace_id'))).toEqual([]);
    expect(
      own.filter(({ conflict }) => conflict !== null && !conflict.split(', ').includes('workspace_id')),
    ).toEqual([]);
  });
});
