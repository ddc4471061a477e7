/** A random id, such as an idempotency key. `crypto.randomUUID` exists behind HTTPS and on this machine only. */
export const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
