import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../http/start-gateway.js';
import { browserPath, launchBrowser } from '../support/browser.js';
import {
  addConnection,
  type DemoGateway,
  figure,
  maxWait,
  readCsv,
  savedBy,
  settled,
  signIn,
  startDemo,
  tableIn,
} from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

type Usage = {
  totals: { creditsCharged: number; creditsSaved: number; lookups: number };
  rows: { startsAt: string; creditsCharged: number; creditsSaved: number; lookups: number }[];
};
type Entries = { nodes: { id: string; creditsCharged: number; creditsSaved: number }[] };

/** The query of the chart, sent by the test: the link to GraphiQL has it. */
const usageBehind = async (tab: Page): Promise<Usage> => {
  const href = await tab.locator('#credits-over-time').getByRole('link').getAttribute('href');
  const requested = new URL(href ?? '', gateway.url).searchParams;
  const variables: Record<string, string> = JSON.parse(requested.get('variables') ?? '{}');
  return dataOf<Usage>(await gateway.post(requested.get('query') ?? '', variables), 'usage');
};

const buy = async (
  ids: readonly string[],
  connection: string | null = null,
): Promise<{ charged: number; saved: number }> => {
  const { body } = await gateway.post(
    `query ($by: [CompanyKey!]!, $connection: ID) {
      companies(by: $by, options: { workflow: "browser", connection: $connection }) { outcome problem { code } }
    }`,
    { by: ids.map((id) => ({ id })), connection },
  );
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  const { charged = 0, saved = 0 } = body.extensions?.credits ?? {};
  return { charged, saved };
};

const connectionNamed = async (name: string): Promise<string> => {
  const answer = await gateway.post('{ connections(first: 100) { nodes { id name } } }');
  const { nodes } = dataOf<{ nodes: { id: string; name: string }[] }>(answer, 'connections');
  return nodes.find((one) => one.name === name)?.id ?? '';
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe.skipIf(browserPath === undefined)('the numbers', { timeout: 150_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('change by themselves when a connection added here pays for records, by exactly what the receipts say', async () => {
    const { tab, strays, complaints } = await signIn(browser, gateway.demoUrl);
    const charged = await figure(tab, /^Charged/);
    const saved = await figure(tab, /^Saved/);
    await addConnection(tab, 'Field sales', 'fbl_sandbox_field_sales');
    const payer = await connectionNamed('Field sales');
    const first = await buy(['f000000100002', 'f000000100003', 'f000000100004'], payer);
    const again = await buy(['f000000100002', 'f000000100003'], payer);
    expect({ first, again }).toEqual({
      first: { charged: 3, saved: 0 },
      again: { charged: 0, saved: 2 },
    });
    await expect.poll(() => figure(tab, /^Charged/), maxWait).toBe(charged + first.charged + again.charged);
    await expect.poll(() => figure(tab, /^Saved/), maxWait).toBe(saved + first.saved + again.saved);
    await expect.poll(() => tab.locator('#by-workflow .name').allInnerTexts(), maxWait).toContain('browser');
    expect({ strays, complaints }).toEqual({ strays: [], complaints: [] });
    await tab.context().close();
  });

  it('of the table are those of usage, bar for bar, and follow the time zone that is chosen', async () => {
    const { tab, complaints } = await signIn(browser, gateway.demoUrl);
    const panel = tab.locator('#credits-over-time');
    await panel.getByRole('button', { name: /^Table/ }).click();
    for (const zone of ['Australia/Sydney', 'America/St_Johns', 'Australia/Adelaide']) {
      await tab.getByLabel('Time zone').selectOption(zone);
      await expect
        .poll(async () => {
          const usage = await usageBehind(tab);
          const rows = (await tableIn(tab, '#credits-over-time'))
            .slice(1)
            .map(([day, ...numbers]) => [day, ...numbers.map(Number)]);
          const days = usage.rows.map((row) => [
            new Date(row.startsAt).toLocaleDateString('en-AU', {
              timeZone: zone,
              weekday: 'short',
              day: 'numeric',
              month: 'short',
              year: 'numeric',
            }),
            row.creditsCharged,
            row.creditsSaved,
            row.lookups,
          ]);
          return {
            days: rows.length,
            missing: days.filter((day) => !rows.some((row) => JSON.stringify(row) === JSON.stringify(day))),
            beside: sum(rows.map(([, charged]) => Number(charged))) - usage.totals.creditsCharged,
          };
        }, maxWait)
        .toEqual({ days: 30, missing: [], beside: 0 });
      expect(new URL(tab.url()).searchParams.get('zone')).toBe(zone === 'Australia/Sydney' ? null : zone);
    }
    await tab.reload();
    await settled(tab);
    expect(await tab.getByLabel('Time zone').inputValue()).toBe('Australia/Adelaide');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('of the CSV files are those of usage and of the entries, credit by credit', async () => {
    await buy(['f000000100005', 'f000000100005']);
    const { tab, complaints } = await signIn(browser, gateway.demoUrl);
    const { totals, rows } = await usageBehind(tab);

    const byDay = await savedBy(tab, tab.locator('#credits-over-time').getByRole('button', { name: /^CSV/ }));
    // Excel reads UTF-8 by this mark only.
    expect(byDay.text.startsWith('\u{feff}')).toBe(true);
    expect(byDay.name).toMatch(/^usage-by-day-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/);
    expect(
      readCsv(byDay.text).map((row) => [
        new Date(row['startsAt'] ?? '').toISOString(),
        Number(row['creditsCharged']),
        Number(row['creditsSaved']),
      ]),
    ).toEqual(
      rows.map((row) => [new Date(row.startsAt).toISOString(), row.creditsCharged, row.creditsSaved]),
    );

    const ledger = await savedBy(tab, tab.locator('#entries').getByRole('button', { name: /^CSV/ }));
    const saved = readCsv(ledger.text);
    const { nodes } = dataOf<Entries>(
      await gateway.post('{ entries(first: 100) { nodes { id creditsCharged creditsSaved } } }'),
      'entries',
    );
    expect(
      saved.map((row) => [row['id'], Number(row['creditsCharged']), Number(row['creditsSaved'])]),
    ).toEqual(nodes.map((one) => [one.id, one.creditsCharged, one.creditsSaved]));
    expect(sum(saved.map((row) => Number(row['creditsCharged'])))).toBe(totals.creditsCharged);
    expect(sum(saved.map((row) => Number(row['creditsSaved'])))).toBe(totals.creditsSaved);
    expect(await figure(tab, /^Charged/)).toBe(totals.creditsCharged);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('of a receipt are those of its entry, with every attempt', async () => {
    const { tab } = await signIn(browser, gateway.demoUrl);
    await tab.locator('#entries tbody button').first().press('Enter');
    const dialog = tab.getByRole('dialog', { name: 'Receipt' });
    await dialog.getByRole('table').waitFor();
    const id = await dialog.locator('dd').filter({ hasText: /^ent_/ }).innerText();
    const { nodes } = dataOf<Entries>(
      await gateway.post('{ entries(first: 1) { nodes { id creditsCharged creditsSaved } } }'),
      'entries',
    );
    expect(id).toBe(nodes[0]?.id);
    const [, attempt = []] = await tableIn(tab, 'dialog');
    expect(attempt.slice(0, 2)).toEqual(['1', 'Firmable']);
    expect(attempt.slice(3, 5).map(Number)).toEqual([nodes[0]?.creditsCharged, nodes[0]?.creditsSaved]);
    await tab.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    // The keyboard is where it was.
    expect(await tab.evaluate('document.activeElement.dataset.key')).toBe(id);
    await tab.context().close();
  });

  it('of a bar are announced with the arrow keys', async () => {
    const { tab } = await signIn(browser, gateway.demoUrl);
    const chart = tab.getByRole('group', { name: /^Credits charged and saved by day/ });
    await chart.locator('canvas').waitFor();
    await chart.focus();
    await tab.keyboard.press('ArrowRight');
    const { rows } = await usageBehind(tab);
    const last = rows.at(-1);
    expect(await chart.locator('.tip').innerText()).toContain(`${last?.creditsCharged} charged`);
    expect(await chart.locator('[aria-live]').innerText()).toContain(`${last?.creditsSaved} saved`);
    await tab.context().close();
  });
});
