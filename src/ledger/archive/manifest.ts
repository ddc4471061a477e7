import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { recordChanges } from '../../access/audit-log.js';
import type { Operator } from '../../access/caller.js';
import { GatewayError } from '../../errors.js';
import type { Transaction } from '../../platform/database.js';
import { flush } from './entry-file.js';
import { isMonth, type Month } from './month.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const digits = z.string().regex(/^-?\d+$/);

const shape = z.object({
  format: z.literal(1),
  month: z.string().refine(isMonth),
  /** The name of the file with the entries, beside this one. */
  file: z.string(),
  /** Of the file, as sha256sum prints it. */
  fileSha256: hash,
  /** Of the CSV in it. */
  textSha256: hash,
  columns: z.array(z.string().regex(/^[a-z_]+$/)).min(1),
  entries: z.int(),
  credits: digits,
  saved: digits,
  workspaces: z.array(
    z.object({
      workspaceId: z.uuid(),
      entries: digits,
      lookups: digits,
      attempts: digits,
      fromSnapshot: digits,
      credits: digits,
      saved: digits,
      digest: digits,
      budgets: z.string(),
      occurred: z.string(),
    }),
  ),
});

/** What a file of archived entries contains, as the JSON beside it says. */
export type Manifest = z.output<typeof shape>;

/** Records in the audit log of each workspace in a manifest that its entries of the month were archived or restored. */
export const recordArchive = (
  tx: Transaction,
  manifest: Manifest,
  { action, operator }: { action: 'entries.archive' | 'entries.restore' } & Operator,
): Promise<void> =>
  recordChanges(
    tx,
    manifest.workspaces.map(({ workspaceId, entries, credits }) => ({
      by: { operator, workspaceId },
      change: {
        action,
        subject: null,
        before: null,
        after: { month: manifest.month, entries, credits, file: manifest.file, sha256: manifest.fileSha256 },
      },
    })),
  );

export const entriesFileOf = (month: Month): string => `entries-${month}.csv.gz`;
const manifestFileOf = (month: Month): string => `entries-${month}.json`;

/** Writes the manifest, whole or not at all. */
export const writeManifest = async (folder: string, manifest: Manifest): Promise<void> => {
  const file = path.join(folder, manifestFileOf(manifest.month));
  await writeFile(`${file}.partial`, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  await flush(`${file}.partial`);
  await rename(`${file}.partial`, file);
  await flush(folder);
};

/** Reads the manifest of a month. Throws NOT_FOUND where there is none, and UNAVAILABLE where it is unreadable. */
export const readManifest = (folder: string, month: Month): Manifest => {
  const file = path.join(folder, manifestFileOf(month));
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new GatewayError('NOT_FOUND', `${file} cannot be read: name the folder of the archive.`, { cause });
  }
  const parsed = shape.safeParse(parseJson(text));
  if (parsed.success && parsed.data.month === month) return parsed.data;
  throw new GatewayError(
    'UNAVAILABLE',
    `${file} is not a manifest of ${month}: restore it from another copy.`,
  );
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
