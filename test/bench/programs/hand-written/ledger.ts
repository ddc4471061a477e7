import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { newId } from '../../../../src/platform/ids.js';
import { budgets, entries, identifiers, reservations, snapshots, unlocks } from './tables.js';

/** Who looks up what. The id is that of its reservation and of its entry. */
export type Lookup = {
  id: string;
  workspaceId: string;
  tokenId: string;
  workflow: string;
  lookupKey: string;
};

/** A record with all its lookup keys, and as the provider sent it; `body` is null where no snapshot may be kept. */
export type Found = { recordKey: string; lookupKeys: readonly string[]; body: string | null };

export type Known = { unlockId: string; body: string };

export type Charge = 'CHARGED' | 'ALREADY_UNLOCKED' | 'NONE';

export class LookupRefused extends Error {
  readonly code: 'LOOKUP_IN_FLIGHT' | 'BUDGET_EXCEEDED';

  constructor(code: LookupRefused['code']) {
    super(code === 'LOOKUP_IN_FLIGHT' ? 'The record is being looked up: try again.' : 'The budget is spent.');
    this.code = code;
  }
}

const price = 1;
const maxAgeMs = 30 * 86_400_000;

export const monthOf = (instant: Date): string => instant.toISOString().slice(0, 7);

/** The known records with a snapshot that is young enough, by lookup key. */
export const findKnown = async (
  db: PostgresJsDatabase,
  workspaceId: string,
  lookupKeys: readonly string[],
): Promise<Map<string, Known>> => {
  const rows = await db
    .select({ lookupKey: identifiers.lookupKey, unlockId: identifiers.unlockId, body: snapshots.body })
    .from(identifiers)
    .innerJoin(
      snapshots,
      and(
        eq(snapshots.workspaceId, identifiers.workspaceId),
        eq(snapshots.unlockId, identifiers.unlockId),
        gte(snapshots.fetchedAt, new Date(Date.now() - maxAgeMs)),
      ),
    )
    .where(and(eq(identifiers.workspaceId, workspaceId), inArray(identifiers.lookupKey, [...lookupKeys])))
    .prepare('find_known')
    .execute();
  return new Map(rows.map(({ lookupKey, ...known }) => [lookupKey, known]));
};

/** Writes the entries of lookups that were answered from snapshots. */
export const recordHits = async (
  db: PostgresJsDatabase,
  hits: readonly { lookup: Lookup; known: Known }[],
): Promise<void> => {
  const occurredAt = new Date();
  const rows = hits.map(({ lookup, known }) => ({
    ...labelsOf(lookup),
    occurredAt,
    outcome: 'FOUND',
    charge: 'ALREADY_UNLOCKED',
    credits: 0,
    saved: price,
    unlockId: known.unlockId,
    fromSnapshot: true,
    latencyMs: 0,
  }));
  await db.insert(entries).values(rows).prepare('record_hits').execute();
};

/** Reserves the price of a lookup, durably, before its call. Throws LookupRefused, having written nothing. */
export const reserve = async (db: PostgresJsDatabase, lookup: Lookup): Promise<{ reservedAt: Date }> => {
  const reservedAt = new Date();
  await db.transaction(async (tx) => {
    const { id, workspaceId, tokenId, workflow, lookupKey } = lookup;
    const reserved = await tx
      .insert(reservations)
      .values({ id, workspaceId, tokenId, workflow, lookupKey, credits: price, reservedAt })
      .onConflictDoNothing()
      .returning({ id: reservations.id })
      .prepare('reserve')
      .execute();
    if (reserved.length === 0) throw new LookupRefused('LOOKUP_IN_FLIGHT');
    // Last, since the row of the budget stays locked until the commit. The condition is checked under the lock.
    const admitted = await tx
      .update(budgets)
      .set({ reserved: sql`${budgets.reserved} + ${price}` })
      .where(
        and(
          eq(budgets.workspaceId, workspaceId),
          eq(budgets.month, monthOf(reservedAt)),
          sql`${budgets.spent} + ${budgets.reserved} + ${price} <= ${budgets.limit}`,
        ),
      )
      .returning({ month: budgets.month })
      .prepare('charge_budget')
      .execute();
    if (admitted.length === 0) throw new LookupRefused('BUDGET_EXCEEDED');
  });
  return { reservedAt };
};

/** Writes what became of the call, durably, before the caller is answered. `found` is null after a miss or a failure. */
export const settle = async (
  db: PostgresJsDatabase,
  lookup: Lookup,
  result: {
    reservedAt: Date;
    outcome: 'FOUND' | 'NOT_FOUND' | 'FAILED';
    found: Found | null;
    latencyMs: number;
  },
): Promise<Charge> =>
  db.transaction(async (tx) => {
    const { reservedAt, outcome, found, latencyMs } = result;
    const { workspaceId } = lookup;
    const unlock = found === null ? null : await unlockRecord(tx, lookup, found);
    const credits = unlock?.isNew === true ? price : 0;
    const charge = unlock === null ? 'NONE' : unlock.isNew ? 'CHARGED' : 'ALREADY_UNLOCKED';
    await tx
      .insert(entries)
      .values({
        ...labelsOf(lookup),
        occurredAt: reservedAt,
        outcome,
        charge,
        credits,
        saved: charge === 'ALREADY_UNLOCKED' ? price : 0,
        unlockId: unlock?.id ?? null,
        fromSnapshot: false,
        latencyMs,
      })
      .prepare('write_entry')
      .execute();
    await tx
      .delete(reservations)
      .where(and(eq(reservations.workspaceId, workspaceId), eq(reservations.id, lookup.id)))
      .prepare('end_reservation')
      .execute();
    await tx
      .update(budgets)
      .set({
        reserved: sql`${budgets.reserved} - ${price}`,
        spent: sql`${budgets.spent} + ${credits}`,
      })
      .where(and(eq(budgets.workspaceId, workspaceId), eq(budgets.month, monthOf(reservedAt))))
      .prepare('settle_budget')
      .execute();
    return charge;
  });

/** Writes the unlock of a record with its identifiers and its snapshot. It is new unless another call has bought it. */
const unlockRecord = async (
  tx: Pick<PostgresJsDatabase, 'insert' | 'select'>,
  { id: entryId, workspaceId }: Lookup,
  { recordKey, lookupKeys, body }: Found,
): Promise<{ id: string; isNew: boolean }> => {
  const now = new Date();
  const facts = { operation: 'COMPANY', provider: 'FIRMABLE', price, entryId, unlockedAt: now };
  const [bought] = await tx
    .insert(unlocks)
    .values({ workspaceId, id: newId(), recordKey, ...facts })
    .onConflictDoNothing()
    .returning({ id: unlocks.id })
    .prepare('unlock')
    .execute();
  const unlockId = bought?.id ?? (await findUnlock(tx, workspaceId, recordKey));
  await tx
    .insert(identifiers)
    .values(lookupKeys.map((lookupKey) => ({ workspaceId, lookupKey, unlockId })))
    .onConflictDoNothing()
    .prepare('write_identifiers')
    .execute();
  if (body !== null)
    await tx
      .insert(snapshots)
      .values({ workspaceId, unlockId, body, fetchedAt: now })
      .onConflictDoUpdate({
        target: [snapshots.workspaceId, snapshots.unlockId],
        set: { body: sql`excluded.body`, fetchedAt: sql`excluded.fetched_at` },
      })
      .prepare('write_snapshot')
      .execute();
  return { id: unlockId, isNew: bought !== undefined };
};

const findUnlock = async (
  tx: Pick<PostgresJsDatabase, 'select'>,
  workspaceId: string,
  recordKey: string,
): Promise<string> => {
  const [unlock] = await tx
    .select({ id: unlocks.id })
    .from(unlocks)
    .where(and(eq(unlocks.workspaceId, workspaceId), eq(unlocks.recordKey, recordKey)));
  if (unlock === undefined) throw new Error('the unlock was not written');
  return unlock.id;
};

const labelsOf = ({ id, workspaceId, tokenId, workflow }: Lookup) => ({
  id,
  workspaceId,
  tokenId,
  workflow,
  operation: 'COMPANY',
  provider: 'FIRMABLE',
});
