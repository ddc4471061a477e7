import { sql } from 'drizzle-orm';
import { accounts, connections } from '../../schema/tables/index.js';
import { newId } from '../../src/platform/ids.js';
import { writeEntries } from '../usage/setup.js';
import type { DemoGateway } from './open-dashboard.js';

/** What the usage tests have in the ledger: labels by name, and who can be filtered by. */
export type UsageData = { workspaceId: string; tokenId: string; connectionId: string };

const dayMs = 86_400_000;

/**
 * Entries of the last 40 days, real ones and of the sandbox: found and not found, saved, refused before a payer was
 * chosen, a waterfall of two steps, and a presumed charge with its correction.
 */
export const writeUsage = async ({ context, token }: DemoGateway, now: Date): Promise<UsageData> => {
  const { database, findCaller } = context;
  const { workspaceId, tokenId } = await findCaller(token);
  const [accountId, connectionId] = [newId(), newId()];
  await database.db.insert(accounts).values({ workspaceId, id: accountId, provider: 'FIRMABLE' });
  await database.db.insert(connections).values({
    workspaceId,
    id: connectionId,
    provider: 'FIRMABLE',
    name: 'Field sales',
    accountId,
    keyHint: 'aaaa',
    sandbox: false,
  });
  const workflows = ['crm-sync', 'list, "Q4"', 'hourly', 'outbound', 'events', 'partners', 'scoring', null];
  const rows = Array.from({ length: 400 }, (_, at) => ({
    occurredAt: new Date(now.getTime() - 3_600_000 - (at % 40) * dayMs - (at % 7) * 1_800_000),
    workflow: workflows[(at * 3) % workflows.length] ?? null,
    tokenId,
    connectionId: at % 5 === 0 ? null : connectionId,
    accountId,
    payer: at % 5 === 0 ? 'CALLER_KEY' : 'CONNECTION',
    operation: at % 3 === 0 ? 'PERSON' : 'COMPANY',
    provider: at % 6 === 0 ? 'APOLLO' : 'FIRMABLE',
    sandbox: at % 10 === 9,
    latencyMs: 40 + at,
    ...(at % 4 === 3
      ? { charge: 'ALREADY_UNLOCKED' as const, credits: 0n, saved: BigInt(1 + (at % 3)) }
      : at % 9 === 0
        ? { outcome: 'NOT_FOUND' as const, charge: 'NOT_FOUND' as const, credits: 0n }
        : { credits: BigInt(1 + (at % 5)) }),
  }));
  const presumed = newId();
  const [first, waterfall] = [newId(), new Date(now.getTime() - 2 * dayMs)];
  const shared = { tokenId, accountId, connectionId, workflow: 'waterfall', occurredAt: waterfall };
  await writeEntries(database, workspaceId, [
    ...rows,
    {
      ...shared,
      workflow: null,
      provider: null,
      payer: null,
      connectionId: null,
      outcome: 'REFUSED',
      charge: 'NONE',
      credits: 0n,
    },
    { ...shared, id: first, lookupId: first, outcome: 'NOT_FOUND', charge: 'NOT_FOUND', credits: 0n },
    { ...shared, lookupId: first, step: 2, provider: 'APOLLO', credits: 3n },
    {
      ...shared,
      id: presumed,
      lookupId: presumed,
      outcome: 'UNKNOWN',
      charge: 'PRESUMED',
      credits: 7n,
      presumedCause: 'TIMEOUT',
    },
    {
      ...shared,
      lookupId: presumed,
      kind: 'CORRECTION',
      correctsEntryId: presumed,
      charge: 'NONE',
      credits: -7n,
      decidedBy: tokenId,
      reason: 'not in the usage of the account',
    },
  ]);
  return { workspaceId, tokenId, connectionId };
};

export type Sums = { credits: number; saved: number; lookups: number; attempts: number };

/** Sums of entries in the database. `where` is the test's own SQL. */
export const ledgerOf = async (
  { context }: DemoGateway,
  { workspaceId }: UsageData,
  where: string,
): Promise<Sums> => {
  const [row] = await context.database.db.execute<Record<keyof Sums, string>>(sql`
    select coalesce(sum(credits), 0)::text as credits, coalesce(sum(saved), 0)::text as saved,
      count(*) filter (where kind = 'LOOKUP' and step = 1)::text as lookups,
      count(*) filter (where kind = 'LOOKUP')::text as attempts
    from entries where workspace_id = ${workspaceId} and ${sql.raw(where)}`);
  return {
    credits: Number(row?.credits),
    saved: Number(row?.saved),
    lookups: Number(row?.lookups),
    attempts: Number(row?.attempts),
  };
};

/** The condition of the last days in Sydney, as the dashboard's periods have them. */
export const lastDays = (days: number): string =>
  `occurred_at >= date_trunc('day', now() at time zone 'Australia/Sydney') at time zone 'Australia/Sydney' - interval '${days - 1} days'`;

/** A number as the dashboard writes it. */
export const number = (text: string | undefined): number => Number(text?.replaceAll(',', ''));
