import { describe, expect, it } from 'vitest';
import { flagship } from '../../../src/sandbox/samples.js';
import { openSandbox, pdlKey } from '../open-sandbox.js';

const query = { website: flagship.domain };

describe("People Data Labs' keys with faults", () => {
  it.each(['pdl_sandbox_revoked', 'pdl_sandbox_', 'fbl_sandbox_team1', 'apollo_sandbox_team1', 'malformed'])(
    'refuses %s with a 401 without credit headers',
    async (key) => {
      const { enrich } = await openSandbox();
      const response = await enrich('company', query, key);
      expect([response.status, await response.json()]).toEqual([
        401,
        { status: 401, error: { type: 'authentication_error', message: expect.any(String) } },
      ]);
      expect(response.headers.get('x-totallimit-remaining')).toBeNull();
      expect((await enrich('company', {}, key)).status).toBe(401);
    },
  );

  it('returns a 401 when there is no key header, or only a bearer token', async () => {
    const { sandbox } = await openSandbox();
    const url = `${sandbox.urls.PEOPLE_DATA_LABS}/v5/company/enrich?website=${flagship.domain}`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: `Bearer ${pdlKey}` } })).status).toBe(401);
  });

  it('returns a 402 for every valid query when the key is broke', async () => {
    const { enrich, sandbox } = await openSandbox();
    const refused = await enrich('company', query, 'pdl_sandbox_broke');
    expect([refused.status, await refused.json()]).toEqual([
      402,
      { status: 402, error: { type: 'payment_required', message: expect.any(String) } },
    ]);
    expect(refused.headers.get('x-totallimit-remaining')).toBe('0');
    expect((await enrich('company', { website: 'nobody.example' }, 'pdl_sandbox_broke')).status).toBe(402);
    expect((await enrich('company', {}, 'pdl_sandbox_broke')).status).toBe(400);
    expect(sandbox.account('pdl_sandbox_broke').creditsUsed).toBe(0);
  });

  it('returns a 402 when no credits are left', async () => {
    const { enrich, sandbox } = await openSandbox({ creditsPerAccount: 1 });
    expect((await enrich('company', query)).status).toBe(200);
    expect((await enrich('company', query)).status).toBe(402);
    expect(sandbox.account(pdlKey)).toMatchObject({ creditsUsed: 1, creditsLeft: 0 });
  });

  it('charges at once and answers late when the key is slow', async () => {
    const { enrich, sandbox } = await openSandbox({ slowLatencyMs: 600_000 });
    const disconnect = new AbortController();
    const hungUp = fetch(`${sandbox.urls.PEOPLE_DATA_LABS}/v5/company/enrich?website=${flagship.domain}`, {
      headers: { 'x-api-key': 'pdl_sandbox_slow' },
      signal: disconnect.signal,
    }).catch((error: Error) => error.name);
    await expect.poll(() => sandbox.account('pdl_sandbox_slow').creditsUsed, { interval: 5 }).toBe(1);
    disconnect.abort();
    expect(await hungUp).toBe('AbortError');
    expect((await enrich('company', query)).status).toBe(200);
  });

  it('cycles through success, fault, charged and cut, 502 in HTML and rate limit when the key is flaky', async () => {
    const { enrich, sandbox } = await openSandbox();
    const send = (): Promise<Response> => enrich('company', query, 'pdl_sandbox_flaky');
    expect((await send()).status).toBe(200);
    const fault = await send();
    expect([fault.status, fault.headers.get('x-call-credits-spent')]).toEqual([500, '0']);
    const cut = await send();
    expect([cut.status, cut.headers.get('x-call-credits-spent')]).toEqual([200, '1']);
    await expect(cut.json()).rejects.toThrow('terminated');
    const gateway = await send();
    expect([gateway.status, gateway.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(gateway.headers.get('x-call-credits-spent')).toBeNull();
    expect((await send()).status).toBe(429);
    expect((await send()).status).toBe(200);
    expect(sandbox.account('pdl_sandbox_flaky').creditsUsed).toBe(3);
  });

  it('always returns a 429 when the key is throttled', async () => {
    const { enrich, sandbox } = await openSandbox();
    const response = await enrich('company', query, 'pdl_sandbox_throttled');
    expect([response.status, response.headers.get('x-ratelimit-remaining')]).toEqual([429, '{"minute":0}']);
    expect(sandbox.account('pdl_sandbox_throttled')).toMatchObject({ creditsUsed: 0, throttled: 1 });
  });

  it('returns a 405 when the method is wrong, and no miss when the path is unknown', async () => {
    const { sandbox } = await openSandbox();
    const headers = { 'x-api-key': pdlKey };
    const base = sandbox.urls.PEOPLE_DATA_LABS;
    const wrong = await fetch(`${base}/v5/company/enrich`, { method: 'POST', headers });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
    const nowhere = await fetch(`${base}/v5/company`, { headers });
    expect([nowhere.status, await nowhere.json()]).toEqual([404, { message: 'Not Found' }]);
  });
});
