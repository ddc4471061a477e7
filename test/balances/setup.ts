import { accounts, balanceReadings, connections, entries } from '../../schema/tables/index.js';
import type { Connection } from '../../src/connections/connection.js';
import { getConnection } from '../../src/connections/read-connections.js';
import type { Database } from '../../src/platform/database.js';
import { newId } from '../../src/platform/ids.js';
import { createWorkspace } from '../support/workspace.js';

type Workspace = Awaited<ReturnType<typeof createWorkspace>>;

/** A workspace with one connection to an account of its own; `more` makes further ones, by default to other accounts. */
export const createPayer = async (
  database: Database,
  provider = 'FIRMABLE',
): Promise<
  Workspace & { connection: Connection; more: (accountId?: string, sandbox?: boolean) => Promise<Connection> }
> => {
  const workspace = await createWorkspace(database);
  const connect = async (accountId: string, sandbox: boolean): Promise<Connection> => {
    const id = newId();
    const workspaceId = workspace.id;
    await database.db.insert(accounts).values({ workspaceId, id: accountId, provider }).onConflictDoNothing();
    await database.db.insert(connections).values({
      workspaceId,
      id,
      provider,
      name: id,
      accountId,
      keySealed: Buffer.from('sealed'),
      keyHint: 'hint',
      sandbox,
    });
    const made = await getConnection({ database }, workspace.as.ADMIN, id);
    if (made === null) throw new Error('the connection just made is not there');
    return made;
  };
  return {
    ...workspace,
    connection: await connect(newId(), false),
    more: (accountId = newId(), sandbox = false) => connect(accountId, sandbox),
  };
};

/** Writes what the ledger charged to an account, as of some instants. */
export const charge = async (
  { db }: Database,
  place: { workspaceId: string; accountId: string },
  charged: readonly { at: Date; credits: number; operation?: string; correctsEntryId?: string }[],
): Promise<string[]> => {
  const tokenId = newId();
  const rows = charged.map(({ at, credits, operation = 'COMPANY', correctsEntryId }) => {
    const id = newId();
    return {
      ...place,
      id,
      lookupId: id,
      kind: correctsEntryId === undefined ? ('LOOKUP' as const) : ('CORRECTION' as const),
      occurredAt: at,
      correctsEntryId: correctsEntryId ?? null,
      outcome: 'FOUND' as const,
      charge: 'CHARGED' as const,
      credits: BigInt(credits),
      saved: 0n,
      operation,
      provider: 'FIRMABLE',
      payer: 'CONNECTION',
      tokenId,
    };
  });
  if (rows.length > 0) await db.insert(entries).values(rows);
  return rows.map(({ id }) => id);
};

/** Writes a reading as if it had been made then. */
export const read = async (
  { db }: Database,
  place: { workspaceId: string; accountId: string },
  reading: { at: Date; credits: number; source?: 'RECORDED' | 'REPORTED' | 'OUT_OF_CREDITS' },
): Promise<void> => {
  const { at, credits, source = 'RECORDED' } = reading;
  await db
    .insert(balanceReadings)
    .values({ ...place, id: newId(), observedAt: at, credits: BigInt(credits), source });
};

export const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);
