import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { GatewayError } from '../errors.js';
import { contentCoding } from '../platform/content-coding.js';
import { tooLarge } from '../uploads/receive-upload.js';

const decompressors: ReadonlyMap<string, (() => Duplex) | null> = new Map<string, (() => Duplex) | null>([
  ['identity', null],
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** A client that sends nothing for so long, while it may, is disconnected. */
const idleMs = 60_000;

/** A form has lines around its file. */
export const formBytesMax = 10_000;

/**
 * The body of an upload, decompressed, read from the client as fast as it is consumed. Throws BAD_REQUEST for an encoding that
 * is not supported; while it is read, for a body that is cut off or not compressed as it says, and LIMIT_EXCEEDED.
 */
export const openBody = (
  request: IncomingMessage,
  bytesMax: number,
): AsyncGenerator<Uint8Array, void, undefined> => {
  const create = decompressors.get(contentCoding(request.headers['content-encoding']));
  if (create === undefined)
    throw new GatewayError(
      'BAD_REQUEST',
      'Content-Encoding must be gzip, deflate, br or identity: send the file in one of them.',
    );
  return readPieces(request, create === null ? null : create(), bytesMax + formBytesMax);
};

const readPieces = async function* readPieces(
  request: IncomingMessage,
  decompress: Duplex | null,
  bytesMax: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const abort = (): void => {
    if (!request.complete) decompress?.destroy(new Error('the request was aborted'));
  };
  if (decompress !== null) request.once('close', abort).once('error', abort).pipe(decompress);
  // The response is still to be sent when reading stops early, so the request is not destroyed then.
  const source: AsyncIterator<Buffer> = (decompress ?? request).iterator({ destroyOnReturn: false });
  let bytes = 0;
  try {
    for (;;) {
      const timeout = setTimeout(() => request.destroy(new Error('the client is idle')), idleMs);
      const piece = await source.next().finally(() => clearTimeout(timeout));
      if (piece.done === true) return;
      bytes += piece.value.length;
      if (bytes > bytesMax) throw tooLarge(bytesMax - formBytesMax);
      yield piece.value;
    }
  } catch (error) {
    throw error instanceof GatewayError ? error : cutOff(request, error);
  } finally {
    request.off('close', abort);
    if (decompress !== null) request.unpipe(decompress);
  }
};

const cutOff = (request: IncomingMessage, cause: unknown): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    request.destroyed && !request.complete
      ? 'The body was cut off, so nothing of it is stored: send the whole file again.'
      : 'The body is not what Content-Encoding says: compress it, or leave the header out.',
    { cause },
  );
