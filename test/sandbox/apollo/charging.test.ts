import { describe, expect, it } from 'vitest';
import { bareAtApollo, flagship, onlyApollo } from '../../../src/sandbox/samples.js';
import { apolloKey, openSandbox, type Query } from '../open-sandbox.js';

const profile = (slug: string): Query => ({ linkedin_url: `http://www.linkedin.com/in/${slug}` });

describe('what Apollo charges', () => {
  it('charges one credit for an organization, every time', async () => {
    const { organization, sandbox } = await openSandbox();
    await organization({ domain: flagship.domain });
    await organization({ domain: flagship.domain });
    expect(sandbox.account(apolloKey)).toMatchObject({ creditsUsed: 2, creditsLeft: 9_998 });
  });

  it.each([
    ['with a mobile', profile(onlyApollo.person.linkedin), 9],
    ['without one', profile(onlyApollo.personWithoutMobile.linkedin), 1],
    [
      'whose mobile was declined',
      { ...profile(onlyApollo.person.linkedin), reveal_phone_number: 'false' },
      1,
    ],
    ['with a landline only', profile('stefan-yamada-1012'), 1],
    ['with a title and no address', profile('lachlan-duong-100b'), 1],
    ['of whom nothing is known but the id', profile(bareAtApollo.linkedin), 0],
  ])('charges a person %s, by %j, %i credits, every time', async (_, query, credits) => {
    const { match, sandbox } = await openSandbox();
    for (const times of [1, 2]) {
      expect(await (await match(query)).json()).toMatchObject({ person: { id: expect.any(String) } });
      expect(sandbox.account(apolloKey).creditsUsed).toBe(times * credits);
    }
    expect(sandbox.visits().map((visit) => visit.credits)).toEqual([credits, credits]);
  });

  it('agrees with its usage statistics to the credit, mobiles included', async () => {
    const { match, organization, usage } = await openSandbox();
    await organization({ domain: flagship.domain });
    await match(profile(onlyApollo.person.linkedin));
    const response = await usage();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      credit_usage_stats: {
        lead_credit: { limit: 10_000, consumed: 10, left_over: 9_990 },
        direct_dial_credit: { limit: 9_998, consumed: 8, left_over: 9_990 },
        export_credit: { limit: 0, consumed: 0, left_over: 0 },
      },
      current_credit_cycle: { start_date: expect.stringMatching(/-01T00:00:00\.000Z$/) },
    });
  });

  it('reads usage statistics for free when the key has that scope', async () => {
    const { usage, sandbox } = await openSandbox();
    await usage();
    expect(sandbox.account(apolloKey).creditsUsed).toBe(0);
    const refused = await usage('apollo_sandbox_scoped');
    expect([refused.status, await refused.json()]).toEqual([
      403,
      {
        error: expect.stringContaining('api/v1/usage_stats/credit_usage_stats'),
        error_code: 'API_INACCESSIBLE',
        error_details: { code: 'AUTH.API_KEY.SCOPE_MISSING' },
      },
    ]);
  });

  it('returns a free 422 when parameters are wrong', async () => {
    const { match, organization, sandbox } = await openSandbox();
    const nothing = await organization({});
    expect([nothing.status, await nothing.json()]).toEqual([
      422,
      { error: "Required parameter 'domain' missing" },
    ]);
    expect((await match({})).status).toBe(422);
    const { linkedin } = onlyApollo.person;
    expect((await match({ ...profile(linkedin), reveal_phone_number: 'true' })).status).toBe(422);
    expect(sandbox.account(apolloKey).creditsUsed).toBe(0);
  });

  it('returns a 422 with a text of its own when the account cannot pay the whole price', async () => {
    const { match, sandbox } = await openSandbox({ creditsPerAccount: 8 });
    const refused = await match(profile(onlyApollo.person.linkedin));
    expect([refused.status, await refused.json()]).toEqual([
      422,
      {
        error: expect.stringContaining('insufficient credits'),
        error_details: { code: 'BILLING.LIMIT.CREDITS_EXHAUSTED' },
      },
    ]);
    expect(sandbox.account(apolloKey)).toMatchObject({ creditsUsed: 0, creditsLeft: 8 });
    expect(await (await match(profile(onlyApollo.personWithoutMobile.linkedin))).json()).toHaveProperty(
      'person',
    );
  });
});

describe("Apollo's limits", () => {
  it('apply per minute and endpoint, with a retry-after', async () => {
    let nowMs = 0;
    const { organization, match, sandbox } = await openSandbox({ requestsPerMinute: 1, nowMs: () => nowMs });
    const send = (): Promise<Response> => organization({ domain: flagship.domain });
    const first = await send();
    expect([first.status, first.headers.get('x-minute-requests-left')]).toEqual([200, '0']);
    nowMs = 45_500;
    const refused = await send();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '15']);
    expect(await refused.json()).toEqual({
      message: expect.stringContaining('api/v1/organizations/enrich is 1 times per minute'),
    });
    expect((await match(profile(onlyApollo.person.linkedin))).status).toBe(200);
    nowMs = 60_000;
    expect((await send()).status).toBe(200);
    expect(sandbox.account(apolloKey)).toMatchObject({ creditsUsed: 11, throttled: 1 });
  });

  it.each([
    ['hour', { requestsPerHour: 1 }, '3600'],
    ['day', { requestsPerDay: 1 }, '86400'],
  ])('apply per %s', async (per, limit, seconds) => {
    const { organization } = await openSandbox({ ...limit, nowMs: () => 0 });
    expect((await organization({ domain: flagship.domain })).status).toBe(200);
    const refused = await organization({ domain: flagship.domain });
    expect(refused.headers.get('retry-after')).toBe(seconds);
    expect(await refused.json()).toEqual({ message: expect.stringContaining(`times per ${per}`) });
  });
});
