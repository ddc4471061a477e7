import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { backUp } from '../../src/platform/embedded/backup.js';
import { findBinaries } from '../../src/platform/embedded/find-binaries.js';
import { openOwnPostgres, type OwnPostgres } from './own-postgres.js';

/** A standby of `primary` by streaming replication, made from a base backup. It replays as soon as this resolves. */
export const openStandby = async (
  primary: OwnPostgres,
  settings: Record<string, string> = {},
): Promise<OwnPostgres> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-standby-'));
  await backUp(primary.dataDir, primary.address, folder, new Date());
  const cluster = path.join(folder, 'postgres');
  writeFileSync(path.join(cluster, 'standby.signal'), '', { mode: 0o600 });
  const wanted = {
    primary_conninfo: `host=${primary.socketDir} user=postgres`,
    // Tests that wait for it should not wait for the default of five seconds.
    wal_retrieve_retry_interval: '100ms',
    ...settings,
  };
  const lines = Object.entries(wanted).map(([name, value]) => `${name} = '${value}'\n`);
  appendFileSync(path.join(cluster, 'postgresql.auto.conf'), lines.join(''));
  return await openOwnPostgres(100, findBinaries(), folder);
};
