import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/**
 * The browser of this machine; undefined if there is none, and then no test runs in one. The shell without windows comes
 * first: the same Chromium, at 0.6 of its processor time.
 */
export const browserPath = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(existsSync);
if (browserPath === undefined) console.warn('NO BROWSER IS INSTALLED: the pages are not tested in one.');

/** Options of tests that run in one, which is slow beside other tests. */
export const inBrowser = { skip: browserPath === undefined, timeout: 300_000 };

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

export type WatchedTab = {
  tab: Page;
  /** Requests that left the origin. */
  strays: string[];
  /** Console errors, uncaught errors, and violations of the content security policy. */
  complaints: string[];
};

/** A tab with a storage of its own, which records requests to other origins and errors. */
export const openTab = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedTab> => {
  const context = await browser.newContext({
    viewport: { width: 1500, height: 950 },
    ...options,
  });
  // Also that of the pages that it opens.
  context.setDefaultTimeout(60_000);
  const tab = await context.newPage();
  const { origin } = new URL(url);
  const strays: string[] = [];
  const complaints: string[] = [];
  tab.on('request', (request) => {
    const at = request.url();
    if (!at.startsWith(`${origin}/`) && !at.startsWith(`blob:${origin}`) && !at.startsWith('data:'))
      strays.push(at);
  });
  tab.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  tab.on('pageerror', (error) => complaints.push(error.message));
  await tab.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.violatedDirective, event.blockedURI))",
  );
  await tab.goto(url);
  return { tab, strays, complaints };
};
