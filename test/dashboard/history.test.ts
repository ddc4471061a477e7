import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser } from '../support/browser.js';
import { type DemoGateway, goTo, maxWait, settled, startDemo } from './open-dashboard.js';
import { writeUsage } from './usage-data.js';
import { watchPages } from './watched-pages.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
  await writeUsage(gateway, new Date());
});
afterAll(() => gateway.close());

const titled = (tab: Page, title: string): Promise<void> =>
  tab.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();

const isOn = async (tab: Page, path: string): Promise<void> => {
  await expect.poll(() => new URL(tab.url()).pathname, maxWait).toBe(path);
};

describe('the Back button', inBrowser, () => {
  const { open } = watchPages(() => gateway);

  it('leads from a new waterfall to the waterfalls, and from a saved one past its form', async () => {
    const tab = await open('/usage');
    await goTo(tab, 'Waterfalls');
    await tab.getByRole('button', { name: 'New waterfall' }).click();
    await titled(tab, 'New waterfall');
    await tab.goBack();
    await titled(tab, 'Waterfalls');
    await tab.getByRole('button', { name: 'New waterfall' }).click();
    await tab.getByRole('textbox', { name: 'Name' }).fill('history');
    await tab.getByRole('button', { name: 'Save' }).click();
    await titled(tab, 'history');
    await tab.goBack();
    await titled(tab, 'Waterfalls');
    await tab.goBack();
    await titled(tab, 'Usage');
    expect(new URL(tab.url()).searchParams.has('waterfall')).toBe(false);
  });

  it('leads to the page of newer entries', async () => {
    const tab = await open('/usage/entries?period=90d&credits=real');
    const newest = await tab.locator('tbody tr').first().innerText();
    await tab.getByRole('button', { name: 'Older entries' }).click();
    await tab.getByRole('button', { name: 'Newest entries' }).waitFor();
    await tab.goBack();
    await tab.getByRole('button', { name: 'Newest entries' }).waitFor({ state: 'detached' });
    await isOn(tab, '/usage/entries');
    await expect.poll(() => tab.locator('tbody tr').first().innerText(), maxWait).toBe(newest);
  });

  it('closes a receipt and keeps the list, and leads past a receipt that was closed', async () => {
    const tab = await open('/usage?period=7d&credits=real');
    await tab.getByRole('link', { name: 'crm-sync: entries' }).click();
    await titled(tab, 'Entries');
    await settled(tab);
    const receipt = tab.getByRole('dialog', { name: 'Receipt' });
    await tab.locator('tbody .opener').first().click();
    await receipt.waitFor();
    await tab.goBack();
    await receipt.waitFor({ state: 'detached' });
    await isOn(tab, '/usage/entries');
    expect(new URL(tab.url()).searchParams.get('workflow')).toBe('crm-sync');

    await tab.locator('tbody .opener').first().click();
    await receipt.waitFor();
    await tab.keyboard.press('Escape');
    await tab.keyboard.press('Escape');
    await receipt.waitFor({ state: 'detached' });
    await isOn(tab, '/usage/entries');
    await tab.goBack();
    await isOn(tab, '/usage');
  });

  it('stays in the list when a receipt is closed whose address was opened', async () => {
    const tab = await open('/usage/entries?receipt=ent_00000000-0000-7000-8000-000000000000');
    await tab.getByRole('dialog', { name: 'Receipt' }).getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => new URL(tab.url()).searchParams.has('receipt'), maxWait).toBe(false);
    await isOn(tab, '/usage/entries');
  });
});
