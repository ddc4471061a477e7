import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser, launchBrowser } from '../support/browser.js';
import { connect } from './connect.js';
import {
  type DemoGateway,
  faultsOfLook,
  goTo,
  maxWait,
  signIn,
  startDemo,
  tableIn,
} from './open-dashboard.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

type Saved = {
  name: string;
  defaultFor: string | null;
  steps: { provider: string; require: string[]; connection: { name: string } | null }[];
};
const savedOf = async (name: string): Promise<Saved | undefined> => {
  const answer = await gateway.post(
    '{ waterfalls { nodes { name defaultFor steps { provider require connection { name } } } } }',
  );
  return dataOf<{ nodes: Saved[] }>(answer, 'waterfalls').nodes.find((one) => one.name === name);
};

const save = async (name: string, providers: string[], id?: string): Promise<string> => {
  const answer = await gateway.post(
    'mutation S($input: SaveWaterfallInput!) { saveWaterfall(input: $input) { waterfall { id } } }',
    { input: { id, name, steps: providers.map((provider) => ({ provider })) } },
  );
  return dataOf<{ waterfall: { id: string } }>(answer, 'saveWaterfall').waterfall.id;
};

const open = (browser: Browser, id: string, token = gateway.token) =>
  signIn(browser, `${gateway.url}/waterfalls?waterfall=${id}`, token);

const nameOf = (tab: Page): Locator => tab.getByRole('textbox', { name: 'Name' });

/** What the steps call, in their order. */
const orderOf = (tab: Page): Promise<string[]> =>
  tab.evaluate("[...document.querySelectorAll('.call-step option:checked')].map(({ text }) => text)");

describe('the page of waterfalls', inBrowser, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
    await connect(gateway, { provider: 'FIRMABLE', name: 'Sales', key: 'fbl_sandbox_sales' });
    await connect(gateway, { provider: 'APOLLO', name: 'Phones', key: 'apollo_sandbox_phones' });
  });
  afterAll(() => browser.close());

  it('creates a waterfall by keyboard, moves its steps, and announces where they are', async () => {
    await save('taken', ['FIRMABLE']);
    const { tab, strays, complaints } = await signIn(browser, `${gateway.url}/waterfalls`, gateway.token);
    await tab.getByRole('button', { name: 'New waterfall' }).press('Enter');
    const saveButton = tab.getByRole('button', { name: 'Save' });
    await saveButton.press('Enter');
    await tab.getByText('Enter a name.').waitFor();
    await nameOf(tab).fill('taken');
    await saveButton.press('Enter');
    await tab.locator('[name="name"][aria-invalid="true"]').waitFor();
    await nameOf(tab).fill('phones');
    await tab.getByLabel('Default', { exact: true }).selectOption('For people');
    await tab.getByRole('button', { name: 'Add step' }).press('Enter');
    await tab.getByRole('button', { name: 'Add step' }).press('Enter');
    await tab.getByLabel('Step 3 calls').selectOption('Apollo: Phones (sandbox)');
    await tab.getByText('1 credit a company, 0 to 9 credits a person').waitFor();

    const steps = tab.getByRole('list', { name: 'Steps' }).getByRole('listitem');
    await steps.nth(0).locator('summary').press('Enter');
    await steps.nth(0).getByLabel('Phone').press('Space');
    await steps.nth(0).getByLabel('Employee count').check();
    await steps.nth(0).getByText('Requires phone, employee count').waitFor();

    await tab.getByRole('button', { name: /^Move up: step 3/ }).press('Enter');
    await tab.getByText('Apollo: Phones is step 2 of 3.').waitFor();
    await tab.keyboard.press('Enter');
    await tab.getByText('Apollo: Phones is step 1 of 3.').waitFor();
    // At the top the button up is of no use any more, so the one beside it has the focus.
    expect(await tab.evaluate('document.activeElement.ariaLabel')).toBe('Move down: step 1, Apollo: Phones');
    expect(await orderOf(tab)).toEqual(['Apollo: Phones (sandbox)', 'Firmable', 'People Data Labs']);

    await saveButton.press('Enter');
    await steps
      .nth(1)
      .getByText(/^No person ever has EMPLOYEE_COUNT/)
      .waitFor();
    await steps.nth(1).getByLabel('Employee count').uncheck();
    await saveButton.press('Enter');
    await tab.getByText('phones was saved. It applies from the next lookup.').waitFor();
    expect(await savedOf('phones')).toEqual({
      name: 'phones',
      defaultFor: 'PEOPLE',
      steps: [
        { provider: 'APOLLO', require: [], connection: { name: 'Phones' } },
        { provider: 'FIRMABLE', require: ['PHONE'], connection: null },
        { provider: 'PEOPLE_DATA_LABS', require: [], connection: null },
      ],
    });
    await tab.getByRole('heading', { level: 1, name: 'phones' }).waitFor();
    expect(tab.url()).toContain('waterfall=wfl_');
    await goTo(tab, 'Waterfalls');
    expect((await tableIn(tab, '.panel')).at(-1)).toEqual([
      'phones Default for people',
      'Apollo: Phones → Firmable → People Data Labs',
      'just now',
    ]);
    expect([strays, complaints]).toEqual([[], []]);
    await tab.context().close();
  });

  it('moves a step by dragging its handle, and saves, renames and deletes the waterfall', async () => {
    const id = await save('dragged', ['FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO']);
    const { tab, complaints } = await open(browser, id);
    const steps = tab.locator('.call-step');
    await steps
      .nth(2)
      .locator('.handle')
      .dragTo(steps.nth(0), { targetPosition: { x: 60, y: 4 } });
    await expect.poll(() => orderOf(tab), maxWait).toEqual(['Apollo', 'Firmable', 'People Data Labs']);
    await tab.getByText('Apollo is step 1 of 3.').waitFor();
    await tab.getByText('The steps are not saved yet.').waitFor();
    const { height = 0 } = (await steps.nth(1).boundingBox()) ?? {};
    await steps
      .nth(0)
      .locator('.handle')
      .dragTo(steps.nth(1), { targetPosition: { x: 60, y: height - 4 } });
    await expect.poll(() => orderOf(tab), maxWait).toEqual(['Firmable', 'Apollo', 'People Data Labs']);
    await tab.getByRole('button', { name: /^Remove: step 3/ }).click();
    await nameOf(tab).fill('renamed');
    await tab.getByRole('button', { name: 'Save' }).click();
    await tab.getByText(/^renamed was saved/).waitFor();
    expect((await savedOf('renamed'))?.steps.map(({ provider }) => provider)).toEqual(['FIRMABLE', 'APOLLO']);
    expect(await savedOf('dragged')).toBeUndefined();

    await tab.getByRole('button', { name: 'Delete' }).click();
    await tab.getByRole('button', { name: 'Delete waterfall' }).click();
    await tab.getByRole('heading', { level: 1, name: 'Waterfalls' }).waitFor();
    expect(await savedOf('renamed')).toBeUndefined();
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('runs the steps dry as they are edited, and spends nothing', async () => {
    const bought = '{ company(by: { domain: "quillbournebrewing.example" }) { outcome } }';
    expect(dataOf(await gateway.post(bought), 'company')).toEqual({ outcome: 'FOUND' });
    const before = dataOf(await gateway.post('{ entries { totalCount } }'), 'entries');
    const { tab, complaints } = await open(browser, 'new');
    await tab.getByRole('button', { name: 'Add step' }).click();
    await tab.getByLabel('Step 2 calls').selectOption('Apollo: Phones (sandbox)');
    const run = tab.getByRole('button', { name: 'Run', exact: true });
    await run.click();
    await tab.getByText('Enter an identifier.').waitFor();
    await tab
      .getByLabel(/^Records, one a line/)
      .fill('harbourline.example\n\nquillbournebrewing.example\ngmail.com');
    await run.click();
    const result = tab.getByRole('region', { name: 'Result of the dry run' });
    await result.waitFor();
    const rows = await tableIn(tab, '[aria-label="Records and steps"]');
    expect(rows.slice(1).map(([first = '']) => first.replace(/\s+/g, ' '))).toEqual([
      'harbourline.example 1. Firmable',
      'harbourline.example 2. Apollo',
      'quillbournebrewing.example 1. Firmable',
      expect.stringContaining('gmail.com is an e-mail provider'),
    ]);
    expect(rows[1]?.slice(2)).toEqual(['1', 'New']);
    expect(rows[2]?.[1]).toBe('Phones Sandbox');
    expect(rows[3]?.slice(2)).toEqual(['0', 'Unlocked']);
    expect(rows[4]?.slice(2)).toEqual(['–', 'Invalid']);
    const [, share = []] = await tableIn(tab, '[aria-label="Price by payer"]');
    expect(share.slice(1)).toEqual(['Firmable', '1', '1']);

    await tab.getByLabel('Identifier').selectOption('Person: work e-mail');
    await tab.getByLabel(/^Records, one a line/).fill('a@harbourline.example');
    await tab.getByRole('button', { name: /^Remove: step 2/ }).click();
    await result.getByText('The steps were changed since. Run it again.').waitFor();
    await run.click();
    await expect
      .poll(async () => (await tableIn(tab, '[aria-label="Records and steps"]')).length, maxWait)
      .toBe(2);
    expect(dataOf(await gateway.post('{ entries { totalCount } }'), 'entries')).toEqual(before);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('says so when the waterfall was changed or deleted meanwhile, and loses nothing', async () => {
    const id = await save('shared', ['FIRMABLE', 'APOLLO']);
    const { tab } = await open(browser, id);
    await nameOf(tab).fill('mine');
    await tab.getByRole('button', { name: /^Move up: step 2/ }).click();
    await save('theirs', ['APOLLO'], id);
    await tab.getByText('It was changed meanwhile. Saving replaces that change.').waitFor();
    expect(await orderOf(tab)).toEqual(['Apollo', 'Firmable']);
    await gateway.post('mutation D($id: ID!) { deleteWaterfall(id: $id) { deletedId } }', { id });
    await tab.getByText(/^It was deleted meanwhile/).waitFor();
    await tab.getByRole('button', { name: 'Save' }).click();
    await tab
      .locator('.form > .wrong[role="alert"]')
      .getByText(/waterfall/)
      .waitFor();
    expect(await nameOf(tab).inputValue()).toBe('mine');
    expect(await orderOf(tab)).toEqual(['Apollo', 'Firmable']);
    await tab.goto(`${gateway.url}/waterfalls?waterfall=wfl_unknown`);
    await tab.getByText('The workspace has no such waterfall.').waitFor();
    await tab.context().close();
  });

  it('shows a VIEWER the steps and prices, and nothing that changes or quotes them', async () => {
    const id = await save('viewed', ['FIRMABLE', 'APOLLO']);
    const { tab } = await open(browser, id, await gateway.tokenOf('VIEWER'));
    await tab.getByText('Changing waterfalls requires the role ADMIN or MANAGER.').waitFor();
    await tab.getByText('1 credit a company, 0 to 9 credits a person').waitFor();
    expect(await tab.getByRole('main').getByRole('button').count()).toBe(0);
    expect(await tab.getByRole('main').getByRole('textbox').count()).toBe(0);
    await tab.goto(`${gateway.url}/waterfalls?waterfall=new`);
    await tab.getByText('A new waterfall needs the role ADMIN or MANAGER.').waitFor();
    expect(await tab.locator('.call-step').count()).toBe(0);
    await tab.context().close();
  });

  it('has no violation of accessibility in any colours and width', async () => {
    await save('accessible', ['FIRMABLE', 'APOLLO']);
    const { tab, complaints } = await signIn(browser, `${gateway.url}/waterfalls`, gateway.token);
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByRole('link', { name: 'accessible' }).click();
    await tab.locator('summary').first().click();
    await tab.getByLabel(/^Records, one a line/).fill('harbourline.example');
    await tab.getByRole('button', { name: 'Run', exact: true }).click();
    await tab.getByRole('region', { name: 'Result of the dry run' }).waitFor();
    expect(await faultsOfLook(tab)).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });
});
