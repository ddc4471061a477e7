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
import type { FakeProvider } from './fake-provider.js';
import { anyTime } from '../support/any-time.js';

/** One simulated process of the gateway: its own groups, waiters and retries on the shared database. */
export type Instance = Enrichment & {
  /** Which life of which process this is; asks made by it bear it as their token. */
  processId: string;
  deps: EnrichmentDeps;
  isDead: () => boolean;
  /** The errors its statements came back with. */
  refusals: readonly string[];
  /** Resolves at its death. */
  death: Promise<'DEAD'>;
  /** Dies at the given number of further boundaries; 0: now. */
  die: (boundaries: number) => void;
  /** Its next statement is done, but the answer is lost with the connection. */
  loseAnswer: () => void;
  /** Resolves when no statement of it runs in the database any more: those of the dead go on to their end. */
  quiet: () => Promise<void>;
  close: () => Promise<void>;
};

const price: Price = { kind: 'FIXED', minCredits: 1n, maxCredits: 1n };

/** Calls that are not made move no money: histories that make them are worth more. */
const alwaysClosed: CircuitBreakers = {
  admit: () => ({ admitted: true, complete: () => null }),
  healthOf: () => ({ state: 'CLOSED', since: null, failures: 0, reason: null, probeAt: null }),
  states: () => new Map(),
};

export const startInstance = (wired: {
  base: EnrichmentDeps;
  sql: Sql;
  provider: FakeProvider;
  resolveCredential: CredentialResolver;
  keepsCopies: boolean;
  ledgerBatchMax: number;
}): Instance => {
  const processId = newId();
  let tellDeath: ((word: 'DEAD') => void) | undefined;
  const death = new Promise<'DEAD'>((resolve) => {
    tellDeath = resolve;
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
    tellDeath?.('DEAD');
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

  let answersToLose = 0;
  const statement = (text: TemplateStringsArray, ...values: string[]) =>
    throughBoundaries(async () => {
      const rows = await wired.sql(text, ...values);
      if (answersToLose === 0) return rows;
      answersToLose -= 1;
      throw Object.assign(new Error('the answer is lost'), { code: 'CONNECTION_CLOSED' });
    });
  // The money rooms use a client in this one way only.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const sql = statement as unknown as Sql;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const database = { sql } as unknown as Database;

  const findCompany: Provider['findCompany'] = (call, lookup) =>
    throughBoundaries(() => wired.provider.ask({ key: call.key, processId }, lookup));

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
    // Histories know one provider: none of the others is ever asked.
    providers: { FIRMABLE: firmable, PEOPLE_DATA_LABS: firmable, APOLLO: firmable },
    resolveCredential: wired.resolveCredential,
    ledger,
    breakers: alwaysClosed,
    waterfalls: { byName: () => Promise.resolve(null), defaultFor: () => Promise.resolve(null) },
    providerOfConnection: () => Promise.resolve('FIRMABLE'),
    callWith: (_, key) => ({ key, acquirePermit: () => Promise.resolve(anyTime) }),
    snapshotMaxAgeSeconds: wired.keepsCopies ? 86_400 : 0,
  };
  return {
    ...createEnrichment(deps),
    processId,
    deps,
    refusals,
    isDead: () => dead,
    death,
    die,
    loseAnswer: () => {
      answersToLose += 1;
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
