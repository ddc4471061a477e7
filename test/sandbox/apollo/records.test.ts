import { describe, expect, it } from 'vitest';
import { bareAtApollo, flagship, onlyApollo, unknownEverywhere } from '../../../src/sandbox/samples.js';
import { apolloKey, fieldAt, openSandbox, type Query } from '../open-sandbox.js';

describe("a company of Apollo's", () => {
  it('is under organization, with figures of its own', async () => {
    const { organization } = await openSandbox();
    const response = await organization({ domain: flagship.domain });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      organization: expect.objectContaining({
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        name: 'Harbourline',
        website_url: 'http://www.harbourline.example',
        primary_domain: 'harbourline.example',
        linkedin_url: 'http://www.linkedin.com/company/harbourline',
        estimated_num_employees: 240,
        founded_year: 1998,
        industry: 'transportation and logistics',
        city: 'Newcastle',
        state: 'New South Wales',
        country: 'Australia',
        phone: expect.stringMatching(/^\+6125550\d{4}$/),
      }),
    });
  });

  it('has a primary phone that is an object with a number, or an empty one', async () => {
    const { organization } = await openSandbox();
    const phoneOf = async (domain: string): Promise<unknown> =>
      fieldAt(await (await organization({ domain })).json(), 'organization.primary_phone');
    expect(await phoneOf(flagship.domain)).toMatchObject({
      sanitized_number: expect.stringMatching(/^\+61/),
    });
    expect(await phoneOf('birchmarkpower.example')).toEqual({});
  });

  it.each<[string, Query]>([
    ['domain', { domain: 'HARBOURLINE.example' }],
    ['website', { website: 'https://www.harbourline.example/about' }],
    ['LinkedIn address', { linkedin_url: 'http://www.linkedin.com/company/harbourline' }],
    ['name', { name: 'harbourline' }],
  ])('is found by %s', async (_, query) => {
    const { organization } = await openSandbox();
    expect(await (await organization(query)).json()).toMatchObject({ organization: { name: 'Harbourline' } });
  });

  it('returns a miss as a 200, without an organization or with null', async () => {
    const { organization, sandbox } = await openSandbox();
    const absent = await organization({ domain: unknownEverywhere.company.domain });
    expect([absent.status, await absent.json()]).toEqual([200, {}]);
    const empty = await organization({ linkedin_url: 'linkedin.com/company/nowhere-to-be-found' });
    expect([empty.status, await empty.json()]).toEqual([200, { organization: null }]);
    expect(sandbox.account(apolloKey).creditsUsed).toBe(0);
  });
});

describe("a person of Apollo's", () => {
  it("has the mobile number in the team's contact, with its type", async () => {
    const { match } = await openSandbox();
    const body: unknown = await (await match({ email: onlyApollo.person.workEmail })).json();
    expect(body).toMatchObject({
      person: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        name: 'Dario Fennimore',
        linkedin_url: 'http://www.linkedin.com/in/dario-fennimore-fennimore',
        title: 'Founder',
        email: onlyApollo.person.workEmail,
        email_status: 'verified',
        city: 'Auckland',
        seniority: 'founder',
        organization: { primary_domain: onlyApollo.company.domain },
        contact: {
          phone_numbers: [{ type: 'mobile', raw_number: '0491 576 398', sanitized_number: '+61491576398' }],
        },
      },
    });
  });

  it.each<[string, Query]>([
    ['LinkedIn address', { linkedin_url: 'https://linkedin.com/in/dario-fennimore-fennimore' }],
    ['personal email', { email: 'dario.fennimore@letterbox.example' }],
    ['name and domain', { name: 'Dario Fennimore', domain: 'fennimoresails.example' }],
    [
      'both names and the employer',
      { first_name: 'dario', last_name: 'fennimore', organization_name: 'Fennimore Sails' },
    ],
  ])('is found by %s', async (_, query) => {
    const { match } = await openSandbox();
    expect(await (await match(query)).json()).toMatchObject({ person: { name: 'Dario Fennimore' } });
  });

  it('is found by its own id when that is sent as JSON', async () => {
    const { match, sandbox } = await openSandbox();
    const body: unknown = await (await match({ email: onlyApollo.person.workEmail })).json();
    const again = await fetch(`${sandbox.urls.APOLLO}/people/match`, {
      method: 'POST',
      headers: { 'x-api-key': apolloKey, 'content-type': 'application/json' },
      body: JSON.stringify({ id: fieldAt(body, 'person.id') }),
    });
    expect(await again.json()).toMatchObject({ person: { name: 'Dario Fennimore' } });
  });

  it('has personal addresses only when they are requested', async () => {
    const { match } = await openSandbox();
    const { workEmail: email } = onlyApollo.person;
    const plain: unknown = await (await match({ email })).json();
    expect(fieldAt(plain, 'person.personal_emails')).toBeUndefined();
    const revealed: unknown = await (await match({ email, reveal_personal_emails: 'true' })).json();
    expect(fieldAt(revealed, 'person.personal_emails')).toEqual(['dario.fennimore@letterbox.example']);
  });

  it('returns a miss as a 200, without a person or with null, also for a name alone', async () => {
    const { match, sandbox } = await openSandbox();
    const absent = await match({ email: unknownEverywhere.person.workEmail });
    expect([absent.status, await absent.json()]).toEqual([200, {}]);
    const empty = await match({ linkedin_url: 'linkedin.com/in/nobody-of-nowhere' });
    expect([empty.status, await empty.json()]).toEqual([200, { person: null }]);
    expect(await (await match({ name: 'Dario Fennimore' })).json()).toEqual({});
    expect(sandbox.account(apolloKey).creditsUsed).toBe(0);
  });

  it('has only an id for some people', async () => {
    const { match } = await openSandbox();
    const response = await match({ linkedin_url: `linkedin.com/in/${bareAtApollo.linkedin}` });
    const person: unknown = fieldAt(await response.json(), 'person');
    const present = Object.entries(Object(person)).filter(([, value]) => value !== null);
    expect(present.map(([field]) => field)).toEqual([
      'id',
      'email_status',
      'employment_history',
      'departments',
      'subdepartments',
      'functions',
    ]);
  });
});
