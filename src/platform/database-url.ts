import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { GatewayError } from '../errors.js';

/** DATABASE_URL as libpq reads it: https://www.postgresql.org/docs/current/libpq-connect.html */
export type DatabaseUrl = {
  host: string;
  port: number;
  user: string | undefined;
  password: string | undefined;
  database: string;
  tls: TlsMode;
  connectTimeoutSeconds: number | null;
  applicationName: string | null;
  /** Command-line options for the server, such as `-c search_path=gateway`. */
  serverOptions: string | null;
  keepAliveSeconds: number | null;
  /** A pooler is between the gateway and the server (Prisma's `pgbouncer=true`). */
  pooled: boolean;
  /** The most connections of one instance (Prisma's `connection_limit`). */
  connectionLimit: number | null;
};

type TlsMode = (typeof tlsModes)[number];
type Parameters = ReadonlyMap<string, string>;

const tlsModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** The parameters that are read, each with the pattern of the values that it may have. */
const known: Readonly<Record<string, RegExp>> = {
  host: /./,
  port: /^\d{1,5}$/,
  user: /./,
  password: /^/,
  dbname: /./,
  application_name: /^/,
  fallback_application_name: /^/,
  client_encoding: /^(utf-?8|auto)$/i,
  connect_timeout: /^\d{1,5}$/,
  options: /^/,
  // Behaviour that the gateway has in any case.
  gssencmode: /^(disable|prefer)$/,
  keepalives: /^1$/,
  keepalives_idle: /^\d{1,5}$/,
  load_balance_hosts: /^disable$/,
  sslcompression: /^0$/,
  sslnegotiation: /^postgres$/,
  sslsni: /^1$/,
  target_session_attrs: /^/,
  channel_binding: /^(disable|prefer|require)$/,
  ssl: /^(true|false)$/,
  sslmode: new RegExp(`^(${tlsModes.join('|')})$`),
  sslrootcert: /./,
  sslcert: /./,
  sslkey: /./,
  sslpassword: /^/,
  sslcrl: /./,
  ssl_min_protocol_version: /^TLSv1(\.[123])?$/,
  ssl_max_protocol_version: /^TLSv1(\.[123])?$/,
  // Of Prisma. A lookup waits for a connection as long as its own limits allow.
  pgbouncer: /^(true|false)$/,
  connection_limit: /^\d{1,4}$/,
  pool_timeout: /^\d{1,5}$/,
  statement_cache_size: /^\d{1,5}$/,
  schema: /^public$/,
};

/** The values of target_session_attrs for DATABASE_URL, which is also checked at the start, and for DATABASE_READ_URL. */
const sessions = {
  primary: {
    shape: /^(any|read-write|primary)$/,
    remedy: 'the gateway writes, so name a primary and remove the parameter',
  },
  standby: {
    shape: /^(any|read-only|standby|prefer-standby)$/,
    remedy: 'it is for reads, so name a standby and remove the parameter',
  },
};
type Role = keyof typeof sessions;

const remedies: Readonly<Record<string, string>> = {
  schema: 'set the schema on the account instead: alter role … set search_path = …',
  hostaddr: 'write the address as the host',
  sslnegotiation: 'remove it: the gateway asks the server for TLS first',
};

/** What is wrong with the URL of a server, as the end of a sentence; null if nothing is. Contains no value. */
export const databaseUrlFault = (text: string, role: Role = 'primary'): string | null => {
  if (/^postgres(ql)?:\/\/[^/?#]*,/.test(text)) {
    return `names several hosts, and the gateway connects to one: name the ${role}, or a proxy or DNS name that follows it.`;
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  const parameters = url === null ? new Map<string, string>() : parametersOf(url);
  if (url === null || !isDatabase(url, parameters)) {
    return 'is not the URL of a database: write it as postgres://user:password@host:5432/database, and percent-encode characters other than letters and digits.';
  }
  for (const [name, value] of parameters) {
    const session = name === 'target_session_attrs' ? sessions[role] : undefined;
    const shape = session?.shape ?? (Object.hasOwn(known, name) ? known[name] : undefined);
    if (shape?.test(value) === true) continue;
    const shown = /^[a-z_]{1,40}$/i.test(name) ? `the parameter ${name}` : 'an unknown parameter';
    const remedy = session?.remedy ?? (Object.hasOwn(remedies, name) ? remedies[name] : undefined);
    if (remedy !== undefined) return `has ${shown}, which cannot be used here: ${remedy}.`;
    return shape === undefined
      ? `has ${shown}, which the gateway does not read: remove it. A setting of the server is set by alter role … set ….`
      : `has ${shown} with a value that the gateway cannot use: docs/operations.md lists its values.`;
  }
  return null;
};

const isDatabase = (url: URL, parameters: Parameters): boolean =>
  ['postgres:', 'postgresql:'].includes(url.protocol) &&
  (url.hostname !== '' || parameters.has('host')) &&
  (url.pathname.length > 1 || parameters.has('dbname')) &&
  [url.username, url.password, url.hostname, url.pathname].every(isPercentEncoded);

const isPercentEncoded = (text: string): boolean => {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
};

// As in libpq, the last of several wins.
const parametersOf = (url: URL): Parameters => new Map(url.searchParams);

/** Reads a database URL that has no fault, of a primary or a standby. */
export const readDatabaseUrl = (text: string): DatabaseUrl => {
  const fault = databaseUrlFault(text);
  if (fault !== null && databaseUrlFault(text, 'standby') !== null)
    throw new GatewayError('INVALID_INPUT', `DATABASE_URL ${fault}`);
  const url = new URL(text);
  const parameters = parametersOf(url);
  const given = (name: string, part = ''): string | undefined =>
    parameters.get(name) ?? (part === '' ? undefined : decodeURIComponent(part));
  const number = (name: string): number | null => {
    const value = Number(parameters.get(name) ?? 0);
    return value > 0 ? value : null;
  };
  return {
    host: given('host', url.hostname.replace(/^\[(.*)\]$/, '$1')) ?? 'localhost',
    port: Number(given('port', url.port) ?? 5432),
    user: given('user', url.username),
    password: given('password', url.password),
    database: given('dbname', url.pathname.slice(1)) ?? '',
    tls: tlsModeOf(parameters),
    connectTimeoutSeconds: number('connect_timeout'),
    applicationName: given('application_name') ?? given('fallback_application_name') ?? null,
    serverOptions: given('options') ?? null,
    keepAliveSeconds: number('keepalives_idle'),
    pooled: parameters.get('pgbouncer') === 'true' || parameters.get('statement_cache_size') === '0',
    connectionLimit: number('connection_limit'),
  };
};

/** As libpq decides it, but `sslrootcert=system` always compares the host's name. */
const tlsModeOf = (parameters: Parameters): TlsMode => {
  const defaultMode = { true: 'require', false: 'disable' }[parameters.get('ssl') ?? ''] ?? 'prefer';
  const mode = tlsModes.find((one) => one === (parameters.get('sslmode') ?? defaultMode)) ?? 'prefer';
  if (mode === 'verify-full' || parameters.get('sslrootcert') === 'system') return 'verify-full';
  if (mode === 'require' && parameters.has('sslrootcert')) return 'verify-ca';
  return bindsChannel(parameters) && !mode.startsWith('verify') ? 'require' : mode;
};

const bindsChannel = (parameters: Parameters): boolean => parameters.get('channel_binding') === 'require';

/**
 * Whether the URL demands channel binding and does not verify the server's certificate. postgres.js cannot bind a
 * channel, so only the certificate can prove that nobody is in between.
 */
export const ignoresChannelBinding = (text: string): boolean =>
  bindsChannel(parametersOf(new URL(text))) && !readDatabaseUrl(text).tls.startsWith('verify');

/**
 * The TLS options of one connection, for postgres.js. The files are read each time, so that a renewed certificate is
 * used. Throws UNAVAILABLE when one cannot be read.
 */
export const tlsOptionsOf = (text: string): false | 'prefer' | ConnectionOptions => {
  const { host, tls } = readDatabaseUrl(text);
  const parameters = parametersOf(new URL(text));
  // A Unix socket has no TLS, whatever the mode.
  if (tls === 'disable' || host.startsWith('/')) return false;
  if (['allow', 'prefer'].includes(tls) && !parameters.has('sslcert')) return 'prefer';
  const file = (name: string): Record<string, Buffer> => {
    const path = parameters.get(name);
    return path === undefined || path === 'system' ? {} : { [optionOf[name] ?? name]: readPem(name, path) };
  };
  const version = (name: string, option: 'minVersion' | 'maxVersion'): Record<string, string> => {
    const value = parameters.get(name);
    return value === undefined ? {} : { [option]: value };
  };
  return {
    ...file('sslcert'),
    ...file('sslkey'),
    ...(tls.startsWith('verify') ? { ...file('sslrootcert'), ...file('sslcrl') } : {}),
    ...(parameters.has('sslpassword') ? { passphrase: parameters.get('sslpassword') } : {}),
    ...version('ssl_min_protocol_version', 'minVersion'),
    ...version('ssl_max_protocol_version', 'maxVersion'),
    rejectUnauthorized: tls.startsWith('verify'),
    // postgres.js names the host for SNI unless it is an address, which Node then has to compare.
    ...(isIP(host) === 0 ? {} : { host }),
    ...(tls === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
  };
};

const optionOf: Readonly<Record<string, string>> = {
  sslcert: 'cert',
  sslkey: 'key',
  sslrootcert: 'ca',
  sslcrl: 'crl',
};

const readPem = (name: string, path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    throw new GatewayError(
      'UNAVAILABLE',
      `The file of ${name} in DATABASE_URL cannot be read (${code}): correct its path, and let the gateway's account read it.`,
      { cause },
    );
  }
};
