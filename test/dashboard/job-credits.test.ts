import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { sampleCompanies } from '../../src/sandbox/samples.js';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser } from '../support/browser.js';
import { type DemoGateway, faultsOfLook, maxWait, startDemo } from './open-dashboard.js';
import { fact, panel } from './panel-facts.js';
import { watchPages } from './watched-pages.js';

let gateway: DemoGateway;
let trial = '';
beforeAll(async () => {
  gateway = await startDemo();
  const created = await gateway.post(
    'mutation { createConnection(input: { provider: FIRMABLE, name: "Trial", key: "fbl_sandbox_credits", verify: false }) { connection { id } } }',
  );
  trial = dataOf<{ connection: { id: string } }>(created, 'createConnection').connection.id;
});
afterAll(() => gateway.close());

describe('a job that has spent its credits', inBrowser, () => {
  const pages = watchPages(() => gateway);

  /** Opens a job of two companies and a wrong domain, which may cost one credit. */
  const openSpent = async (first: number): Promise<Page> => {
    const domains = [...sampleCompanies.slice(first, first + 2).map(({ domain }) => domain), 'no domain'];
    const source = { companies: domains.map((domain) => ({ domain })) };
    const created = await gateway.post(
      'mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } userErrors { message } } }',
      { input: { operation: 'COMPANY', source, maxCredits: 1, options: { connection: trial } } },
    );
    const { job } = dataOf<{ job: { id: string } }>(created, 'createJob');
    const tab = await pages.open(`/jobs/${job.id}`);
    await panel(tab, 'Progress').getByText('Paused', { exact: true }).waitFor(maxWait);
    return tab;
  };

  it.each([
    ['resumed', 0, 'Resume', 'Resume with more credits', 'Resume'],
    ['retried', 2, 'Retry failed rows', 'Retry failed rows with more credits', 'Retry'],
  ] as const)('is %s with more of them', async (_how, first, button, title, submit) => {
    const tab = await openSpent(first);
    await tab.getByRole('button', { name: button }).click();
    const dialog = tab.getByRole('dialog', { name: title });
    expect(await faultsOfLook(tab)).toEqual([]);
    await dialog.getByLabel('Most credits').fill('0');
    await dialog.getByRole('button', { name: submit }).click();
    await dialog.getByText('Enter a whole number of at least 1 credit, or choose no limit.').waitFor();
    await dialog.getByLabel('Most credits').fill('90');
    await dialog.getByRole('button', { name: submit }).click();
    await panel(tab, 'Progress').getByText('Completed', { exact: true }).waitFor(maxWait);
    expect(await fact(tab, 'Progress', 'Found')).toBe('2');
    expect(await fact(tab, 'List and options', 'Most credits')).toBe('90 credits');
  });
});
