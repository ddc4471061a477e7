import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { contentCoding } from '../../platform/content-coding.js';

const decompress = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/**
 * A body's bytes as text, without a byte order mark; invalid UTF-8 becomes U+FFFD, which loses a letter and not the
 * record. The request accepts no compression, but a proxy may compress anyway. Null where the body cannot be decompressed,
 * or only to more than `bytesMax`.
 */
export const decodeBody = async (
  bytes: Buffer,
  encoding: string | null,
  bytesMax: number,
): Promise<string | null> => {
  const name = contentCoding(encoding);
  if (name === 'identity') return toText(bytes);
  if (!isKnown(name)) return null;
  try {
    return toText(await decompress[name](bytes, { maxOutputLength: bytesMax }));
  } catch {
    return null;
  }
};

const isKnown = (name: string): name is keyof typeof decompress => Object.hasOwn(decompress, name);

const decoder = new TextDecoder('utf-8');
const toText = (bytes: Buffer): string => decoder.decode(bytes);
