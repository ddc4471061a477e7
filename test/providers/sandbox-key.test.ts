import { describe, expect, onTestFinished, test } from 'vitest';
import { json, startUpstream } from './firmable/start-upstream.js';
import { clientOf, scenarioOf } from './scenario.js';
import { subjects } from './subjects.js';

describe.each(subjects)('of $title', (subject) => {
  const { byDomain, byEmail, companyBody, sandboxKey, companyUrl } = subject;

  test('a sandbox key goes to the sandbox, every other key to the provider', async () => {
    const sandbox = await startUpstream((response) => json(response, 200, companyBody));
    onTestFinished(sandbox.close);
    const scenario = await scenarioOf(subject, (response) => json(response, 200, companyBody), {
      sandboxBaseUrl: sandbox.url,
    });
    await scenario.provider.findCompany({ ...scenario.call, key: sandboxKey }, byDomain);
    expect([sandbox.seen.length, scenario.seen.length]).toEqual([1, 0]);
    await scenario.provider.findCompany(scenario.call, byDomain);
    expect([sandbox.seen.length, scenario.seen.length]).toEqual([1, 1]);
  });

  test('a sandbox key is never sent to the provider where the sandbox is off', async () => {
    const scenario = await scenarioOf(subject, (response) => json(response, 200, companyBody));
    const call = { ...scenario.call, key: sandboxKey };
    const refused = { kind: 'BROKEN', sent: false };
    expect(await scenario.provider.findCompany(call, byDomain)).toMatchObject(refused);
    expect(await scenario.provider.findPerson(call, byEmail)).toMatchObject(refused);
    expect(await scenario.provider.verify(call)).toMatchObject(refused);
    expect((await scenario.provider.readBalance?.(call)) ?? refused).toMatchObject(refused);
    expect(scenario.seen).toEqual([]);
    expect(scenario.turns()).toBe(0);
  });

  test('a base address with a path keeps it', async () => {
    const upstream = await startUpstream((response) => json(response, 200, companyBody));
    onTestFinished(upstream.close);
    const client = clientOf(subject, `${upstream.url}/proxy/`);
    await client.provider.findCompany(client.call, byDomain);
    expect(upstream.seen[0]?.url).toBe(`/proxy${companyUrl}`);
  });
});
