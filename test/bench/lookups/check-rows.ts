import { connect } from '../../../src/platform/database.js';
import { clusterDirOf } from '../../../src/platform/embedded/prepare-cluster.js';
import { runningPostgres } from '../../../src/platform/embedded/running-postgres.js';
import type { Way, WayName } from './ways.js';

/** What each way that is no gateway of ours must have written for `bought` new records, by table. */
const due: Partial<Record<WayName, (bought: number) => Record<string, number>>> = {
  'hand-written gateway': (bought) => ({
    ...recordsOf(bought),
    [`budgets where reserved = 0 and spent = ${bought}`]: 1,
  }),
  'bare proxy with plain inserts': (bought) => recordsOf(bought),
  'plain Yoga with plain inserts': (bought) => recordsOf(bought),
  'bare proxy with two inserts': (bought) => ({ reservations: bought, entries: bought }),
};

const recordsOf = (bought: number): Record<string, number> => ({
  reservations: 0,
  unlocks: bought,
  identifiers: bought * 4,
  snapshots: bought,
  "entries where charge = 'CHARGED' and credits = 1 and unlock_id is not null": bought,
});

/**
 * Counts the rows of a way that is no gateway of ours; throws where some are missing: it would not have done the work that
 * it is compared by. Answers one line; null for a way that writes none of these.
 */
export const checkRows = async ({ name, dataDir }: Way, bought: number): Promise<string | null> => {
  const wanted = due[name]?.(bought);
  if (wanted === undefined || dataDir === null) return null;
  const socketDir = runningPostgres(clusterDirOf(dataDir))?.socketDir ?? '';
  const address = { socketDir, user: 'postgres', database: 'postgres' };
  const sql = connect(address, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    for (const [table, count] of Object.entries(wanted)) {
      const [row] = await sql.unsafe<{ count: number }[]>(`select (count(*))::int as count from ${table}`);
      if (row?.count !== count) throw new Error(`${name} has ${row?.count} rows of ${table}, not ${count}`);
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
  return `${name}: ${bought} new records were answered, and its rows are complete.`;
};
