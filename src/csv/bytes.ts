// What Windows-1252 has at 0x80 to 0x9F, where Latin-1 has control characters. Node 20 decodes it as Latin-1.
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const pieceBytes = 10_000;

/** The text of bytes in Windows-1252, in which each byte is a character. */
export const decodeWindows1252 = (bytes: Uint8Array): string => {
  let text = '';
  // In pieces, since a call takes a limited number of arguments.
  for (let from = 0; from < bytes.length; from += pieceBytes)
    text += String.fromCharCode(...bytes.subarray(from, from + pieceBytes));
  return text.replaceAll(/[\u0080-\u009f]/g, (char) => high[char.charCodeAt(0) - 0x80] ?? char);
};

/** How many bytes from `from` on are valid UTF-8. */
export const validLength = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (at < bytes.length) {
    const length = lengthOf(bytes[at] ?? 0);
    if (length === 0 || at + length > bytes.length || !continues(bytes, at, length)) break;
    at += length;
  }
  return at - from;
};

/** How many bytes there are without a last character that is cut off. */
export const wholeLength = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};

/** The length of the UTF-8 character that begins with this byte; 0 if none does. */
const lengthOf = (byte: number): number => {
  if (byte < 0x80) return 1;
  if (byte < 0xc2 || byte > 0xf4) return 0;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
};

/** The second byte has limits that exclude overlong forms, surrogates and what is behind U+10FFFF: RFC 3629, section 4. */
const secondByte: Readonly<Record<number, readonly [least: number, most: number]>> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
};

const continues = (bytes: Uint8Array, at: number, length: number): boolean => {
  const [least, most] = secondByte[bytes[at] ?? 0] ?? [0x80, 0xbf];
  for (let next = 1; next < length; next += 1) {
    const byte = bytes[at + next] ?? 0;
    if (next === 1 ? byte < least || byte > most : byte < 0x80 || byte > 0xbf) return false;
  }
  return true;
};
