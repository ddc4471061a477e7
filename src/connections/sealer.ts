import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What a sealed value is and the row that holds it. It opens in no other row and as nothing else. */
export type SealContext = { workspaceId: string; kind: SealedKind; id: string };
export type SealedKind =
  | 'connection'
  | 'webhook-secret'
  | 'webhook-url'
  | 'stored-response'
  | 'fingerprint-key';

/**
 * AES-256-GCM under several keys: the first seals, all open. A sealed value is
 * `version (1) · key id (4) · iv (12) · tag (16) · ciphertext`; its context is the additional authenticated data.
 * Version 1 did not name the kind: such values still open, and rotation seals them as version 2.
 */
type Sealer = {
  /** The ids of the keys, in order. */
  keyIds: readonly string[];
  /** Seals under the first key, or under the key with this id. */
  seal: (context: SealContext, plain: Uint8Array, keyId?: string) => Buffer;
  /** Null when none of the keys opens the value in this context. */
  open: (context: SealContext, sealed: Uint8Array) => Buffer | null;
  /** Whether the value is of the present version and under the first key. */
  isCurrent: (sealed: Uint8Array) => boolean;
};

const version = 2;
const headBytes = 33;

export const createSealer = (encryptionKeys: readonly Uint8Array[]): Sealer => {
  const keys = encryptionKeys.map((key) => {
    if (key.length !== 32) throw new Error('an encryption key has 32 bytes: see ENCRYPTION_KEYS');
    return { key, id: idOf(key) };
  });
  const [first] = keys;
  if (first === undefined) throw new Error('there is no encryption key: set ENCRYPTION_KEYS');

  return {
    keyIds: keys.map(({ id }) => id.toString('hex')),
    seal: (context, plain, keyId) => {
      const used = keyId === undefined ? first : keys.find(({ id }) => id.toString('hex') === keyId);
      if (used === undefined) throw new Error('there is no encryption key with this id');
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', used.key, iv).setAAD(additionalData(version, context));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(version), used.id, iv, cipher.getAuthTag(), body]);
    },
    open: (context, sealed) => {
      const [sealedVersion] = sealed;
      if (sealed.length < headBytes || (sealedVersion !== 1 && sealedVersion !== version)) return null;
      const data = additionalData(sealedVersion, context);
      for (const { key, id } of keys) {
        if (!id.equals(sealed.subarray(1, 5))) continue;
        const opened = openWith(key, data, sealed);
        if (opened !== null) return opened;
      }
      return null;
    },
    isCurrent: (sealed) => sealed[0] === version && first.id.equals(sealed.subarray(1, 5)),
  };
};

/** The id of the key that a value is sealed under. It reveals nothing of the key. */
export const keyIdOf = (sealed: Uint8Array): string => Buffer.from(sealed.subarray(1, 5)).toString('hex');

const openWith = (key: Uint8Array, data: Buffer, sealed: Uint8Array): Buffer | null => {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(5, 17), { authTagLength: 16 })
    .setAAD(data)
    .setAuthTag(sealed.subarray(17, headBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]);
  } catch {
    return null;
  }
};

/** Identifies a key without revealing anything of it. The text is part of the format. */
const idOf = (key: Uint8Array): Buffer =>
  createHash('sha256').update('firmable-gateway sealing secret').update(key).digest().subarray(0, 4);

const additionalData = (sealedVersion: 1 | 2, { workspaceId, kind, id }: SealContext): Buffer => {
  if (sealedVersion === 2) return Buffer.of(2, ...Buffer.from(JSON.stringify([kind, workspaceId, id])));
  const place = kind === 'fingerprint-key' ? 'fingerprint key' : `key of ${workspaceId} ${id}`;
  return Buffer.of(1, ...Buffer.from(place));
};
