import type { IncomingMessage } from 'node:http';

const bodyBytesMax = 64 * 1024;

/** The request's body as text; null where it is longer than 64 KiB, of which the rest is read and dropped. */
export const readBody = async (request: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bodyBytesMax) chunks.push(chunk);
  }
  return bytes > bodyBytesMax ? null : Buffer.concat(chunks).toString('utf8');
};
