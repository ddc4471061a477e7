import { expect } from 'vitest';
import { verifyLedger } from '../../src/ledger/audit/verify-ledger.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { ReservationRequest } from '../../src/ledger/types.js';
import type { Database } from '../../src/platform/database.js';
import { buy, requestFor, type TestAccount } from './setup.js';

/** A parent company and its subsidiary, whose records both report one domain. */
export const domain = 'company:domain:shared.example';
export const parent = 'company:id:f1';
export const subsidiary = 'company:id:f2';

/** Buys a record by its LinkedIn page. */
export const buyByPage = (
  ledger: Ledger,
  account: TestAccount,
  record: typeof parent | typeof subsidiary,
): Promise<void> =>
  buy(ledger, requestFor(account, `company:linkedin:${record}`), record, { aliases: [domain] });

/** A lookup again by the domain. */
export const again = (
  account: TestAccount,
  more: Parameters<typeof requestFor>[2] = {},
): ReservationRequest => requestFor(account, domain, { looksUpAgain: true, maxAgeSeconds: -1, ...more });

/** The record that the key leads to, and how; null where it leads to none. */
export const leadsTo = async (
  { sql }: Pick<Database, 'sql'>,
  { workspaceId, accountId }: TestAccount,
  key: string,
): Promise<string | null> => {
  const [row] = await sql<{ text: string }[]>`
    select u.record_key || ' ' || k.source as text
    from unlock_of_key(${workspaceId}, ${accountId}, ${key}) k
    join unlocks u on u.workspace_id = ${workspaceId} and u.id = k.unlock_id`;
  return row?.text ?? null;
};

export const expectVerified = async (database: Database, { workspaceId }: TestAccount): Promise<void> => {
  expect((await verifyLedger(database, { workspaceId })).disagreements).toEqual([]);
};
