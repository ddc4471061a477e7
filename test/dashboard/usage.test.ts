import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, launchBrowser } from '../support/browser.js';
import {
  type DemoGateway,
  maxWait,
  settled,
  signIn,
  startDemo,
  tableIn,
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

/** What the head of the list of entries says. */
const listed = async (tab: Page): Promise<Sums> => {
  const [credits, saved, lookups, attempts] =
    (await tab.locator('.sums').innerText()).match(/\d[\d,]*/g) ?? [];
  return {
    credits: number(credits),
    saved: number(saved),
    lookups: number(lookups),
    attempts: number(attempts),
  };
};

/** The sum of the values of a bar, as they are spoken. */
const spokenSum = (spoken: string): number =>
  [...spoken.matchAll(/ ([\d,]+)(?=,|$)/g)].reduce((sum, [, text]) => sum + number(text), 0);

describe('the usage page', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('shows groups, totals and the period before as the database has them', async () => {
    const { tab, strays, complaints } = await signIn(
      browser,
      `${gateway.demoUrl}/usage?period=7d&credits=real`,
    );
    const now = await ledger(`not sandbox and ${lastDays(7)}`);
    const before = await ledger(`not sandbox and ${lastDays(14)} and not (${lastDays(7)})`);
    const [head = [], ...rows] = await tableIn(tab, '.panel');
    const total = rows.at(-1) ?? [];
    const at = (title: string): number => number(total[head.indexOf(title)]);
    expect([at('Charged'), at('Before'), at('Saved'), at('Lookups'), at('Attempts')]).toEqual([
      now.credits,
      before.credits,
      now.saved,
      now.lookups,
      now.attempts,
    ]);
    const crm = rows.find(([name]) => name === 'crm-sync');
    const { credits } = await ledger(`not sandbox and workflow = 'crm-sync' and ${lastDays(7)}`);
    expect(number(crm?.[head.indexOf('Charged')])).toBe(credits);
    expect(await tab.locator('.figures .value').first().innerText()).toBe(`${now.credits}`);

    // By two labels; the sandbox is apart.
    await tab.getByLabel('Then by').selectOption('PROVIDER');
    await expect
      .poll(async () => (await tableIn(tab, '.panel'))[0]?.slice(0, 2), maxWait)
      .toEqual(['Workflow', 'Provider']);
    await settled(tab);
    await tab.getByRole('button', { name: 'Sandbox', exact: true }).click();
    await expect
      .poll(() => tab.locator('.figures .value').first().innerText(), maxWait)
      .toBe(`${(await ledger(`sandbox and ${lastDays(7)}`)).credits}`);
    expect(new URL(tab.url()).searchParams.get('groupBy')).toBe('WORKFLOW,PROVIDER');
    await tab.getByRole('button', { name: 'Compare' }).click();
    await expect.poll(async () => (await tableIn(tab, '.panel'))[0], maxWait).not.toContain('Before');
    await tab.goBack();
    await expect.poll(async () => (await tableIn(tab, '.panel'))[0], maxWait).toContain('Before');
    expect({ strays, complaints }).toEqual({ strays: [], complaints: [] });
    await tab.context().close();
  });

  it('charts each measure as the database has it', async () => {
    const address = `${gateway.demoUrl}/usage?period=7d&credits=real&unit=DAY`;
    const { tab, complaints } = await signIn(browser, address);
    const { credits, saved, lookups, attempts } = await ledger(`not sandbox and ${lastDays(7)}`);
    const measures = {
      'Credits charged': credits,
      Lookups: lookups,
      'Credits saved': saved,
      Attempts: attempts,
    };
    for (const [title, expected] of Object.entries(measures)) {
      await tab.getByLabel('Measure').selectOption({ label: title });
      const chart = tab.getByRole('group', { name: new RegExp(`^${title} by day`) });
      await chart.locator('canvas').waitFor();
      await settled(tab);
      await chart.focus();
      for (let bar = 0; bar < 7; bar += 1) await tab.keyboard.press('ArrowRight');
      const sums = [spokenSum(await chart.locator('[aria-live]').innerText())];
      for (let bar = 1; bar < 7; bar += 1) {
        await tab.keyboard.press('ArrowLeft');
        sums.push(spokenSum(await chart.locator('[aria-live]').innerText()));
      }
      expect([title, sums.reduce((sum, one) => sum + one, 0)]).toEqual([title, expected]);
    }
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('leads from a bar to its entries, and from an entry to its receipt', async () => {
    const address = `${gateway.demoUrl}/usage?period=7d&credits=real&unit=DAY`;
    const { tab, complaints } = await signIn(browser, address);
    const chart = tab.getByRole('group', { name: /^Credits charged by day/ });
    await chart.locator('canvas').waitFor();
    await chart.focus();
    for (let bar = 0; bar < 3; bar += 1) await tab.keyboard.press('ArrowLeft');
    const spoken = await chart.locator('[aria-live]').innerText();
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { level: 1, name: 'Entries' }).waitFor();
    await settled(tab);
    const { searchParams } = new URL(tab.url());
    const [start, end] = [searchParams.get('start'), searchParams.get('end')];
    const expected = await ledger(`not sandbox and occurred_at >= '${start}' and occurred_at < '${end}'`);
    expect(await listed(tab)).toEqual(expected);
    expect(spokenSum(spoken)).toBe(expected.credits);

    await tab.locator('tbody .opener').first().press('Enter');
    const dialog = tab.getByRole('dialog', { name: 'Receipt' });
    await dialog.getByRole('table').first().waitFor();
    const lookup = await dialog.locator('dd').filter({ hasText: /^ent_/ }).innerText();
    expect(new URL(tab.url()).searchParams.get('receipt')).toBe(lookup);
    expect(await violations(tab)).toEqual([]);
    await tab.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('leads from each row to entries that add up to it, also without a workflow, and lists a correction on the receipt', async () => {
    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/usage?period=7d&credits=real`);
    const [head = [], ...rows] = await tableIn(tab, '.panel');
    for (const name of ['No workflow', 'list, "Q4"', 'waterfall']) {
      const row = rows.find(([first]) => first === name) ?? [];
      await tab.getByRole('link', { name: `${name}: entries` }).click();
      await tab.getByRole('heading', { level: 1, name: 'Entries' }).waitFor();
      await settled(tab);
      expect([name, (await listed(tab)).credits, (await listed(tab)).attempts]).toEqual([
        name,
        number(row[head.indexOf('Charged')]),
        number(row[head.indexOf('Attempts')]),
      ]);
      if (name !== 'waterfall') await tab.goBack();
    }
    await tab.locator('tr', { hasText: 'Correction' }).getByRole('button').click();
    const dialog = tab.getByRole('dialog', { name: 'Receipt' });
    await dialog.getByRole('table').nth(1).waitFor();
    expect(await dialog.innerText()).toContain('not in the usage of the account');
    expect(await dialog.locator('dd').nth(3).innerText()).toBe('0 credits');
    await tab.keyboard.press('Escape');
    await tab.getByRole('button', { name: 'Remove the filter by workflow' }).click();
    await expect
      .poll(async () => (await listed(tab)).attempts, maxWait)
      .toBe((await ledger(`not sandbox and ${lastDays(7)}`)).attempts);
    // Fifty a page: the next one begins where this ends.
    await expect.poll(() => tab.locator('tbody tr').count(), maxWait).toBe(50);
    await settled(tab);
    const last = await tab.locator('tbody tr').last().innerText();
    await tab.getByRole('button', { name: 'Older entries' }).click();
    await expect.poll(() => tab.locator('tbody tr').first().innerText(), maxWait).not.toBe(last);
    await tab.getByRole('button', { name: 'Newest entries' }).click();
    await expect.poll(() => tab.locator('tbody tr').last().innerText(), maxWait).toBe(last);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });
});
