import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditActions } from '../../src/access/audit-log.js';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser } from '../support/browser.js';
import { auditNouns } from '../../src/dashboard/pages/audit-log/audit-actions.js';
import { differenceOf } from '../../src/dashboard/pages/audit-log/difference.js';
import {
  type DemoGateway,
  faultsOfLook,
  maxWait,
  readCsv,
  savedBy,
  settled,
  startDemo,
  tableIn,
} from './open-dashboard.js';
import { watchPages } from './watched-pages.js';

it('offers every action that the API knows', () => {
  const offered = Object.entries(auditNouns).flatMap(([noun, { verbs }]) =>
    verbs.map((verb) => `${noun}.${verb}`),
  );
  expect(offered.toSorted()).toEqual(auditActions.toSorted());
});

describe('differenceOf', () => {
  it('lists the fields that changed first, with the names of nested ones', () => {
    const before = { name: 'Clay', scopes: { spend: true, operations: null }, limits: { lookupsPerDay: 5 } };
    const after = { name: 'Clay', scopes: { spend: false, operations: ['COMPANY', 'PERSON'] } };
    expect(differenceOf(before, after)).toEqual([
      { field: 'scopes.spend', before: 'yes', after: 'no', isChanged: true },
      { field: 'scopes.operations', before: 'none', after: 'COMPANY, PERSON', isChanged: true },
      { field: 'limits.lookupsPerDay', before: '5', after: null, isChanged: true },
      { field: 'name', before: 'Clay', after: 'Clay', isChanged: false },
    ]);
  });

  it('reads objects within lists, an empty list and a side that is missing', () => {
    const steps = [{ provider: 'FIRMABLE' }, { provider: 'APOLLO', fields: [] }];
    expect(differenceOf(null, { steps, none: null, empty: {} })).toEqual([
      { field: 'steps.1.provider', before: null, after: 'FIRMABLE', isChanged: true },
      { field: 'steps.2.provider', before: null, after: 'APOLLO', isChanged: true },
      { field: 'steps.2.fields', before: null, after: 'none', isChanged: true },
      { field: 'none', before: null, after: 'none', isChanged: true },
    ]);
    expect(differenceOf(null, null)).toEqual([]);
  });
});

let gateway: DemoGateway;
let manager = '';
beforeAll(async () => {
  gateway = await startDemo();
  for (let at = 0; at < 60; at += 10) {
    const fields = Array.from(
      { length: 10 },
      (_, index) =>
        `m${index}: setBudget(input: { name: "b${at + index}", scope: WORKFLOW, subject: "w${at + index}", period: MONTH, limit: 5 }) { userErrors { message } }`,
    );
    const { body } = await gateway.post(`mutation { ${fields.join(' ')} }`);
    if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  }
  await gateway.post(
    'mutation { createConnection(input: { name: "Sales", provider: FIRMABLE, key: "fbl_sandbox_audit" }) { userErrors { message } } }',
  );
  const created = await gateway.post(
    'mutation { createToken(input: { name: "<b>Clay</b>", role: MEMBER }) { token { id } } }',
  );
  const { token } = dataOf<{ token: { id: string } }>(created, 'createToken');
  await gateway.post(
    `mutation { updateToken(input: { id: "${token.id}", scopes: { spend: false }, limits: { lookupsPerDay: 9 } }) { userErrors { message } } }`,
  );
  manager = await gateway.tokenOf('MANAGER');
  await gateway.post(
    'mutation { saveWaterfall(input: { name: "First", steps: [{ provider: FIRMABLE }] }) { userErrors { message } } }',
    {},
    { authorization: `Bearer ${manager}` },
  );
});
afterAll(() => gateway.close());

/** The actions of the changes that are listed. */
const actionsIn = async (tab: Page): Promise<string[]> =>
  (await tableIn(tab, 'main table')).slice(1).map(([action = '']) => action);

describe('the audit log', inBrowser, () => {
  const { open } = watchPages(() => gateway);

  it('lists changes, newest first, and filters them by what the address says', async () => {
    const tab = await open('/audit-log?zone=UTC');
    const all = await actionsIn(tab);
    expect(all[0]).toBe('waterfall.save');
    expect(all).toContain('connection.create');
    expect((await tableIn(tab, 'main table'))[1]?.join(' ')).toMatch(/First.*MANAGER.*127\.0\.0\.1/s);

    await tab.getByLabel('Action').selectOption('token');
    await expect
      .poll(async () => new Set(await actionsIn(tab)), maxWait)
      .toEqual(new Set(['token.create', 'token.update']));
    expect(tab.url()).toContain('action=token');
    await tab.getByLabel('Action').selectOption('token.update');
    await expect.poll(() => actionsIn(tab), maxWait).toEqual(['token.update']);
    await tab.reload();
    await settled(tab);
    expect(await actionsIn(tab)).toEqual(['token.update']);

    await tab.getByRole('button', { name: 'Clear filter' }).click();
    await tab.getByLabel('Actor').fill('MANAGER');
    await tab.getByLabel('Actor').press('Enter');
    await expect.poll(() => actionsIn(tab), maxWait).toEqual(['waterfall.save']);
    await tab.getByLabel('Actor').fill('nobody');
    await tab.getByLabel('Actor').press('Enter');
    await tab.getByText('Nothing was changed that the period and the filter select.').waitFor();
    await tab.getByRole('button', { name: 'Clear filter' }).click();
    await tab.getByLabel('By', { exact: true }).selectOption('operator');
    await expect
      .poll(() => actionsIn(tab), maxWait)
      .toEqual([...Array<string>(3).fill('connection.create'), 'token.create', 'workspace.create']);
  });

  it('shows a change with its fields before and after, and follows its subject, by the keyboard alone', async () => {
    const tab = await open('/audit-log?action=token.update&zone=UTC');
    await tab.getByRole('button', { name: /^token\.update/ }).press('Enter');
    const dialog = tab.getByRole('dialog', { name: 'token.update' });
    await dialog.getByRole('table').waitFor();
    const [head, ...rows] = await tableIn(tab, 'dialog table');
    expect(head).toEqual(['Field', 'Before', 'After']);
    expect(rows.slice(0, 2)).toEqual(
      expect.arrayContaining([
        ['scopes.spend', 'yes', 'no'],
        ['limits.lookupsPerDay', 'none', '9'],
      ]),
    );
    expect(rows).toContainEqual(['name', '<b>Clay</b>', '<b>Clay</b>']);
    expect(await dialog.locator('.facts').innerText()).toContain('bootstrap');
    expect(tab.url()).toContain('change=aud_');
    await tab.reload();
    await dialog.getByRole('table').waitFor();
    await dialog.getByRole('link', { name: /^tok_/ }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => actionsIn(tab), maxWait).toEqual(['token.update', 'token.create']);
    await tab.getByRole('button', { name: /^token\.update/ }).press('Enter');
    await dialog.getByRole('link', { name: 'bootstrap' }).press('Enter');
    await tab.getByRole('button', { name: /^Token tok_.*remove$/ }).press('Enter');
    await tab.getByRole('button', { name: /^Token tok_.*remove$/ }).waitFor({ state: 'detached' });
  });

  it('reports what is wrong in the address', async () => {
    const tab = await open('/audit-log?action=nothing&by=me&after=zzz');
    await tab.getByText('There is no such action').waitFor();
    const alerts = await tab.getByRole('alert').allInnerTexts();
    expect(alerts).toContain('"me" is neither operator nor tokens. Changes by everybody are shown.');
    expect(alerts).toContain('The audit log has no parameter "after". The newest changes are shown.');
    await tab.goto(`${gateway.demoUrl}/audit-log?change=aud_01a226fd-dd33-70bd-9f04-c612e7cbc882`);
    await tab.getByText('The audit log of this workspace has no such change.').waitFor();
  });

  it('saves what the filter selects as CSV and NDJSON', async () => {
    const tab = await open('/audit-log?action=token.update');
    const csv = await savedBy(tab, tab.getByRole('button', { name: 'CSV of these changes', exact: true }));
    expect(csv.name).toBe('audit.csv');
    expect(readCsv(csv.text).map(({ action }) => action)).toEqual(['token.update']);
    const ndjson = await savedBy(tab, tab.getByRole('button', { name: 'NDJSON of these changes' }));
    expect(JSON.parse(ndjson.text)).toMatchObject({
      action: 'token.update',
      after: { limits: { lookupsPerDay: 9 } },
    });
  });

  it('reads a long log page by page', async () => {
    const tab = await open('/audit-log?action=budget');
    await tab.getByRole('heading', { name: 'Changes (60)' }).waitFor();
    expect(await actionsIn(tab)).toHaveLength(50);
    await tab.getByRole('button', { name: 'More changes' }).click();
    await expect.poll(async () => (await actionsIn(tab)).length, maxWait).toBe(60);
    expect(await tab.getByRole('button', { name: 'More changes' }).count()).toBe(0);
  });

  it('has no violation in any look, with a change', async () => {
    const tab = await open('/audit-log?action=token.update');
    expect(await faultsOfLook(tab)).toEqual([]);
    await tab.getByRole('button', { name: /^token\.update/ }).click();
    await tab.getByRole('dialog').getByRole('table').waitFor();
    expect(await faultsOfLook(tab)).toEqual([]);
  });

  it('says which role is needed to everybody else', async () => {
    const tab = await open('/audit-log', manager);
    await tab.getByText('The audit log needs the role ADMIN.').waitFor();
    expect(await tab.getByRole('table').count()).toBe(0);
    expect(await faultsOfLook(tab)).toEqual([]);
  });
});
