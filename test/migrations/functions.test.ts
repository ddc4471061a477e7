import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate, migrationsCurrent, readSchema } from '../../src/platform/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { changedSchema, edit, functionFile } from './setup.js';

let store: TestDatabase;
beforeEach(async () => {
  store = await createTestDatabase();
});
afterEach(() => store.close());

/** The transaction that last wrote each function and each composite type. */
const writtenBy = async (): Promise<Map<string, string>> => {
  const rows = await store.database.sql<{ name: string; xmin: string }[]>`
    select proname as name, xmin::text from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select typname, xmin::text from pg_type
    where typnamespace = 'public'::regnamespace and typtype = 'c' and typrelid in (
      select oid from pg_class where relkind = 'c')`;
  return new Map(rows.map(({ name, xmin }) => [name, xmin]));
};

/** The names of what a migration to a changed schema has written. */
const writtenAfter = async (change: (folder: string) => void): Promise<string[]> => {
  const before = await writtenBy();
  await migrate(store.address, changedSchema(change));
  const after = await writtenBy();
  return [...after].filter(([name, xmin]) => before.get(name) !== xmin).map(([name]) => name);
};

const hashOf = async (name: string): Promise<string | undefined> => {
  const [row] = await store.database.sql<{ hash: string }[]>`
    select hash from schema_functions where name = ${name}`;
  return row?.hash;
};

it('applies nothing when no file has changed', async () => {
  expect(await writtenAfter(() => {})).toEqual([]);
});

it('applies a changed function and nothing else', async () => {
  const before = await hashOf('forbid_change');
  const changed = (folder: string) =>
    edit(folder, 'forbid_change', 'is append-only', 'is for appending only');
  expect(await writtenAfter(changed)).toEqual(['forbid_change']);
  expect(await hashOf('forbid_change')).not.toBe(before);
  await expect(store.database.sql`truncate entries`).rejects.toThrow('for appending only');
});

it('creates a changed type again, with the types and functions that require it', async () => {
  const written = await writtenAfter((folder) =>
    edit(folder, 'entry_labels', '  job_id uuid\n', '  job_id uuid,\n  region text\n'),
  );
  const requiring = ['record_snapshot_hits', 'reservation_request', 'reserve_credits'];
  expect(written.toSorted()).toEqual(['entry_labels', ...requiring]);
});

it('drops a function whose file is gone, and a type', async () => {
  await migrate(
    store.address,
    changedSchema((folder) => {
      writeFileSync(functionFile(folder, 'gone_type'), 'create type gone_type as (number int);\n');
      writeFileSync(
        functionFile(folder, 'gone_function'),
        "create or replace function gone_function() returns int language sql as 'select 1';\n",
      );
    }),
  );
  expect([...(await writtenBy()).keys()]).toEqual(expect.arrayContaining(['gone_function', 'gone_type']));
  await migrate(store.address);
  const names = [...(await writtenBy()).keys()];
  expect(names.filter((name) => name.startsWith('gone'))).toEqual([]);
  expect(await migrationsCurrent(store.database)).toBe(true);
});

it('refuses a new signature of a function whose file does not drop the old one', async () => {
  const newSignature = (folder: string) =>
    edit(folder, 'acquire_permits', '(p_requests json, ', '(p_requests json, p_note text, ');
  await expect(migrate(store.address, changedSchema(newSignature))).rejects.toThrow(
    /^acquire_permits: two signatures exist/,
  );
  expect(await migrationsCurrent(store.database)).toBe(true);

  const dropping = changedSchema((folder) => {
    newSignature(folder);
    edit(
      folder,
      'acquire_permits',
      /^/,
      'drop function if exists acquire_permits(json, double precision);\n',
    );
  });
  await migrate(store.address, dropping);
  expect(await migrationsCurrent(store.database, dropping)).toBe(true);
});

it('leaves the database as it was when one file fails', async () => {
  const before = await writtenBy();
  const broken = changedSchema((folder) => {
    edit(folder, 'add_histograms', 'p_first[v_bin] + ', 'p_first[v_bin] - ');
    edit(folder, 'uuid_v7', 'gen_random_uuid()', 'gen_no_uuid()');
  });
  await expect(migrate(store.address, broken)).rejects.toThrow('gen_no_uuid');
  expect(await writtenBy()).toEqual(before);
});

it('reports functions that differ as not current', async () => {
  const changed = changedSchema((folder) => edit(folder, 'uuid_v7', /^/, '-- Changed.\n'));
  expect(await migrationsCurrent(store.database)).toBe(true);
  expect(await migrationsCurrent(store.database, changed)).toBe(false);
});

it('refuses to replace functions that a newer version of the gateway has applied', async () => {
  const newer = changedSchema((folder) => {
    edit(folder, 'uuid_v7', /^/, '-- Changed.\n');
    writeFileSync(path.join(folder, 'package.json'), '{ "version": "0.10.0" }');
  });
  await migrate(store.address, newer);
  const older = { ...readSchema(), version: '0.9.1' };
  await expect(migrate(store.address, older)).rejects.toThrow(/newer release of the gateway: start that/);
  await migrate(store.address, { ...older, version: '0.10.1' });
  expect(await migrationsCurrent(store.database)).toBe(true);
});

it('orders each file after those that it requires, and refuses a missing one and a cycle', () => {
  const { functions } = readSchema();
  const places = new Map(functions.map(({ name }, index) => [name, index]));
  for (const { name, requires } of functions) {
    for (const required of requires) expect(places.get(required)).toBeLessThan(places.get(name) ?? 0);
  }
  const removed = () => changedSchema((folder) => rmSync(functionFile(folder, 'uuid_v7')));
  expect(removed).toThrow('decide_presumed_charges requires uuid_v7, which is missing or a cycle');
  const cyclic = () =>
    changedSchema((folder) => edit(folder, 'uuid_v7', /^/, '-- requires: settle_credits\n'));
  expect(cyclic).toThrow('which is missing or a cycle');
});

it('applies every file over what the release before it has created', async () => {
  const written = await writtenAfter((folder) => {
    for (const file of readdirSync(path.join(folder, 'schema/functions'))) {
      appendFileSync(path.join(folder, 'schema/functions', file), '\n-- changed\n');
    }
  });
  expect(written).toContain('acquire_permits');
  expect(await migrationsCurrent(store.database)).toBe(false);
  await migrate(store.address);
  expect(await migrationsCurrent(store.database)).toBe(true);
});
