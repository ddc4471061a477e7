import { expect, it } from 'vitest';
import type { CallFacts } from '../../src/enrichment/lookup-result.js';
import type { ProviderName } from '../../src/providers/catalogue.js';
import { resultOf } from '../../src/jobs/finished-row.js';
import { receipt } from '../support/fake-enrichment.js';

const call = (called: ProviderName | null): CallFacts => ({ called, host: null, cause: null });
const providerOf = (outcome: 'FOUND' | 'REFUSED' | 'FAILED', called: (ProviderName | null)[]) =>
  resultOf(
    {
      outcome,
      problem: null,
      receipt: { ...receipt(0n), provider: 'PEOPLE_DATA_LABS' },
      calls: called.map(call),
      snapshots: [],
    },
    { by: { domain: 'a.example' }, numbers: [1] },
  ).provider;

it('has the provider of the record when there is one', () => {
  expect(providerOf('FOUND', [null, 'APOLLO'])).toBe('PEOPLE_DATA_LABS');
});

it('has the provider that was asked last when there is no record', () => {
  expect(providerOf('FAILED', ['FIRMABLE', 'APOLLO', null])).toBe('APOLLO');
});

it('has no provider when none was asked', () => {
  expect(providerOf('REFUSED', [null, null])).toBeNull();
});
