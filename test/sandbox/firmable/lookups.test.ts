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
  ])('returns the flagship when it is looked up by its %s', async (_, query) => {
    const { company } = await openSandbox();
    expect(await company(query)).toMatchObject({ id: flagship.id, name: 'Harbourline' });
  });

  it('returns the same company by each of its identifiers', async () => {
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

  it('returns a free miss as a 500 with the text of the live API', async () => {
    const { get, sandbox } = await openSandbox();
    const response = await get('/company?fqdn=nobody.example');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: 'Company profile not found' });
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(0);
  });

  it.each(['', '?id=', '?id=f000000100001&fqdn=harbourline.example', '?id=f000000100001&id=f000000100002'])(
    'returns a documented 400 when there is not exactly one identifier: /company%s',
    async (query) => {
      const { get } = await openSandbox();
      const response = await get(`/company${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: 400, message: expect.stringContaining('Exactly one') });
    },
  );

  it('returns a free 400 when the country is not supported', async () => {
    const { get, sandbox } = await openSandbox();
    const response = await get('/company?id=f000000100001&country=DE');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 400 });
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(0);
  });

  it('changes only the head count and the business identifiers when the country changes', async () => {
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
  it('returns the same person by each identifier', async () => {
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
  ])('returns a miss by %s as a 500 that says "%s"', async (query, wording) => {
    const { get, sandbox } = await openSandbox();
    const response = await get(`/people?${query}`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: expect.stringContaining(wording) });
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(0);
  });

  it("finds no person by a company's LinkedIn address, nor the reverse", async () => {
    const { get } = await openSandbox();
    expect((await get('/people?ln_url=linkedin.com/company/mara-ellery-harbourline')).status).toBe(500);
    expect((await get('/company?ln_url=linkedin.com/in/harbourline')).status).toBe(500);
    expect((await get('/company?ln_url=linkedin.com.evil.example/company/harbourline')).status).toBe(500);
  });

  it('has the Do Not Call status on each number', async () => {
    const { person } = await openSandbox();
    expect(fieldAt(await person('id=fp000000200001'), 'phones')).toEqual([
      { value: '0491 570 006', is_dnd: true },
      { value: '(02) 5550 0101', is_dnd: false },
    ]);
  });
});
