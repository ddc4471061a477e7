import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { verifyLedger } from '../../../src/ledger/audit/verify-ledger.js';
import type { Caller } from '../../../src/access/caller.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { createWorkspace } from '../../support/workspace.js';
import { createOldPartitions, type OldLedger, writeOldLedger } from './setup.js';

export type Archive = {
  store: TestDatabase;
  /** The ledgers of two workspaces, and a viewer of the first. */
  ledgers: [OldLedger, OldLedger];
  viewer: Caller;
  folder: string;
  /** What `verify` finds. */
  disagreements: () => Promise<string[]>;
  partitions: () => Promise<string[]>;
  close: () => Promise<void>;
};

/** A database with old months of two workspaces, and a folder for their archive. */
export const openArchive = async (): Promise<Archive> => {
  const store = await createTestDatabase();
  await createOldPartitions(store.database);
  const [first, second] = [await createWorkspace(store.database), await createWorkspace(store.database)];
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-archive-'));
  return {
    store,
    ledgers: [
      await writeOldLedger(store.database, first.id),
      await writeOldLedger(store.database, second.id),
    ],
    viewer: first.as.VIEWER,
    folder,
    disagreements: async () => (await verifyLedger(store.database)).disagreements.map(({ line }) => line),
    partitions: async () => {
      const rows = await store.database.sql<{ name: string }[]>`
        select inhrelid::regclass::text as name from pg_inherits where inhparent = 'entries'::regclass`;
      return rows.map(({ name }) => name);
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
