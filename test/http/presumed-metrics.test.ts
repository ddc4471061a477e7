import { expect, it, onTestFinished } from 'vitest';
import { ended, openLedger, requestFor } from '../ledger/setup.js';
import { parseMetrics } from './parse-metrics.js';
import { startGateway } from './start-gateway.js';

it('shows count, credits and age of the oldest by provider, until they are resolved', async () => {
  const gateway = await startGateway();
  onTestFinished(() => gateway.close());
  const { database } = gateway.context;
  const { workspaceId } = await gateway.context.findCaller(gateway.token);
  const ledger = openLedger(database);
  for (const name of ['one', 'two']) {
    const request = requestFor({ workspaceId, accountId: workspaceId }, `person:id:${name}`, {
      credits: 9n,
      refetchCredits: 9n,
      labels: { provider: 'APOLLO' },
    });
    await ledger.reserve(request);
    await ledger.settle(ended(request, 'UNKNOWN'));
  }
  await ledger.close(1_000);
  await database.sql`update reservations set reserved_at = now() - interval '2 days'`;

  const valueOf = async (name: string, provider: string): Promise<number | undefined> => {
    const response = await fetch(`${gateway.url}/metrics`, {
      headers: { authorization: `Bearer ${gateway.token}` },
    });
    const family = parseMetrics(await response.text()).get(`firmable_gateway_${name}`);
    return family?.samples.find(({ labels }) => labels['provider'] === provider)?.value;
  };
  expect(await valueOf('presumed_charges', 'APOLLO')).toBe(2);
  expect(await valueOf('presumed_credits', 'APOLLO')).toBe(18);
  expect(await valueOf('presumed_charge_oldest_age_seconds', 'APOLLO')).toBeGreaterThan(172_000);
  expect(await valueOf('presumed_charges', 'FIRMABLE')).toBe(0);

  await gateway.post(
    'mutation { resolvePresumedCharges(input: { filter: {}, charged: false, reason: "test" }) { resolvedCount } }',
  );
  expect(await valueOf('presumed_charges', 'APOLLO')).toBe(0);
  expect(await valueOf('presumed_charge_oldest_age_seconds', 'APOLLO')).toBeUndefined();
});
