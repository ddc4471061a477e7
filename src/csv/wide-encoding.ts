import { validLength, wholeLength } from './bytes.js';

/** How much of a file is looked at. */
const sampleBytes = 2_000;

type WideEncoding = 'utf-16le' | 'utf-16be';

/**
 * Whether a text without a byte order mark is UTF-16, by its beginning; null for any other text and for what is none. In
 * UTF-16, line breaks, separators, digits and all of ASCII have a zero byte, which no other encoding has.
 */
export const wideEncodingOf = (bytes: Uint8Array): WideEncoding | null => {
  const sample = bytes.subarray(0, Math.min(sampleBytes, bytes.length) & ~1);
  const little = new TextDecoder('utf-16le').decode(sample);
  const big = new TextDecoder('utf-16be').decode(sample);
  const isLittle = count(little, certain) >= count(big, certain);
  const [text, other] = isLittle ? [little, big] : [big, little];
  const wide = count(text, ascii);
  if (wide < 2 || wide <= 4 * count(other, certain)) return null;
  // A character may be cut at the end of the sample.
  if (count(text, noText) > Math.max(1, text.length / 50)) return null;
  // Other texts may have zero bytes between their cells, but not behind their line breaks.
  const isUtf8 = validLength(sample, 0) >= wholeLength(sample);
  const isWide = isUtf8 ? isOfOneScript(text) : /[\r\n]/.test(text) || !hasNarrowBreak(text);
  if (!isWide) return null;
  return isLittle ? 'utf-16le' : 'utf-16be';
};

const ascii = /[\t\r\n -~]/g;
/** With its bytes swapped, each of these is a rare character. Those of "0" and "N" are the ideographic space and number one. */
const certain = /[\t\r\n ",.;|@1-9a-z-]/g;
const noText = /[\p{Cn}\p{Co}\p{Cs}\ufffd]|(?![\t\r\n\f])\p{Cc}/gu;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether most characters have one of two high bytes: that of ASCII and that of an alphabet. */
const isOfOneScript = (text: string): boolean => {
  const counts = new Map<number, number>();
  for (let at = 0; at < text.length; at += 1) {
    const high = text.charCodeAt(at) >> 8;
    counts.set(high, (counts.get(high) ?? 0) + 1);
  }
  const [first = 0, second = 0] = [...counts.values()].toSorted((a, b) => b - a);
  return first + second > text.length * 0.6;
};

/** Whether a byte is a line break if characters have one byte. */
const hasNarrowBreak = (text: string): boolean =>
  Array.from(text, (character) => character.charCodeAt(0)).some(
    (code) =>
      code > 0xff && [0x0a, 0x0d].some((lineBreak) => (code & 0xff) === lineBreak || code >> 8 === lineBreak),
  );
