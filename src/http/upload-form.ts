import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { GatewayError } from '../errors.js';

type FormFile = { name: string | null; charset: string | null; bytes: AsyncIterable<Uint8Array> };

const limits = { files: 1, fields: 20, fieldSize: 1_000, parts: 40, headerPairs: 20 };

/**
 * Reads a form (multipart/form-data) up to its file, and the file as its bytes are consumed. Fields behind the file come too
 * late. Throws BAD_REQUEST for a form without a file, and for one that is cut off.
 */
export const readForm = async (
  headers: IncomingHttpHeaders,
  body: AsyncIterable<Uint8Array>,
): Promise<{ file: FormFile; fields: ReadonlyMap<string, string> }> => {
  // Only uploads need it.
  const { Busboy } = await import('@fastify/busboy');
  const fields = new Map<string, string>();
  const stopped = new AbortController();
  const contentType = headers['content-type'] ?? '';
  const parser = openParser(() => new Busboy({ headers: { 'content-type': contentType }, limits }));
  parser.on('field', (name, value) => fields.set(name, value));

  return await new Promise((resolve, reject) => {
    let stream: Readable | null = null;
    const fail = (error: unknown): void => {
      const shown = error instanceof GatewayError ? error : malformed(error);
      stream?.destroy(shown);
      reject(shown);
    };
    const finished = once(parser, 'finish', { signal: stopped.signal });
    finished.then(() => reject(withoutFile()), fail);
    parser.on('file', (_, file, fileName, __, mimeType) => {
      stream = file;
      const bytes = async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
        try {
          yield* file.iterator({ destroyOnReturn: false });
          // The file counts when the whole form has arrived.
          await finished;
        } catch (error) {
          throw error instanceof GatewayError ? error : malformed(error);
        } finally {
          stopped.abort();
        }
      };
      const name = fileName === undefined || fileName === '' ? null : fileName;
      const [, charset = null] = /charset\s*=\s*"?([\w.:-]+)/i.exec(mimeType) ?? [];
      resolve({ file: { name, charset, bytes: bytes() }, fields });
    });
    pump(body, parser, stopped.signal).catch(fail);
  });
};

const openParser = <Parser>(open: () => Parser): Parser => {
  try {
    return open();
  } catch (error) {
    throw malformed(error);
  }
};

/** Writes the body to the parser, which asks for more when its file is consumed. */
const pump = async (
  body: AsyncIterable<Uint8Array>,
  parser: NodeJS.WritableStream & { destroy: (error?: Error) => void },
  signal: AbortSignal,
): Promise<void> => {
  for await (const piece of body) {
    if (signal.aborted) return;
    if (!parser.write(piece)) await once(parser, 'drain', { signal });
  }
  parser.end();
};

const withoutFile = (): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    'The form has no file: send one as a part with a file name, such as curl -F file=@list.csv does.',
  );

const malformed = (cause: unknown): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    'The form (multipart/form-data) cannot be read to its end: send the whole file again.',
    { cause },
  );
