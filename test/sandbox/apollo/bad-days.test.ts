import { describe, expect, it } from 'vitest';
import { flagship, onlyApollo, unknownEverywhere } from '../../../src/sandbox/samples.js';
import { apolloKey, openSandbox } from '../open-sandbox.js';

const query = { domain: flagship.domain };
const { workEmail: email } = onlyApollo.person;

describe("Apollo's keys with faults", () => {
  it.each(['apollo_sandbox_revoked', 'apollo_sandbox_', 'pdl_sandbox_team1', 'malformed'])(
    'refuses %s on every path with a 401 in JSON',
    async (key) => {
      const { organization, match, usage } = await openSandbox();
      for (const response of [
        await organization(query, key),
        await match({ email }, key),
        await usage(key),
      ]) {
        expect([response.status, await response.json()]).toEqual([
          401,
          {
            error: expect.stringMatching(/^Invalid API key\./),
            error_details: { code: 'AUTH.API_KEY.INVALID' },
          },
        ]);
      }
    },
  );

  it('returns a 401 when there is no key header, or only a bearer token', async () => {
    const { sandbox } = await openSandbox();
    const url = `${sandbox.urls.APOLLO}/organizations/enrich?domain=${flagship.domain}`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: `Bearer ${apolloKey}` } })).status).toBe(401);
  });

  it.each([
    ['noplan', 'BILLING.PLAN.API_NOT_INCLUDED', 'api/v1/organizations/enrich'],
    ['noscope', 'AUTH.API_KEY.SCOPE_MISSING', 'api/v1/organizations/enrich'],
    ['ipblocked', 'AUTH.IP.NOT_ALLOWED', 'IP address'],
  ])('returns a 403 with its reason when the key is %s', async (temper, code, words) => {
    const { organization, match } = await openSandbox();
    const refused = await organization(query, `apollo_sandbox_${temper}`);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      {
        error: expect.stringContaining(words),
        error_code: 'API_INACCESSIBLE',
        error_details: { code },
      },
    ]);
    expect((await match({ email }, `apollo_sandbox_${temper}`)).status).toBe(403);
  });

  it('enriches when the key is scoped', async () => {
    const { organization } = await openSandbox();
    expect((await organization(query, 'apollo_sandbox_scoped')).status).toBe(200);
  });

  it('returns the health of any key with a 200', async () => {
    const { sandbox } = await openSandbox();
    const health = async (key: string): Promise<unknown> =>
      (await fetch(`${sandbox.urls.APOLLO}/auth/health`, { headers: { 'x-api-key': key } })).json();
    expect(await health(apolloKey)).toEqual({ healthy: true, is_logged_in: true });
    expect(await health('apollo_sandbox_revoked')).toEqual({ healthy: true, is_logged_in: false });
  });

  it('refuses every record, and still returns misses, when the key is broke', async () => {
    const { organization, match, usage, sandbox } = await openSandbox();
    expect((await organization(query, 'apollo_sandbox_broke')).status).toBe(422);
    expect((await match({ email }, 'apollo_sandbox_broke')).status).toBe(422);
    const miss = await organization({ domain: unknownEverywhere.company.domain }, 'apollo_sandbox_broke');
    expect([miss.status, await miss.json()]).toEqual([200, {}]);
    expect(await (await usage('apollo_sandbox_broke')).json()).toMatchObject({
      credit_usage_stats: { lead_credit: { left_over: 0 } },
    });
    expect(sandbox.account('apollo_sandbox_broke').creditsUsed).toBe(0);
  });

  it('charges when the caller of the slow key disconnects', async () => {
    const { sandbox } = await openSandbox({ slowLatencyMs: 600_000 });
    const disconnect = new AbortController();
    const hungUp = fetch(`${sandbox.urls.APOLLO}/people/match?email=${email}`, {
      method: 'POST',
      headers: { 'x-api-key': 'apollo_sandbox_slow' },
      signal: disconnect.signal,
    }).catch((error: Error) => error.name);
    await expect.poll(() => sandbox.account('apollo_sandbox_slow').creditsUsed, { interval: 5 }).toBe(9);
    disconnect.abort();
    expect(await hungUp).toBe('AbortError');
  });

  it('cycles through success, fault, charged and cut, 504 in HTML and rate limit when the key is flaky', async () => {
    const { match, sandbox } = await openSandbox();
    const send = (): Promise<Response> => match({ email }, 'apollo_sandbox_flaky');
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(500);
    const cut = await send();
    expect(cut.status).toBe(200);
    await expect(cut.json()).rejects.toThrow('terminated');
    const gateway = await send();
    expect([gateway.status, gateway.headers.get('content-type')]).toEqual([504, 'text/html']);
    const throttled = await send();
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await send()).status).toBe(200);
    expect(sandbox.account('apollo_sandbox_flaky').creditsUsed).toBe(27);
  });

  it('returns a rate limit of an hour when the key is throttled', async () => {
    const { organization, sandbox } = await openSandbox();
    const response = await organization(query, 'apollo_sandbox_throttled');
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1800']);
    expect(await response.json()).toEqual({ message: expect.stringContaining('600 times per hour') });
    expect(sandbox.account('apollo_sandbox_throttled')).toMatchObject({ creditsUsed: 0, throttled: 1 });
  });

  it('returns a 404 when method or path is wrong, and a 422 when the body is not JSON', async () => {
    const { sandbox } = await openSandbox();
    const send = async (path: string, init: RequestInit): Promise<number> =>
      (await fetch(`${sandbox.urls.APOLLO}${path}`, { ...init, headers: { 'x-api-key': apolloKey } })).status;
    expect(await send('/organizations/enrich', { method: 'POST' })).toBe(404);
    expect(await send('/organizations', {})).toBe(404);
    expect(await send('/people/match', { method: 'POST', body: '{"email":' })).toBe(422);
    expect(await send('/people/match', { method: 'POST', body: ' '.repeat(64 * 1024 + 1) })).toBe(422);
  });
});
