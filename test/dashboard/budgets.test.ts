import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser, launchBrowser } from '../support/browser.js';
import { type BudgetSteps, budgetSteps } from './budget-steps.js';
import { type DemoGateway, maxWait, settled, signIn, startDemo, faultsOfLook } from './open-dashboard.js';

let gateway: DemoGateway;
let steps: BudgetSteps;
beforeAll(async () => {
  gateway = await startDemo();
  steps = budgetSteps(gateway);
});
afterAll(() => gateway.close());

const itemOf = (tab: Page, name: string): Locator => tab.getByRole('listitem', { name, exact: true });

describe('the page of budgets', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('sets a budget that counts what its period has spent, after it has refused empty and wrong fields', async () => {
    await steps.spend('crm-sync', 'budgets_page_1');
    const { tab, complaints, strays } = await signIn(browser, `${gateway.demoUrl}/budgets`);
    await tab.getByRole('button', { name: 'Set a budget' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Set a budget' });
    await dialog.getByLabel('Scope').selectOption('WORKFLOW');
    await dialog.getByRole('button', { name: 'Set budget' }).click();
    for (const message of ['Enter a name.', 'Enter a workflow.', 'Enter a limit.'])
      await dialog.getByText(message, { exact: true }).waitFor();
    expect(await tab.evaluate('document.activeElement.name')).toBe('name');

    expect(await dialog.getByLabel('Time zone').inputValue()).toBe('Australia/Sydney');
    await dialog.locator('option[value="crm-sync"][label="Sandbox only"]').waitFor({ state: 'attached' });
    await dialog.getByLabel('Workflow', { exact: true }).fill('crm-sync');
    await dialog.getByText(/^1 Sandbox credit since 1 /).waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill('CRM sync');
    await dialog.getByLabel('Limit (credits)').fill('1');
    await dialog
      .getByText(/The limit is reached: new lookups that cost credits are blocked until 1 /)
      .waitFor();
    await dialog.getByLabel('Limit (credits)').fill('500');
    await dialog.getByLabel(/^Alert at/).fill('80, high');
    await dialog.getByRole('button', { name: 'Set budget' }).click();
    await dialog.getByText('Enter whole percentages, such as 80, 100.').waitFor();
    await dialog.getByLabel(/^Alert at/).fill('2000');
    await dialog.getByRole('button', { name: 'Set budget' }).click();
    await dialog.getByText(/^Thresholds are up to 20 whole percentages/).waitFor();
    await dialog.getByLabel(/^Alert at/).fill('50 %, 90 %');
    await dialog.getByRole('button', { name: 'Set budget' }).click();
    await tab.getByText('The budget CRM sync applies from now on.').waitFor();

    const item = itemOf(tab, 'CRM sync');
    await expect.poll(() => item.innerText(), maxWait).toContain('1 of 500 credits');
    expect(await item.innerText()).toMatch(/499 remaining[^]*Monthly · renews 1 .* 00:00 Australia\/Sydney/);
    expect(await item.innerText()).toContain('All spent credits are of the Sandbox');
    expect(await item.innerText()).toContain('Alerts at 50 %, 90 %');
    expect(await steps.budgetNamed('CRM sync')).toMatchObject({
      scope: 'WORKFLOW',
      subject: 'crm-sync',
      period: 'MONTH',
      timeZone: 'Australia/Sydney',
      mode: 'HARD',
      thresholds: [50, 90],
    });

    await tab.getByRole('button', { name: 'Set a budget' }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('CRM sync');
    await dialog.getByLabel('Limit (credits)').fill('10');
    await dialog.getByRole('button', { name: 'Set budget' }).click();
    await dialog
      .locator('.wrong')
      .getByText(/CRM sync/)
      .waitFor();
    expect(await dialog.getByLabel('Limit (credits)').inputValue()).toBe('10');
    expect([complaints, strays]).toEqual([[], []]);
    await tab.context().close();
  });

  it('sets budgets of every scope with suggested subjects, also from now on', async () => {
    await steps.spend('scopes', 'budgets_page_2');
    const connect = `mutation { createConnection(input: { name: "EU key", provider: FIRMABLE, key: "fbl_sandbox_scopes" }) {
      connection { id } userErrors { message } } }`;
    const { connection } = dataOf<{ connection: { id: string } }>(
      await gateway.post(connect),
      'createConnection',
    );
    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/budgets`);
    const dialog = tab.getByRole('dialog', { name: 'Set a budget' });
    for (const [scope, name, period, shown] of [
      ['WORKSPACE', 'All', 'TOTAL', 'Whole workspace'],
      ['CONNECTION', 'EU', 'DAY', 'Connection EU key'],
      ['TOKEN', 'Boot', 'WEEK', 'Token bootstrap'],
      ['MANAGED', 'Managed', 'MONTH', 'Managed account'],
    ] as const) {
      await tab.getByRole('button', { name: 'Set a budget' }).click();
      await dialog.getByLabel('Name', { exact: true }).fill(name);
      await dialog.getByLabel('Scope').selectOption(scope);
      if (scope === 'CONNECTION') {
        await dialog.getByText('Choose a connection to see how many credits that is.').waitFor();
        await dialog.getByLabel('Connection', { exact: true }).selectOption('EU key (Firmable, Sandbox)');
      }
      if (scope === 'TOKEN') await dialog.getByLabel('Token', { exact: true }).selectOption('bootstrap');
      await dialog.getByLabel('Period', { exact: true }).selectOption(period);
      const zones = period === 'TOTAL' ? 0 : 1;
      await expect.poll(() => dialog.getByLabel('Time zone').count(), maxWait).toBe(zones);
      await dialog.getByLabel('Limit (credits)').fill('100');
      await dialog.getByLabel('Action at limit').selectOption('SOFT');
      if (name === 'Boot') await dialog.getByRole('radio', { name: 'Count from now on' }).check();
      await dialog.getByRole('button', { name: 'Set budget' }).click();
      await dialog.waitFor({ state: 'detached' });
      await itemOf(tab, name).getByText(shown, { exact: true }).waitFor();
    }
    const all = await steps.budgetNamed('All');
    expect(all).toMatchObject({ subject: null, period: 'TOTAL', mode: 'SOFT' });
    expect(all?.['spent']).toBeGreaterThan(0);
    expect(await steps.budgetNamed('EU')).toMatchObject({ scope: 'CONNECTION', subject: connection.id });
    expect(await steps.budgetNamed('Boot')).toMatchObject({ scope: 'TOKEN', period: 'WEEK', spent: 0 });

    // A budget that has counted from now on can count its period again.
    await tab.getByRole('button', { name: 'Edit Boot' }).click();
    const edit = tab.getByRole('dialog', { name: 'Edit Boot' });
    await edit.getByLabel(/^Count this period again/).check();
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit.waitFor({ state: 'detached' });
    expect(await steps.budgetNamed('Boot')).toMatchObject({
      spent: all?.['spent'],
      mode: 'SOFT',
      period: 'WEEK',
    });
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('says what a lower limit does, and joins what two users change at once', async () => {
    await steps.spend('shared', 'budgets_page_3');
    const budget = await steps.setBudget({ name: 'Shared', scope: 'WORKFLOW', subject: 'shared', limit: 50 });
    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/budgets`);
    await tab.getByRole('button', { name: 'Edit Shared' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Edit Shared' });
    await dialog.getByLabel('Limit (credits)').fill('0');
    await dialog.getByText(/1 credit spent\. Lookups in flight are finished and counted\./).waitFor();
    expect(await dialog.innerText()).toContain('New lookups that cost credits are blocked until 1 ');
    const theirs = { id: budget.id, scope: 'WORKFLOW', subject: 'shared', name: 'Theirs', thresholds: [60] };
    await steps.setBudget({ ...theirs, limit: 70 });
    await dialog.getByLabel('Action at limit').selectOption('SOFT');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog
      .getByText('Another user changed this to 70 meanwhile. Save again to replace that.')
      .waitFor();
    expect(await steps.budgetNamed('Theirs')).toMatchObject({ limit: 70, mode: 'HARD' });
    await dialog.getByLabel('Limit (credits)').fill('0');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await steps.budgetNamed('Theirs')).toMatchObject({
      limit: 0,
      mode: 'SOFT',
      thresholds: [60],
      spent: 1,
    });
    await expect.poll(() => itemOf(tab, 'Theirs').innerText(), maxWait).toContain('1 over the limit');
    expect(await itemOf(tab, 'Theirs').innerText()).toContain('60 % reached');
    await tab.getByRole('button', { name: 'Edit Theirs' }).click();
    await gateway.post(`mutation { deleteBudget(id: "${budget.id}") { deletedId } }`);
    const edit = tab.getByRole('dialog', { name: 'Edit Theirs' });
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit.getByText('Another user deleted this budget meanwhile.').waitFor();
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('is complete by keyboard, and deletes a budget after a question', async () => {
    const { name: hostile } = await steps.setBudget({ name: '<img src=x onerror=alert(1)>', limit: 2e9 });
    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/budgets`);
    await itemOf(tab, hostile).getByText(' of 2,000,000,000 credits').waitFor();
    const set = tab.getByRole('button', { name: 'Set a budget' });
    await set.focus();
    await tab.keyboard.press('Enter');
    const dialog = tab.getByRole('dialog', { name: 'Set a budget' });
    await dialog.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await tab.evaluate('document.activeElement.innerText')).toBe('Set a budget');

    await tab.keyboard.press('Enter');
    const focused = (): Promise<string> => tab.evaluate('document.activeElement.name ?? ""');
    for (const [name, text] of Object.entries({ name: 'By keyboard', limit: '12' })) {
      for (let presses = 0; presses < 20 && (await focused()) !== name; presses += 1)
        await tab.keyboard.press('Tab');
      await tab.keyboard.type(text);
    }
    await tab.keyboard.press('Enter');
    await itemOf(tab, 'By keyboard').waitFor();

    const remove = tab.getByRole('button', { name: 'Delete By keyboard' });
    await remove.focus();
    await tab.keyboard.press('Enter');
    const question = tab.getByRole('dialog', { name: 'Delete By keyboard' });
    await question.getByRole('button', { name: 'Cancel' }).press('Enter');
    await question.waitFor({ state: 'detached' });
    expect(await steps.budgetNamed('By keyboard')).toBeDefined();
    await remove.press('Enter');
    await question.getByRole('button', { name: 'Delete budget' }).press('Enter');
    await itemOf(tab, 'By keyboard').waitFor({ state: 'detached' });
    expect(await steps.budgetNamed('By keyboard')).toBeUndefined();
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it.each(['VIEWER', 'MEMBER'] as const)('shows budgets without their buttons to a %s', async (role) => {
    await steps.setBudget({ name: `Seen by ${role}` });
    const { tab, complaints } = await signIn(browser, `${gateway.url}/budgets`, await gateway.tokenOf(role));
    await itemOf(tab, `Seen by ${role}`).waitFor();
    await tab.getByText('Only a token with the role ADMIN can change budgets.').waitFor();
    expect(await tab.getByRole('main').getByRole('button').count()).toBe(0);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('names the limit of a token, which is changed with the token, and shows a failed delivery', async () => {
    const create = `mutation { createToken(input: { name: "capped", role: MEMBER, limits: { creditsPerDay: 5 } }) {
      token { id } userErrors { message } } }`;
    dataOf(await gateway.post(create), 'createToken');
    const destination = `mutation { createAlertDestination(input: { kind: WEBHOOK, name: "Broken hook",
      url: "http://127.0.0.1:9/in?token=secret" }) { destination { id } userErrors { message } } }`;
    dataOf(await gateway.post(destination), 'createAlertDestination');
    await steps.setBudget({ name: 'Hooked', scope: 'WORKFLOW', subject: 'hooked', mode: 'SOFT', limit: 1 });
    await steps.spend('hooked', 'webhook_failures');

    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/budgets`);
    const hooked = itemOf(tab, 'Hooked');
    await expect
      .poll(() => hooked.innerText(), maxWait)
      .toMatch(
        /Alerts at 80 %, 100 % to Broken hook[^]*100 % reached[^]*no connection \(ECONNREFUSED\) \(attempt \d, .*; next attempt /,
      );
    expect(await tab.content()).not.toContain('token=secret');
    await tab.getByText('Daily credits of capped').waitFor();
    expect(await tab.getByRole('button', { name: /^Edit Daily credits/ }).count()).toBe(0);
    expect(complaints).toEqual([]);

    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'Set a budget' }).click();
    await settled(tab);
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.context().close();
  });
});
