import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inBrowser } from '../support/browser.js';
import { makeWorkbook, textRow } from '../uploads/make-workbook.js';
import { type DemoGateway, faultsOfLook, startDemo } from './open-dashboard.js';
import { panel } from './panel-facts.js';
import { watchPages } from './watched-pages.js';

let gateway: DemoGateway;
beforeAll(async () => {
  gateway = await startDemo();
});
afterAll(() => gateway.close());

const workbook = makeWorkbook([
  { name: 'Offices', rows: textRow('Town') + textRow('Auckland') },
  { name: 'Accounts', rows: textRow('Website') + textRow('harbourline.example') },
  { name: 'Empty', rows: '' },
]);

describe('a workbook of several sheets', inBrowser, () => {
  const pages = watchPages(() => gateway);

  it('is read by the sheet that is chosen, and says why one cannot be read', async () => {
    const tab = await pages.open('/enrich?list=list');
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await tab.locator('.drop input').setInputFiles({ name: 'book.xlsx', mimeType, buffer: workbook });
    const sheet = panel(tab, 'Check the columns').getByLabel('Sheet');
    await sheet.waitFor();
    expect(await sheet.locator('option').allInnerTexts()).toEqual(['Offices', 'Accounts', 'Empty']);
    expect(await sheet.inputValue()).toBe('1');
    await tab.getByLabel('Identifier in Town').waitFor();
    expect(await tab.getByText('?sheet=').count()).toBe(0);

    await sheet.selectOption('Accounts');
    expect(await tab.getByLabel('Identifier in Website').inputValue()).not.toBe('');
    expect(await sheet.inputValue()).toBe('2');
    expect(await faultsOfLook(tab)).toEqual([]);

    await sheet.selectOption('Empty');
    await tab.getByRole('alert').filter({ hasText: 'This file is empty' }).waitFor();
    expect(await sheet.inputValue()).toBe('2');
    pages.forgive();
  });
});
