import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MailServer, startMailServer } from '../alerts/start-mail-server.js';
import { type Receiver, startReceiver } from '../alerts/start-receiver.js';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser, launchBrowser } from '../support/browser.js';
import { builtDashboard } from '../support/gateway.js';
import { type AlertSteps, alertSteps } from './alert-steps.js';
import { type DemoGateway, faultsOfLook, maxWait, settled, signIn, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
let steps: AlertSteps;
let receiver: Receiver;
let mailServer: MailServer;
beforeAll(async () => {
  receiver = await startReceiver();
  mailServer = await startMailServer({ password: 'unused' });
  gateway = await startDemo({
    SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`,
    ALERT_EMAIL_FROM: 'alerts@example.com',
  });
  steps = alertSteps(gateway);
});
afterAll(async () => {
  await gateway.close();
  await receiver.close();
  await mailServer.close();
});

const itemOf = (tab: Page, name: string): Locator => tab.getByRole('listitem', { name, exact: true });

/** Opens the form of a new destination and chooses its kind. */
const openForm = async (tab: Page, kind: string): Promise<Locator> => {
  await tab.getByRole('button', { name: 'Add a destination' }).click();
  const dialog = tab.getByRole('dialog', { name: 'Add a destination' });
  await dialog.getByLabel('Kind').selectOption(kind);
  return dialog;
};

describe('the page of alerts', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('creates a signed webhook, shows its secret once, tests it, shows its deliveries, rotates the secret and deletes it', async () => {
    const { tab, complaints, strays } = await signIn(browser, `${gateway.demoUrl}/alerts`);
    await tab.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const dialog = await openForm(tab, 'WEBHOOK');
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await dialog.getByText('Enter a name.', { exact: true }).waitFor();
    await dialog.getByText('Enter a URL.', { exact: true }).waitFor();
    await dialog.getByLabel('Name', { exact: true }).fill('Hook');
    await dialog.getByLabel('URL', { exact: true }).fill('ftp://nowhere');
    for (const box of await dialog.getByRole('group', { name: 'Events' }).getByRole('checkbox').all())
      await box.uncheck();
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await dialog.getByText('Choose at least one event.').waitFor();
    await dialog.getByLabel('Unavailable providers').check();
    await dialog.getByLabel('Thresholds of budgets').check();
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await dialog.getByText(/^The URL must be an http or https URL/).waitFor();
    await dialog.getByLabel('URL', { exact: true }).fill(receiver.url);
    await dialog.getByRole('button', { name: 'Add destination' }).click();

    const secret = tab.getByRole('dialog', { name: 'Secret of Hook' });
    const shown = await secret.locator('.secret').innerText();
    expect(shown).toMatch(/^whsec_/);
    await secret.getByRole('button', { name: 'Copy the secret' }).click();
    await secret.getByText('Copied.').waitFor();
    expect(await tab.evaluate('navigator.clipboard.readText()')).toBe(shown);
    await tab.keyboard.press('Escape');
    await secret.waitFor({ state: 'detached' });
    expect(await tab.content()).not.toContain('whsec_');

    const item = itemOf(tab, 'Hook');
    await item.getByText('No alert was sent there yet.').waitFor();
    await item.getByText('Thresholds of budgets, Unavailable providers').waitFor();
    await item.getByRole('button', { name: 'Test Hook' }).click();
    await item.getByText('The test was delivered (status 204).').waitFor();
    expect(JSON.parse(receiver.deliveries.at(-1)?.body ?? '')).toMatchObject({ type: 'alert.test' });
    await item.getByRole('button', { name: 'Test Hook' }).click();
    await item.getByText(/^A test was sent to this destination less than/).waitFor();

    const reread = async (): Promise<string> => {
      await tab.reload();
      await settled(tab);
      return item.innerText();
    };
    const before = receiver.deliveries.length;
    receiver.answers.push(500);
    await steps.raise('APOLLO hook');
    await expect.poll(reread, maxWait).toMatch(/Waiting\s+HTTP 500 \(attempt 1.*; next attempt /);
    await expect.poll(reread, maxWait).toMatch(/Latest alert: Delivered/);
    expect(receiver.deliveries).toHaveLength(before + 2);
    const raised = tab.getByRole('region', { name: 'Raised alerts' });
    await raised.getByText(/^Hook: Delivered/).waitFor();
    await raised.getByText('Unresolved').first().waitFor();
    await raised.getByRole('button', { name: 'Budgets' }).click();
    await expect.poll(() => raised.innerText(), maxWait).toContain('No alert was raised.');
    expect(new URL(tab.url()).searchParams.get('event')).toBe('BUDGET_THRESHOLD');
    await raised.getByRole('button', { name: 'Providers' }).click();
    await raised.getByText(/^Hook: Delivered/).waitFor();

    await item.getByRole('button', { name: 'Rotate secret of Hook' }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Rotate secret' }).click();
    const rotated = await secret.locator('.secret').innerText();
    expect(rotated).toMatch(/^whsec_/);
    expect(rotated).not.toBe(shown);
    await secret.getByText(/^Until .* messages are signed with the previous secret as well\./).waitFor();
    await secret.getByRole('button', { name: 'Close' }).click();
    await steps.raise('APOLLO rotated');
    await expect.poll(() => receiver.deliveries.length, maxWait).toBe(before + 3);
    expect(receiver.deliveries.at(-1)?.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);

    await item.getByRole('button', { name: 'Delete Hook' }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Delete destination' }).click();
    await tab.getByText('Hook was deleted.').waitFor();
    await item.waitFor({ state: 'detached' });
    expect(await steps.destinationNamed('Hook')).toBeUndefined();
    expect([complaints, strays]).toEqual([[], []]);
    await tab.context().close();
  });

  it('changes only what was touched, keeps a secret address, and shows why a test failed', async () => {
    const set = `mutation { setBudget(input: { name: "CRM", scope: WORKSPACE, period: MONTH, limit: 5000 }) { budget { id } } }`;
    dataOf(await gateway.post(set), 'setBudget');
    const secretUrl = `${new URL(receiver.url).origin}/services/T0000/a1B2c3D4e5F6g7H8i9J0k1L2`;
    const id = await steps.createDestination({ kind: 'SLACK', name: 'Channel', url: secretUrl });
    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/alerts`);
    receiver.answers.push(404);
    await tab.getByRole('button', { name: 'Test Channel' }).click();
    await itemOf(tab, 'Channel').getByText('The test failed: HTTP 404.').waitFor();
    expect(receiver.deliveries.at(-1)?.path).toBe(new URL(secretUrl).pathname);

    await tab.getByRole('button', { name: 'Edit Channel' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Edit Channel' });
    expect(await dialog.getByLabel('URL', { exact: true }).inputValue()).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/…$/,
    );
    const rename = `mutation { updateAlertDestination(input: { id: "${id}", name: "Theirs", events: [KEY_REFUSED] }) {
      destination { id } } }`;
    dataOf(await gateway.post(rename), 'updateAlertDestination');
    await dialog.getByLabel('Budgets', { exact: true }).selectOption('CHOSEN');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Choose at least one budget.').waitFor();
    await dialog.getByRole('group', { name: 'Chosen budgets' }).getByLabel('CRM').check();
    await dialog.getByLabel('Enabled').uncheck();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await steps.destinationNamed('Theirs')).toMatchObject({
      enabled: false,
      events: ['KEY_REFUSED'],
      budgets: [{ name: 'CRM' }],
    });
    const item = itemOf(tab, 'Theirs');
    await expect
      .poll(() => item.innerText(), maxWait)
      .toMatch(/Slack\s*Disabled[^]*Refused keys\s*Budgets: CRM/);
    expect(await tab.content()).not.toContain('a1B2c3D4e5F6g7H8i9J0k1L2');

    const form = await openForm(tab, 'SLACK');
    await form.getByLabel('Name', { exact: true }).fill('Wrong kind');
    await form.getByLabel('URL', { exact: true }).fill('https://discord.com/api/webhooks/1/abc');
    await form.getByRole('button', { name: 'Add destination' }).click();
    await form.getByText(/create a destination of kind DISCORD/).waitFor();
    expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('Wrong kind');
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('sends e-mail by the SMTP server of the operator, and says what to set where there is none', async () => {
    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/alerts`);
    const dialog = await openForm(tab, 'EMAIL');
    await dialog.getByLabel('Name', { exact: true }).fill('Owners');
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await dialog.getByText('Enter an e-mail address.', { exact: true }).waitFor();
    await dialog.getByLabel('Recipients').fill('owner@example.com; Ops <ops@example.com>');
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await dialog.getByText(/^Recipients are 1 to 20 e-mail addresses/).waitFor();
    await dialog.getByLabel('Recipients').fill('owner@example.com, ops@example.com');
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await dialog.waitFor({ state: 'detached' });
    const item = itemOf(tab, 'Owners');
    await item.getByRole('button', { name: 'Test Owners' }).click();
    await item.getByText('The test was delivered (status 250).').waitFor();
    expect(mailServer.mails.at(-1)?.to).toEqual(['owner@example.com', 'ops@example.com']);
    expect(await item.getByRole('button', { name: /^Rotate/ }).count()).toBe(0);

    const { alertSender } = gateway.context;
    const beside = await gateway.startBeside({
      alertSender: { ...alertSender, canEmail: false },
      dashboard: builtDashboard,
    });
    const { tab: other } = await signIn(browser, `${beside.url}/alerts`, gateway.token);
    const refused = await openForm(other, 'EMAIL');
    await refused.getByText(/^This gateway sends no e-mail\. Its operator must set SMTP_URL/).waitFor();
    await refused.getByLabel('Name', { exact: true }).fill('Nobody');
    await refused.getByLabel('Recipients').fill('owner@example.com');
    await refused.getByRole('button', { name: 'Add destination' }).click();
    await refused
      .getByText(/have its operator set SMTP_URL and ALERT_EMAIL_FROM, or choose another kind/)
      .waitFor();
    await other.context().close();
    await beside.close();
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it.each(['VIEWER', 'MEMBER'] as const)(
    'shows alerts without buttons and addresses to a %s',
    async (role) => {
      await steps.createDestination({
        kind: 'WEBHOOK',
        name: `For ${role}`,
        url: receiver.url,
        enabled: false,
      });
      const { tab, complaints } = await signIn(browser, `${gateway.url}/alerts`, await gateway.tokenOf(role));
      await itemOf(tab, `For ${role}`).waitFor();
      await tab.getByText(/^Only a token with the role ADMIN can change destinations/).waitFor();
      expect(await tab.getByRole('region', { name: 'Destinations' }).getByRole('button').count()).toBe(0);
      expect(await tab.content()).not.toContain(receiver.url);
      expect(complaints).toEqual([]);
      await tab.context().close();
    },
  );

  it('is complete by keyboard, and without a flaw in every look', async () => {
    await steps.createDestination({ kind: 'WEBHOOK', name: 'Seen', url: 'http://127.0.0.1:9/' });
    await steps.raise('APOLLO looks');
    const { tab, complaints } = await signIn(browser, `${gateway.demoUrl}/alerts`);
    await expect.poll(() => itemOf(tab, 'Seen').innerText(), maxWait).toContain('ECONNREFUSED');
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'Add a destination' }).press('Enter');
    await settled(tab);
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.keyboard.press('Escape');
    expect(await tab.evaluate('document.activeElement.innerText')).toBe('Add a destination');
    await steps.raise('APOLLO more', 26);
    await tab.getByRole('button', { name: 'More alerts' }).press('Enter');
    await expect.poll(() => tab.locator('li.alert').count(), maxWait).toBeGreaterThan(25);
    await tab.getByRole('button', { name: 'Delete Seen' }).press('Enter');
    await tab.getByRole('dialog').getByRole('button', { name: 'Delete destination' }).press('Enter');
    await itemOf(tab, 'Seen').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await tab.context().close();
  });
});
