import { setTimeout as sleep } from 'node:timers/promises';
import type { CredentialResolver } from '../../src/connections/resolve-credential.js';
import type { CircuitBreakers } from '../../src/providers/circuit-breaker.js';
import { createEnrichment, type Enrichment } from '../../src/enrichment/lookup.js';
import type { EnrichmentDeps } from '../../src/enrichment/deps.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { newId } from '../../src/platform/ids.js';
import type { Database, Sql } from '../../src/platform/database.js';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import type { Price } from '../../src/providers/provider.js';
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
  /** Its next statement is executed, but the response is lost with the connection. */
  loseResponse: () => void;
  /** Resolves when none of its statements runs in the database: those of a dead process run to their end. */
  quiet: () => Promise<void>;
  close: () => Promise<void>;
};

const price: Price = { kind: 'FIXED', minCredits: 1n, maxCredits: 1n };

/** Always admits calls: a call that is not made tests nothing. */
const alwaysClosed: CircuitBreakers = {
  admit: () => ({ admitted: true, complete: () => null }),
  healthOf: () => ({ state: 'CLOSED', since: null, failures: 0, reason: null, probeAt: null }),
  states: () => new Map(),
};

export const startInstance = (wired: {
  base: EnrichmentDeps;
  sql: Sql;
  provider: ModelProvider;
  resolveCredential: CredentialResolver;
  keepsSnapshots: boolean;
  ledgerBatchMax: number;
}): Instance => {
  const processId = newId();
  let resolveDeath: ((reason: 'DEAD') => void) | undefined;
  const death = new Promise<'DEAD'>((resolve) => {
    resolveDeath = resolve;
  });
  const never = new Promise<never>(() => {});
  const refusals: string[] = [];
  const statements = new Set<Promise<unknown>>();
  let boundariesLeft = Number.POSITIVE_INFINITY;
  let dead = false;

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

  const throughBoundaries = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (!pass()) return await never;
    const running = work();
    statements.add(running);
    try {
      return await running;
    } catch (error) {
      refusals.push(String(error));
      throw error;
    } finally {
      statements.delete(running);
      if (!pass()) await never;
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
    throughBoundaries(() => wired.provider.find({ key: call.key, processId }, lookup));

  const firmable = fakeProvider('FIRMABLE', {
    company: { identifiers: ['id', 'domain', 'linkedin', 'abn'], price },
    isCompanyId: () => true,
    findCompany,
    readCompany,
  });

  const ledger = createLedger(database, silentLog, {
    reservationSeconds: 60,
    ledgerBatchMax: wired.ledgerBatchMax,
    reserveTimeoutMs: 10_000,
  });
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
    snapshotMaxAgeSeconds: wired.keepsSnapshots ? 86_400 : 0,
  };
  return {
    ...createEnrichment(deps),
    processId,
    deps,
    refusals,
    isDead: () => dead,
    death,
    die,
    loseResponse: () => {
      responsesToLose += 1;
    },
    quiet: async () => {
      while (statements.size > 0) {
        await Promise.allSettled(statements);
        await sleep(0);
      }
    },
    close: () => ledger.close(2_000),
  };
};
