import type { Browser, ConsoleMessage, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser, launchBrowser } from '../support/browser.js';
import { connect, presume } from './connect.js';
import {
  type DemoGateway,
  faultsOfLook,
  goTo,
  maxWait,
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

/** Everything that the page keeps, as one text. */
const kept = (tab: Page): Promise<string> =>
  tab.evaluate(
    `[document.documentElement.outerHTML, ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value),
      JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href, JSON.stringify(history.state)].join('\\n')`,
  );

/** How often a text is in the memory of the page's scripts. */
const countInMemory = async (tab: Page, text: string): Promise<number> => {
  const session = await tab.context().newCDPSession(tab);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('').split(text).length - 1;
};

/** Returns when a field says that it is invalid. */
const invalid = (dialog: Locator, name: string): Promise<void> =>
  dialog.locator(`[name="${name}"][aria-invalid="true"]`).waitFor();

const open = (browser: Browser, id: string, token = gateway.token) =>
  signIn(browser, `${gateway.url}/connections?connection=${id}`, token);

describe('the page of connections', inBrowser, () => {
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
    expect(await countInMemory(tab, 'Firmable accepts the key')).toBeGreaterThan(0);
    await expect.poll(() => countInMemory(tab, 'salesSecret'), maxWait).toBe(0);
    expect([strays, complaints]).toEqual([[], []]);
    await tab.context().close();
  });

  it('renames, verifies, rotates, disables, enables, makes default and deletes a connection', async () => {
    await connect(gateway, { provider: 'FIRMABLE', name: 'First', key: 'fbl_sandbox_first' });
    const { id } = await connect(gateway, {
      provider: 'FIRMABLE',
      name: 'Second',
      key: 'fbl_sandbox_second',
    });
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

  it('says so when a connection was deleted meanwhile, or never existed', async () => {
    const { id } = await connect(gateway, {
      provider: 'FIRMABLE',
      name: 'Short-lived',
      key: 'fbl_sandbox_short',
    });
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
    const { id } = await connect(gateway, {
      provider: 'FIRMABLE',
      name: 'Viewed',
      key: 'fbl_sandbox_viewed',
    });
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
    const connection = await connect(gateway, {
      provider: 'FIRMABLE',
      name: 'Accessible',
      key: 'fbl_sandbox_accessible',
    });
    await presume(gateway, connection, 'company:domain:accessible.example');
    const { tab, complaints } = await signIn(browser, `${gateway.url}/connections`, gateway.token);
    for (const search of ['', '?add=yes', `?connection=${connection.id}`]) {
      await tab.goto(`${gateway.url}/connections${search}`);
      await settled(tab);
      if (search === '?add=yes') await tab.getByRole('radio', { name: /^Firmable/ }).waitFor();
      expect([search, await faultsOfLook(tab)]).toEqual([search, []]);
    }
    expect(complaints).toEqual([]);
    await tab.context().close();
  });
});
