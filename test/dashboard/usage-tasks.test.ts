import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, launchBrowser } from '../support/browser.js';
import {
  type DemoGateway,
  maxWait,
  readCsv,
  savedBy,
  settled,
  signIn,
  startDemo,
  violations,
} from './open-dashboard.js';
import { lastDays, ledgerOf, number, type Sums, type UsageData, writeUsage } from './usage-data.js';

let gateway: DemoGateway;
let data: UsageData;
beforeAll(async () => {
  gateway = await startDemo();
  data = await writeUsage(gateway, new Date());
});
afterAll(() => gateway.close());
const ledger = (where: string): Promise<Sums> => ledgerOf(gateway, data, where);

const sumOf = (text: string, column: string): number =>
  readCsv(text.replaceAll(/"(?:[^"]|"")*"/g, 'quoted')).reduce((sum, row) => sum + Number(row[column]), 0);

describe('the tasks of the usage page', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('adds, changes and removes filters, and keeps them in the address', async () => {
    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/usage?period=30d&credits=real`);
    await tab.getByRole('button', { name: 'Add filter' }).press('Enter');
    const dialog = tab.getByRole('dialog', { name: 'Filter' });
    await dialog.getByLabel('Filter by').selectOption('connection');
    await dialog.getByLabel(/^Field sales/).check();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.waitFor({ state: 'detached' });
    const chip = tab.getByRole('button', { name: /^Connection: Field sales: change/ });
    await chip.waitFor();
    await settled(tab);
    const value = tab.locator('.figures .value').first();
    const byConnection = await ledger(`not sandbox and connection_id is not null and ${lastDays(30)}`);
    await expect.poll(() => value.innerText(), maxWait).toBe(`${byConnection.credits}`);
    // Either, or none: the same as no filter.
    await chip.click();
    await dialog.getByLabel(/^No connection/).check();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    const all = await ledger(`not sandbox and ${lastDays(30)}`);
    await expect.poll(() => value.innerText(), maxWait).toBe(`${all.credits}`);
    expect(new URL(tab.url()).searchParams.get('without')).toBe('CONNECTION');
    await tab.reload();
    await settled(tab);
    await tab.getByRole('button', { name: 'Remove the filter by connection' }).click();
    await expect.poll(() => new URL(tab.url()).searchParams.has('connection'), maxWait).toBe(false);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('saves CSV with the chosen columns only, of groups, of chargeback and of entries', async () => {
    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/usage?period=30d&credits=real`);
    await tab.getByRole('button', { name: 'CSV: By workflow' }).click();
    const dialog = tab.getByRole('dialog', { name: 'CSV' });
    await dialog.waitFor();
    for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck();
    await dialog.getByRole('button', { name: 'Download' }).click();
    expect(await dialog.getByRole('alert').innerText()).toBe('Choose a column.');
    await dialog.getByLabel('Workflow', { exact: true }).check();
    await dialog.getByLabel('Credits charged', { exact: true }).check();
    const file = await savedBy(tab, dialog.getByRole('button', { name: 'Download' }));
    expect(file.text.split('\r\n')[0]).toBe('\u{feff}workflow,creditsCharged');
    const all = await ledger(`not sandbox and ${lastDays(30)}`);
    expect(sumOf(file.text, 'creditsCharged')).toBe(all.credits);

    await tab.getByRole('button', { name: 'Chargeback' }).click();
    const table = tab.getByRole('table', { name: 'Credits divided among workflows' });
    await table.waitFor();
    expect(number(await table.locator('tfoot td').nth(1).innerText())).toBe(all.credits);
    await tab.getByRole('button', { name: 'CSV: Chargeback' }).click();
    const shares = await savedBy(tab, dialog.getByRole('button', { name: 'Download' }));
    expect(shares.text.split('\r\n')[0]).toBe('\u{feff}workflow,creditsCharged,chargebackCredits');
    expect(sumOf(shares.text, 'chargebackCredits')).toBe(all.credits);

    await tab.goto(`${gateway.demoUrl}/usage/entries?period=30d&credits=real&workflow=crm-sync`);
    await settled(tab);
    await tab.getByRole('button', { name: 'CSV: Entries' }).click();
    const entries = await savedBy(tab, dialog.getByRole('button', { name: 'Download' }));
    const crm = await ledger(`not sandbox and workflow = 'crm-sync' and ${lastDays(30)}`);
    expect([sumOf(entries.text, 'creditsCharged'), readCsv(entries.text).length]).toEqual([
      crm.credits,
      crm.attempts,
    ]);

    // Every column that is offered is one of the export, in every group.
    for (const [path, open] of [
      ['/usage?groupBy=TOKEN,CONNECTION', /^CSV: By/],
      ['/usage?groupBy=PROVIDER,OPERATION', /^CSV: By/],
      ['/usage?groupBy=OUTCOME,PAYER', /^CSV: By/],
      ['/usage?tab=chargeback', 'CSV: Chargeback'],
      ['/usage/entries', 'CSV: Entries'],
    ] as const) {
      await tab.goto(`${gateway.demoUrl}${path}`);
      await settled(tab);
      await tab.getByRole('button', { name: open }).click();
      await dialog.waitFor();
      for (const box of await dialog.getByRole('checkbox').all()) await box.check();
      const { text } = await savedBy(tab, dialog.getByRole('button', { name: 'Download' }));
      expect(text).toMatch(/^\u{feff}\w+(,\w+)*\r\n/u);
    }
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('saves, opens, replaces and deletes views, and says so to a viewer who may not', async () => {
    const { tab, complaints } = await signIn(
      browser,
      `${gateway.demoUrl}/usage?groupBy=TOKEN&period=90d&workflow=crm-sync`,
    );
    await tab.getByRole('button', { name: 'Saved views' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Saved views' });
    await dialog.getByRole('button', { name: 'Save view' }).click();
    expect(await dialog.getByRole('alert').innerText()).toBe('Enter a name.');
    await dialog.getByLabel('Name').fill('CRM by token');
    await dialog.getByRole('button', { name: 'Save view' }).click();
    await dialog.getByRole('link', { name: 'CRM by token' }).waitFor();
    expect(await violations(tab)).toEqual([]);
    await tab.keyboard.press('Escape');

    await tab.goto(`${gateway.demoUrl}/usage?zone=Asia/Tokyo&period=today`);
    await settled(tab);
    await tab.getByRole('button', { name: 'Saved views' }).click();
    await dialog.getByRole('link', { name: 'CRM by token' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(Object.fromEntries(new URL(tab.url()).searchParams)).toEqual({
      groupBy: 'TOKEN',
      period: '90d',
      workflow: 'crm-sync',
      zone: 'Australia/Sydney',
      credits: 'real',
    });

    const viewer = await signIn(browser, `${gateway.url}/usage`, await gateway.tokenOf('VIEWER'));
    await viewer.tab.getByRole('button', { name: 'Saved views' }).click();
    const theirs = viewer.tab.getByRole('dialog', { name: 'Saved views' });
    await theirs.getByRole('link', { name: 'CRM by token' }).waitFor();
    expect(await theirs.innerText()).toContain('needs the role ADMIN, MANAGER, INTEGRATION or MEMBER');
    expect(await theirs.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
    await viewer.tab.context().close();

    await tab.getByRole('button', { name: 'Saved views' }).click();
    await dialog.getByRole('button', { name: 'Delete CRM by token' }).click();
    await tab
      .getByRole('dialog', { name: 'Delete view' })
      .getByRole('button', { name: 'Delete view' })
      .click();
    await dialog.getByText('No view is saved yet.').waitFor();
    expect([...complaints, ...viewer.complaints]).toEqual([]);
    await tab.context().close();
  });

  it('reports what is invalid in the address, and what the gateway refuses', async () => {
    const bad = '/usage?groupBy=COLOUR&period=never&measure=x&token=1&credits=real';
    const { tab } = await signIn(browser, `${gateway.demoUrl}${bad}`);
    const alerts = await tab.getByRole('alert').allInnerTexts();
    for (const word of ['COLOUR', 'never', '"x"', '"1"']) expect(alerts.join('\n')).toContain(word);
    await tab.goto(`${gateway.demoUrl}/usage/entries?start=b&end=a&receipt=nothing`);
    await tab.getByRole('dialog', { name: 'Receipt' }).getByRole('alert').waitFor();
    expect(await tab.getByRole('alert').first().innerText()).toContain('The whole period is shown.');
    await tab.goto(`${gateway.demoUrl}/usage?period=12m&unit=HOUR&groupBy=WORKFLOW,OUTCOME`);
    await settled(tab);
    await tab.goto(`${gateway.demoUrl}/usage?tab=chargeback&workflow=crm-sync`);
    await tab.getByRole('button', { name: 'Remove these filters' }).click();
    await tab.getByRole('table', { name: 'Credits divided among workflows' }).waitFor();
    await tab.context().close();
  });

  it.each([
    [390, 'dark'],
    [820, 'light'],
    [1440, 'light'],
  ] as const)('has no violation and fits at %d pixels in %s colours', async (width, colorScheme) => {
    const options = { viewport: { width, height: 900 }, colorScheme };
    const { tab } = await signIn(
      browser,
      `${gateway.demoUrl}/usage?credits=real&workflow=crm-sync&workflow=hourly`,
      null,
      options,
    );
    for (const path of ['/usage?credits=real', '/usage?tab=chargeback', '/usage/entries?credits=real']) {
      await tab.goto(`${gateway.demoUrl}${path}`);
      await settled(tab);
      expect([path, await violations(tab)]).toEqual([path, []]);
      expect([
        path,
        await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ]).toEqual([path, 0]);
    }
    for (const name of ['Saved views', 'Add filter', 'CSV: By workflow']) {
      await tab.goto(`${gateway.demoUrl}/usage?credits=real`);
      await settled(tab);
      await tab.getByRole('button', { name }).click();
      await tab.getByRole('dialog').waitFor();
      await settled(tab);
      expect([name, await violations(tab)]).toEqual([name, []]);
    }
    await tab.context().close();
  });
});
