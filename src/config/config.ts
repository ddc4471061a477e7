import type * as z from 'zod';
import { GatewayError } from '../errors.js';
import { isNoProxyEntry, noProxyEntries, type Proxies } from '../platform/choose-proxy.js';
import type { Log } from '../platform/log.js';
import type { Setting } from './setting.js';
import { settings, settingsShape } from './settings.js';

/** A field is null if its setting has no default and is unset. */
export type Config = Readonly<z.output<typeof settingsShape>>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the whole configuration from `environment`. Throws one INVALID_INPUT whose message has a line for every fault:
 * the variable, what is wrong with it, what to do. No message contains a value.
 */
export const readConfig = (environment: Environment): Config => {
  const given = settings.map((setting) => ({ ...setting, ...readSetting(environment, setting) }));
  const texts = Object.fromEntries(given.map(({ field, text, default: value }) => [field, text ?? value]));
  if (
    texts['sandbox'] === 'on' &&
    environment['NODE_ENV'] === 'production' &&
    !isSet(environment, 'SANDBOX')
  ) {
    texts['sandbox'] = 'off';
  }
  if (texts['persistedDocumentsFile'] !== null && !isSet(environment, 'PERSISTED_DOCUMENTS'))
    texts['persistedDocuments'] = 'allowlist';
  const set = new Set(given.filter(({ text }) => text !== null).map(({ field }) => field));
  fitToReservation(texts, set);
  fitToShutdown(texts, set);

  const result = settingsShape.safeParse(texts);
  const faults = given.flatMap(({ name, oldName, isDuplicate }) =>
    isDuplicate ? [`${oldName} is the old name of ${name}, and both are set: remove ${oldName}.`] : [],
  );
  for (const { path, message } of result.error?.issues ?? []) {
    faults.push(`${given.find(({ field }) => field === path[0])?.usedName} ${message}`);
  }
  if (texts['smtpUrl'] !== null && texts['alertEmailFrom'] === null) faults.push(emailWithoutSender);
  if (texts['databaseUrl'] !== null && texts['encryptionKeys'] === null) faults.push(encryptionKeysMissing);
  if (texts['databaseReadUrl'] !== null && texts['databaseUrl'] === null) faults.push(standbyWithoutPrimary);
  if (result.success) {
    for (const find of [reservationFaults, documentFaults, proxyFaults, shutdownFaults])
      faults.push(...find(result.data));
  }
  if (result.success && faults.length === 0) return result.data;
  throw new GatewayError('INVALID_INPUT', faults.join('\n'));
};

/** Logs a warning for each setting that is set by its old name. Logs no value. */
export const warnOfOldNames = (environment: Environment, log: Log): void => {
  for (const { name, oldName } of settings) {
    if (oldName !== undefined && isSet(environment, oldName)) {
      log.warn({ oldName, name }, 'setting has an old name: the next release does not read it');
    }
  }
};

/** The text of a setting, or null if it is unset, and the name it is set by. */
const readSetting = (
  environment: Environment,
  { name: upperName, oldName, lowerCase }: Pick<Setting, 'name' | 'oldName' | 'lowerCase'>,
) => {
  const lowerName = upperName.toLowerCase();
  const name = lowerCase === true && isSet(environment, lowerName) ? lowerName : upperName;
  const isOldSet = oldName !== undefined && isSet(environment, oldName);
  const isNewSet = isSet(environment, name);
  const usedName = isOldSet && !isNewSet ? oldName : name;
  const text = isOldSet || isNewSet ? (environment[usedName]?.trim() ?? null) : null;
  return { text, usedName, isDuplicate: isOldSet && isNewSet };
};

// Compose files and .env files write an unset variable as an empty one.
const isSet = (environment: Environment, name: string): boolean => (environment[name]?.trim() ?? '') !== '';

const encryptionKeysMissing =
  'ENCRYPTION_KEYS is required with DATABASE_URL, so that every instance decrypts the same stored keys: set it to 32 random bytes in base64 (openssl rand -base64 32).';

const emailWithoutSender =
  'ALERT_EMAIL_FROM is required with SMTP_URL: set it to the sender of alerts, such as Firmable gateway <alerts@example.com>.';

const standbyWithoutPrimary =
  'DATABASE_READ_URL needs DATABASE_URL, whose standby it names: set DATABASE_URL, or remove DATABASE_READ_URL.';

// A reservation is renewed while its call waits and runs. Between two renewals it is sure to last this share of its
// lifetime, and a call is sent only if it ends within that.
const callShare = 0.55;

const reservationFaults = (config: Config): string[] => {
  const seconds = Math.min(config.upstreamTimeoutMs, config.lookupTimeoutMs) / 1_000;
  if (seconds <= config.reservationSeconds * callShare) return [];
  return [
    `RESERVATION_SECONDS is too short for the ${seconds} s that a call may take (UPSTREAM_TIMEOUT_MS, at most LOOKUP_TIMEOUT_MS): set it to at least ${Math.ceil(seconds / callShare)}, or lower the others.`,
  ];
};

const documentFaults = ({ persistedDocuments: mode, persistedDocumentsFile: file }: Config): string[] => {
  if (mode === 'allowlist' && file === null)
    return [
      'PERSISTED_DOCUMENTS is allowlist without a list: set PERSISTED_DOCUMENTS_FILE to the file of the documents that may run.',
    ];
  if (mode === 'off' && file !== null)
    return ['PERSISTED_DOCUMENTS_FILE is not read while PERSISTED_DOCUMENTS is off: remove one of them.'];
  return [];
};

/** The variable is often that of a whole machine, so it matters only beside a proxy. */
const proxyFaults = ({ httpProxy, httpsProxy, noProxy }: Config): string[] => {
  if (noProxy === null || (httpProxy === null && httpsProxy === null)) return [];
  const place = noProxyEntries(noProxy).findIndex((entry) => !isNoProxyEntry(entry)) + 1;
  if (place === 0) return [];
  return [
    `NO_PROXY has an entry that matches no host (see entry ${place}): write hosts without scheme and path, networks such as 10.0.0.0/8, or *, separated by commas.`,
  ];
};

/** The time for requests in flight at a stop, the drain included. What is left of it closes the store. */
export const graceMsOf = ({ shutdownSeconds }: Pick<Config, 'shutdownSeconds'>): number =>
  shutdownSeconds * 900;

const shutdownFaults = (config: Config): string[] => {
  const seconds = config.shutdownDrainSeconds;
  if (seconds === 0 || seconds * 1_000 < graceMsOf(config)) return [];
  const least = Math.floor(seconds / 0.9) + 1;
  return [
    `SHUTDOWN_DRAIN_SECONDS leaves requests in flight nothing of SHUTDOWN_SECONDS, and they would be cut: set SHUTDOWN_SECONDS to at least ${least}, or lower SHUTDOWN_DRAIN_SECONDS.`,
  ];
};

/** Shortens the default drain to half of a short stop, unless the drain is `set`. */
const fitToShutdown = (texts: Record<string, string | null>, set: ReadonlySet<string>): void => {
  const half = Math.floor(Number(texts['shutdownSeconds']) / 2);
  if (half < Number(texts['shutdownDrainSeconds']) && !set.has('shutdownDrainSeconds'))
    texts['shutdownDrainSeconds'] = String(half);
};

/** Shortens the default time limit of a call to fit a short reservation, unless the limit is `set`. */
const fitToReservation = (texts: Record<string, string | null>, set: ReadonlySet<string>): void => {
  const reservationSeconds = Number(texts['reservationSeconds']);
  if (!(reservationSeconds < 60) || set.has('upstreamTimeoutMs')) return;
  texts['upstreamTimeoutMs'] = String(Math.max(100, Math.floor(reservationSeconds * 500)));
};

/** The options of the provider clients. */
export const providerOptionsOf = (config: Config) => ({
  upstreams: {
    FIRMABLE: { baseUrl: config.firmableBaseUrl, requestsPerSecond: config.firmableRequestsPerSecond },
    PEOPLE_DATA_LABS: {
      baseUrl: config.peopleDataLabsBaseUrl,
      requestsPerSecond: config.peopleDataLabsRequestsPerSecond,
    },
    APOLLO: { baseUrl: config.apolloBaseUrl, requestsPerSecond: config.apolloRequestsPerSecond },
  },
  connectTimeoutMs: config.upstreamConnectTimeoutMs,
  totalTimeoutMs: config.upstreamTimeoutMs,
  bodyBytesMax: config.upstreamBodyBytesMax,
  proxies: proxiesOf(config),
});

/** Where traces are sent, and how; null: nothing is traced. */
export const tracesOf = (config: Config) => {
  const { otlpEndpoint, otlpTracesEndpoint, otlpProtocol, otlpTracesProtocol } = config;
  const url = otlpTracesEndpoint ?? (otlpEndpoint === null ? null : `${otlpEndpoint}/v1/traces`);
  if (url === null || config.tracesExporter === 'none' || config.tracingDisabled === 'true') return null;
  return {
    url,
    protocol: otlpTracesProtocol ?? otlpProtocol,
    propagates: config.tracePropagators !== 'none',
  };
};

/** The way out of the network, for providers and webhooks. */
const proxiesOf = ({ httpsProxy, httpProxy, noProxy }: Config): Proxies => ({
  httpsProxy,
  httpProxy,
  noProxy,
});

/** Where alerts may be sent. */
export const alertOptionsOf = (config: Config) => ({
  proxies: proxiesOf(config),
  allowPrivate: config.webhookPrivateAddresses,
  email:
    config.smtpUrl === null || config.alertEmailFrom === null
      ? null
      : { smtpUrl: config.smtpUrl, from: config.alertEmailFrom },
});

/** The operator's own key of each provider, as set, with its variable; null: none. */
export const managedKeysOf = (config: Config) => [
  { provider: 'FIRMABLE', variable: 'MANAGED_FIRMABLE_KEY', pasted: config.managedFirmableKey },
  {
    provider: 'PEOPLE_DATA_LABS',
    variable: 'MANAGED_PEOPLEDATALABS_KEY',
    pasted: config.managedPeopleDataLabsKey,
  },
  { provider: 'APOLLO', variable: 'MANAGED_APOLLO_KEY', pasted: config.managedApolloKey },
];
