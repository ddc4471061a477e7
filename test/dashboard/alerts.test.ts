import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../alerts/start-receiver.js';
import { browserPath, launchBrowser } from '../support/browser.js';
import { type DemoGateway, maxWait, signIn, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  gateway = await startDemo();
});
afterAll(async () => {
  await gateway.close();
  await receiver.close();
});

describe.skipIf(browserPath === undefined)('the panel of alerts', { timeout: 150_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it.each([390, 1_440])(
    'creates a destination, tests it, shows its deliveries and deletes it, %i pixels wide',
    async (width) => {
      const size = { viewport: { width, height: 900 } };
      const { tab, complaints } = await signIn(browser, gateway.demoUrl, null, size);
      const name = `Hook ${width}`;
      const panel = tab.locator('#alerts');
      const overflow = () =>
        tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      await panel.getByRole('button', { name: 'Add a destination' }).click();
      const dialog = tab.getByRole('dialog', { name: 'Add a destination of alerts' });
      await dialog.getByLabel('Kind').selectOption('WEBHOOK');
      await dialog.getByLabel('Name', { exact: true }).fill(name);
      await dialog.getByLabel('URL', { exact: true }).fill('ftp://nowhere');
      await dialog.getByRole('button', { name: 'Add' }).click();
      await expect.poll(() => dialog.innerText(), maxWait).toContain('The URL must be an http or https URL');
      await dialog.getByLabel('URL', { exact: true }).fill(receiver.url);
      await dialog.getByRole('button', { name: 'Add' }).click();
      const secret = tab.getByRole('dialog', { name: 'The secret of the webhook' });
      expect(await secret.innerText()).toMatch(/whsec_/);
      await tab.keyboard.press('Escape');
      await secret.waitFor({ state: 'detached' });
      expect(await tab.content()).not.toContain('whsec_');

      const before = receiver.deliveries.length;
      const test = panel.getByRole('button', { name: `Send a test to ${name}` });
      await test.click();
      await tab.getByText(`A test was delivered to ${name}.`).waitFor();
      expect(receiver.deliveries).toHaveLength(before + 1);
      await test.click();
      await tab.getByText(/^A test was sent to this destination less than/).waitFor();

      // An alert as a circuit breaker raises it.
      const { workspaceId } = await gateway.context.findCaller(gateway.token);
      await gateway.context.database.sql`
        insert into alerts (workspace_id, id, event, subject, starts_at, facts, raised_at)
        values (${workspaceId}, gen_random_uuid(), 'PROVIDER_UNAVAILABLE', ${`APOLLO${width}`}, clock_timestamp(),
          '{"provider": "APOLLO", "code": "PROVIDER_TIMEOUT"}', clock_timestamp())`;
      await expect.poll(() => receiver.deliveries.length, maxWait).toBe(before + 2);
      await expect
        .poll(async () => {
          await tab.reload();
          await panel.getByText(name).first().waitFor();
          return await panel.innerText();
        }, maxWait)
        .toContain(`${name}: delivered`);
      expect(await overflow()).toBe(0);
      await panel.scrollIntoViewIfNeeded();

      await panel.getByRole('button', { name: `Change ${name}` }).click();
      const change = tab.getByRole('dialog', { name: `Change ${name}` });
      expect(await change.getByLabel('URL', { exact: true }).inputValue()).toBe(receiver.url);
      await change.getByRole('button', { name: 'Delete' }).click();
      await change.getByRole('button', { name: 'Confirm deletion' }).click();
      await tab.getByText(`${name} was deleted.`).waitFor();
      await expect.poll(() => panel.innerText(), maxWait).not.toContain(name);
      expect(complaints).toEqual([]);
      await tab.context().close();
    },
  );
});
