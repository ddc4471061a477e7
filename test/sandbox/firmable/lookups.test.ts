import { describe, expect, it } from 'vitest';
import { flagship, sampleCompanies, samplePeople } from '../../../src/sandbox/samples.js';
import { fieldAt, openSandbox } from '../open-sandbox.js';

describe('looking up a company', () => {
  it.each([
    ['id', 'id=f000000100001'],
    ['LinkedIn slug', 'ln_slug=harbourline'],
    ['LinkedIn URL', `ln_url=${encodeURIComponent('https://www.linkedin.com/company/harbourline/about/')}`],
    ['LinkedIn URL of a country', 'ln_url=au.linkedin.com/company/Harbourline'],
    ['domain', 'fqdn=HARBOURLINE.example'],
    ['ABN', 'abn=34999000001'],
    ['ABN with spaces', `abn=${encodeURIComponent('34 999 000 001')}`],
    ['website', 'website=harbourline.example'],
    [
      'website in any spelling',
      `website=${encodeURIComponent('HTTPS://WWW.Harbourline.example:443/au?x=1')}`,
    ],
  ])('the flagship answers to its %s', async (_, query) => {
    const { company } = await openSandbox();
    expect(await company(query)).toMatchObject({ id: flagship.id, name: 'Harbourline' });
  });

  it('every sample company is the same record by each of its identifiers', async () => {
    const { company } = await openSandbox();
    for (const sample of sampleCompanies) {
      for (const query of [
        `id=${sample.id}`,
        `ln_slug=${sample.linkedin}`,
        `fqdn=${sample.domain}`,
        `abn=${sample.abn}`,
        `website=${sample.website}`,
      ]) {
        expect(await company(query)).toMatchObject({
          id: sample.id,
          name: sample.name,
          fqdn: sample.domain,
          website: sample.website,
          linkedin: sample.linkedin,
          industry_codes: { abn: sample.abn },
        });
      }
    }
  });

  it('a miss is a 500 with the text of the live API, and free', async () => {
    const { get, sandbox } = await openSandbox();
    const response = await get('/company?fqdn=nobody.example');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: 'Company profile not found' });
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(0);
  });

  it.each(['', '?id=', '?id=f000000100001&fqdn=harbourline.example', '?id=f000000100001&id=f000000100002'])(
    'anything but exactly one identifier is a documented 400: /company%s',
    async (query) => {
      const { get } = await openSandbox();
      const response = await get(`/company${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: 400, message: expect.stringContaining('Exactly one') });
    },
  );

  it('an unsupported country is a documented 400 and charges nothing', async () => {
    const { get, sandbox } = await openSandbox();
    const response = await get('/company?id=f000000100001&country=DE');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 400 });
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(0);
  });

  it('the country changes the head count and the business identifiers, and nothing else', async () => {
    const { company } = await openSandbox();
    const australian = await company('id=f000000100001');
    const kiwi = await company('id=f000000100001&country=NZ');
    expect(australian).toEqual(await company('id=f000000100001&country=AU'));
    expect([fieldAt(australian, 'employee_count'), fieldAt(kiwi, 'employee_count')]).toEqual([214, 18]);
    expect(fieldAt(australian, 'industry_codes')).toMatchObject({ abn: '34999000001', acn: '999000001' });
    expect(fieldAt(kiwi, 'industry_codes')).not.toHaveProperty('abn');
    expect(fieldAt(kiwi, 'industry_codes.nzbn')).toMatch(/^9429\d{9}$/);
    expect({ ...kiwi, employee_count: 0, industry_codes: 0 }).toEqual({
      ...australian,
      employee_count: 0,
      industry_codes: 0,
    });
  });
});

describe('looking up a person', () => {
  it('every sample person is the same record by each identifier', async () => {
    const { person } = await openSandbox();
    for (const sample of samplePeople) {
      for (const query of [
        `id=${sample.id}`,
        `ln_slug=${sample.linkedin}`,
        `ln_url=https://au.linkedin.com/in/${sample.linkedin}/`,
        `work_email=${sample.workEmail.toUpperCase()}`,
        `personal_email=${sample.personalEmail}`,
      ]) {
        expect(await person(query)).toMatchObject({
          id: sample.id,
          name: sample.name,
          linkedin: sample.linkedin,
          current_company: { id: flagship.id },
        });
      }
    }
  });

  it.each([
    ['id=fp999999999999', 'not found'],
    ['ln_slug=nobody', 'no profile'],
    ['work_email=nobody@harbourline.example', 'no record'],
  ])('a miss by %s is a 500 that says "%s"', async (query, wording) => {
    const { get, sandbox } = await openSandbox();
    const response = await get(`/people?${query}`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: expect.stringContaining(wording) });
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(0);
  });

  it("a company's LinkedIn address does not find a person, nor the other way round", async () => {
    const { get } = await openSandbox();
    expect((await get('/people?ln_url=linkedin.com/company/mara-ellery-harbourline')).status).toBe(500);
    expect((await get('/company?ln_url=linkedin.com/in/harbourline')).status).toBe(500);
    expect((await get('/company?ln_url=linkedin.com.evil.example/company/harbourline')).status).toBe(500);
  });

  it('the Do Not Call status stands on each number', async () => {
    const { person } = await openSandbox();
    expect(fieldAt(await person('id=fp000000200001'), 'phones')).toEqual([
      { value: '0491 570 006', is_dnd: true },
      { value: '(02) 5550 0101', is_dnd: false },
    ]);
  });
});
