import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship } from '../../src/sandbox/samples.js';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser } from '../support/browser.js';
import { type DemoGateway, faultsOfLook, maxWait, settled, startDemo, tableIn } from './open-dashboard.js';
import { watchPages } from './watched-pages.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
  const connection = `mutation { createConnection(input: {
    name: "Sales", provider: FIRMABLE, key: "fbl_sandbox_access", makeDefault: true }) { userErrors { message } } }`;
  await gateway.post(connection);
});
afterAll(() => gateway.close());

/** The secret that the open dialog shows. */
const secretIn = async (tab: Page): Promise<string> => {
  const text = await tab.getByRole('dialog').locator('[data-secret]').innerText();
  expect(text).toMatch(/^fgw_[\w-]{43}$/);
  return text;
};

const rolesAnswered = async (secret: string): Promise<number> =>
  (await gateway.post('{ viewer { role } }', {}, { authorization: `Bearer ${secret}` })).status;

type Shown = {
  name: string;
  role: string;
  workflow: string | null;
  expiresAt: string | null;
  scopes: object;
  limits: object;
};
const tokenNamed = async (name: string): Promise<Shown | undefined> =>
  dataOf<{ nodes: Shown[] }>(
    await gateway.post(`{ tokens(first: 100) { nodes { name role workflow expiresAt
      scopes { operations connections workflows spend } limits { requestsPerSecond lookupsPerDay creditsPerDay } } } }`),
    'tokens',
  ).nodes.find((token) => token.name === name);

const rowOf = (tab: Page, name: string) =>
  tab.getByRole('row').filter({ has: tab.getByRole('rowheader').filter({ hasText: name }) });

describe('the access page', inBrowser, () => {
  const { open, forgive } = watchPages(() => gateway);

  it('creates a token with scopes and limits, whose secret is shown once and kept nowhere', async () => {
    const tab = await open('/access?zone=UTC');
    const said: string[] = [];
    tab.on('console', (message) => said.push(message.text()));
    await tab.getByRole('button', { name: 'Create token' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Create token' });
    await dialog.getByLabel('Name', { exact: true }).fill('Clay');
    await dialog.getByLabel('Workflow', { exact: true }).fill('clay');
    await dialog.getByLabel('Expires on').fill('2030-01-30');
    await dialog.getByLabel('People', { exact: true }).uncheck();
    await dialog.getByLabel('People search').uncheck();
    await dialog.getByLabel('Paid by').selectOption('SOME');
    await dialog.getByLabel('Sales').check();
    await dialog.getByLabel('Workflows').fill('clay, hubspot');
    await dialog.getByLabel('Requests a second').fill('10');
    await dialog.getByLabel('Lookups a day').fill('5000');
    await dialog.getByLabel('Credits a day').fill('1000');
    await dialog.getByRole('button', { name: 'Create' }).click();

    await tab.getByRole('dialog', { name: 'Clay is created' }).waitFor();
    const secret = await secretIn(tab);
    expect(await tab.locator('pre').innerText()).toContain(`Authorization: Bearer ${secret}`);
    expect(await rolesAnswered(secret)).toBe(200);
    await tab.keyboard.press('Escape');
    await tab.getByText('The secret is lost when you close this').waitFor();
    await tab.getByRole('button', { name: 'I have copied it' }).click();
    await tab.getByRole('dialog').waitFor({ state: 'detached' });

    expect(await tokenNamed('Clay')).toEqual({
      name: 'Clay',
      role: 'MEMBER',
      workflow: 'clay',
      expiresAt: '2030-01-31T00:00:00.000Z',
      scopes: {
        operations: ['COMPANY'],
        connections: [expect.stringMatching(/^con_/)],
        workflows: ['clay', 'hubspot'],
        spend: true,
      },
      limits: { requestsPerSecond: 10, lookupsPerDay: 5_000, creditsPerDay: 1_000 },
    });
    const row = await rowOf(tab, 'Clay').innerText();
    for (const text of [
      'Member',
      'Companies',
      'Paid by Sales',
      '0 of 5,000 lookups a day',
      'until 30 Jan 2030',
    ])
      expect(row).toContain(text);
    const kept: string = await tab.evaluate(
      'JSON.stringify([location.href, { ...sessionStorage }, { ...localStorage }, document.cookie, document.documentElement.outerHTML])',
    );
    expect([kept, ...said].filter((text) => text.includes(secret))).toEqual([]);
  });

  it('says at the field what is wrong, and loses nothing that was entered', async () => {
    const tab = await open('/access');
    await tab.getByRole('button', { name: 'Create token' }).click();
    const dialog = tab.getByRole('dialog');
    const create = dialog.getByRole('button', { name: 'Create' });
    await dialog.getByLabel('Lookups a day').fill('0');
    await create.click();
    await dialog.getByText('Enter a name.').waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill('bootstrap');
    for (const name of ['Companies', 'People', 'People search'])
      await dialog.getByLabel(name, { exact: true }).uncheck();
    await create.click();
    await dialog.getByText('Choose at least one operation.').waitFor();
    await dialog.getByText('Enter a whole number of at least 1.').waitFor();
    await dialog.getByLabel('Companies').check();
    await dialog.getByLabel('Lookups a day').fill('5');
    await create.click();
    await dialog.getByText('The name "bootstrap" is reserved').waitFor();
    expect(await dialog.getByLabel('Name', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    await dialog.getByLabel('Name', { exact: true }).fill('Late');
    await dialog.getByLabel('Expires on').fill('2020-01-01');
    await create.click();
    await dialog.getByText('The expiry is in the past').waitFor();
    expect(await dialog.getByLabel('Lookups a day').inputValue()).toBe('5');
    await dialog.getByLabel('Role').selectOption('ADMIN');
    await dialog.getByText('An ADMIN token manages tokens, so it has no scopes').waitFor();
    expect(await dialog.getByLabel('Lookups a day').count()).toBe(0);
    expect(await tokenNamed('Late')).toBeUndefined();
  });

  it('edits, rotates with an overlap and revokes by the keyboard alone', async () => {
    const created = await gateway.post(
      'mutation { createToken(input: { name: "Sync", role: MEMBER, limits: { lookupsPerDay: 7 } }) { secret } }',
    );
    const { secret: first } = dataOf<{ secret: string }>(created, 'createToken');
    const tab = await open('/access');
    await tab.getByRole('button', { name: 'Edit Sync' }).press('Enter');
    const edit = tab.getByRole('dialog', { name: 'Edit Sync' });
    await edit.getByLabel('Name', { exact: true }).fill('Sync 2');
    await edit.getByLabel('May spend credits').press('Space');
    await edit.getByLabel('Lookups a day').fill('');
    await edit.getByLabel('Lookups a day').press('Enter');
    await tab.getByText('Sync 2 is changed').waitFor();
    expect(await tokenNamed('Sync 2')).toMatchObject({
      scopes: { operations: null, connections: null, workflows: null, spend: false },
      limits: { lookupsPerDay: null },
    });

    await tab.getByRole('button', { name: 'Rotate Sync 2' }).press('Enter');
    const rotate = tab.getByRole('dialog', { name: 'Rotate Sync 2' });
    await rotate.getByLabel('Overlap').selectOption('1 hour');
    await rotate.getByRole('button', { name: 'Rotate', exact: true }).press('Enter');
    await tab.getByText('The secret before it is valid until').waitFor();
    const second = await secretIn(tab);
    expect(await Promise.all([first, second].map(rolesAnswered))).toEqual([200, 200]);
    await tab.getByRole('button', { name: 'I have copied it' }).press('Enter');
    await expect.poll(() => rowOf(tab, 'Sync 2').innerText(), maxWait).toContain('two secrets until');

    await tab.getByRole('button', { name: 'Revoke Sync 2' }).press('Enter');
    const revoke = tab.getByRole('dialog', { name: 'Revoke Sync 2' });
    expect(await revoke.getByText('You are signed in with this token').count()).toBe(0);
    await revoke.getByRole('button', { name: 'Revoke token' }).press('Enter');
    await tab.getByText('Sync 2 is revoked.').waitFor();
    await expect.poll(() => Promise.all([first, second].map(rolesAnswered)), maxWait).toEqual([401, 401]);
    await rowOf(tab, 'Sync 2').waitFor({ state: 'detached' });
    await tab.getByRole('button', { name: 'Expired and revoked' }).press('Enter');
    expect(tab.url()).toContain('show=ended');
    await rowOf(tab, 'Sync 2').waitFor();
    expect(await tab.getByRole('button', { name: 'Edit Sync 2' }).count()).toBe(0);
  });

  it('warns of revoking its own and the last ADMIN token, and shows what the API refuses', async () => {
    const tab = await open('/access');
    await tab.getByRole('button', { name: 'Edit bootstrap' }).click();
    await tab.getByRole('button', { name: 'Save' }).click();
    await tab.getByText('The bootstrap token follows the setting GATEWAY_BOOTSTRAP_TOKEN').waitFor();
    await tab.keyboard.press('Escape');
    await tab.getByRole('button', { name: 'Rotate bootstrap' }).click();
    const options = tab.getByRole('dialog').getByLabel('Overlap').getByRole('option');
    expect(await options.first().innerText()).toBe('5 minutes');
    await tab.keyboard.press('Escape');
    await tab.getByRole('button', { name: 'Revoke bootstrap' }).click();
    await tab.getByText('You are signed in with this token: you will be signed out.').waitFor();
    await tab.getByText('It is the last ADMIN token.').waitFor();
    await tab.getByRole('button', { name: 'Cancel' }).click();
    expect(await rolesAnswered(gateway.token)).toBe(200);
  });

  it("signs out when the viewer's own token is revoked", async () => {
    const secret = await gateway.tokenOf('ADMIN');
    const tab = await open('/access', secret);
    await tab.getByRole('button', { name: 'Revoke ADMIN' }).click();
    expect(await tab.getByText('It is the last ADMIN token.').count()).toBe(0);
    await tab.getByRole('button', { name: 'Revoke token' }).click();
    await tab.getByText('The gateway does not accept this token.').waitFor();
    forgive();
  });

  it('shows the credits of each token in the period of the address, the sandbox apart', async () => {
    const created = await gateway.post(
      'mutation { createToken(input: { name: "Spender", role: MEMBER }) { secret } }',
    );
    const { secret } = dataOf<{ secret: string }>(created, 'createToken');
    await gateway.post(
      `{ company(by: { domain: "${flagship.domain}" }) { outcome } }`,
      {},
      { authorization: `Bearer ${secret}` },
    );
    const tab = await open('/access?period=today&zone=UTC');
    const creditsOf = async (): Promise<string[] | undefined> => {
      const [head = [], ...rows] = await tableIn(tab, 'table');
      const row = rows.find(([name = '']) => name.startsWith('Spender'));
      return ['Credits', 'Sandbox'].map((title) => row?.[head.indexOf(title)] ?? '');
    };
    await expect.poll(creditsOf, maxWait).toEqual(['0', '1']);
    await tab.getByText('Credits are those charged in the period (today)').waitFor();
    await tab.getByRole('combobox', { name: 'Period' }).selectOption('last-month');
    await expect.poll(async () => (await creditsOf())?.[0], maxWait).toBe('0');
  });

  it('has no violation in any look, with its dialogs', async () => {
    const tab = await open('/access');
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'Create token' }).click();
    await tab.getByLabel('Paid by').selectOption('SOME');
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByLabel('Name', { exact: true }).fill('Looks');
    await tab.getByLabel('Sales').check();
    await tab.getByRole('button', { name: 'Create', exact: true }).click();
    await tab.getByRole('dialog', { name: 'Looks is created' }).waitFor();
    expect(await faultsOfLook(tab)).toEqual([]);
  });

  it.each(['VIEWER', 'MANAGER'] as const)(
    'shows a %s its own token, and which role manages them',
    async (role) => {
      const tab = await open('/access', await gateway.tokenOf(role));
      await tab.getByText('Managing tokens needs the role ADMIN.').waitFor();
      await settled(tab);
      expect(await tab.locator('.facts').innerText()).toContain('All that the role may');
      expect(await tab.getByRole('button', { name: 'Create token' }).count()).toBe(0);
      expect(await faultsOfLook(tab)).toEqual([]);
    },
  );
});
