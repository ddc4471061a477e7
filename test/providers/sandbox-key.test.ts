import { describe, expect, it, onTestFinished } from 'vitest';
import { json, startUpstream } from './firmable/start-upstream.js';
import { clientOf, scenarioOf } from './scenario.js';
import { clients } from './clients.js';

describe.each(clients)('the client of $title', (clientCase) => {
  const { byDomain, byEmail, companyBody, sandboxKey, companyUrl } = clientCase;

  it('sends sandbox keys to the sandbox, and other keys to the provider', async () => {
    const sandbox = await startUpstream((response) => json(response, 200, companyBody));
    onTestFinished(sandbox.close);
    const scenario = await scenarioOf(clientCase, (response) => json(response, 200, companyBody), {
      sandboxBaseUrl: sandbox.url,
    });
    await scenario.provider.findCompany({ ...scenario.call, key: sandboxKey }, byDomain);
    expect([sandbox.seen.length, scenario.seen.length]).toEqual([1, 0]);
    await scenario.provider.findCompany(scenario.call, byDomain);
    expect([sandbox.seen.length, scenario.seen.length]).toEqual([1, 1]);
  });

  it('never sends a sandbox key to the provider when the sandbox is off', async () => {
    const scenario = await scenarioOf(clientCase, (response) => json(response, 200, companyBody));
    const call = { ...scenario.call, key: sandboxKey };
    const refused = { kind: 'BROKEN', sent: false };
    expect(await scenario.provider.findCompany(call, byDomain)).toMatchObject(refused);
    expect(await scenario.provider.findPerson(call, byEmail)).toMatchObject(refused);
    expect(await scenario.provider.verify(call)).toMatchObject(refused);
    expect((await scenario.provider.readBalance?.(call)) ?? refused).toMatchObject(refused);
    expect(scenario.seen).toEqual([]);
    expect(scenario.permits()).toBe(0);
  });

  it('keeps the path of the base URL', async () => {
    const upstream = await startUpstream((response) => json(response, 200, companyBody));
    onTestFinished(upstream.close);
    const client = clientOf(clientCase, `${upstream.url}/proxy/`);
    await client.provider.findCompany(client.call, byDomain);
    expect(upstream.seen[0]?.url).toBe(`/proxy${companyUrl}`);
  });
});
