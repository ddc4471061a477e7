import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chunksOf, type ImportFile } from '../../src/dashboard/pages/settings/import-file.js';
import { readCsv } from '../../src/csv/read-csv.js';
import { dataOf } from '../http/start-gateway.js';
import { inBrowser } from '../support/browser.js';
import { type DemoGateway, faultsOfLook, maxWait, savedBy, settled, startDemo } from './open-dashboard.js';
import { watchPages } from './watched-pages.js';

const fileOf = (csv: string): ImportFile => {
  const rows = readCsv(csv);
  if ('unclosedLine' in rows) throw new Error('the file is cut off');
  return { name: 'bought.csv', rows, width: Math.max(...rows.map(({ cells }) => cells.length)) };
};

describe('chunksOf', () => {
  it('writes the columns that are read under their headings, and keeps the cells of each line', () => {
    const file = fileOf(
      'Note,Key,Mail,Mail 2\n"a ""b""",fp1,x@a.example,y@a.example\n\n"two\nlines",fp2\nz,fp3,,q@a.example,more\n',
    );
    const [chunk] = chunksOf(file, { kinds: [null, 'ID', 'EMAIL', 'EMAIL'], hasHeadings: true });
    expect(chunk?.lines).toEqual([2, 4, 6]);
    expect(readCsv(chunk?.csv ?? '')).toEqual([
      { line: 1, cells: ['', 'id', 'email', ''] },
      { line: 2, cells: ['', 'fp1', 'x@a.example; y@a.example', ''] },
      { line: 3, cells: ['', 'fp2'] },
      { line: 4, cells: ['', 'fp3', 'q@a.example', '', 'more'] },
    ]);
  });

  it('splits a long file into requests of at most 5,000 lines and half a megabyte', () => {
    const file = fileOf(Array.from({ length: 12_001 }, (_, at) => `f${at},é`).join('\n'));
    const kinds = ['ID' as const, null];
    const chunks = chunksOf(file, { kinds, hasHeadings: false });
    expect(chunks.map(({ lines }) => [lines.length, lines[0]])).toEqual([
      [5_000, 1],
      [5_000, 5_001],
      [2_001, 10_001],
    ]);
    const long = fileOf(Array.from({ length: 1_000 }, (_, at) => `f${at},${'é'.repeat(1_000)}`).join('\n'));
    const wide = chunksOf(long, { kinds: ['ID', 'DOMAIN'], hasHeadings: false });
    expect(wide.length).toBeGreaterThan(3);
    for (const { csv } of wide) expect(Buffer.byteLength(JSON.stringify(csv))).toBeLessThan(501_000);
    expect(wide.flatMap(({ lines }) => lines)).toEqual(long.rows.map(({ line }) => line));
  });
});

let gateway: DemoGateway;
let failNext = false;
beforeAll(async () => {
  gateway = await startDemo();
  for (const [name, provider, key] of [
    ['Sales', 'FIRMABLE', 'fbl_sandbox_settings'],
    ['Apollo', 'APOLLO', 'apollo_sandbox_settings'],
  ])
    await gateway.post(
      `mutation { createConnection(input: { name: "${name}", provider: ${provider}, key: "${key}" }) { userErrors { message } } }`,
    );
});
afterAll(() => gateway.close());

const unlocks = async (): Promise<number> =>
  dataOf<{ totalCount: number }>(await gateway.post('{ unlocks { totalCount } }'), 'unlocks').totalCount;

const drop = async (tab: Page, name: string, content: string | Buffer): Promise<void> => {
  const buffer = typeof content === 'string' ? Buffer.from(content) : content;
  await tab.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
};
const chooseSales = (tab: Page) => tab.getByLabel('Bought by the account of').selectOption('Sales');
const factsIn = async (tab: Page): Promise<Record<string, string>> => {
  const panel = tab.getByRole('region', { name: 'Import unlocks', exact: true });
  const [terms, values] = await Promise.all([
    panel.locator('dt').allInnerTexts(),
    panel.locator('dd').allInnerTexts(),
  ]);
  return Object.fromEntries(terms.map((term, at) => [term, values[at] ?? '']));
};
const idOf = (at: number): string => `f${String(at).padStart(12, '0')}`;

describe('the settings page', inBrowser, () => {
  const { open, forgive } = watchPages(() => gateway);

  it('shows workspace, plan, version, health and retention, and has no violation in any look', async () => {
    const tab = await open('/settings');
    const text = await tab.locator('main').innerText();
    for (const fact of [
      gateway.context.version,
      'Ready',
      'No SMTP server is set (SMTP_URL)',
      'Used for 30 days, then fetched again',
      'Keys of your own are allowed.',
    ])
      expect(text).toContain(fact);
    await tab.getByRole('row', { name: /^Sales Firmable Sent/ }).waitFor();
    await drop(tab, 'bought.csv', `Name,Firmable ID,Website\nA,${idOf(90_001)},a.example\nB,x,b.example\n`);
    await chooseSales(tab);
    await tab.getByText('Of these lines: 1 record, 0 repeated, 1 that cannot be imported.').waitFor();
    expect(await faultsOfLook(tab)).toEqual([]);
  });

  it('imports a file with the columns that were found, and names the lines that were refused', async () => {
    const before = await unlocks();
    const tab = await open('/settings');
    const csv = `Company;Key;Domain\r\nAcme;${idOf(1)};acme.example\r\nAgain;${idOf(1)};\r\n\r\nBad;f12;bad.example\r\nTwo;${idOf(2)};not a domain\r\nMore;${idOf(3)};c.example;d\r\n`;
    await drop(tab, 'windows.csv', Buffer.from(csv.replace('Acme', 'Caf\u00e9'), 'latin1'));
    await chooseSales(tab);
    await tab.getByLabel('Records').selectOption('Companies');
    await tab.getByText('Choose the column that holds the ids').waitFor();
    await tab.getByLabel('Key holds').selectOption('Id of the record');
    await tab.getByLabel('Domain holds').selectOption('Domain or website');
    await tab.getByText('Of these lines: 2 records, 1 repeated, 2 that cannot be imported.').waitFor();
    await tab.getByRole('cell', { name: 'Caf\u00e9' }).or(tab.getByText('Caf\u00e9')).first().waitFor();
    expect(await unlocks()).toBe(before);
    await tab.getByRole('button', { name: 'Import 5 lines' }).press('Enter');
    await tab.getByText('Done: 5 lines sent.').waitFor();
    expect(await factsIn(tab)).toEqual({
      Imported: '2',
      'Already known, or repeated': '1',
      'Not imported': '2',
      'Identifiers not read': '1',
    });
    expect(await unlocks()).toBe(before + 2);
    const saved = await savedBy(tab, tab.getByRole('button', { name: 'CSV: Lines that were not imported' }));
    const rows = readCsv(saved.text);
    expect('unclosedLine' in rows ? [] : rows.map(({ cells }) => cells.slice(0, 2))).toEqual([
      ['line', 'value'],
      ['5', 'f12'],
      ['7', idOf(3)],
    ]);
  });

  it('takes a dropped file, asks what was bought where it has ids of both kinds, and reads e-mail addresses', async () => {
    const tab = await open('/settings');
    const csv = `company_id,person_id,Email\n${idOf(11)},fp000000000011,a@b.example\n`;
    const data = await tab.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(csv)}], 'both.csv')); return data; })()`,
    );
    await tab.locator('.drop').dispatchEvent('drop', { dataTransfer: data });
    await chooseSales(tab);
    expect(await tab.getByLabel('Records').inputValue()).toBe('');
    await tab.getByLabel('Records').selectOption('People');
    expect(await tab.getByLabel('person_id holds').inputValue()).toBe('ID');
    expect(await tab.getByLabel('Email holds').inputValue()).toBe('EMAIL');
    await tab.getByRole('button', { name: 'Import 1 line' }).click();
    await tab.getByText('Done: 1 line sent.').waitFor();
    expect((await factsIn(tab))['Imported']).toBe('1');
  });

  it('continues a long file where a request failed, without importing a line twice', async () => {
    const before = await unlocks();
    const tab = await open('/settings');
    const keys: (string | undefined)[] = [];
    await tab.route('**/graphql', async (route) => {
      const request = route.request();
      const isImport =
        request.postData()?.includes('"dryRun":true') === false &&
        request.postData()?.includes('importUnlocks') === true;
      if (!isImport) return route.continue();
      keys.push(request.headers()['idempotency-key']);
      if (!failNext || keys.length !== 2) return route.continue();
      failNext = false;
      // The gateway imports them, and its response is lost.
      await route.fetch();
      return route.abort();
    });
    failNext = true;
    const csv = ['id', ...Array.from({ length: 11_000 }, (_, at) => idOf(20_000 + at))].join('\n');
    await drop(tab, 'long.csv', csv);
    await chooseSales(tab);
    await tab.getByText('Of the first 200 lines: 200 records').waitFor();
    await tab.getByRole('button', { name: 'Import 11,000 lines' }).click();
    await tab.getByText('5,000 of 11,000 lines sent. Then the import stopped.').waitFor();
    await tab.getByText('The gateway does not answer.').first().waitFor();
    await tab.getByRole('button', { name: 'Continue' }).click();
    await tab.getByText('Done: 11,000 lines sent.').waitFor();
    expect(await factsIn(tab)).toMatchObject({ Imported: '11,000', 'Already known, or repeated': '0' });
    expect(keys[1]).toBe(keys[2]);
    expect(new Set(keys).size).toBe(3);
    expect(await unlocks()).toBe(before + 11_000);
    forgive();
  });

  it.each([
    ['book.xlsx', 'PK\u0003\u0004', 'is a workbook or an archive: save the table as CSV'],
    ['page.csv', '<html><table></table></html>', 'is an HTML page: save the table as CSV'],
    ['cut.csv', 'id\n"f000000000001\n', 'has a quoted cell without an end, which begins at line 2'],
    ['empty.csv', '\n\n', 'has no lines'],
  ])('says why it cannot read %s', async (name, content, message) => {
    const tab = await open('/settings');
    await drop(tab, name, content);
    expect(await tab.getByRole('alert').filter({ hasText: message }).innerText()).toContain(name);
  });

  it('keeps the colours and the sign-in that were chosen for this browser', async () => {
    const tab = await open('/settings');
    const scheme = () => tab.evaluate('getComputedStyle(document.documentElement).colorScheme');
    await tab.getByLabel('Colours').selectOption('Dark');
    expect(await scheme()).toBe('dark');
    await tab.getByLabel('Keep me signed in on this computer').check();
    const second = await tab.context().newPage();
    await second.goto(`${gateway.demoUrl}/settings`);
    await settled(second);
    expect(await second.getByLabel('Colours').inputValue()).toBe('dark');
    await second.getByLabel('Colours').selectOption('As the system');
    expect(await second.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe(
      'light dark',
    );
    await tab.getByLabel('Keep me signed in on this computer').uncheck();
    await second.getByRole('button', { name: 'Sign in' }).waitFor(maxWait);
    await tab.reload();
    await tab.getByRole('button', { name: 'Sign out' }).waitFor();
  });

  it('shows a VIEWER everything but the import, and says which role imports', async () => {
    const tab = await open('/settings', await gateway.tokenOf('VIEWER'));
    await tab.getByText('Importing unlocks needs the role ADMIN or MANAGER.').waitFor();
    expect(await tab.locator('input[type=file]').count()).toBe(0);
    expect(await faultsOfLook(tab)).toEqual([]);
  });
});
