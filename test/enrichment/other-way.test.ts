import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { companyLookupKey } from '../../src/enrichment/identifiers/record-keys.js';
import type { LookupOptions } from '../../src/enrichment/lookup-request.js';
import { declareUnlocks } from '../../src/ledger/declare-unlocks.js';
import { listEntries } from '../../src/usage/entry.js';
import type { TestDatabase } from '../support/database.js';
import { limitWorkspace } from '../ledger/setup.js';
import { type Client, type EnrichmentApp, openApp, openStore } from './setup.js';
import { booksOf, parent, startSharedFirmable, subsidiary } from './shared-firmable.js';

const domain = 'shared.example';
/** The id that an import declared for the domain. The provider has no such company. */
const wrongId = 'f000000009999';
const recordKey = companyLookupKey({ kind: 'id', value: wrongId });

let provider: Awaited<ReturnType<typeof startSharedFirmable>>;
let store: TestDatabase;
let app: EnrichmentApp;
let client: Client;
beforeEach(async () => {
  provider = await startSharedFirmable();
  store = await openStore();
  app = await openApp(store, { baseUrl: provider.url });
  client = await app.open(`fbl_${'k'.repeat(40)}`);
  provider.setOwner(parent);
  const [connection] = await app.database.sql<{ account_id: string }[]>`
    select account_id from connections where workspace_id = ${client.workspaceId}`;
  await declareUnlocks(
    app,
    {
      workspaceId: client.workspaceId,
      accountId: connection?.account_id ?? '',
      operation: 'COMPANY',
      provider: 'FIRMABLE',
      sandbox: false,
      price: 1n,
      records: [{ recordKey, lookupKeys: [recordKey, companyLookupKey({ kind: 'domain', value: domain })] }],
    },
    async () => {},
  );
});
afterEach(() => provider.close());

const lookUp = async (by: { domain?: string; id?: string } = { domain }, options: LookupOptions = {}) => {
  const { record, outcome, problem, receipt } = await app.enrichment.lookUpCompany(
    client.request(),
    by,
    options,
  );
  const result = record?.id ?? problem?.code ?? outcome;
  return { shown: `${result} ${receipt.charge} ${receipt.creditsCharged}`, receipt };
};
const shownBy = async (by?: { domain?: string; id?: string }, options?: LookupOptions): Promise<string> =>
  (await lookUp(by, options)).shown;

/** The ledger, its own audit and the provider agree. */
const agrees = async (): Promise<void> => {
  const spent = provider.charged().length;
  expect(await booksOf(app.database, client)).toEqual({ spent, disagreements: [] });
};

describe('a domain whose declared id the provider does not have', () => {
  it('leads to the company that the provider has, which is paid for once', async () => {
    expect(await shownBy()).toBe(`${parent.id} CHARGED 1`);
    expect(provider.paths()).toEqual([`/company?id=${wrongId}`, `/company?fqdn=${domain}`]);
    expect(await shownBy()).toBe(`${parent.id} ALREADY_UNLOCKED 0`);
    expect(await shownBy({ domain }, { maxCredits: 0 })).toBe(`${parent.id} ALREADY_UNLOCKED 0`);
    expect(provider.paths()).toEqual([]);
    await agrees();
  });

  it('has both calls on its receipt', async () => {
    const { receipt } = await lookUp();
    expect(receipt.attempts.map(({ outcome, creditsCharged }) => [outcome, creditsCharged])).toEqual([
      ['NOT_FOUND', 0n],
      ['FOUND', 1n],
    ]);
    const entries = await app.database.sql`
      select outcome, lookup_id from entries where workspace_id = ${client.workspaceId} order by id`;
    expect(entries.map(({ outcome }) => outcome)).toEqual(['NOT_FOUND', 'FOUND']);
    expect(new Set(entries.map((entry) => entry['lookup_id'])).size).toBe(1);
  });

  it('is one lookup in reports, and all its attempts are listed as its entries', async () => {
    const { receipt } = await lookUp(
      { domain },
      {
        waterfall: [
          { provider: 'FIRMABLE', connectionId: null, require: ['PHONE'] },
          { provider: 'FIRMABLE', connectionId: null, require: [] },
        ],
      },
    );
    expect(receipt.attempts.map(({ step, outcome }) => [step, outcome])).toEqual([
      [1, 'NOT_FOUND'],
      [2, 'FOUND'],
      [3, 'FOUND'],
    ]);
    const listed = await listEntries(app, client.request().caller, {
      first: 10,
      after: null,
      filter: { lookupId: receipt.id },
    });
    const rows = receipt.attempts.map(({ entryId, step }) => [entryId, step]);
    expect(listed.items.map(({ id, step }) => [id, step])).toEqual(rows.toReversed());
    const [usage] = await app.database.sql`
      select sum(lookups)::int as lookups, sum(attempts)::int as attempts from usage_buckets
      where workspace_id = ${client.workspaceId}`;
    expect(usage).toEqual({ lookups: 1, attempts: 3 });
    await agrees();
  });

  it('is not found where the provider has none by the domain either, each time for free', async () => {
    provider.setOwner(null);
    expect(await shownBy()).toBe('NOT_FOUND NOT_FOUND 0');
    expect(await shownBy()).toBe('NOT_FOUND NOT_FOUND 0');
    expect(provider.paths()).toHaveLength(4);
    await agrees();
  });

  it('is refused where the lookup may spend nothing', async () => {
    expect(await shownBy({ domain }, { maxCredits: 0 })).toBe('MAX_CREDITS_EXCEEDED NONE 0');
    expect(provider.paths()).toEqual([`/company?id=${wrongId}`]);
    await agrees();
  });

  it('is refused where a budget is full, as a new lookup is', async () => {
    await limitWorkspace(app.database, client.workspaceId, 0);
    expect(await shownBy()).toBe('BUDGET_EXCEEDED NONE 0');
    expect(provider.paths()).toEqual([`/company?id=${wrongId}`]);
    expect(await shownBy({ domain: 'new.example' })).toBe('BUDGET_EXCEEDED NONE 0');
    await agrees();
  });

  it('is paid for once by lookups at the same time, on two instances', async () => {
    const other = await openApp(store, { baseUrl: provider.url });
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        (at % 2 === 0 ? app : other).enrichment.lookUpCompany(client.request(), { domain }, {}),
      ),
    );
    expect(new Set(results.map(({ record, problem }) => record?.id ?? problem?.code))).toEqual(
      new Set([parent.id]),
    );
    expect(provider.charged()).toEqual([parent.id]);
    await agrees();
  });

  it('leaves the declared id itself not found', async () => {
    expect(await shownBy({ id: wrongId })).toBe('NOT_FOUND NOT_FOUND 0');
    expect(provider.paths()).toEqual([`/company?id=${wrongId}`]);
  });

  it('is looked up by the domain first with maxAge', async () => {
    provider.setOwner(subsidiary);
    expect(await shownBy({ domain }, { maxAgeSeconds: 0 })).toBe(`${subsidiary.id} CHARGED 1`);
    expect(provider.paths()).toEqual([`/company?fqdn=${domain}`]);
    await agrees();
  });

  it('says that nothing is counted where the free call is lost, to those who wait for it, too', async () => {
    provider.setSilent(true);
    const results = await Promise.all(
      [1, 2, 3].map(() => app.enrichment.lookUpCompany(client.request(), { domain }, {})),
    );
    expect(results.map(({ outcome, receipt }) => [outcome, receipt.charge])).toEqual(
      results.map(() => ['UNKNOWN', 'NONE']),
    );
    for (const { problem } of results) {
      expect(problem?.message).toMatch(
        /^The connection to Firmable was lost .* costs nothing, so nothing is counted\. Try again\.$/,
      );
    }
    provider.setSilent(false);
    await agrees();
  });
});
