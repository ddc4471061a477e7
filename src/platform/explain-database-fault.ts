import { GatewayError } from '../errors.js';
import { databaseErrorCode, isDatabaseLost } from './database-errors.js';

/**
 * A fault of the first statements on a database as an UNAVAILABLE for the operator: where, what, and what to do. The
 * address is shown without its account and password. Codes: PostgreSQL's manual, appendix A.
 */
export const explainDatabaseFault = (error: unknown, databaseUrl: string | null): GatewayError => {
  if (error instanceof GatewayError) return error;
  const code = databaseErrorCode(error) ?? 'unknown fault';
  const where = databaseUrl === null ? 'The embedded PostgreSQL' : `The database at ${placeOf(databaseUrl)}`;
  return new GatewayError('UNAVAILABLE', `${where} ${sentence(code, isDatabaseLost(error))}`, {
    cause: error,
  });
};

const sentence = (code: string, lost: boolean): string => {
  if (code === '28P01' || code === '28000') {
    return `refused the account (${code}): check user and password in DATABASE_URL.`;
  }
  if (code === '3D000') return `does not exist (${code}): create it, or correct DATABASE_URL.`;
  if (code === '42501') {
    return `does not let this account make tables (${code}): grant it CREATE on the database, or name its owner in DATABASE_URL.`;
  }
  if (code === '53300') return `has no connection left (${code}): raise its max_connections.`;
  if (lost) return `cannot be reached (${code}): see that PostgreSQL runs there, and check DATABASE_URL.`;
  return `could not be migrated (${code}): read PostgreSQL's log for the statement it refused.`;
};

const placeOf = (databaseUrl: string): string => {
  const url = new URL(databaseUrl);
  return `${url.searchParams.get('host') ?? url.host}${url.pathname}`;
};
