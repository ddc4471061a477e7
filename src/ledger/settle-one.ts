import type { Sql } from '../platform/database.js';
import { withQueryTimeout } from '../platform/with-timeout.js';
import { readSettled, type SettledRow } from './rows.js';
import type { SettledEntry, Settlement } from './types.js';

/**
 * Settles one reservation in one statement, as `settleBatch` does for a batch of one. The SQL function `settle_one` settles
 * the plain case by itself, in a fraction of the time of `settle_credits`, and passes everything else on.
 */
export const settleOne = async (sql: Sql, settlement: Settlement): Promise<SettledEntry> => {
  const { reservation, outcome } = settlement;
  const found = outcome === 'FOUND' ? settlement.found : null;
  const presumedCause = outcome === 'FOUND' ? null : (settlement.presumedCause ?? null);
  const [row] = await withQueryTimeout(
    sql<SettledRow[]>`
      select * from settle_one(
        ${reservation.workspaceId}, ${reservation.id}, ${outcome}, ${(found?.price ?? 0n).toString()},
        ${settlement.charged?.toString() ?? null}, ${storable(found?.recordKey)}, ${arrayOf(found?.lookupKeys)},
        ${storable(found?.name)}, ${storable(settlement.problem)}, ${presumedCause},
        ${Math.round(settlement.latencyMs)}, ${found?.body ?? null})`,
    10_000,
  );
  if (row === undefined) throw new Error('settle_one returned no row');
  return readSettled(row);
};

/**
 * Text that PostgreSQL accepts, as `storableJson` makes it: NUL becomes U+FFFD here, and lone surrogates do where the text
 * is written as UTF-8.
 */
const storable = (text: string | null | undefined): string | null => text?.replaceAll('\0', '\ufffd') ?? null;

/** The literal of an array, because the database client has no array types. */
const arrayOf = (texts: readonly string[] | undefined): string | null =>
  texts === undefined
    ? null
    : `{${texts.map((text) => `"${storable(text)?.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join()}}`;
