import { createHmac } from 'node:crypto';
import type { Caller } from './access/caller.js';
import { createConnection } from './connections/create-connection.js';
import { readKeyKinds } from './connections/read-connections.js';
import type { ProviderKeys } from './connections/provider-keys.js';
import type { Vault } from './connections/vault.js';
import { unlimited } from './enrichment/allowance.js';
import type { Enrichment } from './enrichment/lookup.js';
import type { Database } from './platform/database.js';
import { withTimeout } from './platform/with-timeout.js';
import { sampleCompanies, samplePeople } from './sandbox/samples.js';
import { newCounts } from './enrichment/lookup-request.js';

// Records without unexpected fields: each of those logs a warning above the startup banner.
const unlockedCompanies = new Set(['f000000100006', 'f000000100007', 'f000000100013']);

const demoConnections = [
  { provider: 'FIRMABLE', name: 'Firmable sandbox', key: 'fbl_sandbox_demo' },
  { provider: 'PEOPLE_DATA_LABS', name: 'People Data Labs sandbox', key: 'pdl_sandbox_demo' },
  { provider: 'APOLLO', name: 'Apollo sandbox', key: 'apollo_sandbox_demo' },
] as const;

/**
 * Fills an empty gateway: a sandbox connection for each provider, and a few records bought from Firmable's sandbox by
 * ordinary lookups. It does not buy the flagship, so that the first query shows the charge of a first lookup.
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
    requestId: null,
    maySpend: true,
    ...newCounts(),
  };
  const companies = sampleCompanies.filter(({ id }) => unlockedCompanies.has(id));
  await deps.enrichment.lookUpCompanies(
    request,
    companies.map(({ domain }) => ({ domain })),
    {},
  );
  await deps.enrichment.lookUpPeople(
    request,
    samplePeople.slice(1).map(({ linkedin }) => ({ linkedin })),
    {},
  );
};

/**
 * The token of the demo. It is derived from the encryption key, which never leaves the machine, so that it is the same
 * at every start although only its hash is stored.
 */
export const demoToken = (encryptionKey: Uint8Array): string =>
  `fgw_${createHmac('sha256', encryptionKey).update('firmable-gateway demo token').digest('base64url')}`;

const offerTimeoutMs = 1_500;

/**
 * Creates the function that offers the demo's token to a page. It returns null while the token is revoked or the
 * database does not answer, and for good once the workspace has used a real key: the token then opens more than a demo.
 */
export const createTokenOffer = (
  deps: { database: Database; findCaller: (token: string) => Promise<Caller> },
  token: string,
): (() => Promise<string | null>) => {
  let isOver = false;
  return async () => {
    if (isOver) return null;
    try {
      const { workspaceId } = await deps.findCaller(token);
      const kinds = await withTimeout(offerTimeoutMs, readKeyKinds(deps.database, workspaceId), timedOut);
      isOver = kinds.includes('REAL');
      return isOver ? null : token;
    } catch {
      return null;
    }
  };
};

const timedOut = (): Error => new Error('the database did not answer in time');
