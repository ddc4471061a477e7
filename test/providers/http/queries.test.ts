import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { json } from '../firmable/start-upstream.js';
import { clientOf, scenarioOf } from '../scenario.js';
import { clients } from '../clients.js';
import { anyTime } from '../../support/any-time.js';

describe.each(clients)('a query to $title', (clientCase) => {
  const { byDomain, byEmail, companyBody, personBody, key, keyHeader, companyUrl } = clientCase;

  it('has the key in one header and nowhere else', async () => {
    const scenario = await scenarioOf(clientCase, (response, seen) =>
      json(response, 200, seen.url === companyUrl ? companyBody : personBody),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({ kind: 'FOUND' });
    for (const { url, headers, body } of scenario.seen) {
      const { [keyHeader[0]]: value, ...others } = headers;
      expect(value).toBe(keyHeader[1]);
      expect(JSON.stringify([url, others, body])).not.toContain(key);
    }
    expect(scenario.permits()).toBe(2);
  });

  it('ends at its call’s timeout when that is shorter than its own', async () => {
    const scenario = await scenarioOf(
      clientCase,
      (response, _seen, index) => {
        if (index === 0) json(response, 200, companyBody);
      },
      { totalTimeoutMs: 60_000 },
    );
    // The first one opens the connection, which may take a machine under load its time.
    await scenario.provider.findCompany(scenario.call, byDomain);
    const result = await scenario.provider.findCompany({ ...scenario.call, timeoutMs: 500 }, byDomain);
    expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT' });
  });

  it('ends at its own timeout when its call’s is longer', async () => {
    const scenario = await scenarioOf(clientCase, () => {}, { totalTimeoutMs: 200 });
    const result = await scenario.provider.findPerson({ ...scenario.call, timeoutMs: 60_000 }, byEmail);
    expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_TIMEOUT' });
  });

  it('sends nothing when no permit comes within its call’s timeout', async () => {
    const scenario = await scenarioOf(clientCase, (response) => json(response, 200, companyBody));
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

  it('is not sent when its call has no time left', async () => {
    const scenario = await scenarioOf(clientCase, (response) => json(response, 200, companyBody));
    const result = await scenario.provider.findCompany({ ...scenario.call, timeoutMs: 0 }, byDomain);
    expect(result).toMatchObject({ kind: 'BROKEN', sent: false });
    expect(scenario.seen).toEqual([]);
  });

  it('stops connecting at its call’s timeout', async () => {
    const client = clientOf(clientCase, 'http://127.0.0.1:1');
    const result = await client.provider.findCompany({ ...client.call, timeoutMs: 50 }, byDomain);
    expect(result).toMatchObject({ kind: 'BROKEN', sent: false });
  });

  it.each([
    ['a 429', 429],
    ['a 503', 503],
  ])('is retried, each time with a permit, when it gets %s that passes', async (_, status) => {
    const scenario = await scenarioOf(clientCase, (response, _seen, index) =>
      json(response, index === 0 ? status : 200, index === 0 ? {} : companyBody, { 'retry-after': '0' }),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
    expect([scenario.seen.length, scenario.permits()]).toEqual([2, 2]);
  });

  it.each([429, 503])(
    'is THROTTLED, without a retry, when the delay of a %i does not fit',
    async (status) => {
      const scenario = await scenarioOf(clientCase, (response) =>
        json(response, status, {}, { 'retry-after': '3600' }),
      );
      expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({
        kind: 'THROTTLED',
        retryAfterSeconds: 3_600,
      });
      expect(scenario.seen).toHaveLength(1);
    },
  );

  it.each([502, 504])('is unknown, without a retry, when it gets a %i of a proxy', async (status) => {
    const scenario = await scenarioOf(clientCase, (response) =>
      response.writeHead(status).end('<html>Bad gateway</html>'),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'UNKNOWN' });
    expect(scenario.seen).toHaveLength(1);
  });

  it('returns a fault that charged nothing, without a retry, when it gets a 500', async () => {
    const scenario = await scenarioOf(clientCase, (response) =>
      json(response, 500, { error: 'out of order' }),
    );
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
    expect(scenario.seen).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '7'],
    ['half a record', '{"id":"f0000'],
  ])('is unknown, without a retry, when HTTP 200 has %s', async (_, text) => {
    const scenario = await scenarioOf(clientCase, (response) => response.end(text));
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'UNKNOWN',
      code: 'PROVIDER_ANSWER_UNREADABLE',
    });
    expect(scenario.seen).toHaveLength(1);
  });

  it('reads a record again from its snapshot', async () => {
    const scenario = await scenarioOf(clientCase, (response, seen) =>
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
