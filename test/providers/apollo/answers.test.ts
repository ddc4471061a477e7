import { describe, expect, it } from 'vitest';
import { json } from '../firmable/start-upstream.js';
import { fullCompany, fullPerson, person } from './examples.js';
import { byDomain, byEmail, openScenario } from './open-scenario.js';

const invalidKey =
  'Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.';
const inaccessible = {
  error: 'This API key is not authorized to access api/v1/people/match. Request an API key …',
  error_code: 'API_INACCESSIBLE',
};
const throttle = (unit: string): object => ({
  message: `The maximum number of api calls allowed for api/v1/people/match is 600 times per ${unit}. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade.`,
});

const denied = (code: string) => ({ error: 'Not possible', error_details: { code } });

describe('classifying a response', () => {
  it.each([
    ['null', { organization: null, person: null }],
    ['absent', { request_id: 1039995589705 }],
    ['empty', { organization: {}, person: {} }],
  ])('returns a miss, without a retry, when a 200 has %s as its record', async (_, body) => {
    const scenario = await openScenario((response) => json(response, 200, body));
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({ kind: 'NOT_FOUND' });
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toEqual({ kind: 'NOT_FOUND' });
    expect(scenario.seen).toHaveLength(2);
  });

  it('refuses the key, without a retry, when a 401 is plain text', async () => {
    const scenario = await openScenario((response) =>
      response.writeHead(401, { 'content-type': 'text/plain; charset=utf-8' }).end(invalidKey),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({
      kind: 'REFUSED',
      code: 'KEY_REFUSED',
    });
    expect(scenario.seen).toHaveLength(1);
  });

  it.each([
    ['a 403 API_INACCESSIBLE', 403, inaccessible, 'KEY_SCOPE_MISSING'],
    ['a 403 about the plan, in words', 403, { error: 'Upgrade your plan.' }, 'PLAN_WITHOUT_API'],
    ['a 403 by the code of a scope', 403, denied('AUTH.API_KEY.SCOPE_MISSING'), 'KEY_SCOPE_MISSING'],
    ['a 403 by the code of a plan', 403, denied('BILLING.PLAN.NOT_INCLUDED'), 'PLAN_WITHOUT_API'],
    ['a 403 by the code of an IP rule', 403, denied('AUTH.IP.NOT_ALLOWED'), 'IP_NOT_ALLOWED'],
    ['a 403 by the code of an allowlist', 403, denied('IP_ALLOWLIST_VIOLATION'), 'IP_NOT_ALLOWED'],
    ['a 401 by the code of an IP rule', 401, denied('SECURITY.IP_BLOCKED'), 'IP_NOT_ALLOWED'],
    ['a 401 by the code of a key', 401, denied('AUTH.API_KEY.INVALID'), 'KEY_REFUSED'],
    ['a 403 by the code of credits', 403, denied('BILLING.LIMIT.CREDITS_EXHAUSTED'), 'OUT_OF_CREDITS'],
    ['a 403 without words', 403, {}, 'PLAN_WITHOUT_API'],
    ['a 422', 422, { error: "Required parameter 'domain' missing" }, 'INVALID_IDENTIFIER'],
    ['a 400', 400, { error: 'Invalid parameters' }, 'INVALID_IDENTIFIER'],
    ['a 402', 402, {}, 'OUT_OF_CREDITS'],
    ['a 422 about credits', 422, { error: 'You have insufficient credits! Upgrade.' }, 'OUT_OF_CREDITS'],
    ['a 429 about credits', 429, { message: 'You are out of credits' }, 'OUT_OF_CREDITS'],
  ])('refuses with its reason, without a retry, when it gets %s', async (_, status, body, code) => {
    const scenario = await openScenario((response) => json(response, status, body));
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toEqual({ kind: 'REFUSED', code });
    expect(scenario.seen).toHaveLength(1);
  });

  it('returns a fault, not a miss, when it gets a 404', async () => {
    const scenario = await openScenario((response) => response.writeHead(404).end('<h1>Not Found</h1>'));
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
  });

  it('returns a fault that charged nothing when a 200 reports an error', async () => {
    const scenario = await openScenario((response) =>
      json(response, 200, { error: 'out of order', person: null }),
    );
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({
      kind: 'BROKEN',
      sent: true,
    });
  });

  it.each([
    ['a text', { organization: 'Yarra', person: 'Ada' }],
    ['a list', { organization: [fullCompany.organization], person: [person] }],
    ['without an id', { organization: { name: 'Yarra' }, person: { name: 'Ada' } }],
    ['of the other kind', { organization: undefined, person: undefined, credit_usage_stats: { a: 1 } }],
  ])('is unknown when the record of a 200 is %s', async (_, body) => {
    const scenario = await openScenario((response) => json(response, 200, body));
    const unreadable = { kind: 'UNKNOWN', code: 'PROVIDER_ANSWER_UNREADABLE' };
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject(unreadable);
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject(unreadable);
  });

  it('reads the company from organization, and the person from person', async () => {
    const scenario = await openScenario((response, { url }) =>
      json(response, 200, url.startsWith('/organizations') ? fullCompany : fullPerson),
    );
    const company = await scenario.provider.findCompany(scenario.call, byDomain);
    const person = await scenario.provider.findPerson(scenario.call, byEmail);
    if (company.kind !== 'FOUND' || person.kind !== 'FOUND') throw new Error('not found');
    expect(company.record).toMatchObject({ id: '5e66b6381e05b4008c8331b8', name: 'Yarra Works' });
    expect(company.raw()).toEqual(fullCompany);
    expect(person.record).toMatchObject({ id: '64a7ff0cc4dfae00013df1a5', name: 'Ada Yarra' });
    expect(person.raw()).toEqual(fullPerson);
  });
});

describe('a rate limit', () => {
  it('is returned at once with its delay when it lasts an hour', async () => {
    const scenario = await openScenario((response) =>
      json(response, 429, throttle('hour'), { 'retry-after': '1799' }),
    );
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toEqual({
      kind: 'THROTTLED',
      retryAfterSeconds: 1_799,
    });
    expect(scenario.seen).toHaveLength(1);
  });

  it.each([
    ['minute', 60],
    ['hour', 3_600],
    ['day', 86_400],
  ])('has the delay of its window when it only names the window, a %s: %i seconds', async (unit, seconds) => {
    const scenario = await openScenario((response) => json(response, 429, throttle(unit)));
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({
      kind: 'THROTTLED',
      retryAfterSeconds: seconds,
    });
    expect(scenario.seen).toHaveLength(1);
  });

  it('is retried with a new permit when it lasts a second', async () => {
    const times: number[] = [];
    const scenario = await openScenario((response, _seen, index) => {
      times.push(performance.now());
      json(response, index === 0 ? 429 : 200, index === 0 ? throttle('minute') : fullCompany, {
        'retry-after': '1',
      });
    });
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'FOUND' });
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990);
    expect(scenario.permits()).toBe(2);
  });
});

describe('the charge of a person', () => {
  const bare = { id: '64a7ff0cc4dfae00013df1a5' };
  const mobile = { raw_number: '0450', sanitized_number: '+61450600000', type: 'mobile' };
  const work = { sanitized_number: '+61390000000', type: 'work_hq' };

  it.each([
    ['an id alone', bare, 0n],
    ['a photo alone', { ...bare, photo_url: 'https://photos.example/1', departments: [] }, 0n],
    ['a locked address alone', { ...bare, email: 'email_not_unlocked@domain.com' }, 0n],
    ['demographics', { ...bare, name: 'Ada', title: 'CMO' }, 1n],
    ['a place alone', { ...bare, country: 'Australia' }, 1n],
    ['an e-mail address alone', { ...bare, email: 'ada@yarra.example' }, 1n],
    ['a personal address alone', { ...bare, personal_emails: ['ada@home.example'] }, 1n],
    ['a number that is no mobile', { ...bare, name: 'Ada', phone_numbers: [work] }, 1n],
    ['a number of an unknown kind', { ...bare, name: 'Ada', phone_numbers: [{ raw_number: '1' }] }, 1n],
    ['a mobile number alone', { ...bare, phone_numbers: [mobile] }, 8n],
    ['demographics and a mobile number', { ...bare, name: 'Ada', phone_numbers: [work, mobile] }, 9n],
    [
      'two mobile numbers',
      { ...bare, name: 'Ada', phone_numbers: [mobile, { ...mobile, sanitized_number: '2' }] },
      9n,
    ],
    [
      "a mobile number of the team's own contact",
      { ...bare, name: 'Ada', contact: { phone_numbers: [mobile] } },
      9n,
    ],
    ['everything', person, 9n],
  ])('is computed when the person has %s', async (_, body, credits) => {
    const scenario = await openScenario((response) => json(response, 200, { person: body }));
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toMatchObject({
      kind: 'FOUND',
      reported: { credits, balance: null },
    });
    const { minCredits: least, maxCredits: most } = scenario.provider.person.price;
    expect(credits >= least && credits <= most).toBe(true);
  });

  it('is from 0 to 9, and a company costs 1', async () => {
    const scenario = await openScenario((response) => json(response, 200, fullCompany));
    expect(scenario.provider.person.price).toEqual({ kind: 'VARIABLE', minCredits: 0n, maxCredits: 9n });
    expect(scenario.provider.company.price).toEqual({ kind: 'FIXED', minCredits: 1n, maxCredits: 1n });
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).not.toHaveProperty('reported');
  });
});
