import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../src/access/workspaces.js';
import { inBrowser, launchBrowser, openTab } from '../support/browser.js';
import { writeEntries } from '../usage/setup.js';
import {
  type DemoGateway,
  faultsOfLook,
  maxWait,
  readCsv,
  savedBy,
  settled,
  signIn,
  startDemo,
} from './open-dashboard.js';

let gateway: DemoGateway;
/** A workspace with real and sandbox entries of a month. */
let both: { token: string; workspaceId: string };
beforeAll(async () => {
  gateway = await startDemo();
  const { secret } = await createWorkspace(gateway.context.database, { name: 'Both', plan: 'PRO' });
  const { workspaceId, tokenId } = await gateway.context.findCaller(secret);
  both = { token: secret, workspaceId };
  await postAs(
    both.token,
    `mutation { real: createConnection(input: { provider: FIRMABLE, name: "Field sales", key: "fbl_real_0123456789", verify: false }) { userErrors { message } }
      trial: createConnection(input: { provider: FIRMABLE, name: "Trial", key: "fbl_sandbox_both", verify: false }) { userErrors { message } } }`,
  );
  // Around the midnights of the zones that are tested, and on the half hours between.
  const rows = Array.from({ length: 120 }, (_, at) => ({
    occurredAt: new Date(Date.now() - 3_600_000 * (2 + at * 5.5)),
    tokenId,
    workflow: at % 9 === 0 ? null : `workflow ${at % 9}`,
    sandbox: at % 4 === 0,
    ...(at % 5 === 0
      ? { charge: 'ALREADY_UNLOCKED' as const, credits: 0n, saved: BigInt(1 + (at % 2)) }
      : { credits: BigInt(1 + (at % 7)) }),
  }));
  await writeEntries(gateway.context.database, workspaceId, rows);
});
afterAll(() => gateway.close());

const postAs = async (token: string, query: string): Promise<void> => {
  const { body } = await gateway.post(query, {}, { authorization: `Bearer ${token}` });
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
};

type Day = { day: string; charged: number; saved: number; lookups: number };

/** What the ledger has for each day of a zone, newest first. */
const daysInLedger = async (sandbox: boolean, zone: string): Promise<Day[]> => {
  const rows = await gateway.context.database.sql<Day[]>`
    with dated as (
      select (occurred_at at time zone ${zone})::date as date, credits, saved
      from entries where workspace_id = ${both.workspaceId} and sandbox = ${sandbox}
    )
    select to_char(date, 'Dy, FMDD Mon YYYY') as day, sum(credits)::int as charged, sum(saved)::int as saved,
      count(*)::int as lookups
    from dated group by date order by date desc`;
  return rows.map((row) => ({ ...row }));
};

const sum = (days: readonly Day[], name: 'charged' | 'saved' | 'lookups'): number =>
  days.reduce((total, day) => total + day[name], 0);

const panel = (tab: Page, title: string | RegExp): Locator =>
  tab.getByRole('region', { name: title, exact: true });

/** The whole number that stands under a name at a glance. */
const figure = async (tab: Page, name: RegExp): Promise<number> => {
  const box = panel(tab, /^At a glance/)
    .locator('.figure-box')
    .filter({ hasText: name });
  return Number((await box.locator('.value').innerText()).replaceAll(',', ''));
};

const daysShown = async (tab: Page): Promise<Day[]> => {
  const rows = await panel(tab, 'Credits over time').locator('tbody tr').allInnerTexts();
  return rows
    .map((row) => row.split(/\s*\t\s*/))
    .map(([day = '', charged, saved, lookups]) => ({
      day,
      charged: Number(charged),
      saved: Number(saved),
      lookups: Number(lookups),
    }))
    .filter(({ lookups }) => lookups > 0);
};

describe('the overview', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const open = (token: string | null, at = '/', options = {}) =>
    signIn(browser, `${token === null ? gateway.demoUrl : gateway.url}${at}`, token, options);

  it('shows real and sandbox credits apart, as the ledger has them in each time zone', async () => {
    const { tab, strays, complaints } = await open(both.token);
    const chooser = tab.getByRole('group', { name: 'Credits', exact: true });
    await panel(tab, 'Credits over time')
      .getByRole('button', { name: /^Table/ })
      .click();
    for (const sandbox of [false, true]) {
      const name = sandbox ? 'Sandbox' : 'Real';
      if (sandbox) await chooser.getByRole('button', { name }).click();
      expect(await chooser.getByRole('button', { name }).getAttribute('aria-pressed')).toBe('true');
      for (const zone of ['Australia/Sydney', 'America/St_Johns', 'Australia/Eucla']) {
        await tab.getByLabel('Time zone').selectOption(zone);
        const days = await daysInLedger(sandbox, zone);
        await expect.poll(() => daysShown(tab), maxWait).toEqual(days);
        await settled(tab);
        expect(await figure(tab, /^Charged/)).toBe(sum(days, 'charged'));
        expect(await figure(tab, /^Saved/)).toBe(sum(days, 'saved'));
      }
    }
    expect(new URL(tab.url()).searchParams.get('credits')).toBe('sandbox');
    expect(await panel(tab, /^At a glance/).innerText()).toContain('At a glance: sandbox');
    // The choice is kept by links, and by the address.
    await tab.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Settings' }).click();
    await tab.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Overview' }).click();
    await settled(tab);
    expect(await chooser.getByRole('button', { name: 'Sandbox' }).getAttribute('aria-pressed')).toBe('true');
    expect({ strays, complaints }).toEqual({ strays: [], complaints: [] });
    await tab.context().close();
  });

  it('saves the figures of one kind of credits as CSV files', async () => {
    const { tab } = await open(both.token, '/?credits=sandbox');
    const days = await daysInLedger(true, 'Australia/Sydney');
    const byDay = await savedBy(tab, tab.getByRole('button', { name: 'CSV: Credits over time' }));
    expect(byDay.text.startsWith('\u{feff}')).toBe(true);
    expect(byDay.name).toMatch(/^sandbox-usage-by-day-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
    expect(readCsv(byDay.text).map((row) => Number(row['creditsCharged']))).toEqual(
      days.map(({ charged }) => charged).toReversed(),
    );
    const ledger = await savedBy(tab, tab.getByRole('button', { name: 'CSV: Recent entries' }));
    const entries = readCsv(ledger.text);
    expect(entries.map((row) => row['sandbox'])).toEqual(entries.map(() => 'true'));
    expect(entries).toHaveLength(sum(days, 'lookups'));
    await tab.context().close();
  });

  it('shows a new lookup by itself, with its receipt, and changes nothing else', async () => {
    const { tab, complaints } = await open(null);
    const charged = await figure(tab, /^Charged/);
    const opened = tab.getByRole('group', { name: 'Credits', exact: true });
    expect(await opened.getByRole('button', { name: 'Sandbox' }).getAttribute('aria-pressed')).toBe('true');
    await gateway.post(
      '{ company(by: { id: "f000000100002" }, options: { workflow: "by-itself" }) { outcome } }',
    );
    await expect.poll(() => figure(tab, /^Charged/), maxWait).toBe(charged + 1);
    await panel(tab, 'By workflow').getByText('by-itself').waitFor();
    const row = panel(tab, 'Recent entries').locator('tbody tr').first();
    await expect.poll(() => row.innerText(), maxWait).toContain('by-itself');
    await row.getByRole('button').press('Enter');
    const receipt = tab.getByRole('dialog', { name: 'Receipt' });
    await receipt.getByText('by-itself').first().waitFor();
    await tab.keyboard.press('Escape');
    await receipt.waitFor({ state: 'detached' });
    expect(await tab.evaluate('document.activeElement.className')).toContain('opener');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('reads a bar to the keyboard, and says how many workflows its bars leave out', async () => {
    const { tab } = await open(both.token);
    const workflows = panel(tab, 'By workflow');
    await workflows.getByText('And 3 more: see the table.').waitFor();
    await workflows.getByRole('button', { name: /^Table/ }).click();
    expect(await workflows.locator('tbody tr').count()).toBe(9);
    const chart = tab.getByRole('group', { name: /^Credits charged and saved by day/ });
    await chart.locator('canvas').waitFor();
    await chart.focus();
    await tab.keyboard.press('ArrowRight');
    await tab.keyboard.press('ArrowLeft');
    const [dated] = await gateway.context.database.sql<{ day: string }[]>`
      select to_char((now() at time zone 'Australia/Sydney')::date - 1, 'Dy, FMDD Mon YYYY') as day`;
    // Of the days on the chart the one before today, which may have no entries.
    const yesterday = (await daysInLedger(false, 'Australia/Sydney')).find(({ day }) => day === dated?.day);
    await expect.poll(() => chart.locator('[aria-live]').innerText(), maxWait).toContain(dated?.day);
    expect(await chart.locator('.tip').textContent()).toContain(`Charged: ${yesterday?.charged ?? 0}`);
    await tab.context().close();
  });

  it('has no fault for axe-core in both colours and three widths', async () => {
    const { tab, complaints } = await open(both.token);
    expect(await faultsOfLook(tab)).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('loses one panel, and not the page, when one query is refused', async () => {
    const { tab } = await openTab(browser, `${gateway.demoUrl}/`);
    await tab.route('**/graphql', async (route) => {
      if (route.request().postData()?.includes('query OverviewBudgets') !== true) return route.continue();
      await route.fulfill({ json: { errors: [{ message: 'This part is out of order: wait.' }] } });
    });
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await panel(tab, 'Budgets').getByText('This part is out of order: wait.').waitFor();
    await panel(tab, 'At a glance: sandbox').getByText('Its budgets cannot be read').waitFor();
    await panel(tab, 'Recent entries').locator('tbody tr').first().waitFor();
    expect(await tab.locator('.refused').count()).toBe(1);
    await tab.context().close();
  });
});
