import type { IncomingMessage } from 'node:http';

/**
 * The JSON in the body of a request that tells its length. Rejects with a SyntaxError for what is no JSON, and with an
 * Error where the body ends before its length.
 */
export const readJson = async (request: IncomingMessage): Promise<unknown> =>
  JSON.parse((await readBody(request)).toString('utf8'));

const readBody = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const cut = (): void => {
      if (!request.readableEnded) reject(new Error('the request was cut'));
    };
    if (request.destroyed) cut();
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const [only] = chunks;
        resolve(only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks));
      })
      .on('error', cut)
      .on('close', cut);
  });
