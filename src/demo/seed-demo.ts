import type { Caller } from '../access/caller.js';
import { createConnection } from '../connections/create-connection.js';
import type { KeyDesk } from '../connections/key-desk.js';
import type { Vault } from '../connections/vault.js';
import { unlimited } from '../enrichment/allowance.js';
import type { Enrichment } from '../enrichment/create-enrichment.js';
import type { Database } from '../platform/database.js';
import { sampleCompanies, samplePeople } from '../sandbox/samples.js';

// Records without a field of an odd type, whose warning would stand above the greeting.
const bought = new Set(['f000000100006', 'f000000100007', 'f000000100013']);

/**
 * Fills an empty gateway with something to look at: a sandbox connection and a few records bought through it, in the
 * same way as everything later. The flagship stays unbought, so that the first query shows what a first time costs.
 */
export const seedDemo = async (
  deps: { database: Database; vault: Vault; keyDesk: KeyDesk; enrichment: Enrichment },
  caller: Caller,
): Promise<void> => {
  await createConnection(deps, caller, {
    provider: 'FIRMABLE',
    name: 'Firmable sandbox',
    key: 'fbl_sandbox_demo',
    verify: false,
  });
  const request = {
    caller,
    callerKeys: {},
    workflow: 'demo',
    allowance: unlimited,
    tally: { charged: 0n, saved: 0n, reserved: 0n },
  };
  await deps.enrichment.askCompanies(
    request,
    sampleCompanies.filter(({ id }) => bought.has(id)).map(({ domain }) => ({ domain })),
    {},
  );
  await deps.enrichment.askPeople(
    request,
    samplePeople.slice(1).map(({ linkedin }) => ({ linkedin })),
    {},
  );
};
