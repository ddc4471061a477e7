import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { writeEntries } from '../usage/setup.js';
import { askFor, buy, ended, found, createAccount, openLedger, type TestAccount } from './setup.js';

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

type Bucket = {
  outcome: string;
  asks: number;
  attempts: number;
  snapshots: number;
  credits: number;
  saved: number;
  latencies: string;
};

const bucketsOf = ({ workspaceId }: Pick<TestAccount, 'workspaceId'>): Promise<Bucket[]> =>
  store.database.sql<Bucket[]>`
    select outcome, sum(lookups)::int as asks, sum(attempts)::int as attempts, sum(from_snapshot)::int as snapshots,
      sum(credits)::int as credits, sum(saved)::int as saved, max(latencies::text) as latencies
    from usage_buckets where workspace_id = ${workspaceId} group by outcome order by outcome`;

test('every way in which an entry is written is counted: bought, from a copy, missed, presumed and corrected', async () => {
  const account = createAccount();
  await buy(ledger, askFor(account, 'a'), 'record');
  await ledger.reserve(askFor(account, 'a'));
  const missed = askFor(account, 'b');
  await ledger.reserve(missed);
  await ledger.settle(ended(missed, 'NOT_FOUND'));
  const lost = askFor(account, 'c');
  await ledger.reserve(lost);
  await ledger.settle(ended(lost, 'UNKNOWN'));
  const again = askFor(account, 'c', { labels: { step: 2 } });
  await ledger.reserve(again);
  await ledger.settle(found(again, 'other'));
  expect(await bucketsOf(account)).toMatchObject([
    { outcome: 'FOUND', asks: 2, attempts: 3, snapshots: 1, credits: 1, saved: 1 },
    { outcome: 'NOT_FOUND', asks: 1, attempts: 1, credits: 0 },
    { outcome: 'UNKNOWN', asks: 1, attempts: 1, credits: 1 },
  ]);
});

test('calls are told apart by how long they took: up to 1, 2, 4 … 65,536 ms, and longer', async () => {
  const { workspaceId } = createAccount();
  const latencies = [1, 2, 3, 4, 5, 65_536, 65_537, 400_000];
  const rows = latencies.map((latencyMs) => ({ latencyMs, occurredAt: new Date('2026-03-01T00:00:00Z') }));
  const tokenId = rows.length > 0 ? createAccount().accountId : '';
  await writeEntries(
    store.database,
    workspaceId,
    rows.map((row) => ({ ...row, tokenId })),
  );
  // A copy takes no call, and so does not count as a quick one.
  await writeEntries(store.database, workspaceId, [
    { ...rows[0], latencyMs: 0, fromSnapshot: true, tokenId },
  ]);
  const [bucket] = await bucketsOf({ workspaceId });
  expect(bucket?.latencies).toBe('{1,1,2,1,0,0,0,0,0,0,0,0,0,0,0,0,1,2}');
  expect(bucket).toMatchObject({ attempts: 9, snapshots: 1 });
});

test('settlements of several ledgers at once add up in one bucket', async () => {
  const account = createAccount();
  const ledgers = [ledger, openLedger(store.database, { ledgerBatchMax: 7 }), openLedger(store.database)];
  await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      buy(ledgers[index % 3]!, askFor(account, `s${index}`), `r${index}`),
    ),
  );
  const rows = await bucketsOf(account);
  expect(rows).toMatchObject([{ outcome: 'FOUND', asks: 300, credits: 300 }]);
});
