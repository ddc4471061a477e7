import type { LookupResult } from '../../src/enrichment/lookup-result.js';
import type { LookupOptions, CompanyKey, PersonKey } from '../../src/enrichment/lookup-request.js';
import type { RecordField } from '../../src/providers/provider.js';
import type { ProviderName } from '../../src/providers/catalogue.js';
import type { Step } from '../../src/waterfalls/step.js';
import type { Client, EnrichmentApp } from './setup.js';

export const step = (
  provider: ProviderName,
  require: RecordField[] = [],
  connectionId: string | null = null,
): Step => ({
  provider,
  connectionId,
  require,
});
export const all = [step('FIRMABLE'), step('PEOPLE_DATA_LABS'), step('APOLLO')];
export const requiring = (...fields: RecordField[]) =>
  all.map(({ provider }) => ({ ...step('APOLLO', fields), provider }));

export const lookUpCompany = (
  app: EnrichmentApp,
  client: Client,
  by: CompanyKey,
  waterfall: Step[],
  more: LookupOptions = {},
) => app.enrichment.lookUpCompany(client.request(), by, { waterfall, ...more });
export const lookUpPerson = (
  app: EnrichmentApp,
  client: Client,
  by: PersonKey,
  waterfall: Step[],
  more: LookupOptions = {},
) => app.enrichment.lookUpPerson(client.request(), by, { waterfall, ...more });

export const attemptsOf = ({ receipt }: LookupResult<unknown>): string[] =>
  receipt.attempts.map(({ provider, outcome, code, creditsCharged }) =>
    [provider, outcome, code, creditsCharged].filter((word) => word !== null && word !== 0n).join(' '),
  );

export const payersOf = ({ receipt }: LookupResult<unknown>) =>
  receipt.attempts.map(({ payer }) => payer?.kind ?? null);

/** The client's entries in the shape of its receipts, one lookup after the other. */
export const attemptsEntered = async (app: EnrichmentApp, { workspaceId }: Client) =>
  await app.database.sql`
    select lookup_id as "lookupId", step, id as "entryId", provider, outcome, charge, credits::int as "creditsCharged",
      saved::int as "creditsSaved", connection_id as "connectionId", payer, from_snapshot as "fromSnapshot",
      problem as code, latency_ms as "latencyMs"
    from entries where workspace_id = ${workspaceId} order by lookup_id, step`;

export const attemptsReturned = (results: LookupResult<unknown>[]) =>
  results.flatMap(({ receipt }) =>
    receipt.attempts.map((attempt) => ({
      ...attempt,
      reason: undefined,
      registrableDomain: undefined,
      lookupId: receipt.id,
      payer: attempt.payer?.kind ?? null,
      creditsCharged: Number(attempt.creditsCharged),
      creditsSaved: Number(attempt.creditsSaved),
      // The missing fields of a found record are only in the result, not in the ledger.
      code: attempt.outcome === 'FOUND' ? null : attempt.code,
    })),
  );
