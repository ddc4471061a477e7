import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page, Request, Route } from 'playwright-core';
import { flagship, sampleCompanies } from '../../src/sandbox/samples.js';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser } from '../support/browser.js';
import { type DemoGateway, faultsOfLook, maxWait, savedBy, settled, startDemo } from './open-dashboard.js';
import { makeWorkbook, textRow } from '../uploads/make-workbook.js';
import { fact, panel } from './panel-facts.js';
import { watchPages } from './watched-pages.js';

let gateway: DemoGateway;
let viewer = '';
let trial = '';
beforeAll(async () => {
  gateway = await startDemo();
  viewer = await gateway.tokenOf('VIEWER');
  const created = await gateway.post(
    'mutation { createConnection(input: { provider: FIRMABLE, name: "Trial", key: "fbl_sandbox_lists", verify: false }) { connection { id } } }',
  );
  trial = dataOf<{ connection: { id: string } }>(created, 'createConnection').connection.id;
});
afterAll(() => gateway.close());

const file = [
  'Name,Site,Notes',
  'Harbourline,harbourline.example,"=1+1"',
  'Nobody,nobody-has-this.example,',
  'Again,www.harbourline.example,',
  'Wrong,not a domain,',
].join('\r\n');

/** Drops a file on the page as the mouse does. */
const drop = async (tab: Page, name: string, content: Buffer): Promise<void> => {
  const data = await tab.evaluateHandle(
    ([fileName = '', base64 = '']) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], fileName));
      return transfer;
    },
    [name, content.toString('base64')],
  );
  await tab.locator('.drop').dispatchEvent('drop', { dataTransfer: data });
};

const isStream = (request: Request) => request.postData()?.includes('subscription JobChanges') === true;

/** Holds requests with a text in their body back, until another text or null is given. */
const holdRequests = async (tab: Page): Promise<(text: string | null) => Promise<void>> => {
  let held: string | null = null;
  let routes: Route[] = [];
  await tab.route('**/graphql', async (route) => {
    if (held !== null && route.request().postData()?.includes(held) === true) routes.push(route);
    else await route.continue();
  });
  return async (text) => {
    const waiting = routes;
    [held, routes] = [text, []];
    // The page has given some of them up.
    await Promise.allSettled(waiting.map((route) => route.continue()));
  };
};

describe('the lists of the dashboard', inBrowser, () => {
  const pages = watchPages(() => gateway);

  it('lead from a file to its mapping, its price, its results and a file', async () => {
    const tab = await pages.open('/enrich?list=list');
    await drop(tab, 'accounts.csv', Buffer.from(file));
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
    expect(await fact(tab, 'List and options', 'Looked up by')).toBe('Site (Domain)');
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

  it('are pasted, followed, paused, resumed and canceled, and listed', async () => {
    const tab = await pages.open('/enrich?list=list');
    const hold = await holdRequests(tab);
    const rows = () => fact(tab, 'Progress', 'Rows');
    const list = Array.from({ length: 2_000 }, (_, at) => `listed${at}.example`).join('\n');
    // Chromium takes seconds to type so many lines.
    await tab.getByLabel('Identifiers').evaluate((area, value) => Object.assign(area, { value }), list);
    await tab.getByLabel('No limit').check();
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    await tab.getByRole('heading', { level: 1, name: '2000 companies' }).waitFor();
    // A proxy that passes no event on: the page reads the job itself.
    await hold('subscription JobChanges');
    await tab.getByRole('button', { name: 'Start', exact: true }).click();
    await tab.getByRole('button', { name: 'Pause' }).waitFor();
    await expect.poll(rows, maxWait).not.toBe('0 of 2,000');
    await tab.getByRole('button', { name: 'Pause' }).click();
    await panel(tab, 'Progress').getByText('Paused', { exact: true }).waitFor(maxWait);
    await tab.reload();
    await hold(null);
    const resume = tab.getByRole('button', { name: 'Resume' });
    await Promise.all([tab.waitForRequest(isStream), resume.click()]);
    await tab.getByRole('button', { name: 'Pause' }).waitFor();
    // Two changes that no query has read: one may have been under way.
    await hold('query Job(');
    for (const _change of [1, 2]) {
      const before = await rows();
      await expect.poll(rows, maxWait).not.toBe(before);
    }
    await hold(null);
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
    await row.getByRole('link', { name: '2000 companies' }).click();
    await tab.getByRole('button', { name: 'Delete' }).click();
    await tab
      .getByRole('dialog', { name: 'Delete the job' })
      .getByRole('button', { name: 'Delete the job' })
      .click();
    await tab.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
    await expect.poll(() => tab.getByRole('link', { name: '2000 companies' }).count(), maxWait).toBe(0);
  });

  it('are read in a workbook', async () => {
    const tab = await pages.open('/enrich?list=list');
    const rows = textRow('Firm', 'ABN') + textRow('Harbourline', flagship.abn);
    await drop(tab, 'firms.xlsx', makeWorkbook([{ name: 'Firms', rows }]));
    expect(await tab.getByLabel('Identifier in ABN').inputValue()).toBe('ABN');
    await tab.getByLabel('Most credits').fill('1');
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    await tab.getByRole('heading', { level: 1, name: 'firms.xlsx' }).waitFor();
    expect(await fact(tab, 'List and options', 'Looked up by')).toBe('ABN (ABN)');
    await tab.getByRole('button', { name: 'Start', exact: true }).click();
    await panel(tab, 'Rows').getByRole('link', { name: 'Harbourline' }).waitFor(maxWait);
  });

  it('search people, are retried, and lead to the people who were found', async () => {
    const { domain } = sampleCompanies[3] ?? flagship;
    const tab = await pages.open('/enrich?kind=search');
    await tab.getByLabel('Identifiers').fill(`${flagship.id}\n${domain}`);
    await tab.getByLabel('Most people of each company').fill('3');
    await tab.getByLabel('Connection', { exact: true }).selectOption(trial);
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    await tab.getByRole('button', { name: 'Start', exact: true }).click();
    await panel(tab, 'Progress').getByText('Completed', { exact: true }).waitFor(maxWait);
    expect(await fact(tab, 'Progress', 'Refused')).toBe('1');
    // Once the company is unlocked, its people are searched for nothing.
    await gateway.post(
      'query ($domain: String, $options: LookupOptions) { company(by: { domain: $domain }, options: $options) { outcome } }',
      { domain, options: { connection: trial } },
    );
    await tab.getByRole('button', { name: 'Retry failed rows' }).click();
    await expect.poll(() => fact(tab, 'Progress', 'Found'), maxWait).toBe('2');
    expect(await fact(tab, 'Progress', 'Refused')).toBe('0');

    await tab.getByRole('link', { name: 'Enrich what was found' }).click();
    await tab.getByLabel('Connection', { exact: true }).selectOption(trial);
    await tab.getByLabel('Phone', { exact: true }).check();
    await tab.getByLabel('Most credits').fill('1');
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    await tab.getByRole('heading', { level: 1, name: 'People of 2 companies' }).waitFor();
    expect(await fact(tab, 'List and options', 'Looked up by')).toBe('ID, LinkedIn');
    await tab.getByRole('button', { name: 'Start', exact: true }).click();
    await panel(tab, 'Progress').getByText('Paused', { exact: true }).waitFor(maxWait);
  });

  it('are filtered and read by a VIEWER without the buttons that change them', async () => {
    const tab = await pages.open('/jobs', viewer);
    expect(await tab.getByRole('link', { name: 'New list' }).count()).toBe(0);
    await tab.getByLabel('State').selectOption('Failed');
    await tab.getByText('No job is in this state.').waitFor();
    await tab.getByLabel('State').selectOption('Completed');
    await tab.reload();
    expect(new URL(tab.url()).searchParams.get('state')).toBe('COMPLETED');
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

  it('take none of two files that are dropped at once', async () => {
    const tab = await pages.open('/enrich?list=list');
    const dataTransfer = await tab.evaluateHandle(`(() => {
      const files = new DataTransfer();
      for (const name of ['a.csv', 'b.csv']) files.items.add(new File(['domain'], name));
      return files;
    })()`);
    await tab.locator('label.drop').dispatchEvent('drop', { dataTransfer });
    await tab.getByText('2 files were dropped: drop one at a time.').waitFor();
    expect(await tab.getByText('Check the columns').count()).toBe(0);
  });
});
