import type { IncomingMessage } from 'node:http';

/**
 * Reads the JSON body of a request with a content-length. Rejects with a SyntaxError for malformed JSON, and with an
 * Error if the body ends early.
 */
export const readJson = async (request: IncomingMessage): Promise<unknown> =>
  JSON.parse((await readBody(request)).toString('utf8'));

const readBody = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const abort = (): void => {
      if (!request.readableEnded) reject(new Error('the request was aborted'));
    };
    if (request.destroyed) abort();
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const [only] = chunks;
        resolve(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks));
      })
      .on('error', abort)
      .on('close', abort);
  });
