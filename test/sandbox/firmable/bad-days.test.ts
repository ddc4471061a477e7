import { describe, expect, it } from 'vitest';
import { openSandbox } from '../open-sandbox.js';

const lookup = '/company?id=f000000100001';

describe('keys with faults', () => {
  it.each([
    ['fbl_sandbox_revoked', 401],
    ['fbl_sandbox_revoked_2', 401],
    ['fbl_sandbox_', 401],
    ['fbl_live_team1', 401],
    ['malformed', 401],
    ['fbl_sandbox_noplan', 403],
  ])('refuses %s with %i on every path', async (key, status) => {
    const { get, post } = await openSandbox();
    expect((await get(lookup, key)).status).toBe(status);
    expect((await get('/people?id=fp000000200001', key)).status).toBe(status);
    expect((await post('/people/search', { companyId: 'f000000100001' }, key)).status).toBe(status);
  });

  it('returns a 401 when there is no bearer token', async () => {
    const { sandbox } = await openSandbox();
    expect((await fetch(`${sandbox.urls.FIRMABLE}${lookup}`)).status).toBe(401);
  });

  it('never repeats a key in a response', async () => {
    const { get } = await openSandbox();
    for (const key of [
      'fbl_sandbox_revoked',
      'fbl_sandbox_noplan',
      'fbl_sandbox_broke',
      'fbl_sandbox_flaky',
    ]) {
      const response = await get(lookup, key);
      expect(JSON.stringify([...response.headers]) + (await response.text())).not.toContain('fbl_');
    }
  });

  it('refuses every record, and still returns misses, when the key is broke', async () => {
    const { get } = await openSandbox();
    const refused = await get(lookup, 'fbl_sandbox_broke');
    expect(refused.status).toBe(402);
    expect(await refused.json()).toEqual({
      error: { code: 'insufficient_credits', message: expect.stringContaining('credits') },
    });
    expect((await get('/company?id=f999999999999', 'fbl_sandbox_broke')).status).toBe(500);
  });

  it('charges at once and answers late when the key is slow', async () => {
    const { get, sandbox } = await openSandbox({ slowLatencyMs: 1_000 });
    const began = performance.now();
    const answer = get(lookup, 'fbl_sandbox_slow').then((response) => ({
      status: response.status,
      afterMs: performance.now() - began,
    }));
    await expect.poll(() => sandbox.account('fbl_sandbox_slow').creditsUsed, { interval: 5 }).toBe(1);
    const chargedAfterMs = performance.now() - began;
    const { status, afterMs } = await answer;
    expect(status).toBe(200);
    expect(afterMs).toBeGreaterThan(990);
    expect(chargedAfterMs).toBeLessThan(afterMs);
  });

  it('charges when the caller of the slow key disconnects', async () => {
    const { get, sandbox } = await openSandbox();
    const disconnect = new AbortController();
    const hungUp = fetch(`${sandbox.urls.FIRMABLE}${lookup}`, {
      headers: { authorization: 'Bearer fbl_sandbox_slow' },
      signal: disconnect.signal,
    }).catch((error: Error) => error.name);
    await expect.poll(() => sandbox.requests, { interval: 5 }).toBe(1);
    disconnect.abort();
    expect(await hungUp).toBe('AbortError');
    expect(sandbox.account('fbl_sandbox_slow').creditsUsed).toBe(1);
    expect((await get(lookup)).status).toBe(200);
  });

  it('cycles through its six behaviors in order when the key is flaky', async () => {
    const { get, sandbox } = await openSandbox();
    const send = (id: number): Promise<Response> => get(`/company?id=f00000010000${id}`, 'fbl_sandbox_flaky');

    expect((await send(1)).status).toBe(200);
    const unavailable = await send(2);
    expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '1']);
    const cut = await send(3);
    expect(cut.status).toBe(200);
    await expect(cut.json()).rejects.toThrow('terminated');
    const fault = await send(4);
    expect([fault.status, await fault.json()]).toEqual([500, { error: 'Connection pool exhausted' }]);
    expect((await send(5)).status).toBe(429);
    expect(await (await send(6)).json()).toMatchObject({ success: false, code: 'rate_limited', status: 429 });
    expect(await (await send(7)).json()).toMatchObject({ id: 'f000000100007' });

    // The record of the cut answer is paid for; the turned away, the refused and the broken ones are not.
    const { unlocked, creditsUsed } = sandbox.account('fbl_sandbox_flaky');
    expect([...unlocked]).toEqual(['f000000100001', 'f000000100003', 'f000000100007']);
    expect(creditsUsed).toBe(3);
  });

  it('starts its own cycle when the flaky key is new', async () => {
    const { get } = await openSandbox();
    expect((await get(lookup, 'fbl_sandbox_flaky_a')).status).toBe(200);
    expect((await get(lookup, 'fbl_sandbox_flaky_b')).status).toBe(200);
    expect((await get(lookup, 'fbl_sandbox_flaky_a')).status).toBe(503);
  });
});
