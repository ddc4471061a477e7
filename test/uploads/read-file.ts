import { openTable } from '../../src/uploads/open-table.js';
import type { TableItem } from '../../src/uploads/table-reader.js';

const bytesMax = 10_000_000;

/** What is read of a file that arrives in small pieces. */
export const read = async (
  file: Buffer,
  sheet: string | null = null,
): Promise<{ items: TableItem[]; notes: string[]; sheet: string | null; sheets: readonly string[] }> => {
  const pieces = async function* pieces() {
    for (let at = 0; at < file.length; at += 1_000) yield file.subarray(at, at + 1_000);
  };
  const table = await openTable(pieces(), { charset: null, sheet }, bytesMax);
  const items: TableItem[] = [];
  try {
    for await (const some of table.rows()) items.push(...some);
    return { items, notes: table.notes(), sheet: table.sheet(), sheets: table.sheets };
  } finally {
    await table.close();
  }
};
export const cellsOf = async (...given: Parameters<typeof read>) =>
  (await read(...given)).items.map((item) => ('cells' in item ? item.cells : item));
