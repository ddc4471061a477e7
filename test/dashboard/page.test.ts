import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../src/access/workspaces.js';
import { startServer } from '../../src/http/start-server.js';
import { dataOf } from '../http/start-gateway.js';
import { browserPath, launchBrowser, openTab } from '../support/browser.js';
import { type DemoGateway, maxWait, settled, signIn, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

const connectionNames = async (): Promise<string[]> =>
  dataOf<{ nodes: { name: string }[] }>(
    await gateway.post('{ connections(first: 100) { nodes { name } } }'),
    'connections',
  ).nodes.map(({ name }) => name);

describe.skipIf(browserPath === undefined)('the page', { timeout: 150_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('opens with the demo token, keeps it in the tab alone, and forgets it on leaving', async () => {
    const { tab, strays, complaints } = await signIn(browser, gateway.demoUrl);
    expect(await tab.locator('#who').innerText()).toContain('(admin)');
    expect(await tab.evaluate('Object.values(sessionStorage).join()')).toBe(gateway.token);
    expect(await tab.evaluate('JSON.stringify(localStorage) + document.cookie')).not.toContain(gateway.token);
    await tab.reload();
    await settled(tab);
    await tab.getByRole('button', { name: 'Sign out' }).click();
    expect(await tab.evaluate('sessionStorage.length')).toBe(0);
    expect(await tab.locator('.panel').count()).toBe(0);
    await tab.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect({ strays, complaints }).toEqual({ strays: [], complaints: [] });
    await tab.context().close();
  });

  it('says that a token is wrong, and lets another one in', async () => {
    const { tab } = await openTab(browser, `${gateway.url}/`);
    expect(await tab.getByLabel('Token').inputValue()).toBe('');
    await tab.getByLabel('Token').fill('hello there');
    await tab.getByLabel('Token').press('Enter');
    await tab.getByText('Paste a token of this gateway').waitFor();
    await tab.getByLabel('Token').fill(`fgw_${'x'.repeat(43)}`);
    await tab.getByLabel('Token').press('Enter');
    await tab.getByText('The gateway does not take this token').waitFor();
    await tab.getByLabel('Token').fill(await gateway.tokenOf('VIEWER'));
    await tab.getByLabel('Token').press('Enter');
    await settled(tab);
    await tab.context().close();
  });

  it('asks to sign in again when the token is revoked meanwhile', async () => {
    const secret = await gateway.tokenOf('MEMBER');
    const { tab } = await signIn(browser, gateway.url, secret);
    const { nodes } = dataOf<{ nodes: { id: string; hint: string }[] }>(
      await gateway.post('{ tokens(first: 100) { nodes { id hint } } }'),
      'tokens',
    );
    const id = nodes.find(({ hint }) => secret.endsWith(hint))?.id;
    await gateway.post('mutation ($id: ID!) { revokeToken(id: $id) { token { id } } }', { id });
    await tab.getByText('The gateway does not take this token').waitFor();
    expect(await tab.evaluate('sessionStorage.length')).toBe(0);
    await tab.context().close();
  });

  it('offers no change to a VIEWER', async () => {
    const { tab } = await signIn(browser, gateway.url, await gateway.tokenOf('VIEWER'));
    expect(await tab.getByRole('button', { name: /Add|Set a budget|Verify|Change|Record/ }).count()).toBe(0);
    expect(await tab.locator('.refused').allInnerTexts()).toEqual([]);
    await tab.context().close();
  });

  it('offers a workspace on the plan FREE no key to store, and says who pays', async () => {
    const { secret } = await createWorkspace(gateway.context.database, { name: 'On FREE', plan: 'FREE' });
    const { tab } = await signIn(browser, gateway.url, secret);
    await tab.locator('#connections').getByText('On the plan FREE the managed account').waitFor();
    expect(await tab.getByRole('button', { name: /Add connection|Verify/ }).count()).toBe(0);
    expect(await tab.getByRole('button', { name: 'Set a budget' }).count()).toBe(1);
    await tab.context().close();
  });

  it('says how many workflows its bars leave out, and has them all in the table', async () => {
    const { secret } = await createWorkspace(gateway.context.database, { name: 'Busy', plan: 'PRO' });
    const lookups = Array.from(
      { length: 10 },
      (_, at) =>
        `w${at}: company(by: { domain: "busy.example" }, options: { workflow: "busy-${at}" }) { outcome }`,
    );
    await gateway.post(`{ ${lookups.join(' ')} }`, {}, { authorization: `Bearer ${secret}` });
    const { tab } = await signIn(browser, gateway.url, secret);
    const panel = tab.locator('#by-workflow');
    await panel.getByText('And 2 more: see the table.').waitFor();
    expect(await panel.locator('.shares li').count()).toBe(8);
    await panel.getByRole('button', { name: 'Table' }).click();
    expect(await panel.locator('tbody tr').count()).toBe(10);
    await tab.context().close();
  });

  it('adds a connection as the provider is found, named, given its key, saved and verified', async () => {
    const { tab, complaints } = await signIn(browser, gateway.demoUrl);
    await tab.getByRole('button', { name: 'Add connection' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Add connection' });
    await dialog.getByRole('radio', { name: /^Firmable/ }).check();
    await dialog.getByLabel('Name', { exact: true }).fill('Sales');

    await dialog.getByLabel('Key', { exact: true }).fill('fbl_sandbox_revoked');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => dialog.getByRole('alert').innerText(), maxWait).toMatch(/refused|key/i);
    expect(await connectionNames()).not.toContain('Sales');

    await dialog.getByLabel('Key', { exact: true }).fill('fbl_sandbox_browser_canary');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    const row = tab.locator('#connections li').filter({ hasText: 'Sales' });
    await row.getByText('Verified').waitFor();
    expect(await connectionNames()).toContain('Sales');

    const kept: string = await tab.evaluate(
      'document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + [...document.querySelectorAll("input")].map((one) => one.value).join()',
    );
    expect(kept).not.toContain('fbl_sandbox_browser_canary');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('sets a budget, shows how full it is, changes it and deletes it', async () => {
    const { tab, complaints } = await signIn(browser, gateway.demoUrl);
    await tab.getByRole('button', { name: 'Set a budget' }).click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Browser, monthly');
    await dialog.getByRole('button', { name: 'Set budget' }).click();
    await expect.poll(() => dialog.getByRole('alert').innerText(), maxWait).not.toBe('');
    await dialog.getByLabel('Credits').fill('40');
    await dialog.getByRole('button', { name: 'Set budget' }).click();
    await dialog.waitFor({ state: 'detached' });
    const gauge = tab.getByRole('meter', { name: 'Browser, monthly' });
    expect(await gauge.getAttribute('aria-valuemax')).toBe('40');

    await tab.getByRole('button', { name: 'Change Browser, monthly' }).click();
    await tab.getByRole('dialog').getByLabel('Credits').fill('50');
    await tab.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => gauge.getAttribute('aria-valuemax'), maxWait).toBe('50');

    await tab.getByRole('button', { name: 'Change Browser, monthly' }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Confirm deletion' }).click();
    await gauge.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('records the balance of an account and shows it', async () => {
    const { tab, complaints } = await signIn(browser, gateway.demoUrl);
    await tab.getByRole('button', { name: 'Record the balance of Firmable sandbox' }).click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByLabel('Remaining credits').fill('-5');
    await dialog.getByRole('button', { name: 'Record' }).click();
    await dialog.getByText('Enter a whole number of credits.').waitFor();
    await dialog.getByLabel('Remaining credits').fill('1234');
    await dialog.getByRole('button', { name: 'Record' }).click();
    await dialog.waitFor({ state: 'detached' });
    const row = tab.locator('#balances li').filter({ hasText: 'Firmable sandbox' });
    await expect.poll(() => row.innerText(), maxWait).toContain('1,234 remaining, estimated');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('loses one panel, and not the page, when one query is refused', async () => {
    const { tab } = await openTab(browser, `${gateway.demoUrl}/`);
    await tab.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('"operationName":"Budgets"') !== true) return route.continue();
      await route.fulfill({ json: { errors: [{ message: 'This part is out of order: wait.' }] } });
    });
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await settled(tab);
    expect(await tab.locator('#budgets').innerText()).toContain('This part is out of order: wait.');
    expect(await tab.locator('.refused').count()).toBe(1);
    await tab.locator('#entries tbody tr').first().waitFor();
    await tab.context().close();
  });

  it('says that the gateway is gone, and goes on when it is back', async () => {
    const going = await startServer({ ...gateway.context, offerToken: () => Promise.resolve(gateway.token) });
    const { tab } = await signIn(browser, going.url);
    await going.close(100);
    await tab.getByText('The gateway does not respond').waitFor();
    const port = Number(new URL(going.url).port);
    const back = await startServer({ ...gateway.context, config: { ...gateway.context.config, port } });
    await settled(tab);
    await expect.poll(() => tab.locator('#failure').isVisible(), maxWait).toBe(false);
    await tab.context().close();
    await back.close(100);
  });
});
