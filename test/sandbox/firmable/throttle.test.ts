import { describe, expect, it } from 'vitest';
import { createThrottle } from '../../../src/sandbox/firmable/create-throttle.js';
import { openSandbox } from '../open-sandbox.js';

// However slow the machine, all requests of a test fall into one second.
const stoodStill = (): number => 0;

describe('the throttle', () => {
  it('rejects requests above its rate, by status and inside a 200 alternately, without a charge', async () => {
    const { get, sandbox } = await openSandbox({ requestsPerSecond: 3, nowMs: stoodStill });
    for (let id = 1; id <= 3; id += 1) expect((await get(`/company?id=f00000010000${id}`)).status).toBe(200);

    const byStatus = await get('/company?id=f000000100004');
    expect([byStatus.status, byStatus.headers.get('retry-after')]).toEqual([429, '1']);
    const inside = await get('/company?id=f000000100005');
    expect(inside.status).toBe(200);
    expect(await inside.json()).toEqual({
      success: false,
      code: 'rate_limited',
      error: expect.stringMatching(/Retry in 1s\.$/),
      status: 429,
    });
    expect(sandbox.account('fbl_sandbox_team1')).toMatchObject({
      creditsUsed: 3,
      requests: 5,
      throttled: 2,
      busiestSecond: 5,
    });
  });

  it('is separate for each key of an account', async () => {
    const { get } = await openSandbox({ requestsPerSecond: 1, nowMs: stoodStill });
    expect((await get('/company?id=f000000100001', 'fbl_sandbox_team1')).status).toBe(200);
    expect((await get('/company?id=f000000100001', 'fbl_sandbox_team1_b')).status).toBe(200);
    expect((await get('/company?id=f000000100001', 'fbl_sandbox_team1')).status).toBe(429);
  });

  it('counts both requests of a redirected search', async () => {
    const { search, sandbox } = await openSandbox({ requestsPerSecond: 2, nowMs: stoodStill });
    await search({ companyId: 'f000000100001' });
    expect(sandbox.account('fbl_sandbox_team1').requests).toBe(2);
    expect(await search({ companyId: 'f000000100001' })).toMatchObject({ error: { code: 'rate_limited' } });
  });

  it('limits every sliding second, not calendar seconds', () => {
    const throttle = createThrottle(2);
    const admitted = [0, 900, 999, 1_000, 1_100, 1_899, 1_900].map(
      (nowMs) => throttle('key', nowMs) === null,
    );
    expect(admitted).toEqual([true, true, false, true, false, false, true]);
  });
});
