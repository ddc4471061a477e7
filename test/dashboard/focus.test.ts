import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser } from '../support/browser.js';
import { alertSteps } from './alert-steps.js';
import { type DemoGateway, maxWait, startDemo } from './open-dashboard.js';
import { watchPages } from './watched-pages.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

const focused = (tab: Page): Promise<string> =>
  tab.evaluate('`${document.activeElement.tagName} ${document.activeElement.innerText}`');

describe('the focus after a dialog', inBrowser, () => {
  const { open } = watchPages(() => gateway);

  it('is on the heading of the panel when the token of the button was revoked', async () => {
    await gateway.post('mutation { createToken(input: { name: "Gone", role: MEMBER }) { secret } }');
    const tab = await open('/access');
    const button = tab.getByRole('button', { name: 'Revoke Gone' });
    await button.press('Enter');
    await tab.keyboard.press('Escape');
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focused(tab)).toBe('BUTTON Revoke');
    await tab.keyboard.press('Enter');
    await tab.getByRole('button', { name: 'Revoke token' }).press('Enter');
    await button.waitFor({ state: 'detached' });
    await expect.poll(() => focused(tab), maxWait).toBe('H2 Tokens');
  });

  it('is on the heading of the panel when the destination of the button was deleted', async () => {
    const { createDestination } = alertSteps(gateway);
    for (const name of ['Kept', 'Gone'])
      await createDestination({
        name,
        kind: 'WEBHOOK',
        url: 'http://127.0.0.1:9/hook',
      });
    const tab = await open('/alerts');
    for (const name of ['Gone', 'Kept']) {
      const button = tab.getByRole('button', { name: `Delete ${name}` });
      await button.press('Enter');
      await tab.getByRole('button', { name: 'Delete destination' }).press('Enter');
      await button.waitFor({ state: 'detached' });
      await expect.poll(() => focused(tab), maxWait).toBe('H2 Destinations');
    }
  });

  it('is on the heading of the page when the page of the button is gone', async () => {
    const created = await gateway.post(
      'mutation { saveWaterfall(input: { name: "short", steps: [{ provider: APOLLO }] }) { waterfall { id } } }',
    );
    expect(created.status).toBe(200);
    const tab = await open('/waterfalls');
    await tab.getByRole('link', { name: 'short' }).click();
    await tab.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
    await tab.getByRole('button', { name: 'Delete waterfall' }).press('Enter');
    await expect.poll(() => focused(tab), maxWait).toBe('H1 Waterfalls');
  });
});

describe('the focus of a control that disappears', inBrowser, () => {
  const { open } = watchPages(() => gateway);

  it('is on the heading of the page, and of the next page, when a job is created, started and deleted', async () => {
    const tab = await open('/enrich?list=list');
    await tab.getByLabel('Identifiers').fill('no domain');
    await tab.getByLabel('Most credits').fill('0');
    await tab.getByLabel('Most credits').press('Enter');
    await tab.getByText('if every record is found').waitFor(maxWait);
    await expect.poll(() => focused(tab), maxWait).toBe('H1 1 company');
    await tab.getByRole('button', { name: 'Start' }).press('Enter');
    await tab.getByText('Completed', { exact: true }).waitFor(maxWait);
    await expect.poll(() => focused(tab), maxWait).toBe('H1 1 company');
    await tab.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
    await tab.getByRole('button', { name: 'Delete the job' }).press('Enter');
    await expect.poll(() => focused(tab), maxWait).toBe('H1 Jobs');
  });

  it('is on the heading of the page when a lookup replaces its quote', async () => {
    const tab = await open('/enrich');
    await tab.getByLabel('Identifier', { exact: true }).fill('harbourline.example');
    await tab.getByRole('button', { name: 'Get the quote' }).press('Enter');
    await tab.getByRole('button', { name: /^Look it up/ }).press('Enter');
    await expect.poll(() => focused(tab), maxWait).toBe('H1 Enrich');
  });
});
