import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flagship, sampleCompanies, samplePeople } from '../../src/sandbox/samples.js';
import { dataOf } from '../http/start-gateway.js';
import { browserPath, inBrowser, launchBrowser } from '../support/browser.js';
import {
  type DemoGateway,
  faultsOfLook,
  readCsv,
  savedBy,
  settled,
  signIn,
  startDemo,
  tableIn,
} from './open-dashboard.js';

const brewery = sampleCompanies[1] ?? flagship;
const [mara, anjali] = samplePeople;
if (mara === undefined || anjali === undefined) throw new Error('the sandbox has no people');

let gateway: DemoGateway;
let browser: Browser;
beforeAll(async () => {
  gateway = await startDemo();
  const by = [flagship, brewery].map(({ domain }) => ({ domain }));
  await gateway.post('query Q($by: [CompanyKey!]!) { companies(by: $by) { outcome } }', { by });
  await gateway.post('query Q($by: [PersonKey!]!) { people(by: $by) { outcome } }', {
    by: [{ workEmail: mara.workEmail }, { workEmail: anjali.workEmail }],
  });
  await gateway.post('query Q($by: CompanyKey!) { company(by: $by, options: { country: NZ }) { outcome } }', {
    by: { domain: flagship.domain },
  });
  if (browserPath !== undefined) browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await gateway.close();
});

const open = (path: string, token = gateway.token) => signIn(browser, `${gateway.url}${path}`, token);
const entryCount = async (): Promise<number> =>
  dataOf<{ totalCount: number }>(await gateway.post('{ entries { totalCount } }'), 'entries').totalCount;

describe('the pages of records', inBrowser, () => {
  it('finds records by name and by identifier, narrows them, and exports a selection', async () => {
    const before = await entryCount();
    const { tab, strays, complaints } = await open('/records?credits=sandbox');
    const names = async (): Promise<string[]> => {
      await settled(tab);
      return (await tableIn(tab, 'main .table')).slice(1).map((row) => row[1] ?? '');
    };
    expect(await names()).toEqual(expect.arrayContaining([flagship.name, brewery.name, mara.name]));

    const box = tab.getByRole('searchbox');
    for (const [text, name] of [
      ['quill BREW', brewery.name],
      [`https://www.${flagship.domain}/about`, flagship.name],
      [mara.workEmail, mara.name],
    ] as const) {
      await box.fill(text);
      await box.press('Enter');
      await tab.getByRole('status').filter({ hasText: '1 record' }).waitFor();
      await expect.poll(names).toEqual([name]);
    }
    await box.fill('nobody at all');
    await tab.getByRole('button', { name: 'Search', exact: true }).click();
    await tab.getByText('No unlocked record matches.').waitFor();

    await box.fill('');
    await box.press('Enter');
    await tab.getByLabel('Kind').selectOption('PERSON');
    await expect.poll(names).not.toContain(flagship.name);
    expect(await names()).toContain(mara.name);
    await tab.getByRole('checkbox', { name: `Select ${mara.name}` }).check();
    await tab.getByRole('button', { name: 'Export selection' }).click();
    const dialog = tab.getByRole('dialog', { name: 'Export records' });
    const { name, text } = await savedBy(tab, dialog.getByRole('button', { name: 'Save CSV' }));
    expect(name).toBe('records.csv');
    expect(readCsv(text).map((row) => row['recordId'])).toEqual([mara.id]);

    await tab.getByLabel('Connection').selectOption({ label: 'Firmable sandbox' });
    await tab.getByLabel('Provider').selectOption('APOLLO');
    await tab.getByText('No unlocked record matches.').waitFor();
    expect(await entryCount()).toBe(before);
    expect([strays, complaints]).toEqual([[], []]);
    await tab.context().close();
  });

  it('shows the fields, identifiers and history of a record, and fetches it again after its price', async () => {
    const { tab, strays, complaints } = await open(`/records/${flagship.id}?credits=sandbox`);
    await tab.getByRole('heading', { level: 1, name: flagship.name }).waitFor();
    const fields = tab.getByRole('region', { name: 'Fields of this record' });
    expect(await fields.getByRole('row', { name: /^Domain / }).innerText()).toContain('Firmable');
    await tab.getByRole('button', { name: 'AU', exact: true }).click();
    await tab.getByText('with the figures of AU').waitFor();
    const identifiers = tab.getByRole('region', { name: 'Identifiers of this record' });
    expect(await identifiers.innerText()).toContain(flagship.abn);

    const history = tab.getByRole('region', { name: 'Lookups of this record, newest first' });
    const rows = await history.getByRole('row').count();
    await history.getByRole('button').last().click();
    const receipt = tab.getByRole('dialog', { name: 'Receipt' });
    await receipt.getByRole('link', { name: flagship.name }).waitFor();
    await receipt.getByRole('button', { name: 'Close' }).click();

    await tab.getByRole('button', { name: 'Fetch again' }).click();
    const dialog = tab.getByRole('dialog', { name: `Fetch ${flagship.name} again` });
    await dialog.getByText('This is free: the record is unlocked.').waitFor();
    await dialog.getByRole('button', { name: 'Fetch again at no cost' }).click();
    await tab.getByText('Fetched again: 0 credits charged.').waitFor();
    await expect.poll(() => history.getByRole('row').count()).toBe(rows + 1);
    expect([strays, complaints]).toEqual([[], []]);
    await tab.context().close();
  });

  it('forgets a record after it has said what is erased and what stays', async () => {
    const { tab, strays, complaints } = await open('/records?credits=sandbox&search=anjali');
    await tab.getByRole('link', { name: anjali.name }).click();
    await tab.getByRole('button', { name: 'Forget' }).click();
    const dialog = tab.getByRole('dialog', { name: `Forget ${anjali.name}` });
    expect(await dialog.innerText()).toMatch(/every snapshot[^]*the unlock, so the record stays paid for/);
    await dialog.getByRole('button', { name: 'Forget record' }).click();
    await tab.getByText('The record is forgotten').waitFor();
    await tab.getByText('No snapshot of this record is stored.').waitFor();
    expect(await tab.locator('main').innerText()).not.toContain(anjali.name);
    await tab.goBack();
    await tab.getByText('No unlocked record matches.').waitFor();
    expect([strays, complaints]).toEqual([[], []]);
    await tab.context().close();
  });

  it('shows a viewer the data without the buttons, and says which role they need', async () => {
    const { tab } = await open(`/records/${brewery.id}`, await gateway.tokenOf('VIEWER'));
    await tab.getByRole('heading', { level: 1, name: brewery.name }).waitFor();
    await tab.getByText('Forgetting a record requires the role ADMIN or MANAGER.').waitFor();
    expect(await tab.getByRole('button', { name: /^(Fetch again|Forget)$/ }).count()).toBe(0);
    await tab.goto(`${gateway.url}/records/f000000999999`);
    await tab.getByText('This workspace has not unlocked such a record.').waitFor();
    await tab.context().close();
  });

  it('has no fault that axe-core finds, and does not scroll sideways', { timeout: 400_000 }, async () => {
    const { tab } = await open('/records?credits=sandbox');
    await tab.getByRole('checkbox', { name: `Select ${flagship.name}` }).check();
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.goto(`${gateway.url}/records/${flagship.id}?credits=sandbox`);
    await tab.getByRole('heading', { level: 1, name: flagship.name }).waitFor();
    await settled(tab);
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.context().close();
  });
});
