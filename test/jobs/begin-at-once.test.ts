import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';

const tickMs = 250;
const hourMs = 3_600_000;

let gateway: TestGateway;
beforeAll(async () => {
  // No tick of the engine comes in the time of the test.
  const { setInterval } = globalThis;
  const slow = vi
    .spyOn(globalThis, 'setInterval')
    .mockImplementation((run, ms) => setInterval(run, ms === tickMs ? hourMs : ms));
  gateway = await startGateway({ env: { FIRMABLE_REQUESTS_PER_SECOND: '0' } });
  if (!slow.mock.calls.some(([, ms]) => ms === tickMs)) throw new Error('the engine has another tick');
  slow.mockRestore();
  await gateway.post(
    'mutation { createConnection(input: { provider: FIRMABLE, name: "ours", key: "fbl_sandbox_begin", verify: false }) { userErrors { code } } }',
  );
});
afterAll(() => gateway.close());

it('begins a job when it is created, not at the next tick', async () => {
  const source = {
    companies: [{ domain: 'a.example' }, { domain: 'b.example' }, { domain: 'not a domain' }],
  };
  const input = { operation: 'COMPANY', source, maxCredits: 10 };
  const { job } = dataOf<{ job: { id: string } }>(
    await gateway.post('mutation C($input: CreateJobInput!) { createJob(input: $input) { job { id } } }', {
      input,
    }),
    'createJob',
  );
  const done = async () =>
    dataOf<{ counts: { done: number } }>(
      await gateway.post('query J($id: ID!) { job(id: $id) { counts { done } } }', { id: job.id }),
      'job',
    ).counts.done;
  await expect.poll(done, { timeout: 20_000 }).toBeGreaterThan(0);
});
