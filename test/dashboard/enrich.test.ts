import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examplesByProvider, flagship, samplePeople } from '../../src/sandbox/samples.js';
import { dataOf } from '../http/start-gateway.js';
import { browserPath, inBrowser, launchBrowser } from '../support/browser.js';
import { type DemoGateway, faultsOfLook, settled, signIn, startDemo } from './open-dashboard.js';

let gateway: DemoGateway;
let browser: Browser;
beforeAll(async () => {
  gateway = await startDemo();
  const { post } = gateway;
  const create = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } userErrors { message } } }`;
  for (const [provider, key, makeDefault] of [
    ['FIRMABLE', 'fbl_sandbox_enrich', true],
    ['PEOPLE_DATA_LABS', 'pdl_sandbox_enrich', false],
    ['APOLLO', 'apollo_sandbox_enrich', false],
    // Accounts that have bought nothing.
    ['FIRMABLE', 'fbl_sandbox_price', false],
    ['FIRMABLE', 'fbl_sandbox_list', false],
  ] as const) {
    dataOf(await post(create, { input: { provider, name: key, key, makeDefault } }), 'createConnection');
  }
  if (browserPath !== undefined) browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await gateway.close();
});

const open = (path: string, token = gateway.token, options = {}) =>
  signIn(browser, `${gateway.url}${path}`, token, options);

const quote = async (tab: Page): Promise<void> => {
  await tab.getByRole('button', { name: 'Get the quote' }).click();
  await tab.getByRole('heading', { name: 'Quote' }).waitFor();
};

/** Chooses the connection that pays. */
const chooseConnection = async (tab: Page, connection: string): Promise<void> => {
  await tab.getByText('Options', { exact: true }).click();
  await tab
    .getByLabel('Connection', { exact: true })
    .selectOption({ label: `${connection} (Firmable, sandbox)` });
};

const entryCount = async (): Promise<number> => {
  const answered = await gateway.post('{ entries(first: 100) { nodes { id } } }');
  return dataOf<{ nodes: unknown[] }>(answered, 'entries').nodes.length;
};

describe('the page Enrich', inBrowser, () => {
  it('shows the price before a record is bought, the receipt after, and that it is free the second time', async () => {
    const { tab, strays, complaints } = await open('/enrich');
    await chooseConnection(tab, 'fbl_sandbox_price');
    const before = await entryCount();
    await tab.getByLabel('Identifier', { exact: true }).fill(` https://www.${flagship.domain}/about `);
    await quote(tab);
    expect(await entryCount()).toBe(before);
    await tab.getByRole('button', { name: 'Look it up for up to 1 credit' }).click();
    await tab.getByRole('heading', { name: flagship.name }).waitFor();
    expect(await tab.getByRole('region', { name: 'Receipt' }).innerText()).toContain(
      '1 credit of the sandbox',
    );
    expect(await entryCount()).toBe(before + 1);

    await tab.getByLabel('Identifier', { exact: true }).fill(flagship.abn);
    await quote(tab);
    await tab.getByRole('button', { name: 'Look it up at no cost' }).click();
    await tab.getByRole('heading', { name: flagship.name }).waitFor();
    await tab.getByRole('link', { name: 'All fields of the record' }).waitFor();
    expect(strays).toEqual([]);
    expect(complaints).toEqual([]);
    await tab.context().close();
  });

  it('looks up a person by keyboard, and marks numbers that must not be called', async () => {
    const { tab } = await open('/enrich?kind=people');
    await tab.getByLabel('Identifier', { exact: true }).focus();
    await tab.keyboard.type(samplePeople[0]?.workEmail ?? '');
    await tab.keyboard.press('Enter');
    await tab.getByRole('button', { name: /^Look it up/ }).focus();
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { name: samplePeople[0]?.name ?? '' }).waitFor();
    expect(await tab.getByRole('status').last().innerText()).toContain('Found');
    await tab.context().close();
  });

  it('names three invented records when the sandbox does not know one, and they are found', async () => {
    const { tab } = await open('/enrich');
    await tab.getByLabel('Identifier', { exact: true }).fill('atlassian.com');
    await quote(tab);
    await tab.getByRole('button', { name: /^Look it up/ }).click();
    const hint = tab.getByText('The key is a key of the sandbox, which has invented records only.');
    await hint.waitFor();
    expect(await hint.getByRole('link').allInnerTexts()).toEqual([...examplesByProvider.FIRMABLE.domains]);
    await hint.getByRole('link').nth(1).click();
    await quote(tab);
    await tab.getByRole('button', { name: /^Look it up/ }).click();
    await tab.getByText('Found', { exact: true }).waitFor();
    await tab.context().close();
  });

  it('says what is wrong at the field, and sends nothing', async () => {
    const { tab } = await open('/enrich');
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    await tab.getByText('Enter an identifier.').waitFor();
    expect(await tab.evaluate('document.activeElement.name')).toBe('identifiers');
    await tab.getByLabel('Identifier', { exact: true }).fill('facebook.com/harbourline');
    await quote(tab);
    expect(await tab.getByRole('button', { name: /^Look it up/ }).isDisabled()).toBe(true);
    await tab.getByText('Options').click();
    await tab.getByLabel('Maximum age').fill('soon');
    await tab.getByText('Options').click();
    await tab.getByRole('button', { name: 'Get the quote' }).click();
    await tab.locator('.field .wrong').filter({ hasText: 'Duration must be a length of time' }).waitFor();
    await tab.context().close();
  });

  it('names the role that a viewer needs', async () => {
    const { tab } = await open('/enrich', await gateway.tokenOf('VIEWER'));
    await tab.getByText('Use a token with the role ADMIN, MANAGER, INTEGRATION or MEMBER.').waitFor();
    expect(await tab.getByRole('button', { name: 'Get the quote' }).count()).toBe(0);
    await tab.context().close();
  });

  it('has no violation of accessibility in any colours and width', async () => {
    const { tab } = await open('/enrich');
    await tab.getByLabel('Identifier', { exact: true }).fill(flagship.domain);
    for (const step of ['Get the quote', /^Look it up/]) {
      await tab.getByRole('button', { name: step }).click();
      await tab.getByRole('heading', { name: step === 'Get the quote' ? 'Quote' : 'Receipt' }).waitFor();
      await settled(tab);
      expect(await faultsOfLook(tab)).toEqual([]);
    }
    await tab.context().close();
  });
});

it.each(['FIRMABLE', 'PEOPLE_DATA_LABS', 'APOLLO'] as const)(
  'the sandbox of %s has its examples',
  async (provider) => {
    const { domains, workEmails } = examplesByProvider[provider];
    expect([domains.length, workEmails.length]).toEqual([3, 3]);
    const answered = await gateway.post(
      `query ($companies: [CompanyKey!]!, $people: [PersonKey!]!, $provider: ProviderName!) {
       companies(by: $companies, options: { waterfall: [{ provider: $provider }] }) { outcome }
       people(by: $people, options: { waterfall: [{ provider: $provider }] }) { outcome }
     }`,
      {
        companies: domains.map((domain) => ({ domain })),
        people: workEmails.map((workEmail) => ({ workEmail })),
        provider,
      },
    );
    const outcomes = ['companies', 'people'].flatMap((field) =>
      dataOf<{ outcome: string }[]>(answered, field),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'FOUND'));
  },
);
