import { noProxies, type Proxies, proxyFor } from '../../platform/choose-proxy.js';
import type { Log } from '../../platform/log.js';
import type { Call, Found, NoRecord, UnexpectedField, RecordKind } from '../provider.js';
import { type QueryResult, sendQuery, type HttpProfile } from './send-query.js';
import { createSender, type ExchangeFacts } from './create-sender.js';
import type { WireRequest } from './exchange.js';
import { broken, unreadable } from './http-result.js';

/** The options of a provider. */
export type UpstreamOptions = {
  /** Its name in the catalogue, for the log. */
  name: string;
  /** Where real keys are sent; the provider's own address where absent. */
  baseUrl?: string;
  /** Where sandbox keys are sent; null: nowhere. */
  sandboxBaseUrl: string | null;
  log: Log;
  requestsPerSecond?: number;
  connectTimeoutMs?: number;
  /** For one query with its redirects, retries and waits, from its first permit on. */
  totalTimeoutMs?: number;
  /** The longest body that is read, decompressed. */
  bodyBytesMax?: number;
  /** Receives each HTTP request that was sent, for the metrics. */
  onExchange?: (provider: string, exchange: ExchangeFacts) => void;
  /** The proxies of the environment. The sandbox is called directly. */
  proxies?: Proxies;
};

/** A record read from a body, and the fields that could not be read. */
export type Read<Record> = { record: Record; unexpectedFields: UnexpectedField[] };

export type Client = {
  /** Sends one query; nothing is connected until the first. */
  send: (call: Call, request: WireRequest) => Promise<QueryResult>;
  /** Fetches a record and reads it. One that cannot be read is UNKNOWN, because it may have been charged. */
  find: <Record>(
    operation: RecordKind,
    call: Call,
    request: WireRequest,
    read: (body: unknown) => Read<Record> | null,
  ) => Promise<Found<Record> | NoRecord>;
  /** The host and port that calls with this key go to. */
  hostOf: (key: string) => string;
  /** Logs the paths of fields with an unexpected type. */
  logUnexpectedFields: (operation: string, unexpectedFields: UnexpectedField[]) => void;
  /** Waits for queries in flight and closes the connections. */
  close: () => Promise<void>;
};

/**
 * Creates the HTTP client of a provider. Every query returns one value, whatever the network or the provider does.
 * Sandbox keys are sent to the sandbox or nowhere, all others to the provider.
 */
export const createClient = (
  provider: {
    baseUrl: string;
    isSandboxKey: (key: string) => boolean;
  } & Omit<HttpProfile, 'totalTimeoutMs'>,
  options: UpstreamOptions,
): Client => {
  const { log, sandboxBaseUrl, totalTimeoutMs = 20_000 } = options;
  const limits = {
    connectTimeoutMs: options.connectTimeoutMs ?? 3_000,
    bodyBytesMax: options.bodyBytesMax ?? 5_000_000,
    onExchange: (facts: ExchangeFacts) => options.onExchange?.(options.name, facts),
  };
  const profile: HttpProfile = { ...provider, totalTimeoutMs };
  const realUrl = new URL(options.baseUrl ?? provider.baseUrl);
  const real = createSender(realUrl, { ...limits, proxy: proxyFor(options.proxies ?? noProxies, realUrl) });
  const sandbox = sandboxBaseUrl === null ? null : createSender(new URL(sandboxBaseUrl), limits);

  const senderOf = (key: string) => (provider.isSandboxKey(key) ? sandbox : real);

  const send = async (call: Call, request: WireRequest): Promise<QueryResult> => {
    const sender = senderOf(call.key);
    if (sender === null) return broken(false, 'the sandbox is off');
    return await sendQuery(sender, call, request, profile);
  };

  const logUnexpectedFields = (operation: string, unexpectedFields: UnexpectedField[]): void => {
    if (unexpectedFields.length === 0) return;
    log.warn(
      { provider: options.name, operation, unexpectedFields },
      'fields of an unexpected type were left out',
    );
  };

  return {
    send,
    find: async (operation, call, request, read) => {
      const result = await send(call, request);
      if (result.kind !== 'BODY') return result;
      const { body, json, reported } = result;
      const found = read(body);
      const end = found === null ? unreadable('a record without a usable id') : foundWith(found, body, json);
      if (reported !== undefined) end.reported = reported;
      if (found !== null) logUnexpectedFields(operation, found.unexpectedFields);
      return end;
    },
    hostOf: (key) => senderOf(key)?.baseUrl.host ?? 'sandbox',
    logUnexpectedFields,
    close: async () => {
      await Promise.all([real.close(), sandbox?.close()]);
    },
  };
};

const foundWith = <Record>(
  { record, unexpectedFields }: Read<Record>,
  body: unknown,
  json: string | undefined,
): Found<Record> =>
  json === undefined
    ? { kind: 'FOUND', record, raw: () => body, unexpectedFields }
    : { kind: 'FOUND', record, raw: parsedOnce(json), json, unexpectedFields };

const parsedOnce = (json: string): (() => unknown) => {
  let parsed: unknown;
  return () => (parsed ??= JSON.parse(json));
};
