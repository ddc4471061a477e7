import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser } from '../support/browser.js';
import { type DemoGateway, startDemo } from './open-dashboard.js';
import { watchPages } from './watched-pages.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

const tokenNames = async (): Promise<string[]> =>
  dataOf<{ nodes: { name: string }[] }>(
    await gateway.post('{ tokens(first: 100) { nodes { name } } }'),
    'tokens',
  ).nodes.map(({ name }) => name);

describe('a form', inBrowser, () => {
  const { open, forgive } = watchPages(() => gateway);

  it('sends nothing when a number or a date is incomplete, and says so at its control', async () => {
    const tab = await open('/access');
    await tab.getByRole('button', { name: 'Create token' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Create token' });
    await dialog.getByLabel('Name', { exact: true }).fill('Limited');
    await dialog.getByLabel('Credits a day').pressSequentially('10e');
    await dialog.getByLabel('Expires on').press('3');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('Enter a whole number.').waitFor();
    await dialog.getByText('Enter a complete date.').waitFor();
    expect(await dialog.getByLabel('Credits a day').getAttribute('aria-invalid')).toBe('true');
    expect(await dialog.getByLabel('Expires on').getAttribute('aria-invalid')).toBe('true');
    expect(await tokenNames()).not.toContain('Limited');
  });

  it('shows why a value is refused at its control when the gateway cannot read it', async () => {
    const tab = await open('/enrich?list=list');
    await tab.getByLabel('Identifiers').fill('harbourline.example');
    await tab.getByLabel('Most credits').fill('99999999999');
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    const errorOf = (label: string): Promise<string> =>
      tab
        .locator('.field')
        .filter({ has: tab.getByLabel(label) })
        .getByRole('alert')
        .innerText();
    expect(await errorOf('Most credits')).toMatch(/^CreditLimit must be a whole number of credits from 0/);
    await tab.getByLabel('Most credits').fill('5');
    await tab.getByLabel('Maximum age').fill('soon');
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    expect(await errorOf('Maximum age')).toMatch(/^Duration must be a length of time: write it as 30d/);
    forgive();
  });
});
