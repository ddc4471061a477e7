import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createAnswerer } from './create-answerer.js';
import { createVisits, type Visit } from './create-visits.js';
import type { Account } from './open-accounts.js';
import { readBody } from './read-body.js';
import { readKey } from './read-key.js';
import { sendReply } from './send-reply.js';
import { createWorld } from './world/create-world.js';

export type SandboxOptions = {
  host?: string;
  /** 0, a free one, where absent. */
  port?: number;
  /** Companies to invent, 1 to 100,000; about three times as many people come with them. */
  records?: number;
  /** Requests in any sliding second per key. */
  requestsPerSecond?: number;
  /** Time from a request's arrival to its answer. */
  latencyMs?: number;
  /** The same for slow keys; longer than a client should wait. */
  slowLatencyMs?: number;
  creditsPerAccount?: number;
  /** The throttle's clock. */
  nowMs?: () => number;
  log?: { debug: (fields: object, message: string) => void };
};

/** What the provider itself counted for the account of a key. */
export type AccountState = Readonly<Omit<Account, 'unlocked'>> & { readonly unlocked: ReadonlySet<string> };

export type Sandbox = {
  /** Base URL, without a slash at its end. */
  url: string;
  account: (key: string) => AccountState;
  /** Requests so far, with any key or none. */
  readonly requests: number;
  /** The latest requests, at most 10,000, oldest first. */
  visits: () => readonly Visit[];
  close: () => Promise<void>;
};

/**
 * Starts a local Firmable on the loopback: invented records in the real shape, the live API's quirks, credits and
 * unlocks counted per account, in memory. Which key meets which kind of day is told in `read-key.ts`. `close`
 * answers nobody any more and drops what is under way.
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const records = options.records ?? 300;
  if (!Number.isInteger(records) || records < 1 || records > 100_000) {
    throw new RangeError(`a sandbox of ${records} companies cannot be made: choose 1 to 100000`);
  }
  const { latencyMs = 3, slowLatencyMs = 30_000 } = options;
  const { answer, accountOf } = createAnswerer({
    world: createWorld(records),
    requestsPerSecond: options.requestsPerSecond ?? 50,
    creditsPerAccount: options.creditsPerAccount ?? 10_000,
    nowMs: options.nowMs ?? (() => performance.now()),
  });
  const visits = createVisits();
  const closing = new AbortController();

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = urlOf(incoming);
    const { reply, key } = answer({
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      authorization: incoming.headers.authorization ?? null,
      body: await readBody(incoming),
    });
    const visit: Visit = {
      at: new Date(),
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.search,
      account: key?.account ?? null,
      status: reply.status,
      recordId: reply.retrieved?.recordId ?? null,
      charged: reply.retrieved?.charged ?? false,
    };
    visits.add(visit);
    options.log?.debug(
      { path: visit.path, account: visit.account, status: visit.status, charged: visit.charged },
      'sandbox answered',
    );
    await delay(key?.temper === 'slow' ? slowLatencyMs : latencyMs, undefined, { signal: closing.signal });
    sendReply(response, reply);
  };

  // A request that breaks off, or is broken off by `close`, has nobody left to answer.
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  // Longer than clients keep an idle connection, so that they never send into one that is just closing.
  server.keepAliveTimeout = 65_000;

  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');

  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= new Promise((resolve) => {
      server.close(() => resolve());
      closing.abort();
      server.closeAllConnections();
    });
    return closed;
  };

  return {
    url: `http://${host}:${address.port}`,
    account: (key) => {
      const read = readKey(key);
      if (read === null) throw new Error('not a sandbox key: it must begin with fbl_sandbox_ and a name');
      return accountOf(read);
    },
    get requests() {
      return visits.count();
    },
    visits: visits.latest,
    close,
  };
};

// A request target that is no path, such as `*`, becomes one that no endpoint has.
const urlOf = (incoming: IncomingMessage): URL => {
  const written = `http://sandbox${incoming.url ?? ''}`;
  return new URL(URL.canParse(written) ? written : 'http://sandbox/');
};
