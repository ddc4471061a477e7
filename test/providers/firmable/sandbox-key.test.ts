import { expect, onTestFinished, test } from 'vitest';
import { clientOf, sceneOf } from './ask-upstream.js';
import { byDomain, fullCompany } from './examples.js';
import { json, startUpstream } from './start-upstream.js';

const sandboxKey = 'fbl_sandbox_demo_0001';

test('a sandbox key goes to the sandbox, every other key to Firmable', async () => {
  const sandbox = await startUpstream((response) => json(response, 200, fullCompany));
  onTestFinished(sandbox.close);
  const scene = await sceneOf((response) => json(response, 200, fullCompany), {
    sandboxBaseUrl: sandbox.url,
  });
  await scene.firmable.findCompany({ ...scene.call, key: sandboxKey }, byDomain);
  expect([sandbox.seen.length, scene.seen.length]).toEqual([1, 0]);
  await scene.firmable.findCompany(scene.call, byDomain);
  expect([sandbox.seen.length, scene.seen.length]).toEqual([1, 1]);
});

test('a sandbox key is never sent to Firmable where the sandbox is off', async () => {
  const scene = await sceneOf((response) => json(response, 200, fullCompany));
  const call = { ...scene.call, key: sandboxKey };
  expect(await scene.firmable.findCompany(call, byDomain)).toMatchObject({ kind: 'BROKEN', sent: false });
  expect(await scene.firmable.verify(call)).toMatchObject({ kind: 'BROKEN', sent: false });
  expect(scene.seen).toEqual([]);
  expect(scene.turns()).toBe(0);
});

test('a base address with a path keeps it', async () => {
  const upstream = await startUpstream((response) => json(response, 200, fullCompany));
  onTestFinished(upstream.close);
  const client = clientOf(`${upstream.url}/firmable/`);
  await client.firmable.findCompany(client.call, byDomain);
  expect(upstream.seen[0]?.url).toBe('/firmable/company?fqdn=yarra.example&country=AU');
});
