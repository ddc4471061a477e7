import type { ServerResponse } from 'node:http';

/** Shorter texts are written as they are. */
const lengthMin = 32_768;
/** A character of UTF-16 takes at most three bytes of UTF-8. Pages that are not written to take no memory. */
const bufferBytes = 3_000_000;
const lengthMax = bufferBytes / 3;
const keptMax = 4;

/**
 * Makes the function that ends a response with a text of UTF-8 and its `content-length`. Long texts, such as the records of a
 * list, are encoded once, into memory that is used again: Node.js copies a text three times, and fresh memory costs more than
 * all that is done with it. A buffer is used again only when the whole response is with the operating system, and not at all
 * where the connection was closed before.
 */
export const createTextSender = (): ((response: ServerResponse, text: string) => void) => {
  const free: Buffer[] = [];
  return (response, text) => {
    if (response.destroyed || response.writableEnded) return;
    if (text.length < lengthMin || text.length > lengthMax) {
      // Node would set it by itself, but not for HTTP/1.0.
      response.setHeader('content-length', Buffer.byteLength(text));
      response.end(text);
      return;
    }
    const buffer = free.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
    const length = buffer.write(text, 'utf8');
    response.setHeader('content-length', length);
    response.end(buffer.subarray(0, length), () => {
      if (free.length < keptMax) free.push(buffer);
    });
  };
};
