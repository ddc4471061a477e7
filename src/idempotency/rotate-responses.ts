import { and, eq, gt, isNotNull } from 'drizzle-orm';
import { idempotentRequests } from '../../schema/index.js';
import type { Vault } from '../connections/vault.js';
import type { Database } from '../platform/database.js';
import { placeOfAnswer } from './end-request.js';

type Sealing = Pick<Vault, 'open' | 'seal' | 'isUnderFirstSecret'>;
type Row = { workspaceId: string; id: string; sealed: Buffer | null };

const rowsMax = 200;

/**
 * Seals the kept answers under the first of ENCRYPTION_KEYS, as `rotateEncryptionKeys` of the connections does for keys. What none of
 * the secrets opens is of no use to anybody and is left to expire within the day. Safe beside running instances.
 */
export const rotateResponses = async (deps: {
  database: Pick<Database, 'db'>;
  vault: Sealing;
}): Promise<number> => {
  let rotated = 0;
  let after: string | null = null;
  for (;;) {
    const rows: Row[] = await rowsAfter(deps.database, after);
    for (const row of rows) rotated += (await rotateOne(deps, row)) ? 1 : 0;
    after = rows.at(-1)?.id ?? null;
    if (after === null) return rotated;
  }
};

const rowsAfter = ({ db }: Pick<Database, 'db'>, after: string | null): Promise<Row[]> =>
  db
    .select({
      workspaceId: idempotentRequests.workspaceId,
      id: idempotentRequests.id,
      sealed: idempotentRequests.answerSealed,
    })
    .from(idempotentRequests)
    .where(
      and(
        isNotNull(idempotentRequests.answerSealed),
        after === null ? undefined : gt(idempotentRequests.id, after),
      ),
    )
    .orderBy(idempotentRequests.id)
    .limit(rowsMax);

const rotateOne = async (
  { database, vault }: { database: Pick<Database, 'db'>; vault: Sealing },
  row: Row,
): Promise<boolean> => {
  const { sealed } = row;
  if (sealed === null || vault.isUnderFirstSecret(sealed)) return false;
  const answer = openOrNull(vault, row, sealed);
  if (answer === null) return false;
  await database.db
    .update(idempotentRequests)
    .set({ answerSealed: vault.seal(placeOfAnswer(row), answer) })
    .where(and(eq(idempotentRequests.id, row.id), eq(idempotentRequests.answerSealed, sealed)));
  return true;
};

const openOrNull = (vault: Sealing, row: Row, sealed: Buffer): string | null => {
  try {
    return vault.open(placeOfAnswer(row), sealed);
  } catch {
    return null;
  }
};
