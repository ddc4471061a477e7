import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { writeEntries } from '../usage/setup.js';
import { requestFor, buy, ended, found, createAccount, openLedger, type TestAccount } from './setup.js';

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
  requests: number;
  attempts: number;
  snapshots: number;
  credits: number;
  saved: number;
  latencies: string;
};

const bucketsOf = ({ workspaceId }: Pick<TestAccount, 'workspaceId'>): Promise<Bucket[]> =>
  store.database.sql<Bucket[]>`
    select outcome, sum(lookups)::int as requests, sum(attempts)::int as attempts, sum(from_snapshot)::int as snapshots,
      sum(credits)::int as credits, sum(saved)::int as saved, max(latencies::text) as latencies
    from usage_buckets where workspace_id = ${workspaceId} group by outcome order by outcome`;

it('counts every kind of entry: bought, from a snapshot, missed, presumed and corrected', async () => {
  const account = createAccount();
  await buy(ledger, requestFor(account, 'a'), 'record');
  await ledger.reserve(requestFor(account, 'a'));
  const missed = requestFor(account, 'b');
  await ledger.reserve(missed);
  await ledger.settle(ended(missed, 'NOT_FOUND'));
  const lost = requestFor(account, 'c');
  await ledger.reserve(lost);
  await ledger.settle(ended(lost, 'UNKNOWN'));
  const again = requestFor(account, 'c', { labels: { step: 2 } });
  await ledger.reserve(again);
  await ledger.settle(found(again, 'other'));
  expect(await bucketsOf(account)).toMatchObject([
    { outcome: 'FOUND', requests: 2, attempts: 3, snapshots: 1, credits: 1, saved: 1 },
    { outcome: 'NOT_FOUND', requests: 1, attempts: 1, credits: 0 },
    { outcome: 'UNKNOWN', requests: 1, attempts: 1, credits: 1 },
  ]);
});

it('counts calls by latency: up to 1, 2, 4 … 65,536 ms, and longer', async () => {
  const { workspaceId } = createAccount();
  const latencies = [1, 2, 3, 4, 5, 65_536, 65_537, 400_000];
  const rows = latencies.map((latencyMs) => ({ latencyMs, occurredAt: new Date('2026-03-01T00:00:00Z') }));
  const tokenId = rows.length > 0 ? createAccount().accountId : '';
  await writeEntries(
    store.database,
    workspaceId,
    rows.map((row) => ({ ...row, tokenId })),
  );
  // A snapshot needs no call, and so does not count as a fast one.
  await writeEntries(store.database, workspaceId, [
    { ...rows[0], latencyMs: 0, fromSnapshot: true, tokenId },
  ]);
  const [bucket] = await bucketsOf({ workspaceId });
  expect(bucket?.latencies).toBe('{1,1,2,1,0,0,0,0,0,0,0,0,0,0,0,0,1,2}');
  expect(bucket).toMatchObject({ attempts: 9, snapshots: 1 });
});

it('adds concurrent settlements of several ledgers to one bucket', async () => {
  const account = createAccount();
  const ledgers = [ledger, openLedger(store.database, { ledgerBatchMax: 7 }), openLedger(store.database)];
  await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      buy(ledgers[index % 3]!, requestFor(account, `s${index}`), `r${index}`),
    ),
  );
  const rows = await bucketsOf(account);
  expect(rows).toMatchObject([{ outcome: 'FOUND', requests: 300, credits: 300 }]);
});
