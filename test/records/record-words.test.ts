import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Caller, Role } from '../../src/access/caller.js';
import { forgetRecord } from '../../src/ledger/forget-record.js';
import { newId } from '../../src/platform/ids.js';
import { createRecordWords, type RecordWords } from '../../src/records/write-words.js';
import { getRecordNames } from '../../src/records/snapshots.js';
import { listUnlocks } from '../../src/usage/unlock.js';
import { createAccount, found, openLedger, requestFor } from '../ledger/setup.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { dumpTables } from '../support/dump.js';
import { silentLog } from '../support/silent-log.js';
import { createWorkspace } from '../support/workspace.js';

const body = (name: string | null) => JSON.stringify({ id: 'f1', name, description: 'x'.repeat(3_000) });

/** Reads the name as the real providers do, from bodies that are small. */
const reader = {
  readCompany: (raw: unknown) =>
    typeof raw === 'object' && raw !== null && 'name' in raw
      ? // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        { record: raw as never }
      : null,
  readPerson: () => null,
};
const providers = { FIRMABLE: reader };

let store: TestDatabase;
let words: RecordWords;
beforeAll(async () => {
  store = await createTestDatabase();
  words = createRecordWords({ database: store.database, providers, log: silentLog });
});
afterAll(() => store.close());

let workspaceId: string;
let as: Record<Role, Caller>;
beforeEach(async () => {
  ({ id: workspaceId, as } = await createWorkspace(store.database));
});

const search = async (text: string, caller = as.VIEWER): Promise<string[]> => {
  const page = { first: 100, after: null, filter: { search: text } };
  return (await listUnlocks(store, caller, page)).items.map(({ recordId }) => recordId);
};

const account = () => createAccount(workspaceId);

/** Settles a lookup that found the record with this name; `undefined` as an earlier release did. */
const buy = async (
  id: string,
  name: string | undefined,
  { of = account(), variant = 'AU', stored = name ?? (null as string | null) } = {},
): Promise<string> => {
  const ledger = openLedger(store.database);
  const request = requestFor(of, `company:id:${id}`, { variant, maxAgeSeconds: 0 });
  await ledger.reserve(request);
  const settlement = found(request, `company:id:${id}`, { body: body(stored) });
  if (settlement.outcome !== 'FOUND' || settlement.found === null) throw new Error('it finds a record');
  if (name !== undefined) settlement.found.name = name;
  const { unlock } = await ledger.settle(settlement);
  await ledger.close(1_000);
  return unlock?.id ?? '';
};

const wordRows = async (): Promise<string[]> => {
  const rows = await store.database.sql<{ word: string }[]>`
    select word from record_words where workspace_id = ${workspaceId} order by word`;
  return rows.map(({ word }) => word);
};
const dueCount = async (): Promise<number> => {
  const [row] = await store.database.sql<{ count: string }[]>`select count(*) from record_words_due`;
  return Number(row?.count);
};

it('finds a record by its new name only when it was fetched again under another', async () => {
  const of = account();
  await buy('f1', 'Quillbourne Brewing', { of });
  await words.catchUp();
  expect(await search('quillbourne')).toEqual(['f1']);
  await buy('f1', 'Quillbourne Spirits', { of });
  await words.catchUp();
  expect(await search('brewing')).toEqual([]);
  expect(await search('spirits quill')).toEqual(['f1']);
  expect(await wordRows()).toEqual(['quillbourne', 'spirits']);
  expect(await dueCount()).toBe(0);
});

it('finds a record by the names of each of its countries', async () => {
  const of = account();
  await buy('f1', 'Lantern Australia', { of });
  const id = await buy('f1', 'Lantern Aotearoa', { of, variant: 'NZ' });
  await words.catchUp();
  expect(await search('australia')).toEqual(['f1']);
  expect(await search('aotearoa')).toEqual(['f1']);
  // The name that is shown is the newest.
  const names = await getRecordNames({ ...store, providers }, as.VIEWER, [id, newId(), 'none']);
  expect([...names]).toEqual([[id, 'Lantern Aotearoa']]);
});

it('reads the names of snapshots that an earlier release stored from their bodies', async () => {
  const id = await buy('f1', undefined, { stored: 'Harbourline' });
  const broken = await buy('f2', undefined, { stored: null });
  const names = await getRecordNames({ ...store, providers }, as.VIEWER, [id, broken]);
  expect([...names]).toEqual([[id, 'Harbourline']]);
  await words.catchUp();
  expect(await search('harbour')).toEqual(['f1']);
  const stored = await store.database.sql`
    select name from snapshots where workspace_id = ${workspaceId} order by name`;
  expect(stored.map((row) => row['name'])).toEqual(['', 'Harbourline']);
});

const isDumped = async () => /sablecourt/i.test(await dumpTables(store.database));

it('leaves nothing of a name when the record is forgotten, before or after its words were written', async () => {
  await buy('f1', 'Sablecourt One');
  await words.catchUp();
  await buy('f2', 'Sablecourt Two');
  expect(await isDumped()).toBe(true);
  for (const id of ['f1', 'f2']) await forgetRecord(store, as.ADMIN, { recordKey: `company:id:${id}` });
  expect(await isDumped()).toBe(false);
  await words.catchUp();
  expect(await isDumped()).toBe(false);
  expect(await search('sablecourt')).toEqual([]);
  expect(await dueCount()).toBe(0);
});

it('leaves nothing of a name when its snapshot is deleted by whatever statement', async () => {
  const of = account();
  const id = await buy('f1', 'Velvetmoor Australia', { of });
  await buy('f1', 'Velvetmoor Aotearoa', { of, variant: 'NZ' });
  await words.catchUp();
  await store.database.sql`
    delete from snapshots where workspace_id = ${workspaceId} and unlock_id = ${id} and variant = 'AU'`;
  expect(await wordRows()).toEqual([]);
  await words.catchUp();
  expect(await wordRows()).toEqual(['aotearoa', 'velvetmoor']);
});

it('leaves nothing of a name when records are forgotten while their words are written', async () => {
  for (let round = 0; round < 10; round += 1) {
    await Promise.all([1, 2, 3, 4].map((n) => buy(`f${n}`, `Velvetmoor ${n}`)));
    await Promise.all([
      words.catchUp(),
      ...[1, 2, 3, 4].map((n) => forgetRecord(store, as.ADMIN, { recordKey: `company:id:f${n}` })),
    ]);
    await words.catchUp();
    expect(await wordRows()).toEqual([]);
  }
});

it('writes the words of each record once when several instances do', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => buy(`f${n}`, `Heronfen Number${n}`)));
  const others = [1, 2, 3].map(() =>
    createRecordWords({ database: store.database, providers, log: silentLog }),
  );
  await Promise.all(others.map((one) => one.catchUp()));
  expect(await search('heronfen')).toHaveLength(40);
  expect(await search('number7 heron')).toEqual(['f7']);
  expect(await dueCount()).toBe(0);
});

it('finds the records of the own workspace only', async () => {
  await buy('f1', 'Birchmark Power');
  await words.catchUp();
  const { as: others } = await createWorkspace(store.database);
  expect(await search('birchmark')).toEqual(['f1']);
  expect(await search('birchmark', others.ADMIN)).toEqual([]);
  expect(await search('f1', others.ADMIN)).toEqual([]);
});

it('pages through all records in order, without counting them, when a word is in more names than are found at once', async () => {
  const { sql } = store.database;
  const count = 60_000;
  const of = account();
  await sql`
    insert into unlocks (workspace_id, id, account_id, record_key, operation, provider, sandbox, price, unlocked_at)
    select ${workspaceId}, gen_random_uuid(), ${of.accountId}, 'company:id:f' || n, 'COMPANY', 'FIRMABLE', false, 1,
      timestamptz '2026-01-01' + n * interval '1 second'
    from generate_series(1, ${count}) n`;
  await sql`
    insert into record_words (workspace_id, word, unlock_id)
    select u.workspace_id, w.word, u.id
    from unlocks u
    cross join lateral (
      values ('limited'), (case when right(u.record_key, 1) = '7' then 'seven' end),
        (case when right(u.record_key, 3) = '777' then 'rare' end)
    ) w (word)
    where u.workspace_id = ${workspaceId} and w.word is not null`;
  const read = async (text: string, after: string | null = null) => {
    const { items, cursors, totalCount } = await listUnlocks(store, as.VIEWER, {
      first: 2,
      after,
      filter: { search: text },
    });
    return {
      ids: items.map(({ recordId }) => recordId),
      last: cursors.at(-1) ?? null,
      count: await totalCount(),
    };
  };
  const first = await read('limited');
  expect(first).toMatchObject({ ids: ['f60000', 'f59999'], count: null });
  expect(await read('limited', first.last)).toMatchObject({ ids: ['f59998', 'f59997'], count: null });
  expect(await read('limited seven')).toMatchObject({ ids: ['f59997', 'f59987'], count: null });
  expect(await read('rare lim')).toMatchObject({ ids: ['f59777', 'f58777'], count: count / 1_000 });
  expect(await read('limited nothing')).toEqual({ ids: [], last: null, count: 0 });
});
