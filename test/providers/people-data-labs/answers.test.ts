import { describe, expect, it } from 'vitest';
import { json } from '../firmable/start-upstream.js';
import { fullCompany, fullPerson } from './examples.js';
import { byDomain, byEmail, money, openScenario } from './open-scenario.js';

const notFound = {
  status: 404,
  error: { type: 'not_found', message: 'No records were found matching your request' },
};

describe('classifying a response', () => {
  it('returns a free miss, without a retry, when it gets a 404', async () => {
    const scenario = await openScenario((response) => json(response, 404, notFound, money(0, 1342)));
    const miss = { kind: 'NOT_FOUND', reported: { credits: 0n, balance: 1342n } };
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual(miss);
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toEqual(miss);
    expect(scenario.seen).toHaveLength(2);
  });

  it('returns a miss when the body of its 404 is lost, and a fault when the path is unknown', async () => {
    const bodies = ['', '', '<h1>Not Found</h1>', '{"message":"Not Found"}'];
    const scenario = await openScenario((response, _seen, index) =>
      response.writeHead(404, index === 0 ? money(0, 7) : {}).end(bodies[index]),
    );
    const result: string[] = [];
    for (const _ of bodies) result.push((await scenario.provider.findCompany(scenario.call, byDomain)).kind);
    expect(result).toEqual(['NOT_FOUND', 'BROKEN', 'BROKEN', 'BROKEN']);
  });

  it.each([
    [400, 'invalid_request_error', 'INVALID_IDENTIFIER'],
    [401, 'authentication_error', 'KEY_REFUSED'],
    [402, 'payment_required', 'OUT_OF_CREDITS'],
    [403, 'forbidden', 'PLAN_WITHOUT_API'],
  ])('gets a %i (%s) as the refusal %s, without a retry', async (status, type, code) => {
    const scenario = await openScenario((response) => json(response, status, { status, error: { type } }));
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({ kind: 'REFUSED', code });
    expect(scenario.seen).toHaveLength(1);
  });

  it('returns the error when it is inside a 200', async () => {
    const scenario = await openScenario((response) => json(response, 200, { status: 402, error: {} }));
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toEqual({
      kind: 'REFUSED',
      code: 'OUT_OF_CREDITS',
    });
  });

  it('returns a fault that charged nothing when it gets a 405', async () => {
    const scenario = await openScenario((response) => json(response, 405, { status: 405 }));
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
  });

  it('reads the company from the root, and the person from data', async () => {
    const scenario = await openScenario((response, { url }) =>
      json(response, 200, url.startsWith('/v5/company') ? fullCompany : fullPerson),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'FOUND',
      record: { id: 'tnHcNHbCv8MKeLh92946LAkX6PKg', name: 'Yarra Works' },
    });
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({
      kind: 'FOUND',
      record: { id: 'qEnOZ5Oh0poWnQ1luFBfVw_0000', name: 'Ada M Yarra' },
    });
  });

  it.each([
    ['a person flat at the root', { status: 200, likelihood: 8, ...fullPerson.data }],
    ['a person who is null', { status: 200, likelihood: 8, data: null }],
    ['a person without an id', { status: 200, likelihood: 8, data: { full_name: 'ada' } }],
    ['a person who is a list', { status: 200, likelihood: 8, data: [fullPerson.data] }],
  ])('is unknown, with the reported charge, when it gets %s', async (_, body) => {
    const scenario = await openScenario((response) => json(response, 200, body, money(1, 9)));
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({
      kind: 'UNKNOWN',
      code: 'PROVIDER_ANSWER_UNREADABLE',
      reported: { credits: 1n, balance: 9n },
    });
  });
});

describe('the charge and the balance of the headers', () => {
  it('are reported with a record', async () => {
    const scenario = await openScenario((response) => json(response, 200, fullCompany, money(1, 41)));
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'FOUND',
      reported: { credits: 1n, balance: 41n },
    });
  });

  it.each([
    ['a hit that was free', 200, fullCompany, money(0, 41), { credits: 0n, balance: 41n }],
    ['a miss that was charged', 404, notFound, money(1, 40), { credits: 1n, balance: 40n }],
    ['a refusal', 402, { status: 402 }, money(0, 0), { credits: 0n, balance: 0n }],
    ['a fault', 500, {}, money(0, 12), { credits: 0n, balance: 12n }],
    ['a hit of three credits', 200, fullCompany, money(3, 9), { credits: 3n, balance: 9n }],
    ['numbers with a fraction', 200, fullCompany, money('1.0', '7.5'), { credits: 1n, balance: 8n }],
    ['only the charge', 200, fullCompany, { 'x-call-credits-spent': '1' }, { credits: 1n, balance: null }],
    ['only the balance', 404, notFound, { 'x-totallimit-remaining': '5' }, { credits: null, balance: 5n }],
    ['texts that are no numbers', 404, notFound, money('None', '-1'), undefined],
    ['no headers', 200, fullCompany, {}, undefined],
  ])('are reported with %s', async (_, status, body, headers, reported) => {
    const scenario = await openScenario((response) => json(response, status, body, headers));
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toHaveProperty('kind');
    expect(Reflect.get(result, 'reported')).toEqual(reported);
  });

  it('are reported with an unknown result when the body is lost', async () => {
    const scenario = await openScenario((response) => {
      response.writeHead(200, { ...money(1, 7), 'content-length': '1000' });
      response.write('{"status":200', () => response.socket?.destroy());
    });
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'UNKNOWN',
      code: 'PROVIDER_UNAVAILABLE',
      reported: { credits: 1n, balance: 7n },
    });
    expect(scenario.seen).toHaveLength(1);
  });

  it('are reported with a rate limit', async () => {
    const headers = { ...money(0, 7), 'retry-after': '30' };
    const scenario = await openScenario((response) => json(response, 429, {}, headers));
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({
      kind: 'THROTTLED',
      retryAfterSeconds: 30,
      reported: { credits: 0n, balance: 7n },
    });
  });

  it.each([
    [429, { kind: 'THROTTLED' }],
    [503, { kind: 'BROKEN', code: 'PROVIDER_UNAVAILABLE' }],
  ])(
    'are reported, and not spent again by a retry, when it gets a %i that was charged',
    async (status, result) => {
      const scenario = await openScenario((response) => json(response, status, {}, money(1, 7)));
      expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
        ...result,
        reported: { credits: 1n, balance: 7n },
      });
      expect(scenario.seen).toHaveLength(1);
    },
  );
});

describe('a rate limit', () => {
  const date = 'Sat, 01 Aug 2026 00:00:00 GMT';
  const throttle = { status: 429, error: { type: 'rate_limit_error', message: 'too quick' } };

  it.each([
    ['2026-08-01T00:00:42Z', 42],
    ['2026-08-01 00:00:42', 42],
    ['2026-08-01T00:00:42.500+00:00', 43],
    [String(Date.parse('2026-08-01T00:00:42Z') / 1000), 42],
    ['42', 42],
    // Windows are a minute long: nothing is waited for longer, whatever a clock says.
    ['2026-08-01T09:00:00Z', 60],
    ['900', 60],
  ])('that resets at %s by its own clock ends in %i s', async (reset, seconds) => {
    const scenario = await openScenario((response) =>
      json(response, 429, throttle, { date, 'x-ratelimit-reset': reset }),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({
      kind: 'THROTTLED',
      retryAfterSeconds: seconds,
    });
    expect(scenario.seen).toHaveLength(1);
  });

  it('is retried, with a permit, when its window is over', async () => {
    const headers = { date, 'x-ratelimit-reset': '2026-07-31T23:59:59Z' };
    const scenario = await openScenario((response, _seen, index) =>
      index === 0 ? json(response, 429, throttle, headers) : json(response, 200, fullCompany, money(1, 3)),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({
      kind: 'FOUND',
      reported: { credits: 1n, balance: 3n },
    });
    expect([scenario.seen.length, scenario.permits()]).toEqual([2, 2]);
  });

  it('is tried three times when it has no end', async () => {
    const scenario = await openScenario((response) =>
      json(response, 429, throttle, { 'x-ratelimit-reset': 'soon' }),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({
      kind: 'THROTTLED',
      retryAfterSeconds: null,
    });
    expect(scenario.seen).toHaveLength(3);
  });
});
