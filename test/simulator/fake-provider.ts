import { setTimeout as sleep } from 'node:timers/promises';
import { readCompany } from '../../src/providers/firmable/read-company.js';
import type { CompanyLookup, Found, NoRecord } from '../../src/providers/provider.js';
import type { CompanyRecord } from '../../src/providers/records.js';
import type { Trouble } from './history.js';
import { bodyOf, companies, companyBy } from './world.js';

type Verdict = Found<CompanyRecord> | NoRecord;

/** The provider as an independent model: it remembers what each account has bought, and counts what it charges. */
export type FakeProvider = {
  ask: (from: { key: string; processId: string }, lookup: CompanyLookup) => Promise<Verdict>;
  /** What befalls the next call for this record, and how long it takes. */
  expect: (recordId: string, next: { trouble: Trouble | null; takesMs: number }) => void;
  /** The ids of the records that the account has been charged for, once each. */
  charged: (account: number) => string[];
  keyOf: (account: number) => string;
  accountOf: (key: string) => number;
  rotate: (account: number) => void;
  /** Calls made for one identifier of one account while another one was under way in a living process. */
  doubled: string[];
  /** Forgets which calls are under way: their reservations are over. */
  forgive: (isOver: (processId: string) => boolean) => void;
  /** From now on every call is answered as it should be. */
  behave: () => void;
};

const accountsCount = 2;

const accountOf = (key: string): number => Number(key['fbl_sim'.length]);

export const createFakeProvider = (recordsCount: number): FakeProvider => {
  const existing = companies.slice(0, recordsCount);
  const bought = Array.from({ length: accountsCount }, () => new Set<string>());
  const generation = Array.from({ length: accountsCount }, () => 0);
  const nexts = new Map<string, { trouble: Trouble | null; takesMs: number }[]>();
  const underWay = new Map<string, string>();
  const doubled: string[] = [];

  const keyOf = (account: number): string => `fbl_sim${account}_${generation[account]}`;

  const charge = (account: number, lookup: CompanyLookup): Verdict => {
    const company = companyBy(lookup.by);
    if (company === undefined || !existing.includes(company)) return { kind: 'NOT_FOUND' };
    bought[account]?.add(company.id);
    const raw = bodyOf(company, lookup.country);
    const read = readCompany(raw);
    if (read === null) throw new Error('the fake provider writes what the real client cannot read');
    return { kind: 'FOUND', raw: () => raw, ...read };
  };

  const answer = (account: number, lookup: CompanyLookup, trouble: Trouble | null): Verdict => {
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
        return { kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT', detail: '' };
      case 'TIMEOUT_UNCHARGED':
        return { kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT', detail: '' };
      case 'CUT':
        charge(account, lookup);
        return { kind: 'UNKNOWN', code: 'PROVIDER_UNAVAILABLE', detail: '' };
      case 'UNREADABLE':
        charge(account, lookup);
        return { kind: 'UNKNOWN', code: 'PROVIDER_ANSWER_UNREADABLE', detail: '' };
      case 'CLIENT_THROWS':
        charge(account, lookup);
        throw new Error('a fault of the client');
    }
  };

  return {
    keyOf,
    accountOf,
    doubled,
    charged: (account) => [...(bought[account] ?? [])],
    rotate: (account) => {
      generation[account] = (generation[account] ?? 0) + 1;
    },
    expect: (recordId, next) => {
      nexts.set(recordId, [...(nexts.get(recordId) ?? []), next]);
    },
    behave: () => nexts.clear(),
    forgive: (isOver) => {
      for (const [call, processId] of underWay) if (isOver(processId)) underWay.delete(call);
    },
    ask: async ({ key, processId }, lookup) => {
      const account = accountOf(key);
      const next = nexts.get(companyBy(lookup.by)?.id ?? '')?.shift() ?? { trouble: null, takesMs: 1 };
      // A known record is fetched by its id, whatever it was asked by: those calls are not one.
      const call = `${account} ${lookup.by.kind} ${lookup.by.value} ${lookup.country}`;
      if (lookup.by.kind !== 'id') {
        if (underWay.has(call)) doubled.push(call);
        underWay.set(call, processId);
      }
      try {
        await sleep(next.takesMs / 2);
        if (key !== keyOf(account)) return { kind: 'REFUSED', code: 'KEY_REFUSED' };
        return answer(account, lookup, next.trouble);
      } finally {
        if (underWay.get(call) === processId) underWay.delete(call);
      }
    },
  };
};
