import { expect, it } from 'vitest';
import type { RecordField } from '../../src/providers/provider.js';
import type { ProviderName } from '../../src/providers/catalogue.js';
import type { Step } from '../../src/waterfalls/step.js';
import { entriesOf } from '../ledger/setup.js';
import type { Action } from '../support/fake-providers.js';
import { openScenario, requestOf, store, useScenarios } from './scripted-scenario.js';

useScenarios();

const sumOf = (numbers: readonly (number | bigint)[]): number =>
  numbers.reduce<number>((sum, one) => sum + Number(one), 0);

const found = (credits: number): Action => ({ kind: 'FOUND', credits, phone: true, email: true });
const at = (provider: ProviderName, require: RecordField[] = []): Step => ({
  provider,
  connectionId: null,
  require,
});

it('charges what the provider reports when it is more than its maximum', async () => {
  const scenario = await openScenario(() => found(12));
  const request = requestOf(scenario.caller);
  const by = { domain: 'one.example' };
  const result = await scenario.enrichment.lookUpCompany(request, by, { waterfall: [at('APOLLO')] });
  expect(result.receipt).toMatchObject({ charge: 'CHARGED', creditsCharged: 12n });
  expect(request.tally.charged).toBe(12n);
  expect(sumOf((await entriesOf(store.database, scenario)).map(({ credits }) => credits))).toBe(12);
});

it('charges a miss when its provider does', async () => {
  const scenario = await openScenario(() => ({ kind: 'NOT_FOUND', credits: 1 }));
  const by = { domain: 'one.example' };
  const options = { waterfall: [at('PEOPLE_DATA_LABS'), at('FIRMABLE')] };
  const result = await scenario.enrichment.lookUpCompany(requestOf(scenario.caller), by, options);
  expect(result).toMatchObject({ outcome: 'NOT_FOUND', receipt: { charge: 'CHARGED', creditsCharged: 1n } });
  expect(result.receipt.attempts).toMatchObject([
    { outcome: 'NOT_FOUND', charge: 'CHARGED', creditsCharged: 1n },
    { outcome: 'NOT_FOUND', charge: 'NOT_FOUND', creditsCharged: 0n },
  ]);
});

it('calls again when a lookup without required fields waited for a miss because of them', async () => {
  const scenario = await openScenario((_, __, { require }) =>
    require.length > 0 ? { kind: 'NOT_FOUND', credits: 0 } : found(1),
  );
  const by = { domain: 'one.example' };
  const lookUp = (require: RecordField[]) =>
    scenario.enrichment.lookUpCompany(requestOf(scenario.caller), by, {
      waterfall: [at('PEOPLE_DATA_LABS', require)],
    });
  const [picky, easy] = await Promise.all([lookUp(['PHONE']), lookUp([])]);
  expect(easy.outcome).toBe('FOUND');
  expect(['FOUND', 'NOT_FOUND']).toContain(picky.outcome);
  expect(scenario.charged.PEOPLE_DATA_LABS).toBe(1);
});

it('returns a miss to all when many lookups require a field that no provider has', async () => {
  const scenario = await openScenario(() => ({ kind: 'NOT_FOUND', credits: 0 }));
  const by = { domain: 'one.example' };
  const options = { waterfall: [at('PEOPLE_DATA_LABS', ['PHONE'])] };
  const results = await Promise.all(
    Array.from({ length: 40 }, () =>
      scenario.enrichment.lookUpCompany(requestOf(scenario.caller), by, options),
    ),
  );
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['NOT_FOUND']));
  expect(new Set(results.map(({ receipt }) => receipt.attempts[0]?.code))).toEqual(
    new Set(['FIELDS_MISSING']),
  );
});
