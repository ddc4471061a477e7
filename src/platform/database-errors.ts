import { GatewayError } from '../errors.js';

/** The SQLSTATE or client code of a failed statement, also from the `cause` of a wrapped error. */
export const databaseErrorCode = (error: unknown): string | null => fieldOf(error, 'code');

const fieldOf = (error: unknown, field: 'code' | 'constraint_name'): string | null => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const value: unknown = Reflect.get(at, field);
    if (typeof value === 'string') return value;
  }
  return null;
};

// Client-side codes of postgres.js and Node, TLS included, and the SQLSTATE classes 08 (connection), 28 (the account is
// refused), 53 (no resources), 57P (shutdown) and 58 (system): PostgreSQL's manual, appendix A.
const lostCodes =
  /^(08|28|53|57P|58|CERT_|DEPTH_ZERO|ERR_(OSSL|SSL|TLS)|SELF_SIGNED|UNABLE_TO|CONNECT_TIMEOUT|ECONN|ENOENT|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOST|ENET|CONNECTION_(CLOSED|ENDED|DESTROYED))/;

/** Whether the database could not be reached or is shutting down: the statement itself may be valid. */
export const isDatabaseLost = (error: unknown): boolean => {
  const code = databaseErrorCode(error);
  return code !== null && lostCodes.test(code);
};

/** Whether the server has no connection left (too_many_connections, for the server, the database or the role). */
export const isServerFull = (error: unknown): boolean => databaseErrorCode(error) === '53300';

/**
 * The one error for a lost database, thrown before anything is spent. LEDGER_UNAVAILABLE is the problem of one lookup,
 * reported as data; UNAVAILABLE fails a request as a whole, such as one whose token cannot be read.
 */
export const storeUnavailable = (code: 'LEDGER_UNAVAILABLE' | 'UNAVAILABLE', cause?: unknown): GatewayError =>
  new GatewayError(
    code,
    'The gateway cannot use its database, so nothing was sent and nothing spent: try again in a few seconds.',
    { retryAfterSeconds: 5, cause },
  );

const deadlockCodes: ReadonlySet<string> = new Set(['40001', '40P01']);
// Lock not available, query cancelled.
const lockCodes: ReadonlySet<string> = new Set(['55P03', '57014']);

/** Whether the same statement may succeed when it is sent again. */
export const isTransient = (error: unknown): boolean => {
  const code = databaseErrorCode(error);
  if (code === null) return false;
  return isDatabaseLost(error) || deadlockCodes.has(code) || lockCodes.has(code);
};

const attemptsMax = 3;

/** Runs a transaction again, up to three times in all, when PostgreSQL cancelled it for a deadlock or a conflict. */
export const retryOnDeadlock = async <Result>(transact: () => Promise<Result>): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact();
    } catch (error) {
      if (attempt === attemptsMax || !deadlockCodes.has(databaseErrorCode(error) ?? '')) throw error;
    }
  }
};

/**
 * Runs a write that sets a name. The unique index decides whether the name is free, so two writers cannot both get it;
 * when it refuses, throws NAME_TAKEN with the field `name`.
 */
export const withUniqueName = async <Result>(
  unique: { noun: string; name: string; constraint: string },
  write: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await write();
  } catch (error) {
    if (fieldOf(error, 'constraint_name') !== unique.constraint) throw error;
    throw nameTaken(unique.noun, unique.name);
  }
};

const nameTaken = (noun: string, name: string): GatewayError => {
  const article = /^[aeiou]/i.test(noun) ? 'an' : 'a';
  return new GatewayError(
    'NAME_TAKEN',
    `This workspace has ${article} ${noun} named "${name}": choose another name.`,
    { field: ['name'] },
  );
};
