import { createServer, request, type Server as HttpServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../../src/http/start-server.js';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser, launchBrowser, openTab } from '../support/browser.js';
import { type DemoGateway, goTo, maxWait, settled, signIn, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

type Proxy = { url: string; close: () => Promise<void> };

/** A reverse proxy that serves a gateway below /tools/gateway; `removes` the path, or sends it along. */
const startReverseProxy = async (removes: boolean, target: () => string): Promise<Proxy> => {
  const base = '/tools/gateway';
  const server: HttpServer = createServer((from, to) => {
    const at = from.url ?? '/';
    if (!at.startsWith(base)) {
      to.writeHead(404).end('not ours');
      return;
    }
    const path = removes ? at.slice(base.length) || '/' : at;
    const onward = request(`${target()}${path}`, { method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.writeHead(502).end());
    from.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const storages = (tab: Page): Promise<{ session: string; local: string; cookie: string }> =>
  tab.evaluate(
    `({ session: Object.values(sessionStorage).join(), local: Object.values(localStorage).join(), cookie: document.cookie })`,
  );

const signInHeading = (tab: Page) => tab.getByRole('form', { name: 'Sign in' });

describe('the frame of the dashboard', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('keeps the token for the tab alone, and forgets it when the viewer signs out', async () => {
    const { tab, strays, complaints } = await signIn(browser, gateway.demoUrl);
    expect(await tab.locator('.viewer').innerText()).toContain('(admin)');
    const kept = await storages(tab);
    expect(kept.session).toContain(gateway.token);
    expect(kept.local + kept.cookie).not.toContain(gateway.token);
    await tab.reload();
    await settled(tab);
    const second = await tab.context().newPage();
    await second.goto(`${gateway.url}/`);
    await signInHeading(second).waitFor();
    await tab.getByRole('button', { name: 'Sign out' }).click();
    await signInHeading(tab).waitFor();
    expect(JSON.stringify(await storages(tab))).not.toContain(gateway.token);
    expect(await tab.locator('.panel').count()).toBe(0);
    expect({ strays, complaints }).toEqual({ strays: [], complaints: [] });
    await tab.context().close();
  });

  it('signs in a second tab when the viewer stays signed in, and signs out both at once', async () => {
    const { tab } = await openTab(browser, `${gateway.url}/settings`);
    await tab.getByLabel('Token').fill(gateway.token);
    await tab.getByLabel('Keep me signed in on this computer').check();
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    const second = await tab.context().newPage();
    await second.goto(`${gateway.url}/connections`);
    await second.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
    await second.getByRole('button', { name: 'Sign out' }).click();
    await signInHeading(second).waitFor();
    await signInHeading(tab).waitFor();
    expect(JSON.stringify(await storages(tab))).not.toContain(gateway.token);
    await tab.context().close();
  });

  it('says what is wrong with a token, and lets another one in', async () => {
    const { tab } = await openTab(browser, `${gateway.url}/`);
    const token = tab.getByLabel('Token');
    expect(await token.inputValue()).toBe('');
    await token.press('Enter');
    await tab.getByText('Enter a token.').waitFor();
    await token.fill('hello there');
    await token.press('Enter');
    await tab.getByText('Paste a token of this gateway').waitFor();
    await token.fill(`fgw_${'x'.repeat(43)}`);
    await token.press('Enter');
    await tab.getByText('The gateway does not accept this token').waitFor();
    await token.fill(await gateway.tokenOf('VIEWER'));
    await token.press('Enter');
    await settled(tab);
    expect(await tab.locator('.viewer').innerText()).toContain('(viewer)');
    await tab.context().close();
  });

  it('asks to sign in again, and says why, when the token is revoked', async () => {
    const secret = await gateway.tokenOf('MEMBER');
    const { tab } = await signIn(browser, gateway.url, secret);
    const { nodes } = dataOf<{ nodes: { id: string; hint: string }[] }>(
      await gateway.post('{ tokens(first: 100) { nodes { id hint } } }'),
      'tokens',
    );
    const id = nodes.find(({ hint }) => secret.endsWith(hint))?.id;
    await gateway.post('mutation ($id: ID!) { revokeToken(id: $id) { token { id } } }', { id });
    await tab.getByText('The gateway does not accept this token').waitFor();
    expect(JSON.stringify(await storages(tab))).not.toContain(secret);
    await tab.context().close();
  });

  it('says that the gateway does not answer, keeps the figures, and goes on when it is back', async () => {
    const going = await startServer({ ...gateway.context, offerToken: () => Promise.resolve(gateway.token) });
    const { tab } = await signIn(browser, going.url);
    await going.close(100);
    await tab.getByText('The gateway does not answer. The figures may be outdated.').waitFor();
    expect(await tab.locator('.figure-box').count()).toBeGreaterThan(0);
    const port = Number(new URL(going.url).port);
    const back = await startServer({ ...gateway.context, config: { ...gateway.context.config, port } });
    await tab.getByText(/^Live · /).waitFor();
    await tab.context().close();
    await back.close(100);
  });

  it('reports what is invalid in the address, and shows the default in its place', async () => {
    const at = `${gateway.demoUrl}/?period=fortnight&zone=Mars%2FOlympus&credits=gold`;
    const { tab } = await signIn(browser, at);
    const reported = await tab.locator('main .notice.bad').allInnerTexts();
    expect(reported).toEqual([
      '"Mars/Olympus" is not a time zone. Times are shown in Australia/Sydney.',
      '"fortnight" is not a period. The last 30 days are shown.',
      '"gold" is neither "real" nor "sandbox". Sandbox credits are shown.',
    ]);
    const period = tab.getByRole('combobox', { name: 'Period' });
    expect(await period.inputValue()).toBe('30d');
    // What is chosen takes the place of what was invalid.
    await period.selectOption('7d');
    await tab.getByRole('button', { name: 'Sandbox', exact: true }).click();
    await expect.poll(() => tab.locator('main .notice.bad').count(), maxWait).toBe(0);
    expect(new URL(tab.url()).search).toBe('?credits=sandbox&period=7d');
    await tab.context().close();
  });

  it('changes its colours, and keeps the choice', async () => {
    const { tab } = await signIn(browser, gateway.demoUrl, null, { colorScheme: 'light' });
    const paper = (): Promise<string> =>
      tab.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const before = await paper();
    await tab.getByRole('button', { name: 'Dark colours' }).click();
    await expect.poll(paper, maxWait).not.toBe(before);
    const dark = await paper();
    await tab.reload();
    await settled(tab);
    expect(await paper()).toBe(dark);
    await tab.getByRole('button', { name: 'Light colours' }).click();
    await expect.poll(paper, maxWait).toBe(before);
    await tab.context().close();
  });

  it('can be used by keyboard on a phone: the menu, its pages and the skip link', async () => {
    const phone = { viewport: { width: 390, height: 844 } };
    const { tab } = await signIn(browser, gateway.demoUrl, null, phone);
    await tab.getByRole('link', { name: 'Skip to the content' }).focus();
    await tab.keyboard.press('Enter');
    const menu = tab.getByRole('button', { name: 'Menu' });
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    await menu.press('Enter');
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await tab.getByRole('link', { name: 'Settings', exact: true }).press('Escape');
    await expect.poll(() => menu.getAttribute('aria-expanded'), maxWait).toBe('false');
    expect(await tab.evaluate('document.activeElement.innerText')).toBe('Menu');
    await menu.press('Enter');
    await tab.getByRole('link', { name: 'Settings', exact: true }).press('Enter');
    await tab.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await expect.poll(() => menu.getAttribute('aria-expanded'), maxWait).toBe('false');
    await tab.context().close();
  });

  it('opens the query of a panel in GraphiQL', async () => {
    const { tab } = await signIn(browser, gateway.demoUrl);
    const [graphiql] = await Promise.all([
      tab.context().waitForEvent('page'),
      tab.getByRole('link', { name: 'GraphiQL: By workflow' }).click(),
    ]);
    await expect
      .poll(() => graphiql.locator('.graphiql-query-editor').innerText(), maxWait)
      .toContain('CreditsByWorkflow');
    await graphiql.getByRole('button', { name: /Execute query/ }).click();
    await expect.poll(() => graphiql.locator('.graphiql-response').innerText(), maxWait).toContain('"demo"');
    await tab.context().close();
  });

  it.each([
    ['removes', true],
    ['sends along', false],
  ])('works below a path behind a proxy that %s it', async (_, removes) => {
    let target = '';
    const proxy = await startReverseProxy(removes, () => target);
    const config = { ...gateway.context.config, publicUrl: `${proxy.url}/` };
    const server = await startServer({ ...gateway.context, config });
    target = server.url;
    const { tab, strays, complaints } = await signIn(
      browser,
      `${proxy.url}/connections?period=7d`,
      gateway.token,
    );
    const requested: string[] = [];
    tab.on('request', (one) => requested.push(new URL(one.url()).pathname));
    await goTo(tab, 'Overview');
    expect(new URL(tab.url()).pathname).toMatch(/^\/tools\/gateway\/?$/);
    expect(new URL(tab.url()).search).toBe('?period=7d');
    await tab.getByText('demo', { exact: true }).first().waitFor();
    await goTo(tab, 'Settings');
    await tab.reload();
    await settled(tab);
    expect(new URL(tab.url()).pathname).toBe('/tools/gateway/settings');
    expect(requested.filter((path) => !path.startsWith('/tools/gateway'))).toEqual([]);
    expect(requested.length).toBeGreaterThan(5);
    expect({ strays, complaints }).toEqual({ strays: [], complaints: [] });
    await tab.context().close();
    await server.close(100);
    await proxy.close();
  });
});
