import { createHmac, randomBytes } from 'node:crypto';
import { vault as vaultTable } from '../../schema/index.js';
import { GatewayError } from '../errors.js';
import type { Database } from '../platform/database.js';
import { createSealer } from './sealer.js';

/** The row in which a sealed key stands, and in which alone it opens. */
export type KeyPlace = { workspaceId: string; connectionId: string };

export type Vault = {
  seal: (place: KeyPlace, key: string) => Buffer;
  /** Throws CONNECTION_DISABLED where the present secrets do not open it in this place. */
  open: (place: KeyPlace, sealed: Uint8Array) => string;
  isUnderFirstSecret: (sealed: Uint8Array) => boolean;
  /** The same for one key of one provider for ever, whatever becomes of the secrets; tells nothing of the key. */
  fingerprint: (provider: string, key: string) => Promise<Buffer>;
  /** Throws UNAVAILABLE where the present secrets are not those of this database: to be asked at start. */
  check: () => Promise<void>;
  /** Seals the fingerprint key under the first secret; false where it was so already. */
  rotateFingerprintKey: () => Promise<boolean>;
};

/** Opens and seals keys under `secrets` (32 bytes each; the first seals, all open). */
export const createVault = (deps: { database: Database; secrets: readonly Uint8Array[] }): Vault => {
  const { db } = deps.database;
  const sealer = createSealer(deps.secrets);
  let loading: Promise<Buffer> | null = null;

  /** Made by whichever instance comes first, and read back by all, so that there is only ever one. */
  const load = async (): Promise<Buffer> => {
    const [standing] = await db.select().from(vaultTable);
    if (standing !== undefined) return openFingerprintKey(standing.fingerprintKeySealed);
    const sealed = sealer.seal(fingerprintKeyPlace, randomBytes(32));
    await db.insert(vaultTable).values({ fingerprintKeySealed: sealed }).onConflictDoNothing();
    return load();
  };

  const openFingerprintKey = (sealed: Buffer): Buffer => {
    const opened = sealer.open(fingerprintKeyPlace, sealed);
    if (opened !== null) return opened;
    throw new GatewayError(
      'UNAVAILABLE',
      'ENCRYPTION_KEYS holds none of the secrets this database was sealed under: put the old one back, behind the new one.',
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
    seal: (place, key) => sealer.seal(placeName(place), Buffer.from(key)),
    open: (place, sealed) => {
      const opened = sealer.open(placeName(place), sealed);
      if (opened !== null) return opened.toString('utf8');
      throw new GatewayError(
        'CONNECTION_DISABLED',
        'The stored key of this connection does not open under the present ENCRYPTION_KEYS: rotate the key, or have the operator put the old secret back.',
      );
    },
    isUnderFirstSecret: sealer.isUnderFirst,
    fingerprint: async (provider, key) =>
      createHmac('sha256', await fingerprintKey())
        .update(`${provider}\0${key}`)
        .digest(),
    check: async () => {
      await fingerprintKey();
    },
    rotateFingerprintKey: () =>
      db.transaction(async (tx) => {
        const [standing] = await tx.select().from(vaultTable).for('update');
        if (standing === undefined || sealer.isUnderFirst(standing.fingerprintKeySealed)) return false;
        const key = openFingerprintKey(standing.fingerprintKeySealed);
        await tx.update(vaultTable).set({ fingerprintKeySealed: sealer.seal(fingerprintKeyPlace, key) });
        return true;
      }),
  };
};

const fingerprintKeyPlace = 'fingerprint key';
const placeName = (place: KeyPlace): string => `key of ${place.workspaceId} ${place.connectionId}`;
