import { decodeWindows1252, validLength, wholeLength } from './bytes.js';
import { wideEncodingOf } from './wide-encoding.js';

/** Decodes a file piece by piece. A piece may end inside of a character. */
export type Decoder = {
  decode: (bytes: Uint8Array) => string;
  /** What is left at the end of the file. */
  end: () => string;
  /** Such as utf-8 or windows-1252; null until enough has been read. */
  encoding: () => string | null;
  /** How many bytes of a UTF-8 file are not UTF-8. They are read as Windows-1252. */
  strayBytes: () => number;
};

/**
 * Creates a decoder of text as spreadsheets save it: UTF-8 or UTF-16 by the byte order mark, else by the charset that the
 * client named, else UTF-16 by its zero bytes, else UTF-8. Where the first character that is not ASCII is not valid UTF-8,
 * the file is Windows-1252, which Excel calls "CSV" without a further word. The text has no byte order mark.
 */
export const createDecoder = (charset: string | null = null): Decoder => {
  let sample: Uint8Array | null = new Uint8Array(0);
  let chosen: Decoding | null = null;
  const start = (bytes: Uint8Array): string => {
    sample = null;
    const { decoding, skip } = chooseDecoding(bytes, charset);
    chosen = decoding;
    return decoding.decode(bytes.subarray(skip));
  };
  return {
    decode: (bytes) => {
      if (sample === null) return chosen?.decode(bytes) ?? '';
      sample = joined(sample, bytes);
      return sample.length < sampleBytes ? '' : start(sample);
    },
    end: () => (sample === null ? '' : start(sample)) + (chosen?.end() ?? ''),
    encoding: () => chosen?.encoding() ?? null,
    strayBytes: () => chosen?.strayBytes() ?? 0,
  };
};

/** Decodes a whole file, by the same rules. */
export const decodeText = (bytes: Uint8Array): string => {
  const decoder = createDecoder();
  return decoder.decode(bytes) + decoder.end();
};

const sampleBytes = 2_000;

type Decoding = Omit<Decoder, 'encoding'> & { encoding: () => string };

const chooseDecoding = (
  bytes: Uint8Array,
  charset: string | null,
): { decoding: Decoding; skip: 0 | 2 | 3 } => {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { decoding: decodingOf('utf-16le'), skip: 2 };
  if (first === 0xfe && second === 0xff) return { decoding: decodingOf('utf-16be'), skip: 2 };
  if (first === 0xef && second === 0xbb && third === 0xbf) return { decoding: createUtf8(), skip: 3 };
  const named = charset === null ? null : namedDecoding(charset);
  if (named !== null) return { decoding: named, skip: 0 };
  const wide = wideEncodingOf(bytes);
  return { decoding: wide === null ? createUtf8() : decodingOf(wide), skip: 0 };
};

/** Null for UTF-8, which is checked, and for a name that nobody knows. */
const namedDecoding = (charset: string): Decoding | null => {
  try {
    const { encoding } = new TextDecoder(charset);
    if (encoding === 'utf-8') return null;
    // Clients say Latin-1 of what is Windows-1252, and Node 20 decodes it as Latin-1.
    return encoding === 'windows-1252' || encoding === 'iso-8859-1' ? windows1252 : decodingOf(encoding);
  } catch {
    return null;
  }
};

const windows1252: Decoding = {
  decode: decodeWindows1252,
  end: () => '',
  encoding: () => 'windows-1252',
  strayBytes: () => 0,
};

const decodingOf = (encoding: string): Decoding => {
  const decoder = new TextDecoder(encoding);
  return {
    decode: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
    encoding: () => encoding,
    strayBytes: () => 0,
  };
};

const createUtf8 = (): Decoding => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = new Uint8Array(0);
  let isAscii = true;
  let isWindows1252 = false;
  let strayBytes = 0;
  const decodeValid = (bytes: Uint8Array): string => {
    const text = strict.decode(bytes);
    isAscii &&= text.length === bytes.length;
    return text;
  };
  const decodeWhole = (bytes: Uint8Array): string => {
    try {
      return decodeValid(bytes);
    } catch {
      return decodeByRuns(bytes);
    }
  };
  const decodeByRuns = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; ) {
      const valid = validLength(bytes, at);
      text += decodeValid(bytes.subarray(at, at + valid));
      at += valid;
      if (at === bytes.length) break;
      isWindows1252 = isAscii;
      if (isWindows1252) return text + decodeWindows1252(bytes.subarray(at));
      strayBytes += 1;
      text += decodeWindows1252(bytes.subarray(at, at + 1));
      at += 1;
    }
    return text;
  };
  return {
    decode: (bytes) => {
      if (isWindows1252) return decodeWindows1252(bytes);
      const all = joined(rest, bytes);
      const whole = wholeLength(all);
      rest = all.slice(whole);
      const text = decodeWhole(all.subarray(0, whole));
      if (!isWindows1252) return text;
      const last = decodeWindows1252(rest);
      rest = new Uint8Array(0);
      return text + last;
    },
    end: () => decodeWhole(rest),
    encoding: () => (isWindows1252 ? 'windows-1252' : 'utf-8'),
    strayBytes: () => strayBytes,
  };
};

const joined = (first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> => {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
};
