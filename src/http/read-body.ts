import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { createGraphQLError } from 'graphql-yoga';
import { contentCoding } from '../platform/content-coding.js';
import { charsetOf } from './media-types.js';

/**
 * Reads the body of a request as text: decompressed, decoded by its byte order mark or its charset, without the mark.
 * Throws a GraphQL error with status 413 for more than `bytesMax` bytes, sent or decompressed, 415 for an encoding or a
 * charset that is not supported, and 400 for bytes that are not what their header says. Rejects if the client disconnects.
 */
export const readBody = async (
  request: IncomingMessage,
  response: ServerResponse,
  bytesMax: number,
): Promise<string> => {
  const decompress = decompressorOf(request.headers['content-encoding']);
  const decode = decoderOf(request.headers['content-type']);
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw tooLarge(bytesMax);
  // The client has not sent the body yet, and does not send it if it is refused.
  if (request.headers.expect !== undefined) response.writeContinue();
  const sent = await readBytes(request, bytesMax);
  return decode(decompress === null ? sent : await decompressed(sent, decompress, bytesMax));
};

const readBytes = (request: IncomingMessage, bytesMax: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= bytesMax) return;
      request.off('data', onData).pause();
      reject(tooLarge(bytesMax));
    };
    const abort = (): void => {
      if (!request.readableEnded) reject(new Error('the request was aborted'));
    };
    if (request.destroyed) abort();
    request
      .on('data', onData)
      .on('end', () => {
        const [only] = chunks;
        resolve(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks));
      })
      .on('error', abort)
      .on('close', abort);
  });

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const gunzipped: Decompress = promisify(gunzip);
const inflated: Decompress = promisify(inflate);
const inflatedRaw: Decompress = promisify(inflateRaw);

const decompressors: ReadonlyMap<string, Decompress | null> = new Map<string, Decompress | null>([
  ['identity', null],
  ['gzip', gunzipped],
  ['x-gzip', gunzipped],
  // Some clients send the bare format instead of the one with a header, whose first byte says so.
  ['deflate', (bytes, options) => ((bytes[0] ?? 0) % 16 === 8 ? inflated : inflatedRaw)(bytes, options)],
  ['br', promisify(brotliDecompress)],
]);

const decompressorOf = (header: string | undefined): Decompress | null => {
  const found = decompressors.get(contentCoding(header));
  if (found !== undefined) return found;
  throw refuse(415, 'Content-Encoding must be gzip, deflate, br or identity: send the body in one of them.', {
    'accept-encoding': 'gzip, deflate, br',
  });
};

const decompressed = async (sent: Buffer, decompress: Decompress, bytesMax: number): Promise<Buffer> => {
  try {
    return await decompress(sent, { maxOutputLength: bytesMax });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(bytesMax);
    throw refuse(400, 'The body is not what Content-Encoding says: compress it, or leave the header out.');
  }
};

/** Decodes by the byte order mark; without one by the charset, and by UTF-8 without that. */
const decoderOf = (contentType: string | undefined): ((bytes: Buffer) => string) => {
  const charset = charsetOf(contentType);
  if (charset === 'utf-8') return (bytes) => (hasMark(bytes) ? decodeMarked(bytes) : bytes.toString('utf8'));
  const decoder = decoderNamed(charset);
  return (bytes) => (hasMark(bytes) ? decodeMarked(bytes) : decoder.decode(bytes));
};

const decoderNamed = (charset: string): TextDecoder => {
  try {
    return new TextDecoder(charset);
  } catch {
    throw refuse(415, 'Content-Type names an unknown charset: send UTF-8.');
  }
};

const marks = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
] as const;

const hasMark = (bytes: Buffer): boolean => (bytes[0] ?? 0) >= 0xef;

/** A decoder drops the mark of its own charset. */
const decodeMarked = (bytes: Buffer): string => {
  const [charset] = marks.find(([, mark]) => bytes.subarray(0, mark.length).equals(mark)) ?? ['utf-8'];
  return new TextDecoder(charset).decode(bytes);
};

const tooLarge = (bytesMax: number): Error =>
  refuse(413, `The body is larger than ${bytesMax} bytes: send less in one request.`);

const refuse = (status: number, message: string, headers: Record<string, string> = {}): Error =>
  createGraphQLError(message, { extensions: { http: { status, headers } } });
