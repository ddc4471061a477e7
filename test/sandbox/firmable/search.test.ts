import { describe, expect, it } from 'vitest';
import { openSandbox } from '../open-sandbox.js';

const companyId = 'f000000100001';

describe('searching for people', () => {
  it('redirects the published address with 307 to another path of the same host', async () => {
    const { post, sandbox } = await openSandbox();
    const first = await post('/people/search', { companyId });
    expect(first.status).toBe(307);
    const there = new URL(first.headers.get('location') ?? '', sandbox.urls.FIRMABLE);
    expect(there.origin).toBe(sandbox.urls.FIRMABLE);
    expect(there.pathname).not.toBe('/people/search');
    const second = await post(there.pathname, { companyId });
    expect(await second.json()).toMatchObject({ success: true, total: 6 });
  });

  it('returns the documented fields and no contact data', async () => {
    const { search } = await openSandbox();
    const { records } = await search({ companyId });
    expect(records[0]).toEqual({
      person_id: 'fp000000200001',
      position: 'Chief Executive Officer',
      company_name: 'Harbourline',
      linkedin: 'mara-ellery-harbourline',
      has_email: true,
      has_personal_email: true,
      has_phone: true,
      has_dnd_phone: true,
      has_mobile: true,
    });
  });

  it('returns every row once over all pages, each with the same total', async () => {
    const { search } = await openSandbox();
    const ids: string[] = [];
    for (let from = 0; from < 8; from += 2) {
      const page = await search({ companyId, from: String(from), size: '2' });
      expect(page.total).toBe(6);
      ids.push(...page.records.map((record) => String(record['person_id'])));
    }
    expect(ids).toEqual(Array.from({ length: 6 }, (_, index) => `fp00000020000${index + 1}`));
  });

  it.each([
    [{ seniority: '3' }, ['Chief Executive Officer', 'Chief Financial Officer']],
    [{ department: '2' }, ['Head of Sales']],
    [{ seniority: '3', department: '14' }, ['Chief Financial Officer']],
    [{ position: 'marketing' }, ['Marketing Manager']],
    [{ selectedCountry: 'NZ' }, []],
  ])('filters by %j to %j', async (filter, positions) => {
    const { search } = await openSandbox();
    const { records, total } = await search({ companyId, ...filter });
    expect(records.map((record) => String(record['position']))).toEqual(positions);
    expect(total).toBe(positions.length);
  });

  it('returns an empty list when a company has no people', async () => {
    const { search } = await openSandbox();
    expect(await search({ companyId: 'f999999999999' })).toEqual({ success: true, records: [], total: 0 });
  });

  it('is free', async () => {
    const { search, sandbox } = await openSandbox();
    await search({ companyId });
    await search({ companyId }, 'fbl_sandbox_broke');
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(0);
    expect(sandbox.account('fbl_sandbox_broke').creditsUsed).toBe(0);
  });

  it.each([
    [{}, 'companyId'],
    [{ companyId, size: 10 }, 'must be a string'],
    [{ companyId, from: '-1' }, 'whole numbers'],
    [{ companyId, seniority: '8' }, 'seniority'],
    [{ companyId, department: 'Sales' }, 'department'],
    [{ companyId, selectedCountry: 'DE' }, 'country'],
    [[companyId], 'JSON object'],
  ])('returns a documented 400 when the body is %j', async (body, part) => {
    const { search } = await openSandbox();
    expect(await search(body)).toEqual({ error: 400, message: expect.stringContaining(part) });
  });
});
