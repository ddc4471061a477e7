import { createCipheriv, createHash, randomBytes } from 'node:crypto';

/** Seals as before the format named the kind of thing sealed: the row alone is the additional data. */
export const sealVersion1 = (key: Buffer, place: string, plain: string): Buffer => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.of(1, ...Buffer.from(place)));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const keyId = createHash('sha256').update('firmable-gateway sealing secret').update(key).digest();
  return Buffer.concat([Buffer.of(1), keyId.subarray(0, 4), iv, cipher.getAuthTag(), body]);
};
