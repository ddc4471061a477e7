import { GatewayError } from '../errors.js';
import { databaseErrorCode, isDatabaseLost } from './database-errors.js';
import { readDatabaseUrl } from './database-url.js';

/**
 * What went wrong, line by line, for the terminal. Our own messages say what to do. Of any other error only its name,
 * code and place are shown: messages of libraries can quote secrets (Drizzle's hold all parameters).
 */
export const faultLines = (error: unknown): string[] => {
  if (error instanceof GatewayError) return error.message.split('\n');
  if (!(error instanceof Error)) return [`An unexpected error (${typeof error}): please report it.`];
  const code = databaseErrorCode(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const what = `${error.constructor.name}${code === null ? '' : `, ${code}`}`;
  return [`An unexpected error (${what}): please report it with the lines below.`, ...frames.slice(0, 8)];
};

/** Why the server could not listen, and the remedy; any other error is returned unchanged. */
export const explainListenFault = (error: unknown, at: { host: string; port: number }): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const sentence = {
    EADDRINUSE: `Port ${at.port} on ${at.host} is in use: stop the program that listens there, or set PORT to another.`,
    EACCES: `Port ${at.port} may not be opened by this account: set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${at.host} is not an address of this machine: set HOST to one that is, such as 127.0.0.1.`,
    ENOTFOUND: `${at.host} is not known: set HOST to an address of this machine, such as 127.0.0.1.`,
  }[String(code)];
  return sentence === undefined ? error : new GatewayError('UNAVAILABLE', sentence, { cause: error });
};

/**
 * An error of the first statements on a database as UNAVAILABLE for the operator: where, what, and what to do. The
 * address is shown without its account and password. Codes: PostgreSQL's manual, appendix A.
 */
export const explainDatabaseFault = (error: unknown, databaseUrl: string | null): GatewayError => {
  if (error instanceof GatewayError) return error;
  const code = databaseErrorCode(error) ?? 'unknown error';
  const where = databaseUrl === null ? 'The embedded PostgreSQL' : `The database at ${placeOf(databaseUrl)}`;
  // A server without TLS closes the connection of a client that demands it, and PgBouncer answers without TLS.
  const wantsTls = databaseUrl !== null && /^(require|verify)/.test(readDatabaseUrl(databaseUrl).tls);
  const sentence =
    wantsTls && ['ECONNRESET', 'ERR_SSL_WRONG_VERSION_NUMBER'].includes(code)
      ? `did not answer in TLS (${code}): check that it has TLS, which sslmode in DATABASE_URL demands, or set sslmode=prefer.`
      : sentenceFor(code, isDatabaseLost(error));
  return new GatewayError('UNAVAILABLE', `${where} ${sentence}`, { cause: error });
};

const tlsCodes = /^(CERT_|DEPTH_ZERO|ERR_(OSSL|SSL|TLS)|SELF_SIGNED|UNABLE_TO)/;

const sentenceFor = (code: string, lost: boolean): string => {
  if (code === '28P01' || code === '28000') {
    return `refused the account (${code}): check user and password in DATABASE_URL.`;
  }
  if (code === '3D000') return `does not exist (${code}): create it, or correct DATABASE_URL.`;
  if (code === '42501') {
    return `does not let this account create tables (${code}): grant it CREATE on the database, or name its owner in DATABASE_URL.`;
  }
  if (code === '53300') return `has no connection left (${code}): raise its max_connections.`;
  if (tlsCodes.test(code)) {
    return `has a TLS certificate or version that was not accepted (${code}): set sslrootcert in DATABASE_URL to its authority's certificate, and name the host as its certificate does.`;
  }
  if (lost) return `cannot be reached (${code}): check that PostgreSQL runs there, and check DATABASE_URL.`;
  return `could not be migrated (${code}): read PostgreSQL's log for the statement it refused.`;
};

/** Host and database of an address, without its account and password. */
export const placeOf = (databaseUrl: string): string => {
  const url = new URL(databaseUrl);
  return `${url.searchParams.get('host') ?? url.host}${url.pathname}`;
};
