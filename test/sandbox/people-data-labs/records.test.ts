import { describe, expect, it } from 'vitest';
import { flagship, onlyPeopleDataLabs, partialAtFirmable } from '../../../src/sandbox/samples.js';
import { fieldAt, openSandbox, type Query } from '../open-sandbox.js';

describe("a company of People Data Labs'", () => {
  it('is flat at the root, in lower case except the display name, with addresses without a scheme', async () => {
    const { enrich } = await openSandbox();
    const response = await enrich('company', { website: flagship.domain });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 200,
      likelihood: 8,
      name: 'harbourline',
      display_name: 'Harbourline',
      website: 'harbourline.example',
      linkedin_url: 'linkedin.com/company/harbourline',
      industry: 'transportation and logistics',
      founded: 1998,
      size: '201-500',
      location: { locality: 'newcastle', region: 'new south wales', country: 'australia' },
    });
  });

  it("has figures that differ slightly from Firmable's, and no telephone number", async () => {
    const { enrich, company } = await openSandbox();
    const body: unknown = await (await enrich('company', { website: flagship.domain })).json();
    const firmable = await company(`fqdn=${flagship.domain}`);
    expect(fieldAt(body, 'employee_count')).toBeGreaterThan(Number(fieldAt(firmable, 'employee_count')));
    expect(Object.keys(Object(body)).filter((field) => field.includes('phone'))).toEqual([]);
  });

  it.each<[string, Query]>([
    ['website', { website: 'https://www.Harbourline.example/about' }],
    ['profile', { profile: 'linkedin.com/company/harbourline' }],
    ['profile with a scheme', { profile: 'https://au.linkedin.com/company/harbourline/' }],
    ['name', { name: 'HARBOURLINE' }],
    ['several at once', { name: 'somebody else', website: 'harbourline.example' }],
  ])('is found by %s', async (_, query) => {
    const { enrich } = await openSandbox();
    expect(await (await enrich('company', query)).json()).toMatchObject({ display_name: 'Harbourline' });
  });

  it('is found by its own id of letters and digits', async () => {
    const { enrich } = await openSandbox();
    const id = fieldAt(await (await enrich('company', { website: flagship.domain })).json(), 'id');
    expect(id).toMatch(/^[A-Za-z0-9]{28}$/);
    expect(await (await enrich('company', { pdl_id: String(id) })).json()).toMatchObject({
      display_name: 'Harbourline',
      likelihood: 10,
    });
  });
});

describe("a person of People Data Labs'", () => {
  it('is under data beside its likelihood, with numbers in E.164', async () => {
    const { enrich } = await openSandbox();
    const { linkedin } = partialAtFirmable.withoutPhone;
    const response = await enrich('person', { profile: `https://www.linkedin.com/in/${linkedin}` });
    expect(await response.json()).toMatchObject({
      status: 200,
      likelihood: 10,
      data: {
        full_name: 'linh dao',
        linkedin_url: `linkedin.com/in/${linkedin}`,
        work_email: 'linh.dao@harbourline.example',
        mobile_phone: expect.stringMatching(/^\+61491\d{6}$/),
        job_title: 'logistics systems engineer',
        job_title_levels: ['entry'],
        job_company_website: 'harbourline.example',
        location_country: 'australia',
      },
    });
  });

  it('capitalizes names, and not addresses, when titlecase is set', async () => {
    const { enrich } = await openSandbox();
    const query = { email: 'linh.dao@harbourline.example', titlecase: 'true' };
    expect(await (await enrich('person', query)).json()).toMatchObject({
      data: {
        full_name: 'Linh Dao',
        job_title: 'Logistics Systems Engineer',
        job_company_name: 'Harbourline',
        location_name: 'Newcastle, New South Wales, Australia',
        work_email: 'linh.dao@harbourline.example',
        linkedin_url: 'linkedin.com/in/linh-dao-harbourline',
        experience: [{ company: { name: 'Harbourline', website: 'harbourline.example' } }],
      },
    });
  });

  it('has former addresses in emails, and the current one only in work_email', async () => {
    const { enrich } = await openSandbox();
    const present: unknown = await (
      await enrich('person', { email: 'mara.ellery@harbourline.example' })
    ).json();
    expect(fieldAt(present, 'data.emails')).toEqual([
      { address: expect.stringMatching(/^mellery@/), type: 'professional' },
      { address: 'mara.ellery@letterbox.example', type: 'personal' },
      { address: 'mara.ellery@harbourline.example', type: 'current_professional' },
    ]);
    // Of this one only an old address is known.
    const past: unknown = await (
      await enrich('person', { profile: 'linkedin.com/in/ibrahim-zielinski-1008' })
    ).json();
    expect(fieldAt(past, 'data.work_email')).toBeNull();
    expect(fieldAt(past, 'data.emails')).toEqual([{ address: expect.any(String), type: 'professional' }]);
  });

  it.each<[string, Query, number]>([
    ['profile', { profile: 'linkedin.com/in/ines-calloway-tallowmere' }, 10],
    ['work email', { email: 'Ines.Calloway@tallowmereinstruments.example' }, 9],
    ['personal email', { email: 'ines.calloway@letterbox.example' }, 9],
    ['phone', { phone: '+61 491 575 254' }, 6],
    ['name and company', { name: 'Ines Calloway', company: 'Tallowmere Instruments' }, 5],
    [
      'name and website',
      { first_name: 'ines', last_name: 'calloway', company: 'tallowmereinstruments.example' },
      5,
    ],
  ])('is found by %s, with its likelihood', async (_, query, likelihood) => {
    const { enrich } = await openSandbox();
    expect(await (await enrich('person', query)).json()).toMatchObject({
      likelihood,
      data: { full_name: 'ines calloway', linkedin_username: onlyPeopleDataLabs.person.linkedin },
    });
  });

  it('is found by its own id, whatever else is sent', async () => {
    const { enrich } = await openSandbox();
    const body: unknown = await (await enrich('person', { email: 'mara.ellery@harbourline.example' })).json();
    const id = String(fieldAt(body, 'data.id'));
    expect(id).toMatch(/^[A-Za-z0-9]{22}_0000$/);
    const again = await enrich('person', { pdl_id: id, email: 'linh.dao@harbourline.example' });
    expect(await again.json()).toMatchObject({ data: { full_name: 'mara ellery' } });
  });

  it('is found by a former address, with a low likelihood', async () => {
    const { enrich } = await openSandbox();
    const body: unknown = await (await enrich('person', { email: 'mara.ellery@harbourline.example' })).json();
    const former = String(fieldAt(body, 'data.emails.0.address'));
    expect(await (await enrich('person', { email: former })).json()).toMatchObject({ likelihood: 4 });
    expect((await enrich('person', { email: former, min_likelihood: '5' })).status).toBe(404);
  });
});
