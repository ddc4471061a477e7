import { z } from 'zod';
import { upstreamVariables } from './upstream-variables.js';
import { type Variable, variables } from './variable.js';
import { GatewayError } from '../errors.js';
import * as shapes from './variable-shapes.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the whole configuration from the environment, and nothing else. Throws one INVALID_INPUT whose message has a
 * line for every fault: the variable, what is wrong with it, what to do. Values are never repeated.
 */
export const readConfig = (environment: Environment): Config => {
  const given = fields.map(([field, variable]) => [field, valueOf(variable, environment)] as const);
  const texts = Object.fromEntries(given);
  fitToReservation(texts, environment);
  const result = shape.safeParse(texts);
  const faults = (result.error?.issues ?? []).map((issue) => `${nameOf(issue.path[0])} ${issue.message}`);
  if (typeof texts['databaseUrl'] === 'string' && texts['secrets'] === null) faults.push(secretsMissing);
  if (result.success) faults.push(...reservationFaults(result.data));
  if (result.success && faults.length === 0) return result.data;
  throw new GatewayError('INVALID_INPUT', faults.join('\n'));
};

// An empty value counts as none: compose files and .env files write absent settings that way.
const valueOf = (variable: Variable, environment: Environment): string | null => {
  const value = environment[variable.name]?.trim();
  if (value !== undefined && value !== '') return value;
  return variable.name === 'SANDBOX' && environment['NODE_ENV'] === 'production' ? 'off' : variable.default;
};

const secretsMissing =
  'ENCRYPTION_KEYS is required with DATABASE_URL, so that every instance opens the same keys: set it to 32 random bytes in base64 (openssl rand -base64 32).';

// A reservation must outlive the slowest call, or it would be given up while that is still under way.
const callShare = 0.85;

const reservationFaults = (config: Config): string[] => {
  const callSeconds = config.rateLimitMaxWaitSeconds + config.upstreamTimeoutMs / 1_000;
  const seconds = Math.min(callSeconds, config.lookupTimeoutMs / 1_000);
  if (seconds <= config.reservationSeconds * callShare) return [];
  return [
    `RESERVATION_SECONDS is too short for the ${seconds} s a call may take (RATE_LIMIT_MAX_WAIT_SECONDS + UPSTREAM_TIMEOUT_MS, and no more than LOOKUP_TIMEOUT_MS): set it to at least ${Math.ceil(seconds / callShare)}, or lower the others.`,
  ];
};

/** Where only RESERVATION_SECONDS is set, and short, the patience within it shortens with it. */
const fitToReservation = (texts: Record<string, string | null>, environment: Environment): void => {
  const reservationSeconds = Number(texts['reservationSeconds']);
  if (!(reservationSeconds < 60)) return;
  if (!environment['UPSTREAM_TIMEOUT_MS']?.trim()) {
    texts['upstreamTimeoutMs'] = String(Math.max(100, Math.floor(reservationSeconds * 500)));
  }
  if (!environment['RATE_LIMIT_MAX_WAIT_SECONDS']?.trim()) {
    texts['rateLimitMaxWaitSeconds'] = String(Math.max(1, Math.floor(reservationSeconds * 0.3)));
  }
};

const shape = z.object({
  port: shapes.wholeNumber(0, 65_535).register(variables, {
    name: 'PORT',
    default: '4000',
    meaning: 'The port the gateway listens on; 0 takes any free one.',
  }),
  host: shapes.hostName().register(variables, {
    name: 'HOST',
    default: '127.0.0.1',
    meaning: 'The address it listens on; 0.0.0.0 opens it to other machines.',
  }),
  databaseUrl: shapes.databaseUrl().nullable().register(variables, {
    name: 'DATABASE_URL',
    default: null,
    meaning:
      'A PostgreSQL server, version 15 or newer. Without it one is started, with its data in DATA_DIR.',
  }),
  dataDir: shapes.someText().register(variables, {
    name: 'DATA_DIR',
    default: './data',
    meaning: 'Where the embedded PostgreSQL and the secrets made on first start are kept.',
  }),
  secrets: shapes.secretList().nullable().register(variables, {
    name: 'ENCRYPTION_KEYS',
    default: null,
    meaning:
      'Sealing secrets: 32 bytes each in base64, comma-separated; the first seals, all open. Required with DATABASE_URL; otherwise made on first start.',
  }),
  bootstrapToken: z
    .string()
    .regex(
      /^fgw_[A-Za-z0-9_-]{40,128}$/,
      'is not a token: write fgw_ and at least 40 letters, digits, - or _ (echo fgw_$(openssl rand -hex 32)).',
    )
    .nullable()
    .register(variables, {
      name: 'GATEWAY_BOOTSTRAP_TOKEN',
      default: null,
      meaning: 'The first ADMIN token. Without it one is made and printed once.',
    }),
  ...upstreamVariables,
  sandbox: shapes
    .oneOf(['on', 'off'])
    .transform((text) => text === 'on')
    .register(variables, {
      name: 'SANDBOX',
      default: 'on',
      meaning:
        'on: keys that begin fbl_sandbox_, pdl_sandbox_ or apollo_sandbox_ go to the sandbox inside the gateway. off: they are refused. Off by default where NODE_ENV is production.',
    }),
  snapshotMaxAgeSeconds: shapes.duration(3_650 * 86_400).register(variables, {
    name: 'SNAPSHOT_MAX_AGE',
    default: '30d',
    meaning:
      'How old a copy of a record may be before it is fetched again, for free (30d, 12h, 900s). 0: no copy is kept, so that a provider that charges for every fetch is paid at every ask.',
  }),
  reservationSeconds: shapes.wholeNumber(3, 86_400).register(variables, {
    name: 'RESERVATION_SECONDS',
    default: '60',
    meaning:
      'How long credits stay reserved for an ask that never ended. Below 60 it shortens UPSTREAM_TIMEOUT_MS and RATE_LIMIT_MAX_WAIT_SECONDS, unless they are set.',
  }),
  logLevel: shapes.oneOf(['debug', 'info', 'warn', 'error', 'silent']).register(variables, {
    name: 'LOG_LEVEL',
    default: 'info',
    meaning: 'The least serious lines that are logged: debug, info, warn, error or silent.',
  }),
  requestBodyBytesMax: shapes.wholeNumber(1_000, 100_000_000).register(variables, {
    name: 'REQUEST_BODY_BYTES_MAX',
    default: '1000000',
    meaning: 'The largest request the gateway reads.',
  }),
  lookupsPerRequestMax: shapes.wholeNumber(1, 10_000).register(variables, {
    name: 'LOOKUPS_PER_REQUEST_MAX',
    default: '100',
    meaning: 'The most asks in one request, however they are written.',
  }),
  databaseConnectionsMax: shapes.wholeNumber(2, 500).register(variables, {
    name: 'DATABASE_CONNECTIONS_MAX',
    default: '16',
    meaning:
      'The most connections one instance opens to PostgreSQL for ordinary work; half as many again are for money.',
  }),
  ledgerBatchMax: shapes.wholeNumber(1, 10_000).register(variables, {
    name: 'LEDGER_BATCH_MAX',
    default: '256',
    meaning: 'The most asks that share one money statement.',
  }),
  shutdownSeconds: shapes.wholeNumber(0, 600).register(variables, {
    name: 'SHUTDOWN_SECONDS',
    default: '10',
    meaning: 'How long a stop waits for what is under way.',
  }),
});

/** A field is null where its variable has no default and is unset. */
export type Config = Readonly<z.output<typeof shape>>;

const fields = Object.entries(shape.shape).map(([field, one]) => {
  const variable = variables.get(one);
  if (variable === undefined) throw new Error(`the field ${field} has no variable`);
  return [field, variable] as const;
});

const nameOf = (field: PropertyKey | undefined): string | undefined =>
  fields.find(([name]) => name === field)?.[1].name;

/** Every variable the gateway reads: `.env.example` and the papers are made from it. */
export const listVariables = (): Variable[] => fields.map(([, variable]) => variable);
