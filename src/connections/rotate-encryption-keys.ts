import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { connections } from '../../schema/tables/index.js';
import type { Database } from '../platform/database.js';
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

/**
 * Seals every value of these columns under the first of ENCRYPTION_KEYS. The old key may be removed once this has run
 * with nothing left unopenable. Safe beside running instances, to interrupt and to repeat. Throws UNAVAILABLE when the
 * keys are not those of this database.
 */
export const rotateEncryptionKeys = async (
  deps: Deps,
  columns: readonly SealedColumn[],
): Promise<{ fingerprintKeyRotated: boolean; counts: Partial<Record<SealedKind, RotationCounts>> }> => {
  const fingerprintKeyRotated = await deps.vault.rotateFingerprintKey();
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
