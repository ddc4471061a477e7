import { setTimeout } from 'node:timers/promises';
import { GatewayError } from '../../errors.js';
import { connect, type DatabaseAddress, type Sql } from '../database.js';

/** Any number will do, as long as every gateway uses the same. */
const ownerLock = 4_915_263_077;
const maxWaitMs = 3_000;

export type Hold = { release: () => Promise<void> };

/**
 * Makes this process the one owner of an embedded server, by a session lock in the server itself: it goes with the process,
 * however that ends. A dead owner's session may take a moment to be noticed, so this waits up to 3 s before it
 * throws UNAVAILABLE. `onLost` is called when the session ends by itself, which means that the server went away.
 */
export const holdCluster = async (
  address: DatabaseAddress,
  dataDir: string,
  onLost: () => void,
): Promise<Hold> => {
  let released = false;
  let held = false;
  const sql = connect(address, {
    max: 1,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    onclose: () => {
      if (held && !released) onLost();
    },
    connection: { application_name: 'firmable-gateway owner' },
  });
  const release = async (): Promise<void> => {
    released = true;
    await sql.end({ timeout: 1 });
  };
  try {
    if (!(await takeLock(sql))) throw taken(dataDir);
    held = true;
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
};

const takeLock = async (sql: Sql): Promise<boolean> => {
  const begunAt = Date.now();
  for (;;) {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${ownerLock}::bigint) as taken`;
    if (row?.taken === true) return true;
    if (Date.now() - begunAt > maxWaitMs) return false;
    await setTimeout(50);
  }
};

const taken = (dataDir: string): GatewayError =>
  new GatewayError(
    'UNAVAILABLE',
    `Another gateway already runs on ${dataDir}: stop it, choose another DATA_DIR, or set DATABASE_URL, with which several may run at once.`,
  );
