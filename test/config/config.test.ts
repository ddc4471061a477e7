import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { GatewayError } from '../../src/errors.js';

const secret = Buffer.alloc(32, 7).toString('base64');

const faultsOf = (environment: Record<string, string>): string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'INVALID_INPUT') return error.message.split('\n');
    throw error;
  }
  return [];
};

it('needs no variable at all', () => {
  expect(readConfig({})).toEqual({
    port: 4000,
    host: '127.0.0.1',
    databaseUrl: null,
    dataDir: './data',
    secrets: null,
    bootstrapToken: null,
    firmableBaseUrl: 'https://api.firmable.com',
    peopleDataLabsBaseUrl: 'https://api.peopledatalabs.com',
    apolloBaseUrl: 'https://api.apollo.io/api/v1',
    managedFirmableKey: null,
    managedPeopleDataLabsKey: null,
    managedApolloKey: null,
    managedCredits: null,
    sandbox: true,
    snapshotMaxAgeSeconds: 30 * 86_400,
    reservationSeconds: 60,
    logLevel: 'info',
    upstreamConnectTimeoutMs: 3_000,
    upstreamTimeoutMs: 20_000,
    lookupTimeoutMs: 45_000,
    upstreamBodyBytesMax: 5_000_000,
    firmableRequestsPerSecond: 50,
    peopleDataLabsRequestsPerSecond: 16,
    apolloRequestsPerSecond: 16,
    rateLimitMaxWaitSeconds: 20,
    requestBodyBytesMax: 1_000_000,
    lookupsPerRequestMax: 100,
    databaseConnectionsMax: 16,
    ledgerBatchMax: 256,
    shutdownSeconds: 10,
  });
});

it('takes an empty variable for an absent one', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', ENCRYPTION_KEYS: '' })).toEqual(readConfig({}));
});

it('reads the managed credits of each plan', () => {
  expect(readConfig({ MANAGED_CREDITS: 'FREE=100, STARTER=2000,' }).managedCredits).toEqual({
    FREE: 100n,
    STARTER: 2_000n,
  });
});

it('reads several secrets in their order', () => {
  const other = Buffer.alloc(32, 9).toString('base64');
  const { secrets } = readConfig({ ENCRYPTION_KEYS: ` ${secret}, ${other}` });
  expect(secrets?.map((one) => one[0])).toEqual([7, 9]);
});

it.each([
  ['30d', 2_592_000],
  ['12h', 43_200],
  ['900', 900],
  ['0', 0],
])('reads SNAPSHOT_MAX_AGE=%s as %i seconds', (text, seconds) => {
  expect(readConfig({ SNAPSHOT_MAX_AGE: text }).snapshotMaxAgeSeconds).toBe(seconds);
});

it('switches the sandbox off in production, unless it is asked for', () => {
  expect(readConfig({ NODE_ENV: 'production' }).sandbox).toBe(false);
  expect(readConfig({ NODE_ENV: 'production', SANDBOX: 'on' }).sandbox).toBe(true);
  expect(readConfig({ NODE_ENV: 'development', SANDBOX: 'off' }).sandbox).toBe(false);
});

it.each([
  ['PORT', '65536'],
  ['PORT', '4000x'],
  ['HOST', 'http://localhost'],
  ['DATABASE_URL', 'mysql://me@host/db'],
  ['DATABASE_URL', 'postgres://me@host'],
  ['DATABASE_URL', 'postgres://me:100%safe@host/db'],
  ['DATABASE_URL', 'postgres://me%ff@host/db'],
  ['DATABASE_URL', 'postgres://me@host/50%'],
  ['ENCRYPTION_KEYS', `${secret},`],
  ['ENCRYPTION_KEYS', Buffer.alloc(31).toString('base64')],
  ['GATEWAY_BOOTSTRAP_TOKEN', 'fgw_short'],
  ['GATEWAY_BOOTSTRAP_TOKEN', 'a'.repeat(44)],
  ['FIRMABLE_BASE_URL', 'ftp://api.firmable.com'],
  ['FIRMABLE_BASE_URL', 'https://me:pass@api.firmable.com'],
  ['SANDBOX', 'true'],
  ['SNAPSHOT_MAX_AGE', '30 days'],
  ['SNAPSHOT_MAX_AGE', '-1'],
  ['MANAGED_CREDITS', 'GOLD=1'],
  ['MANAGED_CREDITS', 'FREE=1,FREE=2'],
  ['MANAGED_CREDITS', 'FREE=-1'],
  ['LOG_LEVEL', 'loud'],
  ['UPSTREAM_TIMEOUT_MS', '1e3'],
])('refuses %s=%s with a line that ends in what to do', (name, value) => {
  const faults = faultsOf({ [name]: value, ...(name === 'DATABASE_URL' ? { ENCRYPTION_KEYS: secret } : {}) });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(new RegExp(`^${name} .+[:,] .+\\.$`));
});

it('tells all faults at once, and repeats no value', () => {
  const faults = faultsOf({
    PORT: 'canary',
    LOG_LEVEL: 'canary',
    DATABASE_URL: 'postgres://a:canary@host/db',
  });
  expect(faults.map((fault) => fault.split(' ', 1)[0])).toEqual(['PORT', 'LOG_LEVEL', 'ENCRYPTION_KEYS']);
  expect(faults.join()).not.toContain('canary');
});

it('refuses reservations that could expire while their ask is still under way', () => {
  const patience = { UPSTREAM_TIMEOUT_MS: '20000', RATE_LIMIT_MAX_WAIT_SECONDS: '20' };
  expect(faultsOf({ ...patience, RESERVATION_SECONDS: '47' })).toEqual([
    expect.stringMatching(/^RESERVATION_SECONDS .* 40 s .*at least 48/),
  ]);
  expect(faultsOf({ ...patience, RESERVATION_SECONDS: '48' })).toEqual([]);
});

it('shortens the patience of asks to a short reservation', () => {
  expect(readConfig({ RESERVATION_SECONDS: '10' })).toMatchObject({
    reservationSeconds: 10,
    upstreamTimeoutMs: 5_000,
    rateLimitMaxWaitSeconds: 3,
  });
});
