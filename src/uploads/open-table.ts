import { GatewayError } from '../errors.js';
import { readTextTable } from './read-text-table.js';
import { kindOfFile, sniffBytes } from '../csv/file-kind.js';
import type { TableReader } from './table-reader.js';

/** Opens a file by its first bytes. Throws INVALID_INPUT for what is no table, and what `bytes` throws. */
export const openTable = async (
  bytes: AsyncIterable<Uint8Array>,
  { charset, sheet }: { charset: string | null; sheet: string | null },
  bytesMax: number,
): Promise<TableReader> => {
  const source = bytes[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let size = 0;
  while (size < sniffBytes) {
    const piece = await source.next();
    if (piece.done === true) break;
    pieces.push(piece.value);
    size += piece.value.length;
  }
  const all = async function* all(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* pieces.splice(0);
    for (let piece = await source.next(); piece.done !== true; piece = await source.next()) yield piece.value;
  };
  const kind = kindOfFile(Buffer.concat(pieces).subarray(0, sniffBytes));
  if (kind === 'TEXT') return readTextTable(all(), charset);
  if (kind !== 'ZIP')
    throw new GatewayError('INVALID_INPUT', `This file is ${kind.name} and not a table: ${kind.advice}.`);
  // Only workbooks need what reads them.
  const { readWorkbook } = await import('./xlsx/read-workbook.js');
  return await readWorkbook(all(), { sheet, bytesMax });
};
