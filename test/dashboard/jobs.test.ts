import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { browserPath } from '../support/browser.js';
import { type DemoGateway, faultsOfLook, maxWait, savedBy, settled, startDemo } from './open-dashboard.js';
import { watchPages } from './watched-pages.js';

let gateway: DemoGateway;
let viewer = '';
beforeAll(async () => {
  gateway = await startDemo();
  viewer = await gateway.tokenOf('VIEWER');
  await gateway.post(
    'mutation { createConnection(input: { provider: FIRMABLE, name: "Trial", key: "fbl_sandbox_lists", verify: false }) { userErrors { message } } }',
  );
});
afterAll(() => gateway.close());

const file = [
  'Name,Site,Notes',
  'Harbourline,harbourline.example,"=1+1"',
  'Nobody,nobody-has-this.example,',
  'Again,www.harbourline.example,',
  'Wrong,not a domain,',
].join('\r\n');

const panel = (tab: Page, name: string) => tab.getByRole('region', { name, exact: true });
const fact = (tab: Page, region: string, name: string) =>
  panel(tab, region)
    .locator('dl > div')
    .filter({ has: tab.getByText(name, { exact: true }) })
    .locator('dd')
    .innerText();

describe.skipIf(browserPath === undefined)('the lists of the dashboard', { timeout: 120_000 }, () => {
  const pages = watchPages(() => gateway);

  it('lead from a file to its mapping, its price, its results and a file', async () => {
    const tab = await pages.open('/enrich?list=list');
    await tab.locator('input[type=file]').setInputFiles({
      name: 'accounts.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(file),
    });
    await panel(tab, 'Check the columns').waitFor();
    expect(await tab.getByLabel('Identifier in Site').inputValue()).not.toBe('');
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    await tab.getByText('Enter the most credits that the list may cost, or choose no limit.').waitFor();
    await tab.getByLabel('Most credits').fill('50');
    await tab.getByLabel('Country').selectOption('NZ');
    await tab.getByRole('button', { name: 'Get the quote' }).click();

    await tab.getByRole('heading', { level: 1, name: 'accounts.csv' }).waitFor();
    await expect.poll(() => panel(tab, 'Quote').innerText(), maxWait).toContain('Already unlocked');
    expect(await fact(tab, 'Quote', 'New')).toBe('2');
    expect(await fact(tab, 'Quote', 'Duplicates')).toBe('1');
    expect(await fact(tab, 'Quote', 'Invalid')).toBe('1');
    expect(await fact(tab, 'List and options', 'Country')).toBe('NZ');
    await tab.getByRole('button', { name: 'Delete', exact: true }).waitFor();
    expect(await panel(tab, 'Quote').innerText()).toContain('at most 50 credits');
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'Start', exact: true }).click();

    await panel(tab, 'Progress').getByText('Completed', { exact: true }).waitFor(maxWait);
    await settled(tab);
    expect(await fact(tab, 'Progress', 'Found')).toBe('2');
    expect(await fact(tab, 'Progress', 'Charged in the sandbox')).toMatch(/^[01]$/);
    await panel(tab, 'Rows').getByRole('button', { name: 'Receipt of row 1' }).click();
    await tab.getByRole('dialog', { name: 'Receipt' }).getByText('Charged').first().waitFor();
    await tab.keyboard.press('Escape');
    await panel(tab, 'Rows').getByLabel('Outcome').selectOption('REFUSED');
    await expect.poll(() => panel(tab, 'Rows').locator('tbody tr').count(), maxWait).toBe(1);
    expect(await faultsOfLook(tab)).toEqual([]);

    await tab.getByRole('button', { name: 'Download' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Download the results' });
    await dialog.getByLabel('Fields').fill('name,employeeCount');
    const saved = await savedBy(tab, dialog.getByRole('button', { name: 'Download' }));
    expect(saved.name).toBe('accounts-results.csv');
    const [head = '', first = ''] = saved.text.split('\r\n');
    expect(head).toMatch(/^Name,Site,Notes,/);
    expect(first).toContain('Harbourline,harbourline.example');
    // The employees in New Zealand; 214 in all countries.
    expect(first).toContain(',Harbourline,18,FOUND,');
  });

  it('are pasted, paused, resumed and canceled, and listed with who created them', async () => {
    const tab = await pages.open('/enrich?list=list');
    const lines = Array.from({ length: 400 }, (_, at) => `listed${at}.example`);
    await tab.getByLabel('Identifiers').fill(lines.join('\n'));
    await tab.getByLabel('No limit').check();
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    await tab.getByRole('heading', { level: 1, name: '400 companies' }).waitFor();
    await tab.getByRole('button', { name: 'Start', exact: true }).click();
    await tab.getByRole('button', { name: 'Pause' }).click();
    await panel(tab, 'Progress').getByText('Paused', { exact: true }).waitFor(maxWait);
    await tab.reload();
    await tab.getByRole('button', { name: 'Resume' }).click();
    await tab.getByRole('button', { name: 'Pause' }).waitFor();
    await tab.getByRole('button', { name: 'Cancel', exact: true }).click();
    await tab
      .getByRole('dialog', { name: 'Cancel the job' })
      .getByRole('button', { name: 'Cancel the job' })
      .click();
    await panel(tab, 'Progress').getByText('Canceled', { exact: true }).waitFor(maxWait);
    await tab.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Jobs' }).click();
    const row = panel(tab, 'Jobs').locator('tbody tr').first();
    await row.getByText('Canceled').waitFor();
    expect(await faultsOfLook(tab)).toEqual([]);
    await row.getByRole('link', { name: '400 companies' }).click();
    await tab.getByRole('button', { name: 'Delete' }).click();
    await tab
      .getByRole('dialog', { name: 'Delete the job' })
      .getByRole('button', { name: 'Delete the job' })
      .click();
    await tab.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await expect.poll(() => tab.getByRole('link', { name: '400 companies' }).count(), maxWait).toBe(0);
  });

  it('are read by a VIEWER without the buttons that change them', async () => {
    const tab = await pages.open('/jobs', viewer);
    expect(await tab.getByRole('link', { name: 'New list' }).count()).toBe(0);
    await tab.getByRole('link', { name: 'accounts.csv' }).click();
    await panel(tab, 'Rows').waitFor();
    await settled(tab);
    await tab.getByText('Changing jobs requires the role').waitFor();
    expect(await tab.locator('.page-actions').getByRole('button').allInnerTexts()).toEqual(['Download']);
  });

  it('refuse a file that is no list, with the reason', async () => {
    const tab = await pages.open('/enrich?list=list');
    await tab.locator('input[type=file]').setInputFiles({
      name: 'photo.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    });
    const refusal = tab.locator('.panel .wrong').filter({ hasText: /./ }).first();
    await refusal.waitFor();
    expect(await refusal.innerText()).toMatch(/PNG|image|text|table/i);
    pages.forgive();
  });
});
