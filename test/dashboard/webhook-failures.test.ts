import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { dataOf } from '../http/start-gateway.js';
import { browserPath, launchBrowser } from '../support/browser.js';
import { type DemoGateway, maxWait, signIn, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

describe.skipIf(browserPath === undefined)('the page', { timeout: 150_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('shows the last error, the attempt and the next one when the webhook of a budget fails', async () => {
    const set = `mutation M($input: SetBudgetInput!) { setBudget(input: $input) { budget { id } userErrors { message } } }`;
    const budget = {
      name: 'Hooked',
      scope: 'WORKFLOW',
      subject: 'hooked',
      period: 'MONTH',
      mode: 'SOFT',
      limit: 1,
    };
    const input = { ...budget, thresholds: [100] };
    const create = `mutation M($input: CreateAlertDestinationInput!) { createAlertDestination(input: $input) { userErrors { message } } }`;
    const hook = { kind: 'WEBHOOK', name: 'Hook', url: 'http://127.0.0.1:9/in?token=secret' };
    dataOf(await gateway.post(create, { input: hook }), 'createAlertDestination');
    dataOf(await gateway.post(set, { input }), 'setBudget');
    const query = `query Q($domain: String!) { company(by: { domain: $domain }, options: { workflow: "hooked" }) { outcome } }`;
    const headers = { 'x-firmable-key': 'fbl_sandbox_webhook_failures' };
    dataOf(await gateway.post(query, { domain: flagship.domain }, headers), 'company');
    await expect.poll(() => gateway.logged(), maxWait).toContain('alert delivery failed');

    const { tab, complaints } = await signIn(browser, gateway.demoUrl);
    const budgets = tab.locator('#budgets');
    await expect
      .poll(() => budgets.innerText(), maxWait)
      .toMatch(/The alert for 100% failed: no connection \(ECONNREFUSED\) \(attempt \d, .*; next attempt /);
    expect(await budgets.innerText()).not.toContain('secret');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });
});
