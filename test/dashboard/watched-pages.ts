import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchBrowser, type WatchedTab } from '../support/browser.js';
import { type DemoGateway, signIn } from './open-dashboard.js';

export type WatchedPages = {
  /** Opens a page of the dashboard, signed in as the demo, or with a token. */
  open: (path: string, token?: string | null) => Promise<Page>;
  /** Ignores what the page has complained of so far, such as a refused request, which the browser itself reports. */
  forgive: () => void;
};

/**
 * Starts a browser for the tests of the block around it. After each test its page is closed, and a console error or a
 * request to another origin fails the test.
 */
export const watchPages = (gateway: () => DemoGateway): WatchedPages => {
  let browser: Browser;
  let opened: WatchedTab[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    const tabs = opened;
    opened = [];
    await Promise.all(tabs.map(({ tab }) => tab.context().close()));
    const faults = tabs.flatMap(({ complaints, strays }) => [...complaints, ...strays]);
    if (faults.length > 0) throw new Error(`the page complained: ${faults.join('\n')}`);
  });
  return {
    open: async (path, token = null) => {
      const { url, demoUrl } = gateway();
      const tab = await signIn(browser, `${token === null ? demoUrl : url}${path}`, token);
      opened.push(tab);
      return tab.tab;
    },
    forgive: () => opened.forEach(({ complaints }) => complaints.splice(0)),
  };
};
