import { createHmac, randomBytes } from 'node:crypto';
import { vault as vaultTable } from '../../schema/tables/index.js';
import { GatewayError } from '../errors.js';
import type { Database, Drizzle } from '../platform/database.js';
import { limitLines } from '../platform/limit-lines.js';
import type { Log } from '../platform/log.js';
import { createSealer, keyIdOf, type SealContext } from './sealer.js';

export type Vault = {
  /** The ids of ENCRYPTION_KEYS, in order. */
  keyIds: readonly string[];
  /** Throws UNAVAILABLE while this process does not have the key that the database is sealed under. */
  seal: (context: SealContext, plain: string) => Buffer;
  /** Null when the present ENCRYPTION_KEYS do not open the value in this context. Each such value is logged once a minute. */
  open: (context: SealContext, sealed: Uint8Array) => string | null;
  /** Whether one of ENCRYPTION_KEYS is the key that the value is sealed under. */
  hasKeyOf: (sealed: Uint8Array) => boolean;
  /** Whether the value is of the present format and under the first key. */
  isCurrent: (sealed: Uint8Array) => boolean;
  /** A keyed hash of a text within a namespace. It stays the same when ENCRYPTION_KEYS change, and reveals nothing. */
  fingerprint: (namespace: string, text: string) => Promise<Buffer>;
  /**
   * Reads which key the database is sealed under; new values are sealed under it from now on. Returns its id. Throws
   * UNAVAILABLE when it is not one of ENCRYPTION_KEYS.
   */
  followDatabase: () => Promise<string>;
  /** Seals the fingerprint key, and new values of this process, under the first key; false when it was already. */
  rotateFingerprintKey: (tx: Pick<Drizzle, 'select' | 'update'>) => Promise<boolean>;
};

/**
 * Seals and opens values under `secrets` (32 bytes each; all open). The key that seals the fingerprint key is the
 * database's: a running gateway seals under that one, which a rotation moves, so that an instance that is restarted with a
 * new key writes nothing that the others cannot open. Until `followDatabase` is called, the first key seals.
 */
export const createVault = (deps: {
  database: Database;
  secrets: readonly Uint8Array[];
  log?: Log;
}): Vault => {
  const { db } = deps.database;
  const sealer = createSealer(deps.secrets);
  const unopened = deps.log === undefined ? null : limitLines(deps.log, { everyMs: 60_000, linesMax: 1 });
  let loading: Promise<Buffer> | null = null;
  // Null while the database is sealed under a key that this process does not have.
  let sealingKeyId: string | null | undefined;

  /** The first instance creates it and every instance reads it back, so there is one. */
  const load = async (): Promise<Buffer> => {
    const [row] = await db.select().from(vaultTable);
    if (row !== undefined) return row.fingerprintKeySealed;
    const sealed = sealer.seal(fingerprintKeyContext, randomBytes(32));
    await db.insert(vaultTable).values({ fingerprintKeySealed: sealed }).onConflictDoNothing();
    return load();
  };

  const openFingerprintKey = (sealed: Buffer): Buffer => {
    const opened = sealer.open(fingerprintKeyContext, sealed);
    if (opened !== null) return opened;
    throw new GatewayError(
      'UNAVAILABLE',
      'ENCRYPTION_KEYS does not have the key that this database is encrypted under: add that key, before or behind the present ones.',
    );
  };

  const fingerprintKey = (): Promise<Buffer> => {
    if (loading !== null) return loading;
    const attempt = load().then(openFingerprintKey);
    loading = attempt;
    attempt.catch(() => {
      if (loading === attempt) loading = null;
    });
    return attempt;
  };

  return {
    keyIds: sealer.keyIds,
    seal: (context, plain) => {
      if (sealingKeyId === null) throw keyMissing();
      return sealer.seal(context, Buffer.from(plain), sealingKeyId);
    },
    open: (context, sealed) => {
      const opened = sealer.open(context, sealed)?.toString('utf8') ?? null;
      if (opened !== null) return opened;
      const { kind, workspaceId, id } = context;
      const facts = { kind, workspaceId, id, encryptionKeyId: keyIdOf(sealed) };
      unopened?.('error', `${kind} ${id}`, facts, 'stored value cannot be decrypted with ENCRYPTION_KEYS');
      return null;
    },
    hasKeyOf: (sealed) => sealer.keyIds.includes(keyIdOf(sealed)),
    isCurrent: sealer.isCurrent,
    fingerprint: async (namespace, text) =>
      createHmac('sha256', await fingerprintKey())
        .update(`${namespace}\0${text}`)
        .digest(),
    followDatabase: async () => {
      const sealed = await load();
      try {
        openFingerprintKey(sealed);
      } catch (error) {
        sealingKeyId = null;
        throw error;
      }
      sealingKeyId = keyIdOf(sealed);
      return sealingKeyId;
    },
    rotateFingerprintKey: async (tx) => {
      const [row] = await tx.select().from(vaultTable).for('update');
      if (row === undefined || sealer.isCurrent(row.fingerprintKeySealed)) return false;
      const key = openFingerprintKey(row.fingerprintKeySealed);
      await tx.update(vaultTable).set({ fingerprintKeySealed: sealer.seal(fingerprintKeyContext, key) });
      return true;
    },
  };
};

const keyMissing = (): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    'This instance does not have the key that the database is encrypted under since its rotation: add that key to its ENCRYPTION_KEYS and restart it.',
    { retryAfterSeconds: 30 },
  );

// One for the whole database, in a table with one row.
const fingerprintKeyContext: SealContext = { workspaceId: '', kind: 'fingerprint-key', id: '' };
