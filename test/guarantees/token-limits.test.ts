import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type CountingFirmable, domainsFrom, startCountingFirmable } from './counting-firmable.js';
import { type CompanyAnswer, type Gateways, startGateways } from './gateways.js';

let store: TestDatabase;
let firmable: CountingFirmable;
let gateways: Gateways;

beforeAll(async () => {
  store = await createTestDatabase();
  firmable = await startCountingFirmable();
  gateways = await startGateways({ count: 3, store: { DATABASE_URL: store.url }, firmableUrl: firmable.url });
}, 120_000);
afterAll(async () => {
  await gateways.close();
  await firmable.close();
  await store.close();
});

/** Creates a token with limits; returns its id and the header that sends it. */
const createToken = async (limits: string) => {
  const { token, secret } = await gateways.read<{ token: { id: string }; secret: string }>(
    0,
    `mutation { field: createToken(input: { name: "limited", role: MEMBER, limits: { ${limits} } }) { token { id } secret } }`,
  );
  return { id: token.id, headers: { authorization: `Bearer ${secret}` } };
};

/** Looks up a list at one process. An answer of 503 is that of a busy machine: nothing was looked up, and it is sent again. */
const lookUpAs = async (
  headers: Record<string, string>,
  process: number,
  by: { domain: string }[],
): Promise<CompanyAnswer[]> => {
  const keys = by.map(({ domain }) => `{ domain: "${domain}" }`).join(', ');
  const query = `{ field: companies(by: [${keys}]) { outcome problem { code } receipt { creditsCharged } } }`;
  const { status, body } = await gateways.send(process, query, { headers });
  if (status === 503) return lookUpAs(headers, process, by);
  const { data }: { data: { field: CompanyAnswer[] } } = JSON.parse(JSON.stringify(body));
  return data.field;
};

const usedToday = async (id: string): Promise<{ lookups: number; credits: number }> => {
  const { usedToday: used } = await gateways.read<{ usedToday: { lookups: number; credits: number } }>(
    1,
    `{ field: node(id: "${id}") { ... on Token { usedToday { lookups credits } } } }`,
  );
  return used;
};

const countOf = (answers: CompanyAnswer[], outcomeOrCode: string): number =>
  answers.filter(({ outcome, problem }) => (problem?.code ?? outcome) === outcomeOrCode).length;

// New companies each time: a known one would cost nothing.
let firstNumber = 1;
const newDomains = (count: number): { domain: string }[] => {
  firstNumber += 1_000;
  return domainsFrom(firstNumber, count);
};

// A new day (UTC) in the middle of a test starts at 0: then the next try counts.
it('makes exactly the lookups of a day when three instances get more at once', {
  timeout: 60_000,
  retry: 1,
}, async () => {
  const { id, headers } = await createToken('lookupsPerDay: 50');
  const before = firmable.requests.length;
  const domains = newDomains(90);
  const answers = await Promise.all(
    [0, 1, 2].flatMap((process) => {
      const own = domains.slice(process * 30, (process + 1) * 30);
      // Two lists, and ten single lookups, of each instance.
      return [own.slice(0, 10), own.slice(10, 20), ...own.slice(20).map((one) => [one])].map((by) =>
        lookUpAs(headers, process, by),
      );
    }),
  );
  const all = answers.flat();
  expect(all).toHaveLength(90);
  expect(countOf(all, 'FOUND')).toBe(50);
  expect(countOf(all, 'LOOKUP_LIMIT_REACHED')).toBe(40);
  expect(firmable.requests.length - before).toBe(50);
  expect(await usedToday(id)).toEqual({ lookups: 50, credits: 50 });
});

it('spends exactly the credits of a day when three instances get more at once', {
  timeout: 60_000,
  retry: 1,
}, async () => {
  const { id, headers } = await createToken('creditsPerDay: 20');
  const before = firmable.charges.length;
  const domains = newDomains(60);
  const answers = await Promise.all(
    [0, 1, 2].map((process) => lookUpAs(headers, process, domains.slice(process * 20, (process + 1) * 20))),
  );
  const all = answers.flat();
  expect(countOf(all, 'FOUND')).toBe(20);
  expect(countOf(all, 'BUDGET_EXCEEDED')).toBe(40);
  expect(firmable.charges.length - before).toBe(20);
  expect(await usedToday(id)).toMatchObject({ credits: 20 });
  await gateways.verify();
});

it('answers HTTP 429 to what is over the requests of a second when three instances get more at once', async () => {
  const perSecond = 10;
  const { headers } = await createToken(`requestsPerSecond: ${perSecond}`);
  const startedMs = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 90 }, (_, at) => gateways.send(at % 3, '{ viewer { role } }', { headers })),
  );
  const seconds = (performance.now() - startedMs) / 1_000;
  const admitted = answers.filter(({ status }) => status === 200);
  expect(admitted.length).toBeGreaterThanOrEqual(perSecond);
  // As many as the seconds that it took: the instants of the permits are checked in test/rate-limit.
  expect(admitted.length).toBeLessThanOrEqual(perSecond * (Math.floor(seconds) + 1));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  for (const { status, headers: received, body } of refused) {
    expect(status).toBe(429);
    expect(Number(received.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(body).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } }],
    });
  }
}, 60_000);

it('has counted the lookups of an instance that was killed before they ended', {
  timeout: 60_000,
  retry: 1,
}, async () => {
  const { id, headers } = await createToken('lookupsPerDay: 10');
  const killed = await gateways.add();
  firmable.takesMs(20_000);
  const lost = lookUpAs(headers, killed, newDomains(6)).catch(() => null);
  await expect.poll(async () => (await usedToday(id)).lookups, { timeout: 20_000 }).toBe(6);
  gateways.processes[killed]?.signal('SIGKILL');
  await lost;
  firmable.takesMs(0);
  const answers = await lookUpAs(headers, 1, newDomains(6));
  expect(countOf(answers, 'FOUND')).toBe(4);
  expect(countOf(answers, 'LOOKUP_LIMIT_REACHED')).toBe(2);
  expect((await usedToday(id)).lookups).toBe(10);
});
