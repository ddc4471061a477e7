import { open, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder of temporary files that is deleted when it is closed. */
export type Spool = {
  /** The path of a file in it. */
  pathOf: (name: string) => string;
  close: () => Promise<void>;
};

/**
 * Opens a folder for temporary files in the system's own. The parts of a workbook are in no useful order, and the directory
 * of a ZIP archive stands at its end, so it is read from a file and not from memory.
 */
export const openSpool = async (): Promise<Spool> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'firmable-gateway-upload-'));
  return {
    pathOf: (name) => path.join(folder, name),
    close: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
};

/** Writes a stream into a file, as fast as the disk takes it. */
export const writeTo = async (file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> => {
  const handle = await open(file, 'w', 0o600);
  try {
    for await (const piece of bytes) await handle.writeFile(piece);
  } finally {
    await handle.close();
  }
};
