import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ledger } from '../../../src/ledger/ledger.js';
import { verifyLedger } from '../../../src/ledger/audit/verify-ledger.js';
import { askFor, buy, ended, limitWorkspace, createAccount, openLedger } from '../setup.js';
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

/** A workspace with one of everything: a purchase, a hit, a miss, a call under way, and doubts of every end. */
const liveAWhile = async (): Promise<string> => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  await limitWorkspace(store.database, id, 100);
  await buy(ledger, askFor(account, 'bought'), 'record', { aliases: ['by another name'] });
  await ledger.reserve(askFor(account, 'by another name'));
  const missed = askFor(account, 'missed');
  await ledger.reserve(missed);
  await ledger.settle(ended(missed, 'NOT_FOUND'));
  for (const subject of ['open', 'confirmed', 'given back']) {
    const doubted = askFor(account, subject);
    await ledger.reserve(doubted);
    await ledger.settle(ended(doubted, 'UNKNOWN'));
  }
  await buy(ledger, askFor(account, 'confirmed'), 'another record');
  const gone = askFor(account, 'given back');
  await ledger.reserve(gone);
  await ledger.settle(ended(gone, 'NOT_FOUND'));
  await ledger.reserve(askFor(account, 'under way'));
  return id;
};

/** Changes the tables as no statement of ours does, past the trigger that keeps entries as they are. */
const tamper = (statement: string, workspaceId: string): Promise<unknown> =>
  store.database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement.replaceAll(':workspace', `'${workspaceId}'`));
  });

const linesOf = async (workspaceId: string): Promise<string[]> =>
  (await verifyLedger(store.database, { workspaceId })).disagreements.map(({ line }) => line);

test('a ledger that only its own statements have written agrees with itself', async () => {
  const workspaceId = await liveAWhile();
  expect(await verifyLedger(store.database, { workspaceId })).toEqual({
    disagreements: [],
    hints: [],
    entries: 10,
    unlocks: 2,
    budgetPeriods: 1,
  });
});

test.each([
  [
    'a purchase that is missing',
    `delete from entries where workspace_id = :workspace and charge = 'CHARGED' and kind = 'LOOKUP'`,
    /^unlock .* \(record\) cost 1, but 0 entries say that it was bought, for 0 in all$/,
  ],
  [
    'a purchase that is entered twice',
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
    'an alias that leads nowhere',
    `update unlock_keys set unlock_id = gen_random_uuid()
     where workspace_id = :workspace and lookup_key = 'by another name'`,
    /^a lookup key of account .* leads to unlock .*, which that account does not have$/,
  ],
  [
    'a copy without an unlock',
    `update snapshots set unlock_id = gen_random_uuid() where workspace_id = :workspace`,
    /^snapshot of unlock .* stands without it$/,
  ],
  [
    'a doubt that is forgotten',
    `delete from reservations where workspace_id = :workspace and state = 'PENDING_CONFIRMATION'`,
    /^entry .* presumes 1 credits, but nothing is in doubt for it, and it was corrected 0 times$/,
  ],
  [
    'a doubt over other credits',
    `update reservations set credits = 2 where workspace_id = :workspace and state = 'PENDING_CONFIRMATION'`,
    /^entry .* presumes 1 credits, but 2 are in doubt for it, and it was corrected 0 times$/,
  ],
  [
    'a doubt that no entry presumes',
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
    'a call under way that has ended',
    `insert into entries (
       workspace_id, id, lookup_id, occurred_at, outcome, charge, credits, saved, operation, token_id)
     select workspace_id, id, lookup_id, now(), 'FAILED', 'NONE', 0, 0, operation, token_id
     from reservations where workspace_id = :workspace and state = 'HELD'`,
    /^reservation .* is HELD, but its entry is NONE$/,
  ],
  [
    'a budget that has counted too little',
    `update budget_periods set spent = spent - 1 where workspace_id = :workspace`,
    /^budget .*: 2 credits are counted as spent, its entries say 3$/,
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
    'a spend that its budget has not seen',
    `update budgets set created_at = now() - interval '1 hour' where workspace_id = :workspace;
     update entries set budget_ids = '{}', budget_starts = '{}'
     where workspace_id = :workspace and charge = 'CHARGED' and kind = 'LOOKUP'`,
    /^entry .* \(1 credits\) was not counted in budget /,
  ],
  [
    'a spend that a budget has taken from another',
    `update budgets set scope = 'WORKFLOW', subject = 'crm' where workspace_id = :workspace`,
    /^entry .* \(1 credits\) was counted in, but does not concern, budget /,
  ],
])('names %s', async (_, statement, line) => {
  const workspaceId = await liveAWhile();
  await tamper(statement, workspaceId);
  expect(await linesOf(workspaceId)).toContainEqual(expect.stringMatching(line));
});

test('a reservation that nobody gives up is a hint, not a disagreement', async () => {
  const workspaceId = await liveAWhile();
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

test('looks at one instant: what is settled meanwhile is no disagreement', async () => {
  const { id } = await createWorkspace(store.database);
  const account = createAccount(id);
  await limitWorkspace(store.database, id, 1_000);
  const stop = new AbortController();
  const settling = (async () => {
    for (let number = 0; !stop.signal.aborted; number += 1)
      await buy(ledger, askFor(account, `s${number}`), `r${number}`);
  })();
  for (let times = 0; times < 10; times += 1) expect(await linesOf(id)).toEqual([]);
  stop.abort();
  await settling;
});
