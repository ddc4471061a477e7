import { setTimeout as sleep } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { connections } from '../../schema/tables/index.js';
import { recordForAll } from '../access/audit-log.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import type { Log } from '../platform/log.js';
import { countSealingElsewhere, requireKeyEverywhere } from './instances.js';
import type { SealedKind } from './sealer.js';
import type { Vault } from './vault.js';

/** A column of sealed values, and the columns of its row that are their context. */
export type SealedColumn = {
  kind: SealedKind;
  table: PgTable;
  workspaceId: PgColumn;
  id: PgColumn;
  sealed: PgColumn;
};

export const connectionKeys: SealedColumn = {
  kind: 'connection',
  table: connections,
  workspaceId: connections.workspaceId,
  id: connections.id,
  sealed: connections.keySealed,
};

type RotationCounts = {
  /** Sealed again under the first key. */
  rotated: number;
  /** Under it already. */
  unchanged: number;
  /** Opened by none of the keys. */
  unopenable: number;
};

type Deps = { database: Pick<Database, 'db'>; vault: Vault };

const followMaxMs = 30_000;
const followPollMs = 500;

/**
 * Seals every value of these columns under the first of ENCRYPTION_KEYS. The old key may be removed once this has run
 * with nothing left unopenable. Safe beside running instances, to interrupt and to repeat: the fingerprint key is rotated
 * first, after which no instance without the new key starts; then every instance seals under the new key; then the stored
 * values follow. Throws UNAVAILABLE when the keys are not those of this database, and, before anything is changed, while a
 * running instance does not have the new key.
 */
export const rotateEncryptionKeys = async (
  deps: Deps,
  columns: readonly SealedColumn[],
): Promise<{ fingerprintKeyRotated: boolean; counts: Partial<Record<SealedKind, RotationCounts>> }> => {
  const keyId = deps.vault.keyIds[0] ?? '';
  const fingerprintKeyRotated = await deps.database.db.transaction(async (tx) => {
    await requireKeyEverywhere(tx, keyId);
    const rotated = await deps.vault.rotateFingerprintKey(tx);
    if (rotated) {
      await recordForAll(
        tx,
        { operator: 'rotate-encryption-keys' },
        { action: 'encryptionKeys.rotate', subject: null, before: null, after: { encryptionKeyId: keyId } },
      );
    }
    return rotated;
  });
  await untilSealedUnder(deps, keyId);
  const counts: Partial<Record<SealedKind, RotationCounts>> = {};
  for (const column of columns) {
    const done = await rotateSealedColumn(deps, column);
    const before = counts[column.kind] ?? { rotated: 0, unchanged: 0, unopenable: 0 };
    counts[column.kind] = {
      rotated: before.rotated + done.rotated,
      unchanged: before.unchanged + done.unchanged,
      unopenable: before.unopenable + done.unopenable,
    };
  }
  return { fingerprintKeyRotated, counts };
};

/**
 * Logs how many values of each column are sealed under a key that is not one of ENCRYPTION_KEYS, for the start: the old
 * key was removed before a rotation had succeeded.
 */
export const logUnknownKeys = async (
  { database, vault, log }: Deps & { log: Log },
  columns: readonly SealedColumn[],
): Promise<void> => {
  for (const { kind, table, sealed } of columns) {
    const keyId = sql<string>`encode(substring(${sealed} from 2 for 4), 'hex')`;
    const found = await database.db
      .select({ encryptionKeyId: keyId, values: sql<number>`count(*)::int` })
      .from(table)
      .where(sql`${sealed} is not null`)
      .groupBy(sql`1`);
    for (const { encryptionKeyId, values } of found) {
      if (vault.keyIds.includes(encryptionKeyId)) continue;
      log.error(
        { kind, values, encryptionKeyId },
        'stored values are encrypted under a key that is not in ENCRYPTION_KEYS: put it back and rotate',
      );
    }
  }
};

/** A value that an instance seals under the old key after its row was passed would be left behind. */
const untilSealedUnder = async ({ database }: Deps, keyId: string): Promise<void> => {
  const untilMs = performance.now() + followMaxMs;
  while ((await countSealingElsewhere(database.db, keyId)) > 0) {
    if (performance.now() > untilMs) throw notFollowing();
    await sleep(followPollMs);
  }
};

const notFollowing = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'The rotation has begun, but a running instance does not encrypt under the new key yet: run the command again, and keep the old key until it has succeeded.',
  );

const rowsMax = 200;

/** Rotates one column, in pages; a value that changes meanwhile is left alone. */
const rotateSealedColumn = async (deps: Deps, column: SealedColumn): Promise<RotationCounts> => {
  const counts: RotationCounts = { rotated: 0, unchanged: 0, unopenable: 0 };
  let after: SealedRow | undefined;
  for (;;) {
    const rows = await rowsAfter(deps.database, column, after);
    for (const row of rows) counts[await rotateOne(deps, column, row)] += 1;
    after = rows.at(-1);
    if (after === undefined) return counts;
  }
};

type SealedRow = { workspaceId: string; id: string; sealed: Buffer };

const rowsAfter = async (
  { db }: Pick<Database, 'db'>,
  { table, workspaceId, id, sealed }: SealedColumn,
  after: SealedRow | undefined,
): Promise<SealedRow[]> => {
  const rest: SQL =
    after === undefined
      ? sql`true`
      : sql`(${workspaceId}, ${id}) > (${after.workspaceId}::uuid, ${after.id}::uuid)`;
  const rows = await db
    .select({
      workspaceId: sql<string>`${workspaceId}`,
      id: sql<string>`${id}`,
      sealed: sql<Buffer>`${sealed}`,
    })
    .from(table)
    .where(sql`${sealed} is not null and ${rest}`)
    .orderBy(workspaceId, id)
    .limit(rowsMax);
  return rows;
};

const rotateOne = async (
  { database, vault }: Deps,
  column: SealedColumn,
  { workspaceId, id, sealed }: SealedRow,
): Promise<keyof RotationCounts> => {
  const context = { workspaceId, kind: column.kind, id };
  const plain = vault.open(context, sealed);
  if (plain === null) return 'unopenable';
  if (vault.isCurrent(sealed)) return 'unchanged';
  await database.db.execute(sql`
    update ${column.table}
    set ${sql.identifier(column.sealed.name)} = ${sql.param(vault.seal(context, plain), column.sealed)}
    where ${column.workspaceId} = ${workspaceId} and ${column.id} = ${id}
      and ${column.sealed} = ${sql.param(sealed, column.sealed)}`);
  return 'rotated';
};
