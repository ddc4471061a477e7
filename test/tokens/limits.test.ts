import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleCompanies } from '../../src/sandbox/samples.js';
import { parseMetrics } from '../http/parse-metrics.js';
import { dataOf } from '../http/start-gateway.js';
import { answerFields, type CompanyAnswer, startTenant, type Tenant } from './setup.js';

let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant();
});
afterAll(() => tenant.gateway.close());

const domains = sampleCompanies.map(({ domain }) => domain);
const by = (numbers: number[]): { domain: string }[] =>
  numbers.map((number) => ({ domain: domains[number] ?? '' }));

const lookUpAll = async (secret: string, keys: object[], headers: Record<string, string> = {}) =>
  dataOf<CompanyAnswer[]>(
    await tenant.as(secret, headers)(
      `query Q($by: [CompanyKey!]!) { companies(by: $by) { ${answerFields} } }`,
      { by: keys },
    ),
    'companies',
  );
const codesOf = (answers: CompanyAnswer[]) => answers.map(({ outcome, problem }) => problem?.code ?? outcome);
const usedBy = async (secret: string) => {
  const { body } = await tenant.as(secret)(
    '{ viewer { token { limits { lookupsPerDay creditsPerDay } usedToday { lookups credits } } } }',
  );
  return body.data?.['viewer'];
};

const valueOf = async (name: string, labels: Record<string, string>): Promise<number> => {
  const response = await fetch(`${tenant.gateway.url}/metrics`, {
    headers: { authorization: `Bearer ${tenant.gateway.token}` },
  });
  const samples = parseMetrics(await response.text()).get(name)?.samples ?? [];
  const found = samples.find((sample) =>
    Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  return found?.value ?? 0;
};

// A new day (UTC) in the middle of a test starts at 0: then the next try counts.
describe('the lookups of a day', { retry: 1 }, () => {
  it('are the first ones of a list, without duplicates, unreadable identifiers and quotes', async () => {
    const { secret } = await tenant.create({ limits: { lookupsPerDay: 3 } });
    await tenant.as(secret)('{ quote(companies: [{ domain: "harbourline.example" }]) { maxCredits } }');
    const keys = [...by([0, 0]), { domain: 'not a domain' }, ...by([1, 2, 3, 1])];
    const answers = await lookUpAll(secret, keys);
    expect(codesOf(answers)).toEqual([
      'FOUND',
      'FOUND',
      'INVALID_IDENTIFIER',
      'FOUND',
      'FOUND',
      'LOOKUP_LIMIT_REACHED',
      'FOUND',
    ]);
    const wait = answers[5]?.problem?.retryAfterSeconds ?? 0;
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(86_400);
    expect(await usedBy(secret)).toMatchObject({
      token: { limits: { lookupsPerDay: 3 }, usedToday: { lookups: 3 } },
    });
    expect(codesOf(await lookUpAll(secret, by([0])))).toEqual(['LOOKUP_LIMIT_REACHED']);
    const search = await tenant.as(secret)(
      '{ searchPeople(companyId: "f000000100001") { problem { code } } }',
    );
    expect(search.body.data).toEqual({ searchPeople: { problem: { code: 'LOOKUP_LIMIT_REACHED' } } });
    expect(
      await valueOf('firmable_gateway_lookup_problems_total', {
        operation: 'COMPANY',
        code: 'LOOKUP_LIMIT_REACHED',
      }),
    ).toBeGreaterThanOrEqual(2);
  });

  it('count a search, and not a repeat of an Idempotency-Key', async () => {
    const { secret } = await tenant.create({ limits: { lookupsPerDay: 2 } });
    const headers = { 'idempotency-key': 'same' };
    for (let sent = 0; sent < 3; sent += 1)
      expect(codesOf(await lookUpAll(secret, by([0]), headers))).toEqual(['FOUND']);
    const search = () => tenant.as(secret)('{ searchPeople(companyId: "f000000100001") { outcome } }');
    expect((await search()).body.data).toEqual({ searchPeople: { outcome: 'FOUND' } });
    expect((await search()).body.data).toEqual({ searchPeople: { outcome: 'REFUSED' } });
  });

  it('of a new limit are those since 00:00 UTC, and a raised limit applies at once', async () => {
    const { id, secret } = await tenant.create({});
    await lookUpAll(secret, by([0, 1]));
    const update = (lookupsPerDay: number) =>
      tenant.gateway.post(
        'mutation M($input: UpdateTokenInput!) { updateToken(input: $input) { userErrors { code } } }',
        {
          input: { id, limits: { lookupsPerDay } },
        },
      );
    await update(3);
    expect(await usedBy(secret)).toMatchObject({ token: { usedToday: { lookups: 2 } } });
    await expect
      .poll(async () => codesOf(await lookUpAll(secret, by([0]))), { timeout: 10_000, interval: 1_000 })
      .toEqual(['LOOKUP_LIMIT_REACHED']);
    await update(10_000);
    expect(codesOf(await lookUpAll(secret, by([0])))).toEqual(['FOUND']);
  });

  it('start again on the next day', async () => {
    const { id, secret } = await tenant.create({ limits: { lookupsPerDay: 1 } });
    expect(codesOf(await lookUpAll(secret, by([0, 1])))).toEqual(['FOUND', 'LOOKUP_LIMIT_REACHED']);
    await tenant.gateway.context.database.sql`
      update token_lookups set day = day - 1 where token_id = ${id.slice('tok_'.length)}`;
    expect(await usedBy(secret)).toMatchObject({ token: { usedToday: { lookups: 0 } } });
    expect(codesOf(await lookUpAll(secret, by([0, 1])))).toEqual(['FOUND', 'LOOKUP_LIMIT_REACHED']);
  });
});

describe('the credits of a day', { retry: 1 }, () => {
  it('are a budget of the token that budget mutations cannot change', async () => {
    const { id, secret } = await tenant.create({ limits: { creditsPerDay: 1 } });
    const own = { 'x-firmable-key': `fbl_sandbox_${id.slice(-12)}` };
    expect(codesOf(await lookUpAll(secret, by([1, 2]), own))).toEqual(['FOUND', 'BUDGET_EXCEEDED']);
    expect(await usedBy(secret)).toMatchObject({ token: { usedToday: { credits: 1 } } });
    const { nodes } = dataOf<{ nodes: { id: string; subject: string; isTokenLimit: boolean }[] }>(
      await tenant.gateway.post(
        '{ budgets { nodes { id name scope subject period mode timeZone limit isTokenLimit } } }',
      ),
      'budgets',
    );
    const budget = nodes.find(({ subject }) => subject === id);
    expect(budget).toMatchObject({
      scope: 'TOKEN',
      period: 'DAY',
      mode: 'HARD',
      timeZone: 'UTC',
      limit: 1,
      isTokenLimit: true,
    });
    const changes = await tenant.gateway.post(
      `mutation M($input: SetBudgetInput!, $id: ID!) {
        setBudget(input: $input) { userErrors { code message } } deleteBudget(id: $id) { userErrors { code message } } }`,
      {
        id: budget?.id,
        input: { id: budget?.id, name: 'mine', scope: 'TOKEN', subject: id, period: 'DAY', limit: 100 },
      },
    );
    const refused = { userErrors: [{ code: 'FORBIDDEN', message: expect.stringContaining('updateToken') }] };
    expect(changes.body.data).toEqual({ setBudget: refused, deleteBudget: refused });

    const update = (creditsPerDay: number | null) =>
      tenant.gateway.post(
        'mutation M($input: UpdateTokenInput!) { updateToken(input: $input) { userErrors { code } } }',
        {
          input: { id, limits: { creditsPerDay } },
        },
      );
    await update(null);
    expect(codesOf(await lookUpAll(secret, by([2]), own))).toEqual(['FOUND']);
    await update(2);
    expect(codesOf(await lookUpAll(secret, by([3]), own))).toEqual(['BUDGET_EXCEEDED']);
    await update(3);
    expect(codesOf(await lookUpAll(secret, by([3]), own))).toEqual(['FOUND']);
  });
});

describe('the requests of a second', { retry: 2 }, () => {
  it('over the limit are HTTP 429 with Retry-After on every surface, before anything is run', async () => {
    const { id, secret } = await tenant.create({ limits: { requestsPerSecond: 1 } });
    // Far in the future, so that no request is admitted while the test runs.
    await tenant.gateway.context.database.sql`
      insert into rate_limits (key, permits, used_at)
      values (${`token ${id.slice('tok_'.length)}`}, array[extract(epoch from now()) + 1.9]::double precision[], now())`;
    const authorization = `Bearer ${secret}`;
    const sent = [
      fetch(`${tenant.gateway.url}/graphql?query={viewer{role}}`, { headers: { authorization } }),
      fetch(`${tenant.gateway.url}/graphql`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{"query":"mutation { createToken(input: { name: \\"x\\", role: ADMIN }) { secret } }"}',
      }),
      fetch(`${tenant.gateway.url}/export/entries.csv`, { headers: { authorization } }),
      fetch(`${tenant.gateway.url}/metrics`, { headers: { authorization } }),
    ];
    for (const response of await Promise.all(sent)) {
      const body: { code?: string; errors?: { extensions: { code: string } }[] } = JSON.parse(
        await response.text(),
      );
      expect([response.url, response.status, body.code ?? body.errors?.[0]?.extensions.code]).toEqual([
        response.url,
        429,
        'RATE_LIMITED',
      ]);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    }
    expect(
      await valueOf('firmable_gateway_token_refusals_total', { reason: 'RATE_LIMITED' }),
    ).toBeGreaterThanOrEqual(4);
  });

  it('count an export once, however many pieces are read', async () => {
    const { secret } = await tenant.create({ role: 'VIEWER', limits: { requestsPerSecond: 1 } });
    const response = await fetch(`${tenant.gateway.url}/export/entries.csv`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(response.status).toBe(200);
    expect((await response.text()).split('\n').length).toBeGreaterThan(1);
  });
});
