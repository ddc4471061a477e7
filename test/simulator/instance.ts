import { setTimeout as sleep } from 'node:timers/promises';
import type { CredentialResolver } from '../../src/connections/resolve-credential.js';
import type { CircuitBreakers } from '../../src/providers/circuit-breaker.js';
import { createEnrichment, type Enrichment } from '../../src/enrichment/lookup.js';
import type { EnrichmentDeps } from '../../src/enrichment/deps.js';
import { createSnapshotCache } from '../../src/enrichment/snapshot-cache.js';
import { createLedger } from '../../src/ledger/ledger.js';
import type { Clocks } from '../../src/platform/elapsed.js';
import { newId } from '../../src/platform/ids.js';
import type { Database, Sql } from '../../src/platform/database.js';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import type { CompanyLookup, Price } from '../../src/providers/provider.js';
import type { Provider } from '../../src/providers/catalogue.js';
import { fakeProvider } from '../support/fake-providers.js';
import { silentLog } from '../support/silent-log.js';
import type { ModelProvider } from './model-provider.js';
import { anyTime } from '../support/any-time.js';

/** One simulated process of the gateway: its own batches, waiters and retries on the shared database. */
export type Instance = Enrichment & {
  /** Identifies this life of the process; its lookups have it as their token. */
  processId: string;
  deps: EnrichmentDeps;
  isDead: () => boolean;
  /** The errors of its statements. */
  refusals: readonly string[];
  /** Resolves at its death. */
  death: Promise<'DEAD'>;
  /** Dies at the given number of further boundaries; 0: now. */
  die: (boundaries: number) => void;
  /** Stands still at its next boundary. */
  stop: () => void;
  /** Goes on, with these clocks `forMs` later. */
  continue: (forMs: { monotonic: number; wall: number }) => void;
  /** Its next statement is executed, but the response is lost with the connection. */
  loseResponse: () => void;
  /** The calls that it sent without a reservation that stands. */
  deadCalls: string[];
  /** Resolves when none of its statements runs in the database: those of a dead process run to their end. */
  quiet: () => Promise<void>;
  close: () => Promise<void>;
};

const reservationSeconds = 60;
const callMsMax = 20_000;

const price: Price = { kind: 'FIXED', minCredits: 1n, maxCredits: 1n };

/** Always admits calls: a call that is not made tests nothing. */
const alwaysClosed: CircuitBreakers = {
  admit: () => ({
    admitted: true,
    isProbe: false,
    enter: () => true,
    complete: () => null,
    maySend: () => true,
  }),
  close: () => {},
  healthOf: () => ({ state: 'CLOSED', since: null, failures: 0, reason: null, probeAt: null }),
  states: () => new Map(),
};

export const startInstance = (wired: {
  base: EnrichmentDeps;
  sql: Sql;
  provider: ModelProvider;
  resolveCredential: CredentialResolver;
  /** Whether a reservation of this process for this call stands. */
  isHeld: (processId: string, key: string, lookup: CompanyLookup) => Promise<boolean>;
  keepsSnapshots: boolean;
  ledgerBatchMax: number;
  alone: 'ONE' | 'BATCH';
}): Instance => {
  const processId = newId();
  let resolveDeath: ((reason: 'DEAD') => void) | undefined;
  const death = new Promise<'DEAD'>((resolve) => {
    resolveDeath = resolve;
  });
  const never = new Promise<never>(() => {});
  const refusals: string[] = [];
  const deadCalls: string[] = [];
  const statements = new Set<Promise<unknown>>();
  let boundariesLeft = Number.POSITIVE_INFINITY;
  let dead = false;
  let running: Promise<void> = Promise.resolve();
  let resume: (() => void) | null = null;
  const pausedMs = { monotonic: 0, wall: 0 };
  const clocks: Clocks = {
    monotonicMs: () => performance.now() + pausedMs.monotonic,
    wallMs: () => Date.now() + pausedMs.wall,
  };

  const die = (boundaries: number): void => {
    boundariesLeft = boundaries;
    if (boundaries > 0) return;
    dead = true;
    resolveDeath?.('DEAD');
  };

  /** Whether the process survives to go on from here. */
  const pass = (): boolean => {
    if (!dead) die(boundariesLeft - 1);
    return !dead;
  };

  const throughBoundaries = async <Result>(begin: () => Promise<Result>): Promise<Result> => {
    if (!pass()) return await never;
    await running;
    const work = begin();
    statements.add(work);
    try {
      return await work;
    } catch (error) {
      refusals.push(String(error));
      throw error;
    } finally {
      statements.delete(work);
      if (!pass()) await never;
      await running;
    }
  };

  let responsesToLose = 0;
  const statement = (text: TemplateStringsArray, ...values: string[]) =>
    throughBoundaries(async () => {
      const rows = await wired.sql(text, ...values);
      if (responsesToLose === 0) return rows;
      responsesToLose -= 1;
      throw Object.assign(new Error('the response is lost'), { code: 'CONNECTION_CLOSED' });
    });
  // The ledger uses the client in this way only.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const sql = statement as unknown as Sql;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const database = { sql } as unknown as Database;

  const findCompany: Provider['findCompany'] = (call, lookup) =>
    throughBoundaries(async () => {
      if (call.maySend?.(callMsMax) === false) {
        return { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE', sent: false, detail: 'it may not be sent' };
      }
      if (!(await wired.isHeld(processId, call.key, lookup)))
        deadCalls.push(`${lookup.by.kind} ${lookup.by.value}`);
      return await wired.provider.find({ key: call.key, processId }, lookup);
    });

  const firmable = fakeProvider('FIRMABLE', {
    company: { identifiers: ['id', 'domain', 'linkedin', 'abn'], price },
    isCompanyId: () => true,
    findCompany,
    readCompany,
  });

  const { ledgerBatchMax, alone } = wired;
  const limits = { reservationSeconds, ledgerBatchMax, alone, reserveTimeoutMs: 10_000 };
  const ledger = createLedger(database, silentLog, limits, clocks);
  const { reportBalance: _, ...base } = wired.base;
  const deps: EnrichmentDeps = {
    ...base,
    // Histories use one provider; the others are never called.
    providers: { FIRMABLE: firmable, PEOPLE_DATA_LABS: firmable, APOLLO: firmable },
    resolveCredential: wired.resolveCredential,
    ledger,
    breakers: alwaysClosed,
    waterfalls: { byName: () => Promise.resolve(null), defaultFor: () => Promise.resolve(null) },
    providerOfConnection: () => Promise.resolve('FIRMABLE'),
    callWith: (_, key) => ({ key, acquirePermit: () => Promise.resolve(anyTime) }),
    snapshotCache: createSnapshotCache(1_000_000),
    snapshotMaxAgeSeconds: wired.keepsSnapshots ? 86_400 : 0,
  };
  return {
    ...createEnrichment(deps),
    processId,
    deps,
    refusals,
    deadCalls,
    isDead: () => dead,
    death,
    die,
    stop: () => {
      resume?.();
      running = new Promise((resolve) => {
        resume = resolve;
      });
    },
    continue: ({ monotonic, wall }) => {
      pausedMs.monotonic += monotonic;
      pausedMs.wall += wall;
      resume?.();
    },
    loseResponse: () => {
      responsesToLose += 1;
    },
    quiet: async () => {
      while (statements.size > 0) {
        await Promise.allSettled(statements);
        await sleep(0);
      }
    },
    close: () => ledger.close(0),
  };
};
