import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../src/access/workspaces.js';
import { inBrowser, launchBrowser } from '../support/browser.js';
import { type DemoGateway, faultsOfLook, maxWait, settled, signIn, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

const postAs = async (token: string, query: string): Promise<void> => {
  const { body } = await gateway.post(query, {}, { authorization: `Bearer ${token}` });
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
};

const firstSteps = (tab: Page): Locator => tab.getByRole('region', { name: 'First steps', exact: true });

describe('the first steps', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  const open = async (token: string) => {
    const opened = await signIn(browser, `${gateway.url}/`, token);
    await settled(opened.tab);
    return opened;
  };

  it('lead an empty workspace through, until they are done, and are not read again', async () => {
    const { secret } = await createWorkspace(gateway.context.database, { name: 'Empty', plan: 'PRO' });
    const { tab, complaints } = await open(secret);
    const steps = firstSteps(tab);
    const undone = async (): Promise<string[]> => await steps.getByRole('link').allInnerTexts();
    expect(await undone()).toEqual(['Connect a key', 'Look up one record', 'Set a budget']);
    expect(await faultsOfLook(tab)).toEqual([]);
    await steps.getByRole('link', { name: 'Look up one record' }).click();
    await tab.getByRole('heading', { level: 1, name: 'Enrich' }).waitFor();
    await tab.goBack();
    await postAs(
      secret,
      'mutation { createConnection(input: { provider: FIRMABLE, name: "Trial", key: "fbl_sandbox_steps", verify: false }) { userErrors { message } } }',
    );
    await expect.poll(undone, maxWait).toEqual(['Look up one record', 'Set a budget']);
    await postAs(secret, '{ company(by: { id: "f000000100002" }) { outcome } }');
    await expect.poll(undone, maxWait).toEqual(['Set a budget']);
    // The only credits are those of the sandbox, so they are shown by themselves.
    await tab.getByRole('region', { name: 'At a glance: sandbox', exact: true }).waitFor();
    await postAs(
      secret,
      'mutation { setBudget(input: { name: "All", scope: WORKSPACE, period: MONTH, limit: 9 }) { userErrors { message } } }',
    );
    await steps.waitFor({ state: 'detached' });
    const reads: string[] = [];
    tab.on('request', (request) => reads.push(request.postData() ?? ''));
    await tab.reload();
    await settled(tab);
    expect(await steps.count()).toBe(0);
    expect(reads.filter((body) => body.includes('query FirstSteps'))).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('say which role they need, and are gone when they are dismissed', async () => {
    const { tab } = await open(await gateway.tokenOf('VIEWER'));
    const steps = firstSteps(tab);
    expect(await steps.innerText()).toContain('Needs the role ADMIN');
    expect(await tab.locator('.refused').allInnerTexts()).toEqual([]);
    await steps.getByRole('button', { name: /^Dismiss/ }).click();
    await steps.waitFor({ state: 'detached' });
    await tab.reload();
    await settled(tab);
    expect(await steps.count()).toBe(0);
    await tab.context().close();
  });
});
