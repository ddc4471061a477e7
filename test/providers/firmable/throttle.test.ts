import { expect, test } from 'vitest';
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

test('a throttle under HTTP 200 is no hit: it is turned away at once when its delay does not fit', async () => {
  const scenario = await openScenario((response) => json(response, 200, throttle200('36s')));
  const started = performance.now();
  const asked = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(asked).toEqual({ kind: 'THROTTLED', retryAfterSeconds: 36 });
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(scenario.seen).toHaveLength(1);
});

test.each([
  ['its code', { success: false, code: 'rate_limited', error: 'Slow down' }],
  ['its status', { success: false, error: 'Slow down', status: 429 }],
  ['its words', { success: false, error: 'Too many requests' }],
  ['the older shape', { success: false, error: { code: 'rate_limited', message: 'Slow down' } }],
])('a throttle under HTTP 200 is known by %s alone', async (_, body) => {
  const scenario = await openScenario((response) => json(response, 200, body, { 'retry-after': '60' }));
  const asked = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(asked).toEqual({ kind: 'THROTTLED', retryAfterSeconds: 60 });
});

test.each([
  ['a 429 with a delay', 429, { error: 'slow down' }],
  ['a 503 with a delay', 503, { error: 'busy' }],
])('%s that does not fit is THROTTLED with it, and asked once', async (_, status, body) => {
  const scenario = await openScenario((response) => json(response, status, body, { 'retry-after': '60' }));
  const asked = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(asked).toEqual({ kind: 'THROTTLED', retryAfterSeconds: 60 });
  expect(scenario.seen).toHaveLength(1);
});

test.each([
  ['a 429', 429, {}],
  ['a 503', 503, {}],
  ['a throttle under HTTP 200', 200, throttle200('0.2s')],
])('%s that passes is asked again, each time in its turn', async (_, status, body) => {
  const scenario = await openScenario((response, _seen, index) =>
    json(response, index === 0 ? status : 200, index === 0 ? body : fullCompany),
  );
  expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
  expect(scenario.seen).toHaveLength(2);
  expect(scenario.turns()).toBe(2);
});

test('the next attempt comes no earlier than Retry-After says', async () => {
  const times: number[] = [];
  const scenario = await openScenario((response, _seen, index) => {
    times.push(performance.now());
    json(response, index === 0 ? 429 : 200, index === 0 ? {} : fullCompany, { 'retry-after': '1' });
  });
  await scenario.provider.findCompany(scenario.call, byDomain);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
});

test('a throttle that stays is asked three times and no more', async () => {
  const scenario = await openScenario((response) => json(response, 429, { error: 'Too many requests' }));
  const asked = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(asked).toEqual({ kind: 'THROTTLED', retryAfterSeconds: null });
  expect(scenario.seen).toHaveLength(3);
});

test('a 503 that stays is a fault that charged nothing', async () => {
  const scenario = await openScenario((response) => json(response, 503, {}));
  const asked = await scenario.provider.findCompany(scenario.call, byDomain);
  expect(asked).toMatchObject({ kind: 'BROKEN', sent: true });
  expect(scenario.seen).toHaveLength(3);
});

test('a turn that is not granted soon is THROTTLED, and nothing is sent', async () => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  const busy = new GatewayError('RATE_LIMITED', 'Ask later.', { retryAfterSeconds: 3 });
  const asked = await scenario.provider.findCompany(
    { ...scenario.call, acquirePermit: () => Promise.reject(busy) },
    byDomain,
  );
  expect(asked).toEqual({ kind: 'THROTTLED', retryAfterSeconds: 3 });
  expect(scenario.seen).toHaveLength(0);
});

test('a turn that fails otherwise fails the question, and nothing is sent', async () => {
  const scenario = await openScenario((response) => json(response, 200, fullCompany));
  const lost = new GatewayError('LEDGER_UNAVAILABLE', 'Ask later.');
  const asked = scenario.provider.findCompany(
    { ...scenario.call, acquirePermit: () => Promise.reject(lost) },
    byDomain,
  );
  await expect(asked).rejects.toBe(lost);
  expect(scenario.seen).toHaveLength(0);
});
