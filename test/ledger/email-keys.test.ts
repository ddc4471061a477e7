import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../src/platform/ids.js';
import { migrate, migrationsFolder } from '../../src/platform/migrate.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createAccount, type TestAccount } from './setup.js';

let store: TestDatabase;
const before = mkdtempSync(path.join(tmpdir(), 'gateway-before-'));
beforeAll(async () => {
  store = await createTestDatabase({ empty: true });
  cpSync(migrationsFolder(), before, { recursive: true });
  const file = path.join(before, 'meta/_journal.json');
  const journal = z
    .looseObject({ entries: z.array(z.unknown()) })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 9) }));
  await migrate(store.address, before);
});
afterAll(async () => {
  rmSync(before, { recursive: true, force: true });
  await store.close();
});

/** An unlock as an older release left it: by the kind of address that was asked for. */
const unlock = async (
  { workspaceId, accountId }: TestAccount,
  provider: string,
  names: string[],
): Promise<string> => {
  const { sql } = store.database;
  const id = newId();
  await sql`
    insert into unlocks (workspace_id, id, account_id, record, operation, provider, sandbox, price, unlocked_at)
    values (${workspaceId}, ${id}, ${accountId}, ${id}, 'PERSON', ${provider}, false, 1, now())`;
  for (const alias of names) {
    await sql`insert into aliases values (${workspaceId}, ${accountId}, ${alias}, ${id})`;
  }
  return id;
};

const unlockOf = async ({ accountId }: TestAccount, alias: string): Promise<string | undefined> => {
  const [row] = await store.database.sql<{ id: string }[]>`
    select unlock_id as id from aliases where account_id = ${accountId} and alias = ${alias}`;
  return row?.id;
};

/** A call under way, as an older release left it. */
const hold = async (
  { workspaceId, accountId }: TestAccount,
  provider: string,
  subject: string,
): Promise<string> => {
  const id = newId();
  await store.database.sql`
    insert into reservations (
      workspace_id, id, account_id, subject, variant, credits, ask_id, operation, provider, token_id, budget_ids,
      budget_starts, reserved_at, expires_at)
    values (
      ${workspaceId}, ${id}, ${accountId}, ${subject}, '', 1, ${id}, 'PERSON', ${provider}, ${newId()}, '{}', '{}',
      now(), now() + interval '1 minute')`;
  return id;
};

const subjectOf = async (id: string): Promise<string | undefined> => {
  const [row] = await store.database.sql<{ subject: string }[]>`
    select subject from reservations where id = ${id}`;
  return row?.subject;
};

test('what was unlocked by a personal address is ours by the name that its provider has for any address', async () => {
  const [labs, apollo, firmable] = [createAccount(), createAccount(), createAccount()];
  const one = await unlock(labs, 'PEOPLE_DATA_LABS', ['person:personalEmail:a@b.example']);
  const other = await unlock(labs, 'PEOPLE_DATA_LABS', ['person:workEmail:c@b.example']);
  await unlock(labs, 'PEOPLE_DATA_LABS', ['person:personalEmail:c@b.example']);
  const third = await unlock(apollo, 'APOLLO', ['person:personalEmail:a@b.example']);
  await unlock(firmable, 'FIRMABLE', ['person:personalEmail:a@b.example']);
  const held = await hold(labs, 'PEOPLE_DATA_LABS', 'person:personalEmail:d@b.example');
  const kept = await hold(firmable, 'FIRMABLE', 'person:personalEmail:d@b.example');
  await migrate(store.address);
  expect(await unlockOf(labs, 'person:workEmail:a@b.example')).toBe(one);
  expect(await unlockOf(labs, 'person:personalEmail:a@b.example')).toBe(one);
  expect(await unlockOf(labs, 'person:workEmail:c@b.example')).toBe(other);
  expect(await unlockOf(apollo, 'person:workEmail:a@b.example')).toBe(third);
  expect(await unlockOf(firmable, 'person:workEmail:a@b.example')).toBeUndefined();
  // Whoever asks by the new name waits for the call that is under way.
  expect([await subjectOf(held), await subjectOf(kept)]).toEqual([
    'person:workEmail:d@b.example',
    'person:personalEmail:d@b.example',
  ]);
});
