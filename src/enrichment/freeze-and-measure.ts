/**
 * Freezes a value as JSON has them, with all that is in it, and returns how many bytes of memory it takes in V8 with 64-bit
 * pointers: at least as many as a heap snapshot counts.
 */
export const freezeAndMeasure = (value: unknown): number => {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? numberBytes : 0;
  Object.freeze(value);
  const inner: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let bytes = containerBytes + inner.length * pointerBytes;
  for (const one of inner) bytes += freezeAndMeasure(one);
  return bytes;
};

/** The bytes of a text: one for each character if all are in Latin-1, else two. */
export const textBytes = (text: string): number =>
  textHeaderBytes + text.length * (beyondLatin1.test(text) ? 2 : 1);

const beyondLatin1 = /[\u0100-\uffff]/;
const textHeaderBytes = 24;
const pointerBytes = 8;
/** The headers of an object or a list, and of the place of its elements or properties. */
const containerBytes = 48;
/** Of those that are no small integers. */
const numberBytes = 16;
