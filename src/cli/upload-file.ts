import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { GatewayError } from '../errors.js';
import type { GatewayClient } from './gateway-client.js';
import { countOf, type Printer, tableLines } from './printer.js';

/** What the gateway found in a file. Positions count from 1. */
export type Upload = {
  id: string;
  fileName: string | null;
  format: string;
  encoding: string | null;
  separator: string | null;
  columns: { name: string; position: number; identifier: string | null; samples: string[] }[];
  /** The columns that it proposes, in order of preference. */
  mapping: { position: number; identifier: string }[];
  operation: string | null;
  rows: number;
  faultCount: number;
  faults: { line: number; reason: string }[];
  /** Sentences about how the file was read. */
  notes: string[];
};

/** How a file is read, as commander reads it. `header` is false where the first row is data. */
export type UploadFlags = { sheet?: string; header: boolean };

const faultsShown = 10;

/** Sends a file as it is read; null or `-` is standard input. Throws INVALID_INPUT for a file that cannot be read. */
export const uploadFile = async (
  client: GatewayClient,
  print: Printer,
  { file, flags, signal }: { file: string | null; flags: UploadFlags; signal: AbortSignal },
): Promise<Upload> => {
  // A wrong address or token is reported before anything is read.
  await client.query('{ viewer { role } }', {}, { signal });
  const isInput = file === null || file === '-';
  if (isInput && process.stdin.isTTY && file === null) {
    throw new GatewayError('INVALID_INPUT', 'Name a file, or pipe one into this command.');
  }
  const body: Readable = isInput ? process.stdin : await openFile(path.resolve(file));
  const name = isInput ? 'standard input' : path.basename(file);
  let fault: unknown = null;
  body.once('error', (error) => (fault = error));
  const timer = setInterval(() => print.live(`Uploading, ${megabytesOf(body)} MB`), 200);
  try {
    const headers = { 'content-type': 'application/octet-stream' };
    const search = new URLSearchParams({
      ...(isInput ? {} : { name }),
      ...(flags.sheet === undefined ? {} : { sheet: flags.sheet }),
      ...(flags.header ? {} : { header: 'no' }),
    });
    const upload = await client.send<Upload>(`/uploads?${search.toString()}`, body, headers, { signal });
    // A note names the parameter of the request, which is an option here.
    return { ...upload, notes: upload.notes.map((note) => note.replace('?sheet=', '--sheet')) };
  } catch (error) {
    throw fault === null ? error : explainUnreadable(name, fault);
  } finally {
    clearInterval(timer);
    print.live('');
    // A program that writes to a pipe would otherwise be waited for.
    body.destroy();
  }
};

const megabytesOf = (body: Readable): string =>
  'bytesRead' in body ? (Number(body.bytesRead) / 1e6).toFixed(1) : '0';

const openFile = async (file: string): Promise<Readable> => {
  try {
    if ((await stat(file)).isDirectory()) {
      throw new GatewayError('INVALID_INPUT', `${file} is a folder: name a file in it.`);
    }
  } catch (error) {
    throw explainUnreadable(file, error);
  }
  return createReadStream(file);
};

const explainUnreadable = (file: string, error: unknown): unknown => {
  if (error instanceof GatewayError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const sentence =
    code === 'ENOENT'
      ? `There is no file ${file}: check its name and folder.`
      : `${file} cannot be read (${code}): check its rights.`;
  return new GatewayError('INVALID_INPUT', sentence, { cause: error });
};

/** Shows the columns, which identifiers are used of which (null: the gateway decides), and the rows that cannot be read. */
export const reportUpload = (
  print: Printer,
  upload: Upload,
  used: readonly { position: number; identifier: string }[] | null,
): void => {
  const identifiers = new Map((used ?? []).map(({ position, identifier }) => [position, identifier]));
  const { fileName, format, encoding, separator, rows, columns, faultCount, faults, notes } = upload;
  const kind = [format, encoding, separator === null ? null : JSON.stringify(separator)];
  print.note(
    [
      `${fileName ?? 'Standard input'}: ${countOf(rows, 'row')} (${kind.filter((one) => one !== null).join(', ')})`,
      ...tableLines([
        ['column', 'name', 'identifier', 'first value'],
        ...columns.map(({ position, name, samples }) => [
          position,
          name,
          identifiers.get(position) ?? (used === null ? '?' : '-'),
          (samples[0] ?? '').slice(0, 40),
        ]),
      ]).map((line) => `  ${line}`),
      ...notes,
      ...(faultCount === 0 ? [] : [`Not read: ${countOf(faultCount, 'row')}.`]),
      ...faults.slice(0, faultsShown).map(({ line, reason }) => `  Line ${line}: ${reason}`),
      ...(faultCount > faultsShown ? ['  …'] : []),
    ].join('\n'),
    { event: 'uploaded', upload, columns: used },
  );
};
