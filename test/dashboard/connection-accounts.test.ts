import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser, launchBrowser } from '../support/browser.js';
import { connect, presume } from './connect.js';
import { type DemoGateway, maxWait, signIn, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

/** Returns when a field says that it is invalid. */
const invalid = (dialog: Locator, name: string): Promise<void> =>
  dialog.locator(`[name="${name}"][aria-invalid="true"]`).waitFor();

const open = (browser: Browser, id: string) =>
  signIn(browser, `${gateway.url}/connections?connection=${id}`, gateway.token);

describe('the account of a connection', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('records balances, sets a plan with a pool, and shows the drift', async () => {
    const { id } = await connect(gateway, {
      provider: 'FIRMABLE',
      name: 'Balances',
      key: 'fbl_sandbox_balances',
    });
    const { tab, complaints } = await open(browser, id);
    const dialog = tab.getByRole('dialog');
    await tab.getByText('Balance unknown.').waitFor();

    const record = async (credits: string, at = ''): Promise<void> => {
      await tab.getByRole('button', { name: 'Record balance' }).click();
      await dialog.getByLabel('Remaining credits').fill(credits);
      if (at !== '') await dialog.getByLabel(/^When you read it/).fill(at);
      await dialog.getByRole('button', { name: 'Record' }).click();
    };
    await record('');
    await dialog.getByText('Enter the credits.').waitFor();
    await tab.keyboard.press('Escape');
    await record('500', '2026-11-01T09:30');
    await dialog.waitFor({ state: 'detached' });
    await record('412');
    await dialog.waitFor({ state: 'detached' });
    await tab.getByText('412 sandbox credits remaining, estimated').waitFor();
    const lastRowOf = (table: string) => tab.getByRole('table', { name: table }).getByRole('row').last();
    await expect
      .poll(() => lastRowOf('Drift between readings').innerText(), maxWait)
      .toMatch(/500\s+0\s+0\s+88\s+412$/);
    expect(await lastRowOf('Readings of the balance').innerText()).toMatch(
      /^1 Nov, 09:30:00\s+500\s+A person$/,
    );

    await tab.getByRole('button', { name: 'Set balance plan' }).click();
    const save = dialog.getByRole('button', { name: 'Save' });
    await dialog.getByLabel('Credits each month').fill('500');
    await dialog.getByLabel('Renewal day').fill('32');
    await dialog.getByRole('button', { name: 'Add pool' }).click();
    const pool = dialog.getByRole('group', { name: 'Pool 1' });
    await pool.getByLabel('Credits at its start').fill('2000');
    await pool.getByLabel('First day').fill('2026-12-01');
    await pool.getByLabel('Last day').fill('2026-11-30');
    await save.click();
    await pool.getByText('Enter a name.').waitFor();
    await pool.getByLabel('Name').fill('launch pack');
    await save.click();
    await dialog.getByText(/from 1 to 31/).waitFor();
    await dialog.getByLabel('Renewal day').fill('1');
    await save.click();
    await invalid(dialog, 'new-1-endsAt');
    await pool.getByLabel('First day').fill('2026-11-01');
    await pool.getByLabel('Last day').fill('2027-06-30');
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    await tab.getByText(/^500 credits on day 1 of each month \(Australia\/Sydney\)/).waitFor();

    await tab.getByRole('button', { name: 'Change balance plan' }).click();
    expect(await pool.getByLabel('Last day').inputValue()).toBe('2027-06-30');
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    const { plan } = dataOf<{ plan: unknown }>(
      await gateway.post(
        'query B($id: ID!) { balance(connection: $id) { plan { monthlyCredits thresholds pools { name credits startsAt endsAt } } } }',
        { id },
      ),
      'balance',
    );
    expect(plan).toEqual({
      monthlyCredits: 500,
      thresholds: [80, 100],
      pools: [
        {
          name: 'launch pack',
          credits: 2000,
          startsAt: '2026-10-31T13:00:00.000Z',
          endsAt: '2027-06-30T14:00:00.000Z',
        },
      ],
    });
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('resolves one presumed charge and then the others, with a reason', async () => {
    const connection = await connect(gateway, {
      provider: 'FIRMABLE',
      name: 'Presumed',
      key: 'fbl_sandbox_presumed',
    });
    for (const at of [1, 2, 3]) await presume(gateway, connection, `company:domain:presumed${at}.example`);
    const { tab } = await open(browser, connection.id);
    const dialog = tab.getByRole('dialog');
    await tab.getByText(/^3 credits are counted/).waitFor();
    await tab
      .getByRole('button', { name: /^Resolve the charge of/ })
      .first()
      .click();
    const resolve = dialog.getByRole('button', { name: 'Resolve', exact: true });
    await resolve.click();
    await dialog.getByText('Choose what the provider did.').waitFor();
    await dialog.getByText('Enter a reason.').waitFor();
    await dialog.getByRole('radio', { name: /^It did not charge/ }).check();
    await dialog.getByLabel('Reason').fill('not in the usage');
    await resolve.click();
    await tab.getByText('1 credit returned to the budgets.').waitFor();
    await tab.getByText(/^2 credits are counted/).waitFor();

    await tab.getByRole('button', { name: 'Resolve all' }).click();
    await dialog.getByLabel('Which').selectOption('TIMEOUT');
    await dialog.getByRole('radio', { name: /^It charged/ }).check();
    await dialog.getByLabel('Reason').fill('in the usage');
    await resolve.click();
    await tab.getByText('2 resolved: 0 credits returned, 2 credits confirmed.').waitFor();
    await tab.getByText('None.', { exact: true }).waitFor();
    const { body } = await gateway.post(
      'query P($id: ID!) { presumedCharges(filter: { connection: $id }) { totalCount } }',
      { id: connection.id },
    );
    expect(body.data).toEqual({ presumedCharges: { totalCount: 0 } });
    await tab.context().close();
  });
});
