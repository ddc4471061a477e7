import { describe, expect, it } from 'vitest';
import { openScenario } from './open-scenario.js';
import { byDomain, byEmail, fullCompany, fullPerson, key } from './examples.js';
import { json } from './start-upstream.js';

/** [what it says, status, body, outcome] */
const misses: [string, number, unknown][] = [
  ['a 500 with the words of a company miss', 500, { error: 'Company profile not found' }],
  ['a 500 that finds no profile', 500, { error: 'No profile for this person' }],
  ['a 500 that has no record, in capitals', 500, { error: 'NO RECORD' }],
  ['a miss in the older error shape', 500, { error: { code: 'E1', message: 'Person not found' } }],
  ['a miss in the published error shape', 400, { error: 400, message: 'Company not found' }],
  ['a 404 with words', 404, { error: 'whatever' }],
];

const refusals: [string, number, unknown, string][] = [
  ['401', 401, { error: 'Unauthorized' }, 'KEY_REFUSED'],
  ['403', 403, { error: 'Forbidden' }, 'PLAN_WITHOUT_API'],
  ['402', 402, {}, 'OUT_OF_CREDITS'],
  ['a 400 about credits', 400, { error: { code: 'x', message: 'Insufficient credits' } }, 'OUT_OF_CREDITS'],
  ['a 403 about credits', 403, { error: 'Your credits are exhausted.' }, 'OUT_OF_CREDITS'],
  ['a 429 about credits', 429, { error: 'You have used up your monthly credits' }, 'OUT_OF_CREDITS'],
  ['a 401 under HTTP 200', 200, { success: false, status: 401, error: 'Invalid key' }, 'KEY_REFUSED'],
  ['a 400 about anything else', 400, { error: 400, message: 'Invalid domain' }, 'INVALID_IDENTIFIER'],
  ['a 422', 422, { error: 'unprocessable' }, 'INVALID_IDENTIFIER'],
  ['a 401 that charged no credits', 401, { error: 'Unauthorized, no credits were charged' }, 'KEY_REFUSED'],
];

describe('classifying a response', () => {
  it.each(misses)('returns a miss, without a retry, when it gets %s', async (_, status, body) => {
    const scenario = await openScenario((response) => json(response, status, body));
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({ kind: 'NOT_FOUND' });
    expect(await scenario.provider.findPerson(scenario.call, byEmail)).toEqual({ kind: 'NOT_FOUND' });
    expect(scenario.seen).toHaveLength(2);
  });

  it.each(refusals)(
    'refuses with its reason, without a retry, when it gets %s',
    async (_, status, body, code) => {
      const scenario = await openScenario((response) => json(response, status, body));
      expect(await scenario.provider.findCompany(scenario.call, byDomain)).toEqual({ kind: 'REFUSED', code });
      expect(scenario.seen).toHaveLength(1);
    },
  );

  it.each([
    [500, { error: 'Internal Server Error' }],
    [500, { error: { code: 'E', message: 'database on fire' } }],
    [409, { error: 'conflict' }],
    [200, { success: false, error: 'something else' }],
  ])('returns a fault that charged nothing, without a retry, when it gets %i %j', async (status, body) => {
    const scenario = await openScenario((response) => json(response, status, body));
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'BROKEN', sent: true });
    expect(scenario.seen).toHaveLength(1);
  });

  it.each([502, 504])('is unknown, without a retry, when it gets %i of a proxy', async (status) => {
    const scenario = await openScenario((response) =>
      response.writeHead(status).end('<html>Bad gateway</html>'),
    );
    expect(await scenario.provider.findCompany(scenario.call, byDomain)).toMatchObject({ kind: 'UNKNOWN' });
    expect(scenario.seen).toHaveLength(1);
  });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '7'],
    ['half a record', '{"id":"f0000'],
    ['a list', '[]'],
    ['an object without id', '{"name":"Yarra"}'],
    ['an object with a blank id', '{"id":" "}'],
    ['an object with an object as id', '{"id":{}}'],
  ])('is unknown, without a retry, when HTTP 200 has %s', async (_, body) => {
    const scenario = await openScenario((response) => response.end(body));
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'UNKNOWN', code: 'PROVIDER_ANSWER_UNREADABLE' });
    expect(scenario.seen).toHaveLength(1);
  });

  it('returns the error of the status when its body is HTML', async () => {
    const scenario = await openScenario((response) => response.writeHead(401).end('<html>No</html>'));
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toEqual({ kind: 'REFUSED', code: 'KEY_REFUSED' });
  });

  it('keeps the record when the body has a byte order mark or invalid UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from('\uFEFF{"id":"f1","name":"Yar'),
      Buffer.from([0xff]),
      Buffer.from('ra"}'),
    ]);
    const scenario = await openScenario((response) => response.end(body));
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'FOUND', record: { id: 'f1', name: 'Yar\uFFFDra' } });
  });

  it('reads the older name of the employee count when the newer one is empty', async () => {
    const scenario = await openScenario((response) =>
      json(response, 200, { id: 'f1', employee_count: '', au_employee_count: 12 }),
    );
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({ kind: 'FOUND', record: { employeeCount: 12 } });
  });

  it('loses only an unexpected field, and logs its path without its value', async () => {
    const odd = { ...fullCompany, year_founded: 'in spring', phones: 'call-me-maybe' };
    const scenario = await openScenario((response) => json(response, 200, odd));
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(result).toMatchObject({
      kind: 'FOUND',
      record: { name: 'Yarra Works', yearFounded: null, phones: null },
      unexpectedFields: [
        { path: 'year_founded', expected: 'integer', got: 'string' },
        { path: 'phones', expected: 'list', got: 'string' },
      ],
    });
    expect(result.kind === 'FOUND' && result.raw()).toEqual(odd);
    expect(scenario.logged().trim().split('\n')).toHaveLength(1);
    expect(scenario.logged()).toContain('year_founded');
    expect(scenario.logged()).not.toMatch(/in spring|call-me-maybe/);
  });

  it('sends the key only in the Authorization header, and identifier and country in the query', async () => {
    const scenario = await openScenario((response, seen) =>
      json(response, 200, seen.url.startsWith('/people') ? fullPerson : fullCompany),
    );
    await scenario.provider.findCompany(scenario.call, byDomain);
    await scenario.provider.findPerson(scenario.call, byEmail);
    expect(scenario.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /company?fqdn=yarra.example&country=AU',
      'GET /people?work_email=ada%40yarra.example',
    ]);
    expect(scenario.seen.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${key}`,
      `Bearer ${key}`,
    ]);
    expect(scenario.permits()).toBe(2);
  });

  it('does not pass on the key when the upstream repeats it in an error', async () => {
    const scenario = await openScenario((response, seen) =>
      json(response, 500, { error: seen.headers.authorization }),
    );
    const result = await scenario.provider.findCompany(scenario.call, byDomain);
    expect(JSON.stringify(result) + scenario.logged()).not.toContain(key);
  });
});
