import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPath, launchBrowser } from '../support/browser.js';
import { type DemoGateway, maxWait, settled, signIn, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

/** The controls and landmarks that are seen and have no name, as `tag#id`. */
const nameless = (tab: Page): Promise<string[]> =>
  tab.evaluate(`(() => {
    const named = (element) =>
      (element.getAttribute('aria-label') ?? '').trim() !== '' ||
      (element.getAttribute('aria-labelledby') ?? '').split(' ').some((id) => (document.getElementById(id)?.textContent ?? '').trim() !== '') ||
      [...(element.labels ?? [])].some((label) => label.textContent.trim() !== '') ||
      (!element.matches('input, select, dialog, section, [role=meter], [role=region]') && element.textContent.trim() !== '');
    const wanted = 'button, a[href], input, select, dialog, section, nav, [role=meter], [role=region], [role=group], [tabindex="0"]';
    return [...document.querySelectorAll(wanted)]
      .filter((element) => element.checkVisibility() && !named(element))
      .map((element) => element.outerHTML.slice(0, 120));
  })()`);

/** Whether something stands wider than the screen. */
const overflow = (tab: Page): Promise<number> =>
  tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe.skipIf(browserPath === undefined)('the page', { timeout: 150_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('gives every control and landmark a name, in dialogs too, and can be used by the keyboard alone', async () => {
    const { tab } = await signIn(browser, gateway.demoUrl);
    expect(await nameless(tab)).toEqual([]);
    for (const opener of ['Add connection', 'Set a budget']) {
      await tab.getByRole('button', { name: opener }).press('Enter');
      await tab.getByRole('dialog').waitFor();
      expect(await nameless(tab)).toEqual([]);
      await tab.keyboard.press('Escape');
      await tab.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await tab.evaluate('document.activeElement.textContent')).toBe(opener);
    }
    for (const table of await tab.getByRole('table').all()) {
      expect(await table.locator('caption').innerText()).not.toBe('');
    }
    await tab.context().close();
  });

  it.each(['light', 'dark'] as const)('fits a phone, in %s colours', async (colorScheme) => {
    const phone = { viewport: { width: 390, height: 844 }, colorScheme };
    const { tab, complaints } = await signIn(browser, gateway.demoUrl, null, phone);
    expect(await overflow(tab)).toBe(0);
    const paper = () => tab.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const before = await paper();
    await tab.getByRole('button', { name: /colours$/ }).click();
    expect(await paper()).not.toBe(before);
    await tab.reload();
    await settled(tab);
    expect(await paper()).not.toBe(before);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('links each panel to GraphiQL with its very query, which runs there as it stands', async () => {
    const { tab } = await signIn(browser, gateway.demoUrl);
    const panel = tab.locator('#by-workflow');
    const [graphiql] = await Promise.all([
      tab.context().waitForEvent('page'),
      panel.getByRole('link', { name: /^GraphiQL/ }).click(),
    ]);
    await expect
      .poll(() => graphiql.locator('.graphiql-query-editor').innerText(), maxWait)
      .toContain('CreditsByWorkflow');
    await graphiql.getByRole('button', { name: /Execute query/ }).click();
    await expect.poll(() => graphiql.locator('.graphiql-response').innerText(), maxWait).toContain('"demo"');
    // The examples of a first visit are there as well.
    expect(await graphiql.locator('.graphiql-tab').count()).toBeGreaterThan(5);
    await tab.context().close();
  });
});
