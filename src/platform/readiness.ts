import { withTimeout } from './with-timeout.js';

/** Whether this instance can work, and why not. */
export type Readiness = 'READY' | 'MIGRATIONS_NOT_CURRENT' | 'DATABASE_UNREACHABLE';

const timeoutMs = 1_000;

/**
 * READY if every pool of connections reaches the database within a second and its migrations are those of this version.
 * Never rejects.
 */
export const readReadiness = async (migrationsCurrent: () => Promise<boolean>): Promise<Readiness> => {
  try {
    const areCurrent = await withTimeout(timeoutMs, migrationsCurrent(), timedOut);
    return areCurrent ? 'READY' : 'MIGRATIONS_NOT_CURRENT';
  } catch {
    return 'DATABASE_UNREACHABLE';
  }
};

const timedOut = (): Error => new Error('the database did not answer in time');
