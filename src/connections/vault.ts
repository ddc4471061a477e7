import { createHmac, randomBytes } from 'node:crypto';
import { vault as vaultTable } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { createSealer, type SealContext } from './sealer.js';

export type Vault = {
  seal: (context: SealContext, plain: string) => Buffer;
  /** Null when the present ENCRYPTION_KEYS do not open the value in this context. */
  open: (context: SealContext, sealed: Uint8Array) => string | null;
  /** Whether the value is of the present format and under the first key. */
  isCurrent: (sealed: Uint8Array) => boolean;
  /** A keyed hash of a text within a namespace. It stays the same when ENCRYPTION_KEYS change, and reveals nothing. */
  fingerprint: (namespace: string, text: string) => Promise<Buffer>;
  /** Throws UNAVAILABLE when the present keys are not those of this database: called at start. */
  check: () => Promise<void>;
  /** Seals the fingerprint key under the first key; false when it was already. */
  rotateFingerprintKey: () => Promise<boolean>;
};

/** Seals and opens values under `secrets` (32 bytes each; the first seals, all open). */
export const createVault = (deps: { database: Database; secrets: readonly Uint8Array[] }): Vault => {
  const { db } = deps.database;
  const sealer = createSealer(deps.secrets);
  let loading: Promise<Buffer> | null = null;

  /** The first instance creates it and every instance reads it back, so there is one. */
  const load = async (): Promise<Buffer> => {
    const [row] = await db.select().from(vaultTable);
    if (row !== undefined) return openFingerprintKey(row.fingerprintKeySealed);
    const sealed = sealer.seal(fingerprintKeyContext, randomBytes(32));
    await db.insert(vaultTable).values({ fingerprintKeySealed: sealed }).onConflictDoNothing();
    return load();
  };

  const openFingerprintKey = (sealed: Buffer): Buffer => {
    const opened = sealer.open(fingerprintKeyContext, sealed);
    if (opened !== null) return opened;
    throw new GatewayError(
      'UNAVAILABLE',
      'ENCRYPTION_KEYS holds none of the keys this database was sealed under: put the old one back, behind the new one.',
    );
  };

  const fingerprintKey = (): Promise<Buffer> => {
    if (loading !== null) return loading;
    const attempt = load();
    loading = attempt;
    attempt.catch(() => {
      if (loading === attempt) loading = null;
    });
    return attempt;
  };

  return {
    seal: (context, plain) => sealer.seal(context, Buffer.from(plain)),
    open: (context, sealed) => sealer.open(context, sealed)?.toString('utf8') ?? null,
    isCurrent: sealer.isCurrent,
    fingerprint: async (namespace, text) =>
      createHmac('sha256', await fingerprintKey())
        .update(`${namespace}\0${text}`)
        .digest(),
    check: async () => {
      await fingerprintKey();
    },
    rotateFingerprintKey: () =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(vaultTable).for('update');
        if (row === undefined || sealer.isCurrent(row.fingerprintKeySealed)) return false;
        const key = openFingerprintKey(row.fingerprintKeySealed);
        await tx.update(vaultTable).set({ fingerprintKeySealed: sealer.seal(fingerprintKeyContext, key) });
        return true;
      }),
  };
};

// One for the whole database, in a table with one row.
const fingerprintKeyContext: SealContext = { workspaceId: '', kind: 'fingerprint-key', id: '' };
