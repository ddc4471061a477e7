import { describe, expect, it } from 'vitest';
import { openSandbox } from '../open-sandbox.js';

const lookup = '/company?id=f000000100001';

describe('keys for bad days', () => {
  it.each([
    ['fbl_sandbox_revoked', 401],
    ['fbl_sandbox_revoked_2', 401],
    ['fbl_sandbox_', 401],
    ['fbl_live_team1', 401],
    ['nonsense', 401],
    ['fbl_sandbox_noplan', 403],
  ])('%s is refused with %i everywhere', async (key, status) => {
    const { get, post } = await openSandbox();
    expect((await get(lookup, key)).status).toBe(status);
    expect((await get('/people?id=fp000000200001', key)).status).toBe(status);
    expect((await post('/people/search', { companyId: 'f000000100001' }, key)).status).toBe(status);
  });

  it('no bearer token at all is a 401', async () => {
    const { sandbox } = await openSandbox();
    expect((await fetch(`${sandbox.urls.FIRMABLE}${lookup}`)).status).toBe(401);
  });

  it('no answer ever repeats a key', async () => {
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

  it('the broke key is refused every record, a miss is still a miss', async () => {
    const { get } = await openSandbox();
    const refused = await get(lookup, 'fbl_sandbox_broke');
    expect(refused.status).toBe(402);
    expect(await refused.json()).toEqual({
      error: { code: 'insufficient_credits', message: expect.stringContaining('credits') },
    });
    expect((await get('/company?id=f999999999999', 'fbl_sandbox_broke')).status).toBe(500);
  });

  it('the slow key charges at once and answers late', async () => {
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

  it('a caller that hangs up on the slow key has paid', async () => {
    const { get, sandbox } = await openSandbox();
    const impatience = new AbortController();
    const hungUp = fetch(`${sandbox.urls.FIRMABLE}${lookup}`, {
      headers: { authorization: 'Bearer fbl_sandbox_slow' },
      signal: impatience.signal,
    }).catch((error: Error) => error.name);
    await expect.poll(() => sandbox.requests, { interval: 5 }).toBe(1);
    impatience.abort();
    expect(await hungUp).toBe('AbortError');
    expect(sandbox.account('fbl_sandbox_slow').creditsUsed).toBe(1);
    expect((await get(lookup)).status).toBe(200);
  });

  it('the flaky key goes through its six faces in order, and then from the start', async () => {
    const { get, sandbox } = await openSandbox();
    const ask = (id: number): Promise<Response> => get(`/company?id=f00000010000${id}`, 'fbl_sandbox_flaky');

    expect((await ask(1)).status).toBe(200);
    const unavailable = await ask(2);
    expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '1']);
    const cut = await ask(3);
    expect(cut.status).toBe(200);
    await expect(cut.json()).rejects.toThrow('terminated');
    const fault = await ask(4);
    expect([fault.status, await fault.json()]).toEqual([500, { error: 'Connection pool exhausted' }]);
    expect((await ask(5)).status).toBe(429);
    expect(await (await ask(6)).json()).toMatchObject({ success: false, code: 'rate_limited', status: 429 });
    expect(await (await ask(7)).json()).toMatchObject({ id: 'f000000100007' });

    // The record of the cut answer is paid for; the turned away, the refused and the broken ones are not.
    const { unlocked, creditsUsed } = sandbox.account('fbl_sandbox_flaky');
    expect([...unlocked]).toEqual(['f000000100001', 'f000000100003', 'f000000100007']);
    expect(creditsUsed).toBe(3);
  });

  it('each flaky key begins its own round', async () => {
    const { get } = await openSandbox();
    expect((await get(lookup, 'fbl_sandbox_flaky_a')).status).toBe(200);
    expect((await get(lookup, 'fbl_sandbox_flaky_b')).status).toBe(200);
    expect((await get(lookup, 'fbl_sandbox_flaky_a')).status).toBe(503);
  });
});
