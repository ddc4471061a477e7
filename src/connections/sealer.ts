import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * AES-256-GCM under several secrets: the first seals, all open. A sealed value is
 * `version (1) · id of the secret (4) · iv (12) · tag (16) · ciphertext`, and is bound to `place`, the row it stands
 * in: copied to another row it does not open.
 */
export type Sealer = {
  seal: (place: string, plain: Uint8Array) => Buffer;
  /** Null where none of the secrets opens it here. */
  open: (place: string, sealed: Uint8Array) => Buffer | null;
  isUnderFirst: (sealed: Uint8Array) => boolean;
};

const version = 1;
const headBytes = 33;

export const createSealer = (secrets: readonly Uint8Array[]): Sealer => {
  const keys = secrets.map((secret) => {
    if (secret.length !== 32) throw new Error('a sealing secret has 32 bytes: see ENCRYPTION_KEYS');
    return { secret, id: idOf(secret) };
  });
  const [first] = keys;
  if (first === undefined) throw new Error('there is no sealing secret: set ENCRYPTION_KEYS');

  return {
    seal: (place, plain) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', first.secret, iv).setAAD(boundTo(place));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(version), first.id, iv, cipher.getAuthTag(), body]);
    },
    open: (place, sealed) => {
      if (sealed.length < headBytes || sealed[0] !== version) return null;
      for (const key of keys) {
        if (!key.id.equals(sealed.subarray(1, 5))) continue;
        const opened = openWith(key.secret, place, sealed);
        if (opened !== null) return opened;
      }
      return null;
    },
    isUnderFirst: (sealed) => sealed[0] === version && first.id.equals(sealed.subarray(1, 5)),
  };
};

const openWith = (secret: Uint8Array, place: string, sealed: Uint8Array): Buffer | null => {
  const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(5, 17), { authTagLength: 16 })
    .setAAD(boundTo(place))
    .setAuthTag(sealed.subarray(17, headBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]);
  } catch {
    return null;
  }
};

/** Tells secrets apart without telling anything of them. */
const idOf = (secret: Uint8Array): Buffer =>
  createHash('sha256').update('firmable-gateway sealing secret').update(secret).digest().subarray(0, 4);

const boundTo = (place: string): Buffer => Buffer.of(version, ...Buffer.from(place));
