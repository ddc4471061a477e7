import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/http/start-server.js';
import { goTo, maxWait, signIn, violations } from '../dashboard/open-dashboard.js';
import { browserPath, inBrowser, launchBrowser, openTab } from '../support/browser.js';
import { builtDashboard } from '../support/gateway.js';
import { raiseAlert } from '../subscriptions/subscribe.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
let demo: { url: string; close: (graceMs: number) => Promise<void> };
let browser: Browser;
beforeAll(async () => {
  gateway = await startGateway({ parts: { dashboard: builtDashboard } });
  demo = await startServer({ ...gateway.context, offerToken: () => Promise.resolve(gateway.token) });
  if (browserPath !== undefined) browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await demo.close(1_000);
  await gateway.close();
});

const open = () => openTab(browser, `${demo.url}/graphql`);

const textOf = async (tab: Page, selector: string): Promise<string> =>
  (await tab.locator(selector).innerText()).replaceAll('\u00a0', ' ');

/**
 * Runs the operation of the open tab, and returns when the response has the text. GraphiQL reads the operation of a tab a
 * moment after it was opened, and until then says that it cannot infer it.
 */
const run = async (tab: Page, expected = '"outcome"'): Promise<void> => {
  const execute = tab.getByRole('button', { name: /Execute query/ });
  await execute.click();
  const response = async (): Promise<string> => {
    const text = await textOf(tab, '.graphiql-response');
    if (text.includes('Cannot infer operation')) await execute.click();
    return text;
  };
  await expect.poll(response, { ...maxWait, interval: 500 }).toContain(expected);
};

/** Replaces the text of an editor. */
const write = async (tab: Page, editor: string, text: string): Promise<void> => {
  await tab.locator(editor).click();
  await tab.keyboard.press('ControlOrMeta+A');
  await tab.keyboard.press('Delete');
  await tab.keyboard.insertText(text);
};
const queryEditor = '.graphiql-query-editor .graphiql-editor';
const toolEditor = '.graphiql-editor-tool .graphiql-editor:not(.hidden)';

const stored = (tab: Page, storage: 'localStorage' | 'sessionStorage'): Promise<string> =>
  tab.evaluate<string>(`JSON.stringify({ ...${storage} })`);

/** Writes headers of the open tab, and returns when they are stored. */
const writeHeaders = async (tab: Page, headers: Record<string, string>): Promise<void> => {
  await write(tab, toolEditor, JSON.stringify({ ...headers, 'x-request-id': 'by-hand' }));
  const tabs = () => tab.evaluate<string>("sessionStorage.getItem('graphiql:tabState')");
  await expect.poll(tabs, maxWait).toContain('by-hand');
};

describe('GraphiQL in a browser', inBrowser, () => {
  it('runs the first example without errors when it is offline', async () => {
    const { tab, strays, complaints } = await open();
    await run(tab, 'Harbourline');
    expect(await tab.locator('.graphiql-tab').count()).toBe(7);
    expect(strays).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('runs a subscription, and shows its next event', async () => {
    const { tab, complaints } = await open();
    await write(tab, queryEditor, 'subscription { alerts { event } }');
    // GraphiQL reads what was typed after a pause, and runs what it has read.
    await expect.poll(() => stored(tab, 'sessionStorage'), maxWait).toContain('subscription { alerts');
    await tab.getByRole('button', { name: /Execute query/ }).click();
    await expect.poll(() => gateway.context.subscriptions.count(), maxWait).toBe(1);
    // The stream has what comes after its first read, which follows its opening.
    const shown = () => raiseAlert(gateway).then(() => textOf(tab, '.graphiql-response'));
    await expect.poll(shown, { ...maxWait, interval: 1_000 }).toContain('PROVIDER_UNAVAILABLE');
    expect(complaints).toEqual([]);
    await tab.context().close();
    await expect.poll(() => gateway.context.subscriptions.count(), maxWait).toBe(0);
  });

  it('keeps tabs, headers and variables when it reloads, and no token in the browser when its tab is closed', async () => {
    const { tab, complaints } = await open();
    await tab.locator('.graphiql-tab').nth(6).waitFor();
    await writeHeaders(tab, { authorization: `Bearer ${gateway.token}` });
    await tab.getByRole('button', { name: 'UsageByWorkflow', exact: true }).click();
    await expect.poll(() => textOf(tab, toolEditor), maxWait).not.toContain('by-hand');
    await tab.getByRole('button', { name: 'EnrichByDomain', exact: true }).click();
    await expect.poll(() => stored(tab, 'sessionStorage'), maxWait).toContain('\\"activeTabIndex\\":0');
    await tab.reload();
    await expect.poll(() => textOf(tab, toolEditor), maxWait).toContain('by-hand');
    expect(await tab.locator('.graphiql-tab').count()).toBe(7);
    await run(tab);
    expect(await stored(tab, 'localStorage')).not.toMatch(/fgw_|by-hand|authorization/i);
    expect(tab.url()).toBe(`${demo.url}/graphql`);

    const another = await tab.context().newPage();
    await another.goto(`${demo.url}/graphql`);
    await expect.poll(() => textOf(another, toolEditor), maxWait).toContain(gateway.token.slice(0, 20));
    expect(await textOf(another, toolEditor)).not.toContain('by-hand');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('lists what has run in the history, and restores its query and variables with a click', async () => {
    const { tab, complaints } = await open();
    await run(tab);
    await tab.getByRole('button', { name: 'UsageByWorkflow', exact: true }).click();
    await run(tab, '"totals"');
    await tab.getByRole('button', { name: 'ConnectKey', exact: true }).click();
    await run(tab, '"connection"');
    await tab.getByRole('button', { name: 'Show History' }).click();
    const entries = tab.locator('.graphiql-history-item-label');
    // One that `run` had to run again is listed twice.
    const labels = async () => [...new Set(await entries.allInnerTexts())];
    await expect.poll(labels, maxWait).toEqual(['ConnectKey', 'UsageByWorkflow', 'EnrichByDomain']);
    // A key in a mutation leaves the browser with its tab, like the headers.
    expect(await stored(tab, 'localStorage')).not.toMatch(/fgw_|fbl_|ConnectKey/);

    const restores = async (page: Page): Promise<void> => {
      await page.locator('.graphiql-history-item-label', { hasText: 'UsageByWorkflow' }).first().click();
      await expect.poll(() => textOf(page, queryEditor), maxWait).toContain('query UsageByWorkflow');
      await page.getByRole('button', { name: 'Variables', exact: true }).click();
      await expect.poll(() => textOf(page, toolEditor), maxWait).toContain('"from"');
      await run(page, '"totals"');
    };
    await restores(tab);
    await tab.reload();
    await expect.poll(labels, maxWait).toContain('ConnectKey');
    await restores(tab);
    const later = await tab.context().newPage();
    await later.goto(`${demo.url}/graphql`);
    await later.locator('.graphiql-history-item-label').first().waitFor();
    expect(await later.locator('.graphiql-history-item-label').allInnerTexts()).not.toContain('ConnectKey');
    await restores(later);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('is usable at 390 and 820 px: nothing scrolls sideways, and every control is as large as a thumb', async () => {
    const { tab, complaints } = await openTab(browser, `${demo.url}/graphql`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    for (const width of [390, 820]) {
      await tab.setViewportSize({ width, height: 844 });
      await run(tab);
      const overflow = 'document.documentElement.scrollWidth - innerWidth';
      for (const pane of ['Documentation Explorer', 'GraphiQL Explorer', 'History']) {
        await tab.getByRole('button', { name: `Show ${pane}` }).tap();
        const box = await tab.locator('.graphiql-plugin').boundingBox();
        expect([pane, box !== null && box.x >= 0 && box.x + box.width <= width]).toEqual([pane, true]);
        expect([pane, await tab.evaluate(overflow)]).toEqual([pane, 0]);
        await tab.getByRole('button', { name: `Hide ${pane}` }).tap();
      }
      for (const name of ['short keys', 'settings']) {
        await tab.getByRole('button', { name: `Open ${name} dialog` }).tap();
        const box = await tab.getByRole('dialog').boundingBox();
        expect([name, box !== null && box.x >= 0 && box.x + box.width <= width]).toEqual([name, true]);
        await tab.getByRole('dialog').getByRole('button', { name: 'Close' }).first().tap();
        await tab.getByRole('dialog').waitFor({ state: 'detached' });
      }
      for (const name of ['Variables', 'Headers']) {
        await tab.getByRole('button', { name, exact: true }).tap();
        await tab.locator(toolEditor).waitFor();
      }
    }
    await tab.setViewportSize({ width: 390, height: 844 });
    const controls = `[...document.querySelectorAll('.graphiql-sidebar button, .graphiql-execute-button, .graphiql-tab-button, .graphiql-tab-add, .graphiql-editor-tools button, .graphiql-logo a')]
      .filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)`;
    expect(await tab.evaluate(controls)).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('has no violation of accessibility other than those inside of GraphiQL', async () => {
    const { tab } = await open();
    await run(tab);
    // Its tabs are list items with two buttons each, and Monaco has two colors of low contrast on gray.
    const known = /^(nested-interactive|color-contrast): /;
    const found = (await violations(tab)).filter((one) => !known.test(one));
    expect(found).toEqual([]);
    await tab.context().close();
  });

  it('removes the token that an earlier version left in the browser, and starts with a broken history', async () => {
    const { tab, complaints } = await open();
    const entry = { query: '{ viewer { role } }', headers: `{"Authorization":"Bearer ${gateway.token}"}` };
    const left = { 'graphiql:queries': { queries: [entry] }, 'graphiql:tabState': { tabs: [entry] } };
    for (const [key, value] of Object.entries(left)) {
      await tab.evaluate(`localStorage.setItem('${key}', ${JSON.stringify(JSON.stringify(value))})`);
    }
    await tab.evaluate("localStorage.setItem('graphiql:favorites', '{')");
    await tab.evaluate('sessionStorage.clear()');
    await tab.reload();
    await run(tab);
    const text = await stored(tab, 'localStorage');
    expect(text).not.toContain('fgw_');
    expect(text).toContain('viewer');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('opens signed in from a panel of the dashboard, and forgets the token when the viewer signs out', async () => {
    const { tab } = await signIn(browser, gateway.url, gateway.token);
    await goTo(tab, 'Connections');
    const [graphiql] = await Promise.all([
      tab.context().waitForEvent('page'),
      tab
        .getByRole('link', { name: /^GraphiQL: / })
        .first()
        .click(),
    ]);
    await run(graphiql, '"data"');
    expect(await textOf(graphiql, '.graphiql-response')).not.toContain('"errors"');
    expect(graphiql.url()).toBe(`${gateway.url}/graphql`);
    expect(await stored(graphiql, 'localStorage')).not.toContain('fgw_');
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => stored(graphiql, 'sessionStorage'), maxWait).not.toContain(gateway.token);
    await graphiql.getByRole('button', { name: 'Headers', exact: true }).click();
    await expect.poll(() => textOf(graphiql, toolEditor), maxWait).toContain('fgw_paste_your_token_here');
    await tab.context().close();
  });

  it('opens signed in when the viewer stays signed in on this computer, and forgets a header with the token', async () => {
    const { tab } = await openTab(browser, `${gateway.url}/`);
    await tab.getByLabel('Token').fill(gateway.token);
    await tab.getByLabel('Keep me signed in on this computer').check();
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.getByRole('button', { name: 'Sign out' }).waitFor();
    const graphiql = await tab.context().newPage();
    await graphiql.goto(`${gateway.url}/graphql`);
    await run(graphiql);
    await writeHeaders(graphiql, { Authorization: `Bearer ${gateway.token}` });
    expect(await stored(graphiql, 'sessionStorage')).toContain(gateway.token);
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => stored(graphiql, 'sessionStorage'), maxWait).not.toContain(gateway.token);
    await expect.poll(() => textOf(graphiql, toolEditor), maxWait).toContain('by-hand');
    expect(await stored(graphiql, 'sessionStorage')).not.toContain(gateway.token);
    expect(await stored(graphiql, 'localStorage')).not.toContain(gateway.token);
    await tab.context().close();
  });
});
