import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Server, startServer } from '../../src/http/start-server.js';
import { startGateway, type TestGateway } from '../http/start-gateway.js';
import { openTab, type WatchedTab } from '../support/browser.js';
import { builtDashboard } from '../support/gateway.js';

export type DemoGateway = TestGateway & { demoUrl: string };

/** A gateway whose second address serves the demo: its token stands in the sign-in form. `env` are further settings. */
export const startDemo = async (env: Record<string, string> = {}): Promise<DemoGateway> => {
  const gateway = await startGateway({
    parts: { dashboard: builtDashboard },
    env: { WEBHOOK_PRIVATE_ADDRESSES: 'on', ...env },
  });
  const demo: Server = await startServer({
    ...gateway.context,
    offerToken: () => Promise.resolve(gateway.token),
  });
  return {
    ...gateway,
    demoUrl: demo.url,
    close: async () => {
      await demo.close(1_000);
      await gateway.close();
    },
  };
};

/** How long a test waits for the page to come to something: machines that test much at once are slow. */
export const maxWait = { timeout: 60_000 };

/**
 * Opens a page of the dashboard and signs in; without a token with that of the demo. `url` may have the path of a page.
 * Returns when the page has been read.
 */
export const signIn = async (
  browser: Browser,
  url: string,
  token: string | null = null,
  options: BrowserContextOptions = {},
): Promise<WatchedTab> => {
  const opened = await openTab(browser, new URL(url).href, { timezoneId: 'Australia/Sydney', ...options });
  const { tab } = opened;
  if (token !== null) await tab.getByLabel('Token').fill(token);
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('button', { name: 'Sign out' }).waitFor();
  await settled(tab);
  return opened;
};

/** Returns when nothing of the page is being read for the first time. */
export const settled = async (tab: Page): Promise<void> => {
  await tab.locator('main h1').waitFor();
  await expect.poll(() => tab.locator('[aria-busy="true"]').count(), maxWait).toBe(0);
};

/** Opens another page by the navigation. */
export const goTo = async (tab: Page, page: string): Promise<void> => {
  const link = tab.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: page, exact: true });
  if (!(await link.isVisible())) await tab.getByRole('button', { name: 'Menu' }).click();
  await link.click();
  await tab.getByRole('heading', { level: 1, name: page }).waitFor();
  await settled(tab);
};

/** The violations that axe-core finds on the page, each with the elements at fault. */
export const violations = async (tab: Page): Promise<string[]> => {
  // As a string: a script element would be refused by the page's content security policy.
  await tab.evaluate(axeSource);
  return tab.evaluate(
    `axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
  );
};

/**
 * What is wrong with how the page looks: the violations that axe-core finds, and a page that scrolls sideways, in both
 * colours at 390, 820 and 1440 px. Empty if nothing is. Leaves the page light and wide.
 */
export const faultsOfLook = async (tab: Page): Promise<string[]> => {
  const faults: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await tab.emulateMedia({ colorScheme });
    for (const width of [390, 820, 1440]) {
      await tab.setViewportSize({ width, height: 900 });
      const found = await violations(tab);
      if (await tab.evaluate('document.documentElement.scrollWidth > innerWidth'))
        found.push('the page scrolls sideways');
      faults.push(...found.map((fault) => `${colorScheme}, ${width} px: ${fault}`));
    }
  }
  return faults;
};

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Adds a connection to Firmable as people do. Returns when its dialog has closed, which it does only when it is stored. */
export const addConnection = async (tab: Page, name: string, key: string): Promise<void> => {
  await tab.getByRole('button', { name: 'Add connection' }).click();
  const dialog = tab.getByRole('dialog', { name: 'Add connection' });
  await dialog.getByRole('radio', { name: /^Firmable/ }).check();
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByLabel('Key', { exact: true }).fill(key);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
};

/** A table as rows of texts, its head first. */
export const tableIn = (tab: Page, selector: string): Promise<string[][]> =>
  tab.evaluate(
    `[...document.querySelectorAll('${selector} tr')].map((row) => [...row.cells].map((cell) => cell.innerText))`,
  );

/** What a button saves. */
export const savedBy = async (tab: Page, button: Locator): Promise<{ name: string; text: string }> => {
  const [download] = await Promise.all([tab.waitForEvent('download'), button.click()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  return { name: download.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
};

/** A CSV file of simple cells, by the names of its columns. */
export const readCsv = (text: string): Record<string, string>[] => {
  const [head = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter((line) => line !== '');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1'));
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
};
