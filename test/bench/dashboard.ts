import type { Browser, CDPSession, Page } from 'playwright-core';
import { browserPath, launchBrowser } from '../support/browser.js';
import { median, summaryOf } from './numbers.js';
import { buildPrograms, gatewayPath } from './processes/build-programs.js';
import { runServer } from './processes/run-server.js';
import { makeDataDir, newToken, startFlags } from './processes/start-gateway.js';
import type { SetResult } from './sets.js';
import { judge, type Target } from './targets.js';

const rounds = 5;
/** Lighthouse's slow-down of a phone. */
const slowerTimes = 4;

const pages = ['Usage', 'Records', 'Connections', 'Budgets', 'Access', 'Overview'] as const;

const targets = {
  firstLoadKb: { name: 'first load, compressed', floor: 250, aim: 150, unit: 'kB', atMost: true },
  paintMs: {
    name: 'largest contentful paint, 4 × slower',
    floor: 2_500,
    aim: 1_500,
    unit: 'ms',
    atMost: true,
  },
  blockedMs: { name: 'main thread blocked, 4 × slower', floor: 600, aim: 200, unit: 'ms', atMost: true },
  shift: { name: 'cumulative layout shift', floor: 0.1, aim: 0.02, unit: '', atMost: true },
  pageMs: { name: 'from a click to the page, 4 × slower', floor: 500, aim: 200, unit: 'ms', atMost: true },
} as const satisfies Record<string, Target>;

type Load = {
  firstLoadKb: number;
  requests: number;
  paintMs: number;
  blockedMs: number;
  shift: number;
  pageMs: number;
};

/**
 * Loads the dashboard of the demo in Chromium, without a cache and with a processor that is four times slower, and opens
 * other pages by the navigation. The metrics are those of Lighthouse.
 */
export const benchDashboard = async (): Promise<SetResult> => {
  if (browserPath === undefined) {
    console.warn('NO BROWSER IS INSTALLED: the dashboard is not measured.');
    return { rows: [], outcomes: [] };
  }
  buildPrograms();
  const { dataDir, remove } = makeDataDir();
  const token = newToken();
  const env = { NODE_ENV: 'production', PORT: '0', DATA_DIR: dataDir, GATEWAY_BOOTSTRAP_TOKEN: token };
  const server = await runServer(gatewayPath(), env, startFlags());
  const browser = await launchBrowser();
  const loads: Load[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) loads.push(await load(browser, server.url, token));
  } finally {
    await browser.close();
    await server.stop();
    remove();
  }
  const of = (name: keyof Load): number[] => loads.map((one) => one[name]);
  const names = ['firstLoadKb', 'requests', 'paintMs', 'blockedMs', 'shift', 'pageMs'] as const;
  return {
    rows: [{ set: 'dashboard', ...Object.fromEntries(names.map((name) => [name, median(of(name))])) }],
    outcomes: (['firstLoadKb', 'paintMs', 'blockedMs', 'shift', 'pageMs'] as const).map((name) =>
      judge(targets[name], summaryOf(of(name))),
    ),
  };
};

const load = async (browser: Browser, url: string, token: string): Promise<Load> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const tab = await context.newPage();
    await tab.addInitScript(`sessionStorage.setItem('firmable-gateway token', '${token}'); ${observe}`);
    const session = await context.newCDPSession(tab);
    const received = await countBytes(session);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowerTimes });
    await tab.goto(`${url}/`);
    await isRead(tab);
    // The load ends when nothing is read any more; what comes later is the refresh of every ten seconds.
    const { bytes, requests } = received();
    const measured = await tab.evaluate<{ paintMs: number; blockedMs: number; shift: number }>('measured');
    const pageMs = await openPages(tab);
    return { ...measured, firstLoadKb: Math.round(bytes / 100) / 10, requests, pageMs };
  } finally {
    await context.close();
  }
};

/** The slowest of the pages, each from the click until its heading is there. */
const openPages = async (tab: Page): Promise<number> => {
  const times: number[] = [];
  for (const page of pages) {
    times.push(await tab.evaluate<number>(`openPage('${page}')`));
    await isRead(tab);
  }
  return Math.round(Math.max(...times));
};

const isRead = async (tab: Page): Promise<void> => {
  await tab.locator('main h1').waitFor();
  await tab.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
};

const countBytes = async (session: CDPSession): Promise<() => { bytes: number; requests: number }> => {
  let bytes = 0;
  let requests = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await session.send('Network.enable');
  return () => ({ bytes, requests });
};

/** Runs in the page: collects the metrics, and opens a page by its link. */
const observe = `
  globalThis.measured = { paintMs: 0, blockedMs: 0, shift: 0 };
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('largest-contentful-paint', ({ startTime }) => { measured.paintMs = Math.round(startTime); });
  watch('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) measured.shift += value; });
  watch('longtask', ({ duration }) => { measured.blockedMs += Math.round(Math.max(0, duration - 50)); });
  globalThis.openPage = (title) => new Promise((resolve) => {
    const begun = performance.now();
    const look = () => document.querySelector('main h1')?.textContent === title
      ? requestAnimationFrame(() => resolve(performance.now() - begun))
      : requestAnimationFrame(look);
    [...document.querySelectorAll('.navigation a')].find(({ textContent }) => textContent === title).click();
    look();
  });
`;
