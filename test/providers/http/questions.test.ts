import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { json } from '../firmable/start-upstream.js';
import { clientOf, scenarioOf } from '../scenario.js';
import { subjects } from '../subjects.js';
import { anyTime } from '../../support/any-time.js';

describe.each(subjects)('a question to $title', (subject) => {
  const { byDomain, byEmail, companyBody, personBody, key, keyHeader, companyUrl } = subject;

  test('bears the key in one header and nowhere else', async () => {
    const scenario = await scenarioOf(subject, (response, seen) =>
      json(response, 200, seen.url === companyUrl ? companyBody : personBody),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({ kind: 'FOUND' });
    for (const { url, headers, body } of scenario.seen) {
      const { [keyHeader[0]]: value, ...others } = headers;
      expect(value).toBe(keyHeader[1]);
      expect(JSON.stringify([url, others, body])).not.toContain(key);
    }
    expect(scenario.turns()).toBe(2);
  });

  test('keeps to the time of its call where that is shorter than its own', async () => {
    const scenario = await scenarioOf(
      subject,
      (response, _seen, index) => {
        if (index === 0) json(response, 200, companyBody);
      },
      { totalTimeoutMs: 60_000 },
    );
    // The first one opens the connection, which may take a machine under load its time.
    await scenario.provider.findCompany(scenario.call, byDomain);
    const started = performance.now();
    const asked = await scenario.provider.findCompany({ ...scenario.call, timeoutMs: 500 }, byDomain);
    expect(asked).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT' });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('keeps to its own time where that of its call is longer', async () => {
    const scenario = await scenarioOf(subject, () => {}, { totalTimeoutMs: 200 });
    const started = performance.now();
    const asked = await scenario.provider.findPerson({ ...scenario.call, timeoutMs: 60_000 }, byEmail);
    expect(asked).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT' });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('does not wait for a turn longer than its call may take, and then nothing is sent', async () => {
    const scenario = await scenarioOf(subject, (response) => json(response, 200, companyBody));
    await scenario.provider.findCompany(scenario.call, byDomain);
    const call = {
      ...scenario.call,
      timeoutMs: 500,
      acquirePermit: () => sleep(60_000, anyTime, { ref: false }),
    };
    expect(await scenario.provider.findCompany(call, byDomain)).toEqual({
      kind: 'THROTTLED',
      retryAfterSeconds: null,
    });
    expect(scenario.seen).toHaveLength(1);
  });

  test('is not sent at all where its call has no time left', async () => {
    const scenario = await scenarioOf(subject, (response) => json(response, 200, companyBody));
    const asked = await scenario.provider.findCompany({ ...scenario.call, timeoutMs: 0 }, byDomain);
    expect(asked).toMatchObject({ kind: 'BROKEN', sent: false });
    expect(scenario.seen).toEqual([]);
  });

  test('tries to connect no longer than its call may take', async () => {
    const client = clientOf(subject, 'http://127.0.0.1:1');
    const started = performance.now();
    const asked = await client.provider.findCompany({ ...client.call, timeoutMs: 50 }, byDomain);
    expect(asked).toMatchObject({ kind: 'BROKEN', sent: false });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test.each([
    ['a 429', 429],
    ['a 503', 503],
  ])('is asked again after %s that passes, each time in its turn', async (_, status) => {
    const scenario = await scenarioOf(subject, (response, _seen, index) =>
      json(response, index === 0 ? status : 200, index === 0 ? {} : companyBody, { 'retry-after': '0' }),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
    expect([scenario.seen.length, scenario.turns()]).toEqual([2, 2]);
  });

  test.each([429, 503])(
    'a %i whose delay does not fit is THROTTLED with it, and asked once',
    async (status) => {
      const scenario = await scenarioOf(subject, (response) =>
        json(response, status, {}, { 'retry-after': '3600' }),
      );
      expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({
        kind: 'THROTTLED',
        retryAfterSeconds: 3_600,
      });
      expect(scenario.seen).toHaveLength(1);
    },
  );

  test.each([502, 504])(
    'a %i of a proxy leaves in doubt whether it was charged, and is asked once',
    async (status) => {
      const scenario = await scenarioOf(subject, (response) =>
        response.writeHead(status).end('<html>Bad gateway</html>'),
      );
      expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'UNKNOWN' });
      expect(scenario.seen).toHaveLength(1);
    },
  );

  test('a 500 is a fault that charged nothing, and is asked once', async () => {
    const scenario = await scenarioOf(subject, (response) => json(response, 500, { error: 'out of order' }));
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(scenario.seen).toHaveLength(1);
  });

  test.each([
    ['an HTML page', '<!doctype html><h1>It works</h1>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '7'],
    ['half a record', '{"id":"f0000'],
  ])('HTTP 200 with %s is unreadable, in doubt, and asked once', async (_, text) => {
    const scenario = await scenarioOf(subject, (response) => response.end(text));
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'UNKNOWN',
      code: 'PROVIDER_ANSWER_UNREADABLE',
    });
    expect(scenario.seen).toHaveLength(1);
  });

  test('a found record can be read again from what was kept of it', async () => {
    const scenario = await scenarioOf(subject, (response, seen) =>
      json(response, 200, seen.url === companyUrl ? companyBody : personBody),
    );
    const company = await scenario.provider.findCompany(scenario.call, byDomain);
    const person = await scenario.provider.findPerson(scenario.call, byEmail);
    if (company.kind !== 'FOUND' || person.kind !== 'FOUND') throw new Error('not found');
    expect(scenario.provider.readCompany(company.raw())?.record).toEqual(company.record);
    expect(scenario.provider.readPerson(person.raw())?.record).toEqual(person.record);
    expect(scenario.provider.readCompany({ nothing: true })).toBeNull();
    expect(scenario.provider.readPerson(null)).toBeNull();
  });
});
