import { describe, expect, it } from 'vitest';
import { openSandbox } from '../open-sandbox.js';

describe('what the sandbox charges', () => {
  it('charges one credit for the first retrieval of a record, and nothing later by any identifier', async () => {
    const { company, sandbox } = await openSandbox();
    for (const query of [
      'id=f000000100001',
      'abn=34999000001',
      'ln_slug=harbourline',
      'fqdn=harbourline.example',
    ]) {
      await company(query);
      await company(`${query}&country=NZ`);
    }
    const account = sandbox.account('fbl_sandbox_team1');
    expect(account).toMatchObject({ creditsUsed: 1, creditsLeft: 9_999, requests: 8 });
    expect([...account.unlocked]).toEqual(['f000000100001']);
  });

  it('charges one credit when fifty calls for one new record are concurrent', async () => {
    const { company, sandbox } = await openSandbox();
    await Promise.all(Array.from({ length: 50 }, () => company('id=f000000100003')));
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(1);
    expect(sandbox.visits().filter((visit) => visit.credits === 1)).toHaveLength(1);
  });

  it('keeps the account when its key is rotated, and opens another for another name', async () => {
    const { company, sandbox } = await openSandbox();
    await company('id=f000000100001', 'fbl_sandbox_team1');
    await company('id=f000000100001', 'fbl_sandbox_team1_rotated');
    await company('id=f000000100001', 'fbl_sandbox_team1.2');
    await company('id=f000000100001', 'fbl_sandbox_team2');
    expect(sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(1);
    expect(sandbox.account('fbl_sandbox_team1_rotated').requests).toBe(3);
    expect(sandbox.account('fbl_sandbox_team2').creditsUsed).toBe(1);
  });

  it('refuses a record when no credits are left, and keeps unlocked ones free', async () => {
    const { company, get, sandbox } = await openSandbox({ creditsPerAccount: 1 });
    await company('id=f000000100001');
    expect((await get('/company?id=f000000100002')).status).toBe(402);
    await company('abn=34999000001');
    expect(sandbox.account('fbl_sandbox_team1')).toMatchObject({ creditsUsed: 1, creditsLeft: 0 });
  });

  it('shares nothing between two sandboxes', async () => {
    const [one, other] = [await openSandbox(), await openSandbox()];
    await one.company('id=f000000100001');
    expect(other.sandbox.account('fbl_sandbox_team1').creditsUsed).toBe(0);
    expect([one.sandbox.requests, other.sandbox.requests]).toEqual([1, 0]);
  });
});
