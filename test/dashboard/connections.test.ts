import type { Browser, ConsoleMessage, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromPublicId } from '../../src/access/public-ids.js';
import { dataOf } from '../http/start-gateway.js';
import { openLedger, requestFor } from '../ledger/setup.js';
import { browserPath, launchBrowser } from '../support/browser.js';
import {
  type DemoGateway,
  goTo,
  maxWait,
  settled,
  signIn,
  startDemo,
  tableIn,
  violations,
} from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

type Created = { connection: { id: string; accountId: string } };
const connect = async (name: string, key: string): Promise<Created['connection']> => {
  const answer = await gateway.post(
    'mutation C($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id accountId } } }',
    { input: { provider: 'FIRMABLE', name, key } },
  );
  return dataOf<Created>(answer, 'createConnection').connection;
};

/** Everything that the page keeps, as one text. */
const kept = (tab: Page): Promise<string> =>
  tab.evaluate(
    `[document.documentElement.outerHTML, ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value),
      JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href, JSON.stringify(history.state)].join('\\n')`,
  );

/** Returns when a field says that it is invalid. */
const invalid = (dialog: Locator, name: string): Promise<void> =>
  dialog.locator(`[name="${name}"][aria-invalid="true"]`).waitFor();

const open = (browser: Browser, id: string, token = gateway.token) =>
  signIn(browser, `${gateway.url}/connections?connection=${id}`, token);

/** Makes a presumed charge of a connection. */
const presume = async ({ id, accountId }: Created['connection'], lookupKey: string): Promise<void> => {
  const ledger = openLedger(gateway.context.database);
  const { workspaceId, tokenId } = await gateway.context.findCaller(gateway.token);
  const reservation = requestFor({ workspaceId, accountId }, lookupKey, {
    labels: { tokenId, connectionId: fromPublicId('connection', id), sandbox: true },
  });
  await ledger.reserve(reservation);
  await ledger.settle({
    reservation,
    outcome: 'UNKNOWN',
    problem: 'PROVIDER_TIMEOUT',
    latencyMs: 5,
    charged: null,
    presumedCause: 'TIMEOUT',
  });
  await ledger.close(1_000);
};

describe.skipIf(browserPath === undefined)('the page of connections', { timeout: 150_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('adds a connection by keyboard, says what is wrong at its field, and keeps no key', async () => {
    const { tab, strays, complaints } = await signIn(browser, `${gateway.url}/connections`, gateway.token);
    const said: string[] = [];
    tab.on('console', (message: ConsoleMessage) => said.push(message.text()));
    await tab.getByRole('button', { name: 'Add connection' }).press('Enter');
    const dialog = tab.getByRole('dialog', { name: 'Add connection' });
    await dialog.getByRole('radio', { name: /^Firmable/ }).waitFor();
    expect(await dialog.getByRole('listitem').allInnerTexts()).toEqual([
      'Sign in to Firmable and open Manage Account.',
      'Choose Integrations, then Firmable API.',
      'Choose Generate API Key.',
      'Copy the key. It begins with fbl_.',
    ]);
    const [name, key] = [
      dialog.getByLabel('Name', { exact: true }),
      dialog.getByLabel('Key', { exact: true }),
    ];
    const save = dialog.getByRole('button', { name: 'Save' });
    await save.press('Enter');
    await dialog.getByText('Enter a name.').waitFor();
    await dialog.getByText('Paste the key.').waitFor();
    expect(await name.evaluate('document.activeElement.name')).toBe('name');

    await name.fill('Sales');
    for (const wrong of ['my password', 'fbl_sandbox_revoked', 'fbl_sandbox_noplan']) {
      await key.fill(wrong);
      await key.press('Enter');
      await invalid(dialog, 'key');
      expect(await key.inputValue()).toBe(wrong);
      await key.fill('');
      await key.press('Enter');
      await dialog.getByText('Paste the key.').waitFor();
    }
    await key.fill('fbl_sandbox_salesSecret');
    await key.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await tab.getByText('Sales was saved. Firmable accepts the key.').waitFor();
    expect(await tab.evaluate('document.activeElement.textContent')).toBe('Add connection');
    await tab.getByRole('row', { name: /^Sales .*Sandbox Firmable …cret Verified/ }).waitFor();

    await tab.getByRole('button', { name: 'Add connection' }).click();
    await name.fill('Sales');
    await key.fill('fbl_sandbox_otherSecret');
    await save.click();
    await invalid(dialog, 'name');
    expect(await key.inputValue()).toBe('fbl_sandbox_otherSecret');
    await dialog.getByRole('radio', { name: /^Apollo/ }).check();
    expect(await key.inputValue()).toBe('');
    await dialog.getByRole('button', { name: 'Use a sandbox key' }).click();
    expect(await key.inputValue()).toBe('apollo_sandbox_demo');
    await tab.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });

    const everything = [await kept(tab), ...said].join('\n');
    for (const secret of ['salesSecret', 'otherSecret', 'sandbox_revoked', 'apollo_sandbox_demo'])
      expect(everything).not.toContain(secret);
    expect([strays, complaints]).toEqual([[], []]);
    await tab.context().close();
  });

  it('renames, verifies, rotates, disables, enables, makes default and deletes a connection', async () => {
    await connect('First', 'fbl_sandbox_first');
    const { id } = await connect('Second', 'fbl_sandbox_second');
    const { tab, complaints } = await open(browser, id);
    const dialog = tab.getByRole('dialog');
    const press = (name: string) => tab.getByRole('button', { name, exact: true }).click();
    const inDialog = (name: string) => dialog.getByRole('button', { name, exact: true }).click();

    await press('Rename');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('First');
    await inDialog('Rename');
    await invalid(dialog, 'name');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Renamed');
    await inDialog('Rename');
    await tab.getByRole('heading', { level: 1, name: 'Renamed' }).waitFor();

    await press('Verify');
    await tab.getByText('Firmable accepts the key of Renamed.').waitFor();

    await press('Rotate key');
    await dialog.getByLabel('New key').fill('fbl_sandbox_second_rotatedKey');
    await inDialog('Rotate key');
    await dialog.getByText('Choose the account of the new key.').waitFor();
    await dialog.getByRole('radio', { name: /^The same account/ }).check();
    await dialog.getByLabel('New key').fill('fbl_sandbox_revoked');
    await inDialog('Rotate key');
    await invalid(dialog, 'key');
    await dialog.getByLabel('New key').fill('fbl_sandbox_second_rotatedKey');
    await inDialog('Rotate key');
    await tab.getByText('The key of Renamed was replaced.').waitFor();
    await tab.getByText('…dKey').waitFor();
    expect(await kept(tab)).not.toContain('rotatedKey');

    await press('Make default');
    await tab.getByText('Renamed pays for lookups at Firmable that name no connection.').waitFor();
    await press('Disable');
    await dialog.getByText('no other payer').waitFor();
    await inDialog('Disable connection');
    await tab.locator('.badge', { hasText: 'Disabled' }).waitFor();
    await press('Enable');
    await tab.locator('.badge', { hasText: 'Verified' }).waitFor();
    await press('Delete');
    await inDialog('Delete connection');
    await tab.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
    await settled(tab);
    expect((await tableIn(tab, '.panel')).map(([name]) => name)).not.toContain('Renamed');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('records balances, sets a plan with a pool, and shows the drift', async () => {
    const { id } = await connect('Balances', 'fbl_sandbox_balances');
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
    const connection = await connect('Presumed', 'fbl_sandbox_presumed');
    for (const at of [1, 2, 3]) await presume(connection, `company:domain:presumed${at}.example`);
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

  it('says so when a connection was deleted meanwhile, or never existed', async () => {
    const { id } = await connect('Short-lived', 'fbl_sandbox_short');
    const { tab } = await open(browser, id);
    const dialog = tab.getByRole('dialog');
    await tab.getByRole('button', { name: 'Rename' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Too late');
    await gateway.post('mutation D($id: ID!) { deleteConnection(id: $id) { deletedId } }', { id });
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await tab.getByText('The workspace has no such connection.').waitFor();
    expect(await tab.getByRole('main').getByRole('button', { name: 'Rename' }).count()).toBe(0);
    await tab.goto(`${gateway.url}/connections?connection=con_unknown`);
    await tab.getByText('The workspace has no such connection.').waitFor();
    await tab.context().close();
  });

  it('shows a VIEWER everything and no button that changes it', async () => {
    const { id } = await connect('Viewed', 'fbl_sandbox_viewed');
    const token = await gateway.tokenOf('VIEWER');
    const { tab } = await open(browser, id, token);
    await tab.getByText('Changing connections requires the role ADMIN, MANAGER or INTEGRATION.').waitFor();
    const buttons = await tab.getByRole('main').getByRole('button').allInnerTexts();
    expect(buttons).toEqual(['Copy']);
    await goTo(tab, 'Connections');
    await tab.getByRole('row', { name: /^Viewed/ }).waitFor();
    expect(
      await tab
        .getByRole('main')
        .getByRole('button', { name: /Add|Verify/ })
        .count(),
    ).toBe(0);
    await tab.goto(`${gateway.url}/connections?add=yes`);
    await settled(tab);
    expect(await tab.getByRole('dialog').count()).toBe(0);
    await tab.context().close();
  });

  it('has no violation of accessibility in any colours and width', async () => {
    const connection = await connect('Accessible', 'fbl_sandbox_accessible');
    await presume(connection, 'company:domain:accessible.example');
    const { tab, complaints } = await signIn(browser, `${gateway.url}/connections`, gateway.token);
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme });
      for (const width of [390, 820, 1440]) {
        await tab.setViewportSize({ width, height: 900 });
        for (const search of ['', '?add=yes', `?connection=${connection.id}`]) {
          await tab.goto(`${gateway.url}/connections${search}`);
          await settled(tab);
          if (search === '?add=yes') await tab.getByRole('radio', { name: /^Firmable/ }).waitFor();
          expect([width, search, await violations(tab)]).toEqual([width, search, []]);
          expect(
            await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
          ).toBe(0);
        }
      }
    }
    expect(complaints).toEqual([]);
    await tab.context().close();
  });
});
