import { describe, expect, it } from 'vitest';
import { flagship, onlyApollo } from '../../../src/sandbox/samples.js';
import { openSandbox, pdlKey, type Query } from '../open-sandbox.js';

const figures = (response: Response): (string | null)[] =>
  ['x-call-credits-spent', 'x-call-credits-type', 'x-totallimit-remaining'].map((name) =>
    response.headers.get(name),
  );

const windowOf = (response: Response): (string | null)[] =>
  ['limit', 'remaining', 'reset'].map((name) => response.headers.get(`x-ratelimit-${name}`));

describe('what People Data Labs charges', () => {
  it('charges a credit for every match, repeated ones included, and reports it in the headers', async () => {
    const { enrich, sandbox } = await openSandbox();
    const first = await enrich('company', { website: flagship.domain });
    const second = await enrich('company', { website: flagship.domain });
    expect(figures(first)).toEqual(['1', 'enrich_company', '9999']);
    expect(figures(second)).toEqual(['1', 'enrich_company', '9998']);
    expect(sandbox.account(pdlKey)).toMatchObject({ creditsUsed: 2, creditsLeft: 9_998, requests: 2 });
    expect(sandbox.account(pdlKey).unlocked.size).toBe(0);
  });

  it('returns a free miss as a 404 with the same headers', async () => {
    const { enrich, sandbox } = await openSandbox();
    const miss = await enrich('person', { email: onlyApollo.person.workEmail });
    expect([miss.status, await miss.json()]).toEqual([
      404,
      { status: 404, error: { type: 'not_found', message: 'No records were found matching your request' } },
    ]);
    expect(figures(miss)).toEqual(['0', 'enrich', '10000']);
    expect(sandbox.account(pdlKey).creditsUsed).toBe(0);
  });

  it.each([
    ['mobile_phone', 200],
    ['work_email AND mobile_phone', 200],
    ['github_url', 404],
    ['work_email AND github_url', 404],
    ['github_url OR mobile_phone', 200],
    ['github_url OR mobile_phone AND facebook_url', 404],
    ['(github_url or mobile_phone) and work_email', 200],
    ['emails.address', 200],
    ['experience.company.website', 200],
    ['interests', 404],
    ['job_company_location_street_address', 404],
  ])('decides by required=%s whether it is a match: %i', async (required, status) => {
    const { enrich, sandbox } = await openSandbox();
    const query = { email: 'mara.ellery@harbourline.example', required };
    expect((await enrich('person', query)).status).toBe(status);
    expect(sandbox.account(pdlKey).creditsUsed).toBe(status === 200 ? 1 : 0);
  });

  it('returns a free miss when a match is below min_likelihood', async () => {
    const { enrich, sandbox } = await openSandbox();
    expect((await enrich('company', { name: 'Harbourline', min_likelihood: '5' })).status).toBe(404);
    expect((await enrich('company', { name: 'Harbourline', min_likelihood: '4' })).status).toBe(200);
    expect(sandbox.account(pdlKey).creditsUsed).toBe(1);
  });

  it.each<['company' | 'person', Query]>([
    ['company', {}],
    ['company', { website: ' ' }],
    ['person', {}],
    ['person', { name: 'Mara Ellery' }],
    ['person', { email: 'mara.ellery@harbourline.example', required: 'phone' }],
    ['person', { email: 'mara.ellery@harbourline.example', required: '(work_email' }],
    ['person', { email: 'mara.ellery@harbourline.example', required: 'work_email mobile_phone' }],
    ['person', { email: 'mara.ellery@harbourline.example', min_likelihood: '11' }],
  ])('returns a free 400 when a %s is looked up with %j', async (what, query) => {
    const { enrich, sandbox } = await openSandbox();
    const response = await enrich(what, query);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 400, error: { type: 'invalid_request_error' } });
    expect(figures(response)[0]).toBe('0');
    expect(sandbox.account(pdlKey).creditsUsed).toBe(0);
  });

  it('keeps the account when its key is rotated, opens another for another name, and shares none with Firmable', async () => {
    const { enrich, company, sandbox } = await openSandbox();
    await enrich('company', { website: flagship.domain }, 'pdl_sandbox_team1');
    await enrich('company', { website: flagship.domain }, 'pdl_sandbox_team1_rotated');
    await enrich('company', { website: flagship.domain }, 'pdl_sandbox_team2');
    await company(`fqdn=${flagship.domain}`, 'fbl_sandbox_team1');
    expect(sandbox.account('pdl_sandbox_team1').creditsUsed).toBe(2);
    expect(sandbox.account('pdl_sandbox_team2').creditsUsed).toBe(1);
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(1);
  });
});

describe("People Data Labs' window", () => {
  it('admits its number in 60 s, rejects the rest with a 429, and opens when it says', async () => {
    let nowMs = Date.UTC(2026, 8, 25, 14, 7, 26);
    const { enrich, sandbox } = await openSandbox({ requestsPerMinute: 2, nowMs: () => nowMs });
    const send = (): Promise<Response> => enrich('company', { website: flagship.domain });

    const first = await send();
    expect(windowOf(first)).toEqual(['{"minute":2}', '{"minute":1}', '2026-09-25 14:08:26']);
    nowMs += 59_000;
    expect((await send()).status).toBe(200);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ status: 429, error: { type: 'rate_limit_error' } });
    expect(windowOf(refused)).toEqual(['{"minute":2}', '{"minute":0}', '2026-09-25 14:08:26']);
    expect(refused.headers.get('x-call-credits-spent')).toBe('0');

    nowMs = Date.UTC(2026, 8, 25, 14, 8, 26);
    expect((await send()).status).toBe(200);
    expect(sandbox.account(pdlKey)).toMatchObject({ creditsUsed: 3, throttled: 1 });
  });

  it('is separate for each key of an account', async () => {
    const { enrich } = await openSandbox({ requestsPerMinute: 1, nowMs: () => 0 });
    const send = async (key: string): Promise<number> =>
      (await enrich('company', { website: flagship.domain }, key)).status;
    expect(await send('pdl_sandbox_team1')).toBe(200);
    expect(await send('pdl_sandbox_team1_b')).toBe(200);
    expect(await send('pdl_sandbox_team1')).toBe(429);
  });
});
