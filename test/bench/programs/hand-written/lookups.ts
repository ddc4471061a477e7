import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { newId } from '../../../../src/platform/ids.js';
import { type Charge, findKnown, type Known, type Lookup, recordHits, reserve, settle } from './ledger.js';
import { type Company, type Provider, readCompany } from './provider.js';

export type LookupResult = {
  outcome: 'FOUND' | 'NOT_FOUND';
  receipt: { charge: Charge };
  company: Company | null;
};

export type Lookups = (domains: readonly string[]) => Promise<LookupResult[]>;

/** Makes the function that looks up companies: known records from their snapshots, the others at the provider. */
export const createLookups = (
  db: PostgresJsDatabase,
  provider: Provider,
  account: Pick<Lookup, 'workspaceId' | 'tokenId'>,
): Lookups => {
  const calls = new Map<string, Promise<LookupResult>>();

  const buy = async (domain: string): Promise<LookupResult> => {
    const lookup = newLookup(account, domain);
    const { reservedAt } = await reserve(db, lookup);
    const startedMs = performance.now();
    const latencyMs = (): number => Math.round(performance.now() - startedMs);
    let body: string | null;
    let company: Company | null;
    try {
      body = await provider.fetchCompany(domain);
      company = body === null ? null : readCompany(body);
    } catch (error) {
      await settle(db, lookup, { reservedAt, outcome: 'FAILED', found: null, latencyMs: latencyMs() });
      throw error;
    }
    const outcome = company === null ? 'NOT_FOUND' : 'FOUND';
    const found = company === null || body === null ? null : { ...keysOf(company, domain), body };
    const charge = await settle(db, lookup, { reservedAt, outcome, found, latencyMs: latencyMs() });
    return { outcome, receipt: { charge }, company };
  };

  /** Lookups of the same record share one call. */
  const buyOnce = (domain: string): Promise<LookupResult> => {
    const started = calls.get(domain);
    if (started !== undefined) return started;
    const call = buy(domain).finally(() => calls.delete(domain));
    calls.set(domain, call);
    return call;
  };

  return async (domains) => {
    const known = await findKnown(db, account.workspaceId, domains.map(keyOf));
    const hits = domains.flatMap((domain) => {
      const record = known.get(keyOf(domain));
      return record === undefined ? [] : [{ lookup: newLookup(account, domain), known: record }];
    });
    if (hits.length > 0) await recordHits(db, hits);
    return Promise.all(
      domains.map(async (domain) => {
        const record = known.get(keyOf(domain));
        return record === undefined ? await buyOnce(domain) : fromSnapshot(record);
      }),
    );
  };
};

const fromSnapshot = ({ body }: Known): LookupResult => ({
  outcome: 'FOUND',
  receipt: { charge: 'ALREADY_UNLOCKED' },
  company: readCompany(body),
});

const newLookup = (account: Pick<Lookup, 'workspaceId' | 'tokenId'>, domain: string): Lookup => ({
  ...account,
  id: newId(),
  workflow: 'bench',
  lookupKey: keyOf(domain),
});

const keyOf = (domain: string): string => `company:domain:${domain}`;

const keysOf = ({ id, fqdn, linkedin, industry_codes: codes }: Company, domain: string) => {
  const recordKey = `company:id:${id}`;
  const lookupKeys = new Set([recordKey, keyOf(domain)]);
  if (fqdn) lookupKeys.add(keyOf(fqdn));
  if (linkedin) lookupKeys.add(`company:linkedin:${linkedin}`);
  if (codes?.abn) lookupKeys.add(`company:abn:${codes.abn}`);
  return { recordKey, lookupKeys: [...lookupKeys] };
};
