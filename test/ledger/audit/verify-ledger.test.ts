import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../../src/ledger/ledger.js';
import { verifyLedger } from '../../../src/ledger/audit/verify-ledger.js';
import { requestFor, buy, ended, limitWorkspace, createAccount, openLedger } from '../setup.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { createWorkspace } from '../../support/workspace.js';

let store: TestDatabase;
let ledger: Ledger;
beforeAll(async () => {
  store = await createTestDatabase();
  ledger = openLedger(store.database);
});
afterAll(async () => {
  await ledger.close(1_000);
  await store.close();
});

/** A workspace with one of everything: a purchase, a hit, a miss, a call in progress, and presumed charges of every kind. */
const createActivity = async (): Promise<string> => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  await limitWorkspace(store.database, id, 100);
  await buy(ledger, requestFor(account, 'bought'), 'record', { aliases: ['by another name'] });
  await ledger.reserve(requestFor(account, 'by another name'));
  const missed = requestFor(account, 'missed');
  await ledger.reserve(missed);
  await ledger.settle(ended(missed, 'NOT_FOUND'));
  for (const subject of ['open', 'confirmed', 'given back']) {
    const presumed = requestFor(account, subject);
    await ledger.reserve(presumed);
    await ledger.settle(ended(presumed, 'UNKNOWN'));
  }
  await buy(ledger, requestFor(account, 'confirmed'), 'another record');
  const gone = requestFor(account, 'given back');
  await ledger.reserve(gone);
  await ledger.settle(ended(gone, 'NOT_FOUND'));
  await ledger.reserve(requestFor(account, 'under way'));
  return id;
};

/** Changes the tables without the trigger that makes entries append-only. */
const tamper = (statement: string, workspaceId: string): Promise<unknown> =>
  store.database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement.replaceAll(':workspace', `'${workspaceId}'`));
  });

const linesOf = async (workspaceId: string): Promise<string[]> =>
  (await verifyLedger(store.database, { workspaceId })).disagreements.map(({ line }) => line);

it('finds no disagreement in a ledger that only its own statements wrote', async () => {
  const workspaceId = await createActivity();
  expect(await verifyLedger(store.database, { workspaceId })).toEqual({
    archived: 0,
    disagreements: [],
    hints: [],
    entries: 10,
    unlocks: 2,
    budgetPeriods: 1,
  });
});

it.each([
  [
    'a purchase that is missing',
    `delete from entries where workspace_id = :workspace and charge = 'CHARGED' and kind = 'LOOKUP'`,
    /^unlock .* \(record\) cost 1, but 0 entries say that it was bought, for 0 in all$/,
  ],
  [
    'a purchase with two entries',
    `insert into entries select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).*
     from entries e where workspace_id = :workspace and charge = 'CHARGED' and kind = 'LOOKUP'`,
    /^unlock .* cost 1, but 2 entries say that it was bought, for 2 in all$/,
  ],
  [
    'a charge at another price',
    `update entries set credits = 2 where workspace_id = :workspace and charge = 'CHARGED' and kind = 'LOOKUP'`,
    /^unlock .* cost 1, but 1 entries say that it was bought, for 2 in all$/,
  ],
  [
    'an unlock that is missing',
    `delete from unlocks where workspace_id = :workspace and record_key = 'record'`,
    /^entry .* is charged, but its account has no such unlock$/,
  ],
  [
    'an unlock of another account',
    `update unlocks set account_id = gen_random_uuid() where workspace_id = :workspace and record_key = 'record'`,
    /^entry .* is charged, but its account has no such unlock$/,
  ],
  [
    'a lookup key that leads nowhere',
    `update unlock_keys set unlock_id = gen_random_uuid()
     where workspace_id = :workspace and lookup_key = 'by another name'`,
    /^a lookup key of account .* leads to unlock .*, which that account does not have$/,
  ],
  [
    'a snapshot without an unlock',
    `update snapshots set unlock_id = gen_random_uuid() where workspace_id = :workspace`,
    /^snapshot of unlock .* stands without it$/,
  ],
  [
    'a presumed charge that is not pending',
    `delete from reservations where workspace_id = :workspace and state = 'PENDING_CONFIRMATION'`,
    /^entry .* presumes 1 credits, but nothing is pending for it, and it was corrected 0 times$/,
  ],
  [
    'a presumed charge with other credits pending',
    `update reservations set credits = 2 where workspace_id = :workspace and state = 'PENDING_CONFIRMATION'`,
    /^entry .* presumes 1 credits, but 2 are pending for it, and it was corrected 0 times$/,
  ],
  [
    'a pending reservation without an entry',
    `update reservations set state = 'PENDING_CONFIRMATION' where workspace_id = :workspace and state = 'HELD'`,
    /^reservation .* is PENDING_CONFIRMATION, but its entry is missing$/,
  ],
  [
    'a correction of more than was presumed',
    `update entries set credits = -2 where workspace_id = :workspace and kind = 'CORRECTION' and credits = -1`,
    /^correction .* \(NOT_FOUND, -2 credits\) does not fit entry .* \(PRESUMED, 1 credits\)$/,
  ],
  [
    'a correction of nothing',
    `update entries set corrects_entry_id = gen_random_uuid() where workspace_id = :workspace and kind = 'CORRECTION'`,
    /^correction .* does not fit any entry$/,
  ],
  [
    'a correction in other budgets',
    `update entries set budget_ids = '{}' where workspace_id = :workspace and kind = 'CORRECTION'`,
    /^correction .* \(NOT_FOUND, -1 credits\) does not fit entry .* \(PRESUMED, 1 credits\)$/,
  ],
  [
    'a miss that costs',
    `update entries set credits = 1 where workspace_id = :workspace and charge = 'NOT_FOUND' and kind = 'LOOKUP'`,
    /^entry .* is NOT_FOUND with 1 credits charged and 0 saved$/,
  ],
  [
    'a held reservation with an entry',
    `insert into entries (
       workspace_id, id, lookup_id, occurred_at, outcome, charge, credits, saved, operation, token_id)
     select workspace_id, id, lookup_id, now(), 'FAILED', 'NONE', 0, 0, operation, token_id
     from reservations where workspace_id = :workspace and state = 'HELD'`,
    /^reservation .* is HELD, but its entry is NONE$/,
  ],
  [
    'a budget that counted too little',
    `update budget_periods set spent = spent - 1 where workspace_id = :workspace`,
    /^budget .*: 2 credits are counted as spent, its entries say 3$/,
  ],
  [
    'a budget whose opening no entry explains',
    `update budget_periods set spent = spent + 1, opening_spend = 1 where workspace_id = :workspace`,
    /^budget .*: 1 credits are counted from before it, the entries say 0$/,
  ],
  [
    'a budget whose period is missing',
    `delete from budget_periods where workspace_id = :workspace`,
    /^budget .*: 0 credits are counted as spent, its entries say 3$/,
  ],
  [
    'credits that stay reserved',
    `update budget_periods set reserved = reserved + 1 where workspace_id = :workspace`,
    /^budget .*: 2 credits are counted as reserved, its reservations say 1$/,
  ],
  [
    'a budget below nothing',
    `update budget_periods set reserved = -1 where workspace_id = :workspace`,
    /^budget .*: -1 reserved and 3 spent$/,
  ],
  [
    'an entry that its budget did not count',
    `update budgets set created_at = now() - interval '1 hour' where workspace_id = :workspace;
     update entries set budget_ids = '{}', budget_starts = '{}'
     where workspace_id = :workspace and charge = 'CHARGED' and kind = 'LOOKUP'`,
    /^entry .* \(1 credits\) was not counted in budget /,
  ],
  [
    'an entry that a budget counted wrongly',
    `update budgets set scope = 'WORKFLOW', subject = 'crm' where workspace_id = :workspace`,
    /^entry .* \(1 credits\) was counted in, but does not concern, budget /,
  ],
])('reports %s', async (_, statement, line) => {
  const workspaceId = await createActivity();
  await tamper(statement, workspaceId);
  expect(await linesOf(workspaceId)).toContainEqual(expect.stringMatching(line));
});

it('reports an overdue reservation as a hint, not a disagreement', async () => {
  const workspaceId = await createActivity();
  await tamper(
    `update reservations set expires_at = now() - interval '5 minutes' where workspace_id = :workspace and state = 'HELD'`,
    workspaceId,
  );
  const { disagreements, hints } = await verifyLedger(store.database, { workspaceId });
  expect(disagreements).toEqual([]);
  expect(hints).toEqual([
    {
      workspaceId,
      line: expect.stringMatching(/^reservation .* has been overdue since .*: no gateway is running/),
    },
  ]);
});

it('reads one snapshot: what is settled meanwhile is no disagreement', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  await limitWorkspace(store.database, id, 1_000);
  const stop = new AbortController();
  const settling = (async () => {
    for (let number = 0; !stop.signal.aborted; number += 1)
      await buy(ledger, requestFor(account, `s${number}`), `r${number}`);
  })();
  for (let times = 0; times < 10; times += 1) expect(await linesOf(id)).toEqual([]);
  stop.abort();
  await settling;
});
