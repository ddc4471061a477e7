import { hostname } from 'node:os';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { instances } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { newId } from '../platform/ids.js';
import type { Log } from '../platform/log.js';
import { runEvery } from '../platform/run-every.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import type { Vault } from './vault.js';

/** An instance that was not seen for this long is taken for dead. */
const aliveSeconds = 60;
const closeTimeoutMs = 1_000;

type Deps = { database: Pick<Database, 'db'>; vault: Vault; log: Log };

/**
 * Announces in the database that this instance runs and which encryption keys it has, now and every `everyMs`, and makes
 * the vault follow the database's key. Throws UNAVAILABLE when this instance does not have that key. Returns the id of the
 * instance, and the function that ends the announcements.
 */
export const announceInstance = async (
  deps: Deps,
  everyMs: number,
): Promise<{ id: string; withdraw: () => Promise<void> }> => {
  const { database, vault, log } = deps;
  const id = newId();
  const announce = async (sealingKeyId: string | null): Promise<void> => {
    const facts = { encryptionKeyIds: [...vault.keyIds], sealingKeyId, seenAt: sql`clock_timestamp()` };
    await database.db
      .insert(instances)
      .values({ id, host: hostname(), pid: process.pid, ...facts })
      .onConflictDoUpdate({ target: instances.id, set: facts });
  };
  const withdraw = async (): Promise<void> => {
    const gone = database.db.delete(instances).where(eq(instances.id, id)).execute();
    // It is taken for dead after a while.
    await withQueryTimeout(gone, closeTimeoutMs).catch(() => {});
  };

  // Announced before the key is read: a rotation either sees this instance, or this instance sees the rotated key.
  await announce(null);
  try {
    await announce(await vault.followDatabase());
  } catch (error) {
    await withdraw();
    throw error;
  }
  const stop = runEvery(
    everyMs,
    {
      name: 'instance announcement',
      run: async () => {
        const sealingKeyId = await vault.followDatabase().catch((error: unknown) => {
          if (!(error instanceof GatewayError)) throw error;
          log.error(
            { encryptionKeyIds: vault.keyIds },
            'encryption keys were rotated to a key that this instance does not have: add it to ENCRYPTION_KEYS and restart',
          );
          return null;
        });
        await announce(sealingKeyId);
        await database.db.delete(instances).where(sql`seen_at < clock_timestamp() - interval '1 day'`);
      },
    },
    log,
  );
  return {
    id,
    withdraw: async () => {
      await stop();
      await withdraw();
    },
  };
};

/**
 * Keeps every instance from starting until the transaction ends. Throws UNAVAILABLE while a running instance does not have
 * the encryption key.
 */
export const requireKeyEverywhere = async (
  tx: Pick<Drizzle, 'execute' | 'select'>,
  keyId: string,
): Promise<void> => {
  await tx.execute(sql`lock table ${instances} in share mode`);
  const withoutKey = await aliveWhere(tx, sql`not ${keyId} = any(${instances.encryptionKeyIds})`);
  if (withoutKey.length > 0) throw keyMissingIn(withoutKey);
};

/** The number of running instances that still seal new values under another key. */
export const countSealingElsewhere = async (db: Pick<Drizzle, 'select'>, keyId: string): Promise<number> =>
  (await aliveWhere(db, sql`${instances.sealingKeyId} is distinct from ${keyId}`)).length;

type Alive = { host: string; pid: number; seenSecondsAgo: number };

const aliveWhere = (db: Pick<Drizzle, 'select'>, condition: SQL): Promise<Alive[]> =>
  db
    .select({
      host: instances.host,
      pid: instances.pid,
      seenSecondsAgo: sql<number>`greatest(0, extract(epoch from clock_timestamp() - ${instances.seenAt}))::int`,
    })
    .from(instances)
    .where(
      and(sql`${instances.seenAt} > clock_timestamp() - make_interval(secs => ${aliveSeconds})`, condition),
    )
    .orderBy(instances.host, instances.pid);

const keyMissingIn = (withoutKey: readonly Alive[]): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    [
      'Nothing was rotated: a running instance does not have the first of these ENCRYPTION_KEYS, and could not decrypt what is rotated.',
      ...withoutKey.map(
        ({ host, pid, seenSecondsAgo }) => `  host ${host}, process ${pid}, seen ${seenSecondsAgo} s ago`,
      ),
      `Put the new key first in ENCRYPTION_KEYS of each instance, keep the present key behind it, restart them, and run this command again. An instance that was killed is forgotten after ${aliveSeconds} seconds.`,
    ].join('\n'),
  );
