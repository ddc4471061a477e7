import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { readConfig, warnOfOldNames } from '../../src/config/config.js';
import { GatewayError } from '../../src/errors.js';
import { createLog } from '../../src/platform/log.js';

const key = Buffer.alloc(32, 7).toString('base64');

const faultsOf = (environment: Record<string, string>): string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'INVALID_INPUT') return error.message.split('\n');
    throw error;
  }
  return [];
};

it('uses the defaults when no variable is set', () => {
  expect(readConfig({})).toEqual({
    port: 4000,
    host: '127.0.0.1',
    databaseUrl: null,
    databaseReadUrl: null,
    databaseReadLagMaxSeconds: 30,
    dataDir: './data',
    encryptionKeys: null,
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
    snapshotCacheBytesMax: 64_000_000,
    reservationSeconds: 60,
    logLevel: 'info',
    httpsProxy: null,
    httpProxy: null,
    noProxy: null,
    upstreamConnectTimeoutMs: 3_000,
    upstreamTimeoutMs: 20_000,
    lookupTimeoutMs: 50_000,
    uploadBytesMax: 250_000_000,
    uploadKeepHours: 24,
    jobConcurrency: 128,
    jobKeepDays: 90,
    jobTakeoverSeconds: 15,
    subscriptionsPerTokenMax: 20,
    uploadRowsMax: 1_000_000,
    uploadStoredBytesMax: 10_000_000_000,
    upstreamBodyBytesMax: 5_000_000,
    firmableRequestsPerSecond: 50,
    peopleDataLabsRequestsPerSecond: 16,
    apolloRequestsPerSecond: 16,
    rateLimitMaxWaitSeconds: 600,
    requestBodyBytesMax: 1_000_000,
    lookupsPerRequestMax: 100,
    databaseConnectionsMax: 18,
    ledgerBatchMax: 256,
    shutdownSeconds: 8,
    shutdownDrainSeconds: 2,
    keepAliveSeconds: 65,
    webhookPrivateAddresses: false,
    smtpUrl: null,
    alertEmailFrom: null,
    otlpEndpoint: null,
    otlpTracesEndpoint: null,
    otlpProtocol: 'http/protobuf',
    otlpTracesProtocol: null,
    tracesExporter: 'otlp',
    tracingDisabled: 'false',
    tracePropagators: 'tracecontext',
    trustedProxies: null,
    allowedOrigins: null,
    graphiql: true,
    publicUrl: null,
    introspection: true,
    persistedDocuments: 'automatic',
    persistedDocumentsFile: null,
  });
});

it('ignores a variable when it is empty', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ', ENCRYPTION_KEYS: '' })).toEqual(readConfig({}));
});

it('refuses a standby without the URL of its primary', () => {
  const DATABASE_READ_URL = 'postgres://me:canary@standby/db';
  expect(() => readConfig({ DATABASE_READ_URL })).toThrow(
    /^DATABASE_READ_URL needs DATABASE_URL(?!.*canary)/,
  );
  const DATABASE_URL = 'postgres://me@primary/db';
  const { databaseReadUrl } = readConfig({ DATABASE_URL, DATABASE_READ_URL, ENCRYPTION_KEYS: key });
  expect(databaseReadUrl).toBe(DATABASE_READ_URL);
});

it('reads the managed credits of each plan when they are listed by plan', () => {
  expect(readConfig({ MANAGED_CREDITS: 'FREE=100, STARTER=2000,' }).managedCredits).toEqual({
    FREE: 100n,
    STARTER: 2_000n,
  });
});

it('keeps the order of the encryption keys when several are set', () => {
  const other = Buffer.alloc(32, 9).toString('base64');
  const { encryptionKeys } = readConfig({ ENCRYPTION_KEYS: ` ${key}, ${other}` });
  expect(encryptionKeys?.map((one) => one[0])).toEqual([7, 9]);
});

it.each([
  ['30d', 2_592_000],
  ['12h', 43_200],
  ['900', 900],
  ['0', 0],
])('reads %s as %i seconds when it is the value of SNAPSHOT_MAX_AGE', (text, seconds) => {
  expect(readConfig({ SNAPSHOT_MAX_AGE: text }).snapshotMaxAgeSeconds).toBe(seconds);
});

it('switches the sandbox off when NODE_ENV is production and SANDBOX is unset', () => {
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
  ['ENCRYPTION_KEYS', `${key},`],
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
])('reports the fault and its remedy in one line when %s is %s', (name, value) => {
  const faults = faultsOf({ [name]: value, ...(name === 'DATABASE_URL' ? { ENCRYPTION_KEYS: key } : {}) });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(new RegExp(`^${name} .+[:,] .+\\.$`));
});

it('reports all faults without their values when several settings are wrong', () => {
  const faults = faultsOf({
    PORT: 'canary',
    LOG_LEVEL: 'canary',
    DATABASE_URL: 'postgres://a:canary@host/db',
  });
  expect(faults.map((fault) => fault.split(' ', 1)[0])).toEqual(['PORT', 'LOG_LEVEL', 'ENCRYPTION_KEYS']);
  expect(faults.join()).not.toContain('canary');
});

it('refuses RESERVATION_SECONDS when a call may take longer', () => {
  const waits = { UPSTREAM_TIMEOUT_MS: '20000' };
  expect(faultsOf({ ...waits, RESERVATION_SECONDS: '36' })).toEqual([
    expect.stringMatching(/^RESERVATION_SECONDS .* 20 s .*at least 37/),
  ]);
  expect(faultsOf({ ...waits, RESERVATION_SECONDS: '37' })).toEqual([]);
  expect(faultsOf({ ...waits, RESERVATION_SECONDS: '20', LOOKUP_TIMEOUT_MS: '11000' })).toEqual([]);
});

it('shortens the call when the reservation is short', () => {
  expect(readConfig({ RESERVATION_SECONDS: '10' })).toMatchObject({
    reservationSeconds: 10,
    upstreamTimeoutMs: 5_000,
  });
});

const oldNames = [
  ['ASKS_PER_REQUEST_MAX', 'LOOKUPS_PER_REQUEST_MAX', '7'],
  ['ASK_TIMEOUT_MS', 'LOOKUP_TIMEOUT_MS', '30000'],
  ['PACE_PATIENCE_SECONDS', 'RATE_LIMIT_MAX_WAIT_SECONDS', '5'],
  ['GROUP_ITEMS_MAX', 'LEDGER_BATCH_MAX', '9'],
  ['GATEWAY_SECRETS', 'ENCRYPTION_KEYS', key],
] as const;

it.each(oldNames)('reads %s as %s when only the old name is set', (oldName, name, value) => {
  expect(readConfig({ [oldName]: value, [name]: ' ' })).toEqual(readConfig({ [name]: value }));
  expect(readConfig({ [oldName]: value })).not.toEqual(readConfig({}));
});

it.each(oldNames)('asks to remove %s when %s is set too', (oldName, name, value) => {
  expect(faultsOf({ [oldName]: value, [name]: value })).toEqual([
    `${oldName} is the old name of ${name}, and both are set: remove ${oldName}.`,
  ]);
});

it('reports a fault under the name that is set when that is the old one', () => {
  expect(faultsOf({ ['ASK_TIMEOUT_MS']: 'canary' })).toEqual([
    expect.stringMatching(/^ASK_TIMEOUT_MS is not /),
  ]);
});

it('keeps a wait set by its old name when the reservation is short', () => {
  expect(readConfig({ RESERVATION_SECONDS: '10', ['PACE_PATIENCE_SECONDS']: '2' })).toMatchObject({
    upstreamTimeoutMs: 5_000,
    rateLimitMaxWaitSeconds: 2,
  });
});

it('accepts the old name of the encryption keys when DATABASE_URL is set', () => {
  const { encryptionKeys } = readConfig({ DATABASE_URL: 'postgres://a:b@host/db', GATEWAY_SECRETS: key });
  expect(encryptionKeys).toEqual([Buffer.alloc(32, 7)]);
});

it('logs the name and never the value when a setting has its old name', () => {
  let output = '';
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      output += chunk.toString('utf8');
      done();
    },
  });
  warnOfOldNames({ GATEWAY_SECRETS: key, GROUP_ITEMS_MAX: '' }, createLog('warn', destination));
  const lines = output.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ oldName: 'GATEWAY_SECRETS', name: 'ENCRYPTION_KEYS' }),
  ]);
  expect(output).not.toContain(key);
});
