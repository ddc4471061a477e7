import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { GatewayError } from '../errors.js';
import { checkField } from './upload-options.js';

type FormFile = { name: string | null; bytes: AsyncIterable<Uint8Array> };

const limits = { files: 1, fields: 20, fieldSize: 1_000, parts: 40, headerPairs: 20 };

/**
 * Reads a form (multipart/form-data) up to its file, and the file as its bytes are consumed. Throws BAD_REQUEST for a form
 * without a file, and for a field that `query` or the form has already or that nobody knows. The bytes throw it for what comes
 * too late, behind the file: a field or another file; and for a form that is cut off.
 */
export const readForm = async (
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
  body: AsyncIterable<Uint8Array>,
): Promise<{ file: FormFile; fields: ReadonlyMap<string, string> }> => {
  // Only uploads need it.
  const { Busboy } = await import('@fastify/busboy');
  const fields = new Map<string, string>();
  const stopped = new AbortController();
  const contentType = headers['content-type'] ?? '';
  const parser = openParser(() => new Busboy({ headers: { 'content-type': contentType }, limits }));

  return await new Promise((resolve, reject) => {
    let stream: Readable | null = null;
    let refusal: GatewayError | null = null;
    const fail = (error: unknown): void => {
      refusal ??= error instanceof GatewayError ? error : malformed(error);
      reject(refusal);
      stream?.destroy(refusal);
      stopped.abort();
    };
    const finished = once(parser, 'finish', { signal: stopped.signal });
    finished.then(() => reject(withoutFile()), fail);
    parser.on('error', fail);
    parser.on('filesLimit', () => fail(severalFiles()));
    parser.on('field', (name: string | undefined, value) => {
      try {
        if (name === 'file' && stream === null) throw withoutFile();
        checkField(name ?? '', query, fields);
        if (stream !== null) throw tooLate(name ?? '');
        fields.set(name ?? '', value);
      } catch (error) {
        fail(error);
      }
    });
    parser.on('file', (_, file, fileName) => {
      stream = file;
      // It is reported by its bytes, which nobody may have begun to read.
      file.on('error', () => {});
      const bytes = async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
        try {
          yield* file.iterator({ destroyOnReturn: false });
          // The file counts when the whole form has arrived.
          await finished;
        } catch (error) {
          throw refusal ?? malformed(error);
        } finally {
          stopped.abort();
        }
      };
      const name = fileName === undefined || fileName === '' ? null : fileName;
      resolve({ file: { name, bytes: bytes() }, fields });
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

const severalFiles = (): GatewayError =>
  new GatewayError('BAD_REQUEST', 'The form has several files: send each in a request of its own.');

const tooLate = (name: string): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    `The field "${name}" is behind the file, where it comes too late: send it in front of the file, or as a parameter of the address.`,
    { field: [name] },
  );

const malformed = (cause: unknown): GatewayError =>
  new GatewayError(
    'BAD_REQUEST',
    'The form (multipart/form-data) cannot be read to its end: send the whole file again.',
    { cause },
  );
