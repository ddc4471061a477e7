import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createToken } from '../../src/tokens/create-token.js';
import { dataOf, startGateway, type TestGateway } from '../http/start-gateway.js';
import { subscribe, untilNothingIsOpen } from './subscribe.js';

let gateway: TestGateway;
let other: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  other = await gateway.startBeside();
});
afterAll(async () => {
  await other.close();
  await gateway.close();
});
afterEach(() => untilNothingIsOpen(gateway));

const watch = 'subscription J($id: ID!) { job(id: $id) { state sandbox progress counts { done } } }';
type Watched = { state: string; sandbox: boolean | null; progress: number; counts: { done: number } };

const createJob = async (domains: readonly string[]): Promise<string> => {
  const input = {
    operation: 'COMPANY',
    source: { companies: domains.map((domain) => ({ domain })) },
    maxCredits: 'UNLIMITED',
    start: false,
  };
  const created = await gateway.post(
    'mutation C($input: CreateJobInput!) { createJob(input: $input) { job { id } userErrors { message } } }',
    { input },
  );
  const { job, userErrors } = dataOf<{ job: { id: string } | null; userErrors: object[] }>(
    created,
    'createJob',
  );
  if (job === null) throw new Error(JSON.stringify(userErrors));
  return job.id;
};
const change = (mutation: string, id: string) =>
  gateway.post(`mutation M($id: ID!) { ${mutation}(id: $id) { userErrors { message } } }`, { id });

it('sends a job at once and each change, from any instance, and completes after its final state', async () => {
  const id = await createJob(Array.from({ length: 20 }, (_, at) => `company-${at}.example`));
  const streams = await Promise.all(
    [gateway, other].map((one) => subscribe(one, watch, { variables: { id } })),
  );
  for (const { until } of streams) {
    expect(await until(1)).toEqual([
      { data: { job: { state: 'PAUSED', sandbox: null, progress: 0, counts: { done: 0 } } } },
    ]);
  }
  await change('resumeJob', id);
  for (const { ended, events } of streams) {
    expect(await ended).toBe('COMPLETE');
    const states = events.map(({ data }): Watched => JSON.parse(JSON.stringify(data?.['job'])));
    expect(states.at(-1)).toEqual({ state: 'COMPLETED', sandbox: true, progress: 1, counts: { done: 20 } });
    const progress = states.map((state) => state.progress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(new Set(states.map((state) => JSON.stringify(state))).size).toBe(states.length);
  }
  const late = await subscribe(gateway, watch, { variables: { id } });
  expect(await late.ended).toBe('COMPLETE');
  expect(late.events).toEqual([streams[0]?.events.at(-1)]);
});

it('completes when the job is canceled, and for one that the token may not see', async () => {
  const id = await createJob(['canceled.example']);
  const stream = await subscribe(gateway, watch, { variables: { id } });
  await stream.until(1);
  await change('cancelJob', id);
  expect(await stream.ended).toBe('COMPLETE');
  expect(stream.events.at(-1)?.data?.['job']).toMatchObject({ state: 'CANCELED' });

  const admin = await gateway.context.findCaller(gateway.token);
  const scoped = { name: 'scoped', role: 'MEMBER', scopes: { operations: ['COMPANY'] } } as const;
  const { secret } = await createToken(gateway.context, admin, scoped);
  const hidden = await subscribe(gateway, watch, { variables: { id }, token: secret });
  expect(await hidden.ended).toBe('COMPLETE');
  expect(hidden.events).toEqual([{ data: { job: null } }]);
});
