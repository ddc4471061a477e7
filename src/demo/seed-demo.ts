import type { Caller } from '../access/caller.js';
import { createConnection } from '../connections/create-connection.js';
import type { ProviderKeys } from '../connections/provider-keys.js';
import type { Vault } from '../connections/vault.js';
import { unlimited } from '../enrichment/allowance.js';
import type { Enrichment } from '../enrichment/lookup.js';
import type { Database } from '../platform/database.js';
import { sampleCompanies, samplePeople } from '../sandbox/samples.js';

// Records without a field of an odd type, whose warning would stand above the greeting.
const bought = new Set(['f000000100006', 'f000000100007', 'f000000100013']);

const demoConnections = [
  { provider: 'FIRMABLE', name: 'Firmable sandbox', key: 'fbl_sandbox_demo' },
  { provider: 'PEOPLE_DATA_LABS', name: 'People Data Labs sandbox', key: 'pdl_sandbox_demo' },
  { provider: 'APOLLO', name: 'Apollo sandbox', key: 'apollo_sandbox_demo' },
] as const;

/**
 * Fills an empty gateway with something to look at: a sandbox connection for each provider and a few records bought at
 * Firmable's, in the same way as everything later. The flagship stays unbought, so that the first query shows what a first time costs.
 */
export const seedDemo = async (
  deps: { database: Database; vault: Vault; providerKeys: ProviderKeys; enrichment: Enrichment },
  caller: Caller,
): Promise<void> => {
  for (const { provider, name, key } of demoConnections) {
    await createConnection(deps, caller, { provider, name, key, verify: false });
  }
  const request = {
    caller,
    callerKeys: {},
    workflow: 'demo',
    allowance: unlimited,
    tally: { charged: 0n, saved: 0n, reserved: 0n },
  };
  await deps.enrichment.lookUpCompanies(
    request,
    sampleCompanies.filter(({ id }) => bought.has(id)).map(({ domain }) => ({ domain })),
    {},
  );
  await deps.enrichment.lookUpPeople(
    request,
    samplePeople.slice(1).map(({ linkedin }) => ({ linkedin })),
    {},
  );
};
