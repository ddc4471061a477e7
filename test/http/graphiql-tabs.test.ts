import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleTabs } from '../../src/http/graphiql/example-tabs.js';
import { startServer } from '../../src/http/start-server.js';
import { browserPath, inBrowser, launchBrowser, openTab } from '../support/browser.js';
import { builtDashboard } from '../support/gateway.js';
import { startGateway, type TestGateway } from './start-gateway.js';

let gateway: TestGateway;
let url: string;
let closeDemo: () => Promise<void>;
let browser: Browser;
beforeAll(async () => {
  gateway = await startGateway({ parts: { dashboard: builtDashboard } });
  const demo = await startServer({ ...gateway.context, offerToken: () => Promise.resolve(gateway.token) });
  url = `${demo.url}/graphql`;
  closeDemo = () => demo.close(1_000);
  if (browserPath !== undefined) browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await closeDemo();
  await gateway.close();
});

/** The name of each example's operation, and its first field, which the response has. */
const examples = exampleTabs(new Date()).map(({ query }) => {
  const [, name = ''] = /^(?:query|mutation) (\w+)/m.exec(query) ?? [];
  const [, field = ''] = /^(?:query|mutation) .*\{\n +(\w+)/m.exec(query) ?? [];
  return { name, field };
});

/** Presses and releases the mouse on the middle of an element, as a hand does: it aims once, and the press takes time. */
const clickWithMouse = async (page: Page, selector: string, index: number): Promise<void> => {
  const element = page.locator(selector).nth(index);
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (box === null) throw new Error(`${selector} is not visible`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await new Promise((resolve) => setTimeout(resolve, 120));
  await page.mouse.up();
};

const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).innerText()).replaceAll('\u00a0', ' ');

const run = async (tab: Page, field: string): Promise<void> => {
  await clickWithMouse(tab, '.graphiql-execute-button', 0);
  await expect.poll(() => textOf(tab, '.graphiql-response'), { timeout: 30_000 }).toContain(`"${field}": `);
  expect(await textOf(tab, '.graphiql-response')).not.toContain('"errors"');
};

describe('the example tabs of GraphiQL', inBrowser, () => {
  it.each([390, 820, 1440])('open and run when they are clicked at a width of %i px', async (width) => {
    const { tab, complaints } = await openTab(browser, url, { viewport: { width, height: 900 } });
    await tab
      .locator('.graphiql-tab')
      .nth(examples.length - 1)
      .waitFor();
    // The first tab is open already: it is clicked last.
    for (const index of [...examples.keys()].toReversed()) {
      const { name, field } = examples[index] ?? { name: '', field: '' };
      await openByMouse(tab, index, name);
      await run(tab, field);
    }
    expect(complaints).toEqual([]);
    await tab.close();
  });

  it('open when they are clicked at widths of 1280 and 1920 px, with more tabs, after scrolling, moving and beside a pane', async () => {
    const { tab, complaints } = await openTab(browser, url, { viewport: { width: 1280, height: 900 } });
    const clickAll = async (names: readonly string[]): Promise<void> => {
      for (const index of [...names.keys()].toReversed()) await openByMouse(tab, index, names[index] ?? '');
    };
    const names = examples.map(({ name }) => name);
    await tab
      .locator('.graphiql-tab')
      .nth(names.length - 1)
      .waitFor();
    await clickAll(names);
    await tab.setViewportSize({ width: 1920, height: 900 });
    await clickAll(names);

    // As many as do not fit: the bar scrolls.
    for (let more = 0; more < 9; more += 1) await tab.getByRole('button', { name: 'New tab' }).click();
    await tab.setViewportSize({ width: 1280, height: 900 });
    await clickAll(names);
    await moveFirstTab(tab);
    const titles = () => tab.locator('.graphiql-tab-button').allInnerTexts();
    await expect.poll(async () => (await titles())[0]).not.toBe(names[0]);
    await tab.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    await clickAll((await titles()).slice(0, names.length));
    expect(complaints).toEqual([]);
    await tab.close();
  });
});

const openByMouse = async (tab: Page, index: number, name: string): Promise<void> => {
  await clickWithMouse(tab, '.graphiql-tab', index);
  await expect.poll(() => textOf(tab, '.graphiql-tab-active')).toContain(name);
  await expect.poll(() => textOf(tab, '.graphiql-query-editor')).toContain(name);
};

/** Drags the first tab behind the second. */
const moveFirstTab = async (tab: Page): Promise<void> => {
  const [first, second] = [tab.locator('.graphiql-tab').nth(0), tab.locator('.graphiql-tab').nth(1)];
  await first.scrollIntoViewIfNeeded();
  const [from, to] = [await first.boundingBox(), await second.boundingBox()];
  if (from === null || to === null) throw new Error('the tabs are not visible');
  const y = from.y + from.height / 2;
  await tab.mouse.move(from.x + 30, y);
  await tab.mouse.down();
  await tab.mouse.move(to.x + to.width - 30, y, { steps: 20 });
  await tab.mouse.up();
};
