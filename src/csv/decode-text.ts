/**
 * The text of a file as spreadsheets save it: UTF-8 or UTF-16 by the byte order mark, UTF-16 without one by its zero bytes,
 * else UTF-8 where the bytes are valid, else Windows-1252, which Excel calls "CSV" without a further word.
 */
export const decodeText = (bytes: Uint8Array): string => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return decode('utf-16be', bytes);
  const wide = wideEncodingOf(bytes.subarray(0, sampleBytes));
  if (wide !== null) return decode(wide, bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWindows1252(bytes);
  }
};

const sampleBytes = 2_000;

/** Most characters of a CSV file are ASCII, so that in UTF-16 every other byte is zero. */
const wideEncodingOf = (sample: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = sample.length / 4;
  if (odd > many && even < many / 4) return 'utf-16le';
  return even > many && odd < many / 4 ? 'utf-16be' : null;
};

const decode = (encoding: string, bytes: Uint8Array): string => new TextDecoder(encoding).decode(bytes);

// What Windows-1252 has at 0x80 to 0x9F, where Latin-1 has control characters. Node 20 decodes it as Latin-1.
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const decodeWindows1252 = (bytes: Uint8Array): string => {
  let text = '';
  // In pieces, since a call takes a limited number of arguments.
  for (let from = 0; from < bytes.length; from += pieceBytes)
    text += String.fromCharCode(...bytes.subarray(from, from + pieceBytes));
  return text.replaceAll(/[\u0080-\u009f]/g, (char) => high[char.charCodeAt(0) - 0x80] ?? char);
};

const pieceBytes = 10_000;
