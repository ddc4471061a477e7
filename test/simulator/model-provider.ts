import { setTimeout as sleep } from 'node:timers/promises';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import type { CompanyLookup, Found, NoRecord } from '../../src/providers/provider.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { Trouble } from './history.js';
import { bodyOf, companies, companyBy } from './world.js';

type Result = Found<CompanyRecord> | NoRecord;

/** An independent model of the provider: it stores what each account has bought, and counts what it charges. */
export type ModelProvider = {
  find: (from: { key: string; processId: string }, lookup: CompanyLookup) => Promise<Result>;
  /** Sets the result and the duration of the next call for this record. */
  expect: (recordId: string, next: { trouble: Trouble | null; takesMs: number }) => void;
  /** The ids of the records that the account has been charged for, once each. */
  charged: (account: number) => string[];
  keyOf: (account: number) => string;
  accountOf: (key: string) => number;
  rotate: (account: number) => void;
  /** Calls for one identifier of one account while another one was in progress in a living process. */
  concurrent: string[];
  /** Forgets which calls are in progress: their reservations have expired. */
  forgetCalls: (isOver: (processId: string) => boolean) => void;
  /** From now on every call succeeds. */
  behave: () => void;
};

const accountsCount = 2;

const accountOf = (key: string): number => Number(key['fbl_sim'.length]);

export const createModelProvider = (recordsCount: number): ModelProvider => {
  const existing = companies.slice(0, recordsCount);
  const bought = Array.from({ length: accountsCount }, () => new Set<string>());
  const generation = Array.from({ length: accountsCount }, () => 0);
  const nexts = new Map<string, { trouble: Trouble | null; takesMs: number }[]>();
  const inProgress = new Map<string, string>();
  const concurrent: string[] = [];

  const keyOf = (account: number): string => `fbl_sim${account}_${generation[account]}`;

  const charge = (account: number, lookup: CompanyLookup): Result => {
    const company = companyBy(lookup.by);
    if (company === undefined || !existing.includes(company)) return { kind: 'NOT_FOUND' };
    bought[account]?.add(company.id);
    const raw = bodyOf(company, lookup.country);
    const read = readCompany(raw);
    if (read === null) throw new Error('the model provider writes what the real client cannot read');
    return { kind: 'FOUND', raw: () => raw, ...read };
  };

  const answer = (account: number, lookup: CompanyLookup, trouble: Trouble | null): Result => {
    switch (trouble) {
      case null:
        return charge(account, lookup);
      case 'THROTTLED':
        return { kind: 'THROTTLED', retryAfterSeconds: 1 };
      case 'REFUSED':
        return { kind: 'REFUSED', code: 'OUT_OF_CREDITS' };
      case 'BROKEN_UNSENT':
      case 'BROKEN_SENT':
        return { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE', sent: trouble === 'BROKEN_SENT', detail: '' };
      case 'TIMEOUT_CHARGED':
        charge(account, lookup);
        return { kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT', cause: 'TIMEOUT', detail: '' };
      case 'TIMEOUT_UNCHARGED':
        return { kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT', cause: 'TIMEOUT', detail: '' };
      case 'CUT':
        charge(account, lookup);
        return { kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE', cause: 'CONNECTION_LOST', detail: '' };
      case 'UNREADABLE':
        charge(account, lookup);
        return { kind: 'UNKNOWN', code: 'PROVIDER_ANSWER_UNREADABLE', cause: 'UNREADABLE', detail: '' };
      case 'CLIENT_THROWS':
        charge(account, lookup);
        throw new Error('a fault of the client');
    }
  };

  return {
    keyOf,
    accountOf,
    concurrent,
    charged: (account) => [...(bought[account] ?? [])],
    rotate: (account) => {
      generation[account] = (generation[account] ?? 0) + 1;
    },
    expect: (recordId, next) => {
      nexts.set(recordId, [...(nexts.get(recordId) ?? []), next]);
    },
    behave: () => nexts.clear(),
    forgetCalls: (isOver) => {
      for (const [call, processId] of inProgress) if (isOver(processId)) inProgress.delete(call);
    },
    find: async ({ key, processId }, lookup) => {
      const account = accountOf(key);
      const next = nexts.get(companyBy(lookup.by)?.id ?? '')?.shift() ?? { trouble: null, takesMs: 1 };
      // A known record is fetched by its id, whatever it was looked up by: those calls do not count.
      const call = `${account} ${lookup.by.kind} ${lookup.by.value} ${lookup.country}`;
      if (lookup.by.kind !== 'id') {
        if (inProgress.has(call)) concurrent.push(call);
        inProgress.set(call, processId);
      }
      try {
        await sleep(next.takesMs / 2);
        if (key !== keyOf(account)) return { kind: 'REFUSED', code: 'KEY_REFUSED' };
        return answer(account, lookup, next.trouble);
      } finally {
        if (inProgress.get(call) === processId) inProgress.delete(call);
      }
    },
  };
};
