import { expect, it } from 'vitest';
import { GatewayError } from '../../../src/errors.js';
import { openScenario } from './open-scenario.js';
import { byDomain, fullCompany } from './examples.js';
import { json } from './start-upstream.js';

const throttle200 = (wait: string): object => ({
  success: false,
  code: 'rate_limited',
  error: `Too many requests. Retry in ${wait}.`,
  status: 429,
});

it('returns a rate limit under HTTP 200 at once when its delay does not fit', async () => {
  const scenario = await openScenario((response) => json(response, 200, throttle200('36s')));
  const result = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(result).toEqual({ kind: 'THROTTLED', retryAfterSeconds: 36 });
  expect(scenario.seen).toHaveLength(1);
});

it.each([
  ['its code', { success: false, code: 'rate_limited', error: 'Slow down' }],
  ['its status', { success: false, error: 'Slow down', status: 429 }],
  ['its words', { success: false, error: 'Too many requests' }],
  ['the older shape', { success: false, error: { code: 'rate_limited', message: 'Slow down' } }],
])('detects a rate limit under HTTP 200 by %s alone', async (_, body) => {
  const scenario = await openScenario((response) => json(response, 200, body, { 'retry-after': '60' }));
  const result = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(result).toEqual({ kind: 'THROTTLED', retryAfterSeconds: 60 });
});

it.each([
  ['a 429 with a delay', 429, { error: 'slow down' }],
  ['a 503 with a delay', 503, { error: 'busy' }],
])('is THROTTLED, without a retry, when %s does not fit', async (_, status, body) => {
  const scenario = await openScenario((response) => json(response, status, body, { 'retry-after': '60' }));
  const result = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(result).toEqual({ kind: 'THROTTLED', retryAfterSeconds: 60 });
  expect(scenario.seen).toHaveLength(1);
});

it.each([
  ['a 429', 429, {}],
  ['a 503', 503, {}],
  ['a throttle under HTTP 200', 200, throttle200('0.2s')],
])('is retried, each time with a permit, when %s passes', async (_, status, body) => {
  const scenario = await openScenario((response, _seen, index) =>
    json(response, index === 0 ? status : 200, index === 0 ? body : fullCompany),
  );
  expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
  expect(scenario.seen).toHaveLength(2);
  expect(scenario.permits()).toBe(2);
});

it('retries no earlier than Retry-After says', async () => {
  const times: number[] = [];
  const scenario = await openScenario((response, _seen, index) => {
    times.push(performance.now());
    json(response, index === 0 ? 429 : 200, index === 0 ? {} : fullCompany, { 'retry-after': '1' });
  });
  await scenario.provider.findCompany(scenario.call, byDomain);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
});

it('is sent three times when the rate limit stays', async () => {
  const scenario = await openScenario((response) => json(response, 429, { error: 'Too many requests' }));
  const result = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(result).toEqual({ kind: 'THROTTLED', retryAfterSeconds: null });
  expect(scenario.seen).toHaveLength(3);
});

it('returns a fault that charged nothing when a 503 stays', async () => {
  const scenario = await openScenario((response) => json(response, 503, {}));
  const result = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(result).toMatchObject({ kind: 'BROKEN', sent: true });
  expect(scenario.seen).toHaveLength(3);
});

it('is THROTTLED, and sends nothing, when no permit is granted soon', async () => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  const busy = new GatewayError('RATE_LIMITED', 'Ask later.', { retryAfterSeconds: 3 });
  const result = await scenario.provider.findCompany(
    { ...scenario.call, acquirePermit: () => Promise.reject(busy) },
    byDomain,
  );
  expect(result).toEqual({ kind: 'THROTTLED', retryAfterSeconds: 3 });
  expect(scenario.seen).toHaveLength(0);
});

it('rejects, and sends nothing, when acquiring a permit fails otherwise', async () => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  const lost = new GatewayError('LEDGER_UNAVAILABLE', 'Ask later.');
  const result = scenario.provider.findCompany(
    { ...scenario.call, acquirePermit: () => Promise.reject(lost) },
    byDomain,
  );
  await expect(result).rejects.toBe(lost);
  expect(scenario.seen).toHaveLength(0);
});
