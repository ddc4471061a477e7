import type { Answerer } from './answerer.js';
import { createApollo } from './apollo/create-apollo.js';
import { createVisits, type Visit } from './create-visits.js';
import { createFirmable } from './firmable/create-firmable.js';
import { type Listener, listen } from './listen.js';
import type { Account } from './open-accounts.js';
import { createPeopleDataLabs } from './people-data-labs/create-people-data-labs.js';
import { type ProviderName, providerNames } from './provider-names.js';
import { readKey } from './read-key.js';
import { createWorld } from './world/create-world.js';

export type SandboxOptions = {
  host?: string;
  /** Companies at Firmable, 1 to 100,000, with about three times as many people. */
  records?: number;
  /** Firmable's limit: requests in any sliding second per key. */
  requestsPerSecond?: number;
  /** The other providers' limit: requests in a window of 60 s per key; Apollo's is per endpoint. */
  requestsPerMinute?: number;
  /** Apollo's further limits. */
  requestsPerHour?: number;
  requestsPerDay?: number;
  /** Time from a request's arrival to its answer. */
  latencyMs?: number;
  /** The same for slow keys; longer than a client should wait. */
  slowLatencyMs?: number;
  creditsPerAccount?: number;
  /** The limits' clock, in milliseconds since 1970. */
  nowMs?: () => number;
  log?: { debug: (fields: object, message: string) => void };
};

/** What the provider itself counted for the account of a key. */
export type AccountState = Readonly<Omit<Account, 'unlocked'>> & { readonly unlocked: ReadonlySet<string> };

export type Sandbox = {
  /** The base URL of each provider, without a slash at its end; below it the paths are the real ones. */
  urls: Readonly<Record<ProviderName, string>>;
  account: (key: string) => AccountState;
  /** Requests so far, with any key or none. */
  readonly requests: number;
  /** The latest requests, at most 10,000, oldest first. */
  visits: () => readonly Visit[];
  close: () => Promise<void>;
};

/** The path prefix of a provider's API, as at the real one. */
const basePaths: Readonly<Record<ProviderName, string>> = {
  FIRMABLE: '',
  PEOPLE_DATA_LABS: '',
  APOLLO: '/api/v1',
};

/**
 * Starts local copies of the three providers' APIs on the loopback, each on its own port: invented records in the real
 * shapes, the live APIs' faults, credits counted per account, in memory. Which key has which kind of fault is described in
 * `read-key.ts`, and each provider's records in its `known-records.ts`.
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const records = options.records ?? 300;
  if (!Number.isInteger(records) || records < 1 || records > 100_000) {
    throw new RangeError(`a sandbox of ${records} companies cannot be made: choose 1 to 100000`);
  }
  const answerers = createAnswerers(records, options);
  const visits = createVisits();
  const visited = (visit: Visit): void => {
    visits.add(visit);
    const { provider, path, account, status, credits } = visit;
    options.log?.debug({ provider, path, account, status, credits }, 'sandbox answered');
  };
  const { host = '127.0.0.1', latencyMs = 3, slowLatencyMs = 30_000 } = options;
  const listeners = await listenAll((provider) =>
    listen({ provider, answerer: answerers[provider], host, latencyMs, slowLatencyMs, visited }),
  );
  const urlOf = (provider: ProviderName): string => `${listeners[provider].origin}${basePaths[provider]}`;

  return {
    urls: {
      FIRMABLE: urlOf('FIRMABLE'),
      PEOPLE_DATA_LABS: urlOf('PEOPLE_DATA_LABS'),
      APOLLO: urlOf('APOLLO'),
    },
    account: (key) => {
      const read = readKey(key);
      if (read === null) {
        throw new Error(
          'not a sandbox key: it begins with fbl_sandbox_, pdl_sandbox_ or apollo_sandbox_ and a name',
        );
      }
      return answerers[read.provider].accountOf(read);
    },
    get requests() {
      return visits.count();
    },
    visits: visits.latest,
    close: async () => {
      await Promise.all(Object.values(listeners).map((listener) => listener.close()));
    },
  };
};

const createAnswerers = (records: number, options: SandboxOptions): Record<ProviderName, Answerer> => {
  const world = createWorld(records);
  const { requestsPerSecond = 50, requestsPerMinute = 1_000 } = options;
  const { requestsPerHour = 20_000, requestsPerDay = 100_000, creditsPerAccount = 10_000 } = options;
  // The time of day, but monotonic.
  const nowMs = options.nowMs ?? (() => performance.timeOrigin + performance.now());
  const each = { world, creditsPerAccount, nowMs };
  return {
    FIRMABLE: createFirmable({ ...each, requestsPerSecond }),
    PEOPLE_DATA_LABS: createPeopleDataLabs({ ...each, requestsPerMinute }),
    APOLLO: createApollo({ ...each, requestsPerMinute, requestsPerHour, requestsPerDay }),
  };
};

/** Starts all or none: where one cannot listen, the others are closed again. */
const listenAll = async (
  start: (provider: ProviderName) => Promise<Listener>,
): Promise<Record<ProviderName, Listener>> => {
  const began = await Promise.allSettled(providerNames.map(start));
  const open = began.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const [FIRMABLE, PEOPLE_DATA_LABS, APOLLO] = open;
  if (FIRMABLE !== undefined && PEOPLE_DATA_LABS !== undefined && APOLLO !== undefined) {
    return { FIRMABLE, PEOPLE_DATA_LABS, APOLLO };
  }
  await Promise.all(open.map((listener) => listener.close()));
  throw began.find((one) => one.status === 'rejected')?.reason ?? new Error('the sandbox did not start');
};
